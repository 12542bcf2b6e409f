"""Prints what the log's tree costs, beside bare hashlib and beside pymerkle in the same run.

    python -m bench.translog

One core, CPU time, the middle of five. Machines differ and so do minutes: compare the ratios.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import pymerkle

from sutarta.core.translog import Checkpoint, Edge, Note, Signer, Tree, extends, includes

ENTRIES = [number.to_bytes(8, "big") * 25 for number in range(100_000)]  # of 200 bytes
PEERS = ENTRIES[:20_000]  # pymerkle is given fewer, so that it does not take all the time
PLACES = random.Random(1).sample(range(len(ENTRIES)), 10_000)
ROUNDS = 5
APPEND, PROVE = "append", "inclusion proof"
PROMISED = {APPEND: 400_000, PROVE: 80_000}  # a second, on one core, in memory


@dataclass(frozen=True)
class Rate:
    """How often something is done in a second of CPU."""

    name: str
    count: int
    a_second: float


def rates() -> list[Rate]:
    """Everything that is measured, the ceiling first."""
    tree, theirs = Tree(ENTRIES), pymerkle.InmemoryTree()
    theirs.append_entries(PEERS)
    near = random.Random(1).sample(range(1, len(PEERS)), 200)
    return [
        _rate("bare hashlib, leaf hashes alone", len(ENTRIES), _leaves),
        _rate("bare hashlib, nodes too", len(ENTRIES), _stack),
        _rate(APPEND, len(ENTRIES), lambda: Tree(ENTRIES)),
        _rate("append by the edge alone", len(PEERS), _edge),
        _rate(PROVE, len(PLACES), lambda: [tree.inclusion(place) for place in PLACES]),
        _rate("consistency proof", len(PLACES), lambda: [tree.consistency(n) for n in PLACES]),
        _rate("inclusion verified", len(PLACES), _verifying(tree)),
        _rate("consistency verified", len(PLACES), _comparing(tree)),
        *_signing(tree),
        _rate("pymerkle append", len(PEERS), _append_theirs),
        _rate("pymerkle inclusion proof", 200, lambda: [theirs.prove_inclusion(n) for n in near]),
    ]


def _rate(name: str, count: int, work: Callable[[], object]) -> Rate:
    found = []
    for _round in range(ROUNDS):
        gc.collect()
        begun = time.process_time()
        work()
        found.append(count / (time.process_time() - begun))
    return Rate(name, count, statistics.median(found))


def _leaves() -> None:
    for entry in ENTRIES:
        sha256(b"\x00" + entry).digest()


def _stack() -> None:
    """The least any tree does in Python: every leaf and every node hashed once, none kept."""
    stack: list[tuple[int, bytes]] = []
    for entry in ENTRIES:
        level, node = 0, sha256(b"\x00" + entry).digest()
        while stack and stack[-1][0] == level:
            level, node = level + 1, sha256(b"\x01" + stack.pop()[1] + node).digest()
        stack.append((level, node))


def _edge() -> None:
    edge = Edge(0, {})
    for entry in PEERS:
        edge.append(sha256(b"\x00" + entry).digest())


def _verifying(tree: Tree) -> Callable[[], object]:
    size, root = len(tree), tree.root()
    proofs = [(tree.leaf(place), place, tree.inclusion(place)) for place in PLACES]

    def verify() -> None:
        if not all(includes(leaf, place, size, path, root) for leaf, place, path in proofs):
            raise SystemExit("a proof of inclusion is not good")

    return verify


def _comparing(tree: Tree) -> Callable[[], object]:
    size, root = len(tree), tree.root()
    proofs = [(place, tree.root(place), tree.consistency(place)) for place in PLACES]

    def verify() -> None:
        if not all(extends(old, before, size, root, path) for old, before, path in proofs):
            raise SystemExit("a proof of consistency is not good")

    return verify


def _signing(tree: Tree) -> list[Rate]:
    signer = Signer("alksniai.example/log/1", bytes(range(32)))
    text = Checkpoint(signer.name, len(tree), tree.root()).text
    said = str(Note(text).signed(signer.sign(text)))
    key = signer.verifier
    return [
        _rate("checkpoint signed", 1000, lambda: [signer.sign(text) for _ in range(1000)]),
        _rate(
            "note read, verified", 1000, lambda: [key.find(Note.parse(said)) for _ in range(1000)]
        ),
    ]


def _append_theirs() -> None:
    tree = pymerkle.InmemoryTree()
    for entry in PEERS:
        tree.append_entry(entry)


def report(found: list[Rate]) -> None:
    """A table, and how the rates compare with what is promised and with others'."""
    print("\nthe log's tree, entries of 200 bytes, SHA-256, one core")
    print(f"{'':<32}{'times':>9}{'a second':>12}")
    for rate in found:
        print(f"{rate.name:<32}{rate.count:>9,}{rate.a_second:>12,.0f}")
    speed = {rate.name: rate.a_second for rate in found}
    print()
    for name, floor in PROMISED.items():
        print(f"{name:<32}{speed[name] / floor:>9.2f} of the promised {floor:,} a second")
    ceiling = speed[APPEND] / speed["bare hashlib, nodes too"]
    print(f"{APPEND:<32}{ceiling:>9.2f} of what bare hashlib reaches")
    for name in (APPEND, PROVE):
        print(f"{name:<32}{speed[name] / speed[f'pymerkle {name}']:>9.1f} times pymerkle's")


def main() -> None:
    report(rates())


if __name__ == "__main__":
    main()
