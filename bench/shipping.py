"""What shipping to a second place costs: CPU and bytes, at rest and after one submission.

Run as `python -m bench.shipping`; each demo is founded and measured in a process of its own.
"""

from __future__ import annotations

import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SIZES = ("usual", "large")
BLOCKS = (4, 16, 64)  # KiB: what is tried; snapshots.BLOCK says which one is used
ROUNDS = 5


@dataclass(frozen=True)
class Cost:
    """The middle of several shippings."""

    cpu_ms: float
    pieces: int
    kb: float


def main() -> None:
    if len(sys.argv) == 3:
        measure(Path(sys.argv[1]), sys.argv[2])
        return
    print("\nShipping to a second place, every half minute")
    print(f"{'':<26}{'CPU ms':>9}{'pieces':>9}{'kB':>10}")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            data = str(Path(folder) / "data")
            run("sutarta.cli.main", "demo", "--no-serve", "--size", size, "--data", data)
            run("bench.shipping", data, size, tell=True)


def run(module: str, *arguments: str, tell: bool = False) -> None:
    """A module in a process of its own, which must end well."""
    out = None if tell else subprocess.DEVNULL
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, stdout=out)


def measure(data: Path, size: str) -> None:
    """Print what shipping this installation costs."""
    from sutarta.cli import place

    place.enter(data)
    from sutarta.cli.keeping import snapshots

    used = snapshots.BLOCK
    for kib in BLOCKS:
        snapshots.BLOCK = kib * 1024
        mark = " (used)" if used == snapshots.BLOCK else ""
        print(f"{size}, blocks of {kib} KiB{mark}")
        for name, cost in costs(data, data.parent / f"second-{kib}"):
            print(f"  {name:<24}{cost.cpu_ms:>9.0f}{cost.pieces:>9}{cost.kb:>10.1f}")


def costs(data: Path, folder: Path) -> list[tuple[str, Cost]]:
    """The first shipping, one at rest, one after a submission."""
    from sutarta.cli.keeping import shipping

    shipping.begin(folder)
    second = shipping.find(folder, data / "backup.key")
    clock = Clock()

    def ship() -> Cost:
        return _cost(lambda: shipping.ship(data, second, clock.tick()))

    first = ship()
    at_rest = _middle([ship() for _ in range(ROUNDS)])
    spoken = []
    for _ in range(ROUNDS):
        submit(clock.tick())
        spoken.append(ship())
    return [("the first", first), ("at rest", at_rest), ("after a submission", _middle(spoken))]


class Clock:
    """Half a minute later each time."""

    def __init__(self) -> None:
        self._at = datetime.fromtimestamp(time.time(), UTC)

    def tick(self) -> datetime:
        self._at += timedelta(seconds=30)
        return self._at


def submit(at: datetime) -> None:
    """One submission by the form, put in order."""
    from bench.measure import Visitor
    from sutarta.apps.consultations.models import Consultation
    from sutarta.apps.ledger.actions import sequence_all

    its = Consultation.objects.filter(deadlines__closes_at__gt=at).order_by("number").last()
    host = its.group.hosts.get(is_primary=True).name
    fields = {"kind": "general", "body": "Siūlau suoliukų.", "step": "send"}
    fields["request_key"] = secrets.token_urlsafe(32)
    answer = Visitor(host).post(f"/c/{its.number}/say/", fields)
    if answer.status != 302:
        raise SystemExit(f"the submission was answered {answer.status}")
    sequence_all(at)


def _cost(ship: Callable[[], object]) -> Cost:
    begun = time.process_time()
    done = ship()
    cpu_ms = (time.process_time() - begun) * 1000
    return Cost(cpu_ms, len(done.written), done.bytes_written / 1000)


def _middle(found: list[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.cpu_ms for cost in found),
        round(statistics.median(cost.pieces for cost in found)),
        statistics.median(cost.kb for cost in found),
    )


if __name__ == "__main__":
    main()
