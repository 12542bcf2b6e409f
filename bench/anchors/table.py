"""Our matching and the baselines beside it, in the score that lies beside the documents."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.anchors.material import DOCUMENTS, Triple, tool
from sutarta.core.documents import Fate, Outcome

BASELINES = (
    "exact", "difflib", "difflib_hunks", "greedy60", "greedy80", "hypothesis", "dmp", "context",
)  # fmt: skip
BESIDE = ("difflib_hunks", "context")  # the best of them, shown for every kind of edit
PACKAGES = ("numpy", "rapidfuzz", "diff-match-patch", "lxml")  # what they want
OURS = "ours"


@dataclass
class Score:
    """Old passages by what became of their comments.

    all, hard   "right", "false", "missed" -> how many; hard ones alone
    asked       hard ones a person was asked about; "found" when the right answer was offered
    edits       kind of edit -> the same three
    cpu         seconds
    """

    all: Counter[str] = field(default_factory=Counter)
    hard: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    edits: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    cpu: float = 0.0

    def add(self, triple: Triple, fates: Sequence[Fate]) -> None:
        every, hard, edits = tool("evaluate").score(triple.truth, predicted(triple, fates))
        self.all.update(every)
        self.hard.update(hard)
        for edit, counts in edits.items():
            self.edits[edit].update(counts)
        self.asked.update(_asked(triple, fates))


def predicted(triple: Triple, fates: Iterable[Fate]) -> dict[Any, Any]:
    """Old name -> new name, or None for gone and doubtful."""
    olds, news = triple.old.names, triple.new.names
    return {
        olds[fate.old]: news[fate.new[0]] if fate.new else None
        for fate in fates
        if olds[fate.old] is not None
    }


def _asked(triple: Triple, fates: Iterable[Fate]) -> Iterable[str]:
    anchors = triple.anchors()
    for fate in fates:
        anchor = anchors.get(triple.old.names[fate.old])
        if anchor is None or fate.outcome is not Outcome.DOUBTFUL or not triple.is_hard(anchor):
            continue
        offered = {triple.new.names[place] for place, _ in fate.candidates}
        yield "lives" if anchor["new"] else "removed"
        if not anchor["new"] or offered & set(anchor["new"]):
            yield "found"


def score(triples: Iterable[Triple]) -> Score:
    total = Score()
    for triple in triples:
        begun = time.process_time()
        fates = triple.fates()
        total.cpu += time.process_time() - begun
        total.add(triple, fates)
    return total


def baselines(triples: Sequence[Triple], methods: Sequence[str] = BASELINES) -> dict[str, Any]:
    """method -> its scores, in an environment with all they want, or else in this one."""
    script = [str(Path(__file__).parent / "baselines.py"), str(DOCUMENTS / "evaluate.py")]
    told = [",".join(methods), *(str(triple.file) for triple in triples)]
    wanted = [part for name in PACKAGES for part in ("--with", name)]
    uv = [str(Path(sys.executable).parent / "uv"), "run", "--quiet", "--no-project"]
    for start in ([*uv, "--python", sys.executable, *wanted, "python"], [sys.executable]):
        with suppress(OSError):
            done = subprocess.run([*start, *script, *told], capture_output=True, text=True)
            if done.returncode == 0:
                return dict(json.loads(done.stdout))
    return {name: {"lacks": "everything"} for name in methods}


def show(title: str, triples: Sequence[Triple], ours: Score, theirs: Mapping[str, Any]) -> None:
    """One line a method; blocks in percent, CPU in seconds and as a multiple of ours."""
    count = f"{len(triples)} pairs, {ours.all.total():,} blocks, {ours.hard.total():,} of them hard"
    print(f"\n{title}: {count}\n")
    print(f"{'':<16}{'all: right  false missed':>26}{'hard: right  false missed':>28}", end="")
    print(f"{'removed: orphaned':>19}{'CPU s':>9}{'ratio':>8}")
    _line(
        OURS, {"all": ours.all, "hard": ours.hard, "edits": ours.edits, "cpu": ours.cpu}, ours.cpu
    )
    for name, found in theirs.items():
        if "lacks" in found:
            print(f"{name:<16}not run: needs {found['lacks']}")
        else:
            _line(name, found, ours.cpu)
    _show_asked(ours)


def _line(name: str, found: Mapping[str, Any], cpu: float) -> None:
    removed = found["edits"].get("deleted", {})
    print(f"{name:<16}{shares(found['all']):>26}{shares(found['hard']):>28}", end="")
    print(f"{share(removed, 'right'):>19.1f}{found['cpu']:>9.2f}{found['cpu'] / cpu:>8.1f}")


def _show_asked(ours: Score) -> None:
    asked, found = ours.asked["lives"] + ours.asked["removed"], ours.asked["found"]
    counts = ours.hard.copy()
    counts["right"] += found - ours.asked["removed"]
    counts["missed"] -= found - ours.asked["removed"]
    print(f"\ndoubtful counted as missed, as above:  {shares(ours.hard)}")
    print(f"doubtful answered by a person:         {shares(counts)}", end="")
    print(f"   ({asked} of {ours.hard.total():,} asked, {found} offered the right answer)")


def show_edits(ours: Score, theirs: Mapping[str, Any]) -> None:
    """For each kind of edit: ours, and the best baselines."""
    beside = [name for name in BESIDE if "edits" in theirs.get(name, {})]
    print(f"\n{'edit':<20}{'blocks':>8}", end="")
    print("".join(f"{name + ': right false missed':>36}" for name in (OURS, *beside)))
    for edit, counts in sorted(ours.edits.items()):
        columns = [counts, *(theirs[name]["edits"].get(edit, {}) for name in beside)]
        print(f"{edit:<20}{counts.total():>8}", end="")
        print("".join(f"{shares(column):>36}" for column in columns))


def show_profiles(triples: Sequence[Triple]) -> None:
    print(f"\n{'edited':<20}{'hard':>8}{'right  false missed':>36}")
    for profile in sorted({triple.profile for triple in triples}):
        found = score(triple for triple in triples if triple.profile == profile)
        print(f"{profile:<20}{found.hard.total():>8}{shares(found.hard):>36}")


def shares(counts: Mapping[str, int]) -> str:
    return "".join(f"{share(counts, name):7.2f}" for name in ("right", "false", "missed"))


def share(counts: Mapping[str, int], name: str) -> float:
    total = sum(counts.get(one, 0) for one in ("right", "false", "missed"))
    return 100 * counts.get(name, 0) / (total or 1)
