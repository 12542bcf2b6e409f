"""`make crash`: prints what was killed, and what became of everything people sent."""

from __future__ import annotations

import argparse
import secrets
import signal
import sys
import tempfile
from pathlib import Path

from tests.crash.databases import Postgresql, Sqlite
from tests.crash.rounds import Tally, crash

DATABASES = {"sqlite": Sqlite, "postgresql": Postgresql}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="kills for each database")
    parser.add_argument("--database", choices=DATABASES, action="append", help="both without it")
    parser.add_argument("--seed", default="", help="the same order of kills again")
    said = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends what was started, too
    seed = said.seed or secrets.token_hex(4)
    faults = 0
    for name in said.database or DATABASES:
        kind = DATABASES[name]
        print(f"{kind.name}: {said.rounds} kills, seed {seed}", flush=True)
        with tempfile.TemporaryDirectory(prefix="crash-") as folder:
            tally = crash(
                Path(folder), kind, said.rounds, seed, lambda line: print(line, flush=True)
            )
        print(report(tally), flush=True)
        faults += len(tally.faults)
    return 1 if faults else 0


def report(tally: Tally) -> str:
    """The tally as a table."""
    lines = [f"\n  {'killed':<22}{'times':>6}{'longest silence after it':>28}"]
    for what, times in sorted(tally.kills.items()):
        silence = f"{tally.slowest[what]:.2f} s" if what in tally.slowest else "not measured"
        lines.append(f"  {what:<22}{times:>6}{silence:>28}")
    lines.append(f"  {'all':<22}{tally.kills.total():>6}")
    lines.append("")
    lines += [f"  {name:<22}{count:>6}" for name, count in tally.found.items()]
    answers = ", ".join(f"{name}: {count}" for name, count in sorted(tally.answers.items()))
    lines.append(f"  answers to what was sent: {answers}")
    lines.append(f"  checkpoints seen {tally.checkpoints}, starts of serve {tally.starts}")
    lines.append(f"  {tally.seconds:.0f} s in all; faults: {len(tally.faults)}")
    return "\n".join([*lines, *(f"  ! {fault}" for fault in tally.faults[:50]), ""])


if __name__ == "__main__":
    sys.exit(main())
