"""Prints how well passages are found again: beside the baselines, without one document, without
one signal, and at what cost.

    python -m bench anchors

Needs the documents that lie beside the checkout; says so in one line when they do not. Everything
but the CPU seconds is the same on every machine.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from bench.anchors import ablation, growth, sureness, table
from bench.anchors.material import DOCUMENTS, OTHER_SEEDS, others, shared

QUICK = ("difflib_hunks", "context")  # baselines for the further sets, where time is short


def main() -> None:
    if not (DOCUMENTS / "synthetic.json").exists():
        print(f"Anchors are not measured: no documents at {DOCUMENTS}.")
        return
    with suppress(AttributeError):
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder:
        _report(Path(folder))


def _report(folder: Path) -> None:
    listed = shared(folder / "shared")
    further = {
        "other seeds": shared(folder / "seeds", shift=OTHER_SEEDS),
        "other documents": others(folder / "others"),
    }
    ours, theirs = table.score(listed), table.baselines(listed)
    table.show("the shared list", listed, ours, theirs)
    table.show_edits(ours, theirs)
    table.show_profiles(listed)
    for name, triples in further.items():
        table.show(name, triples, table.score(triples), table.baselines(triples, QUICK))
    decisions = sureness.leave_one_out(listed)
    sureness.show_curve("each document by the limits of the others", decisions)
    sureness.show_calibration("the same", decisions)
    unseen = list(sureness.decided(further["other documents"]))
    sureness.show_curve("other documents", unseen)
    sureness.show_calibration("other documents", unseen)
    ablation.report(listed)
    print()
    growth.report()


if __name__ == "__main__":
    main()
