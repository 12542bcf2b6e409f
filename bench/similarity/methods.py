"""Two ways to find near-duplicates in the same texts, each measured in a process of its own."""

from __future__ import annotations

import pickle
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
PROGRAM = "import sys; from bench.similarity.methods import run; run(*sys.argv[1:])"
STATUS = Path("/proc/self/status")

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
        command = [sys.executable, "-c", PROGRAM, name, str(given), str(found)]
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


def run(name: str, given: str, found: str) -> None:
    """What the fresh process does: read the texts, group them, write what it cost."""
    texts = pickle.loads(Path(given).read_bytes())
    METHODS[name](texts[:200])  # libraries are loaded before the clock starts
    before, begun = _megabytes("VmRSS"), time.process_time()
    groups = METHODS[name](texts)
    cpu = time.process_time() - begun
    facts = {"cpu": cpu, "megabytes": _megabytes("VmHWM") - before, "groups": groups}
    Path(found).write_bytes(pickle.dumps(facts))


def _megabytes(kind: str) -> float:
    """What Linux says of this process alone; getrusage would tell the parent's peak."""
    lines = STATUS.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024
