"""Two ways to find near-duplicates in the same texts, each measured in a process of its own."""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sutarta.core.similarity import near_duplicates, plain_words

WIDTH, NUMBERS, THRESHOLD = 3, 128, 0.5

Groups = list[list[int]]


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU, and megabytes of memory above what the texts themselves take."""

    cpu: float
    megabytes: float
    groups: Groups


def ours(texts: Sequence[str]) -> Groups:
    return near_duplicates(enumerate(texts))


def datasketch(texts: Sequence[str]) -> Groups:
    """MinHash of 128 numbers over runs of three words, LSH, connected components.

    Words are cut as ours are, so that scripts without spaces and capitals are no handicap;
    candidates are checked at an estimated resemblance of one half.
    """
    from datasketch import MinHash, MinHashLSH

    runs = (_runs(plain_words(text)) for text in texts)
    index = MinHashLSH(threshold=THRESHOLD, num_perm=NUMBERS)
    sketches: list[MinHash] = []
    pairs: list[tuple[int, int]] = []
    for place, sketch in enumerate(MinHash.generator(runs, num_perm=NUMBERS)):
        near = (other for other in index.query(sketch))
        pairs += [(at, place) for at in near if sketch.jaccard(sketches[at]) >= THRESHOLD]
        index.insert(place, sketch)
        sketches.append(sketch)
    return _components(len(texts), pairs)


METHODS: dict[str, Callable[[Sequence[str]], Groups]] = {"ours": ours, "datasketch": datasketch}


def measured(name: str, texts: Sequence[str]) -> Cost:
    """Run a method in a fresh process. Raises CalledProcessError when it fails."""
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder) / "texts", Path(folder) / "found"
        given.write_bytes(pickle.dumps(list(texts)))
        command = [sys.executable, "-m", "bench.similarity.methods", name, str(given), str(found)]
        subprocess.run(command, check=True)
        cost: Cost = Cost(**pickle.loads(found.read_bytes()))
    return cost


def _runs(words: list[str]) -> list[bytes]:
    last = max(1, len(words) - WIDTH + 1)
    return [" ".join(words[at : at + WIDTH]).encode() for at in range(last)]


def _components(size: int, pairs: Sequence[tuple[int, int]]) -> Groups:
    up = list(range(size))

    def top(one: int) -> int:
        while up[one] != one:
            up[one] = up[up[one]]
            one = up[one]
        return one

    for one, other in pairs:
        up[top(one)] = top(other)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for one in range(size):
        groups[top(one)].append(one)
    return list(groups.values())


def _main(name: str, given: str, found: str) -> None:
    texts = pickle.loads(Path(given).read_bytes())
    METHODS[name](texts[:200])  # libraries are loaded before the clock starts
    before = resource.getrusage(resource.RUSAGE_SELF)
    begun = time.process_time()
    groups = METHODS[name](texts)
    cpu = time.process_time() - begun
    after = resource.getrusage(resource.RUSAGE_SELF)
    facts = {
        "cpu": cpu,
        "megabytes": (after.ru_maxrss - before.ru_maxrss) / 1024,
        "groups": groups,
    }
    Path(found).write_bytes(pickle.dumps(facts))


if __name__ == "__main__":
    _main(*sys.argv[1:])
