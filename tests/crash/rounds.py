"""Round after round: let people write, kill something, let it recover, and look it all over."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from tests.crash.databases import Postgresql, Sqlite
from tests.crash.people import Browser, Notes, Person, fetch_receipt, read
from tests.crash.site import Site

PEOPLE = 4
BATCH = 25  # rounds between two looks at everything
AT_ONCE = 0.2  # how often the next kill does not wait for recovery
LONGEST = 120.0  # seconds without any acknowledgement that are given up


@dataclass
class Tally:
    """What happened in all rounds.

    slowest   seconds after a kill in which nobody could hand anything in
    faults    a sentence each
    """

    kills: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    checkpoints: int = 0
    starts: int = 0
    seconds: float = 0.0

    def killed(self, what: str, seconds: float) -> None:
        self.kills[what] += 1
        self.slowest[what] = max(seconds, self.slowest.get(what, 0.0))


def crash(
    folder: Path,
    database: type[Sqlite] | type[Postgresql],
    rounds: int,
    seed: str,
    say: Callable[[str], None] = print,
) -> Tally:
    """Kill parts of a new installation so many times, and look it over."""
    begun, tally, chance = time.monotonic(), Tally(), Random(seed)
    site = Site(folder, database(folder))
    try:
        site.mend()
        _Killer(site, tally, chance, say).kill(rounds)
    finally:
        tally.starts = site.starts
        site.abandon()
    tally.seconds = time.monotonic() - begun
    return tally


class _Killer:
    def __init__(
        self, site: Site, tally: Tally, chance: Random, say: Callable[[str], None]
    ) -> None:
        self._site, self._tally, self._chance, self._say = site, tally, chance, say
        self._notes, self._seen = Notes(), dict[str, None]()
        self._compared = 0  # forms whose receipts were compared with the log
        self._people = [
            Person(site.port, self._notes, f"{name}{chance.randrange(1000)}")
            for name in "abcdefgh"[:PEOPLE]
        ]

    def kill(self, rounds: int) -> None:
        for person in self._people:
            person.start()
        kinds = list(self._site.kills)
        for number in range(1, rounds + 1):
            what = (
                kinds[number % len(kinds)] if number <= len(kinds) else self._chance.choice(kinds)
            )
            self._round(what)
            if number % BATCH == 0 or number == rounds:
                self._look_over(number, number == rounds)
        for person in self._people:
            person.hush.set()
        for person in self._people:
            person.join(LONGEST)

    def _round(self, what: str) -> None:
        self._see()
        time.sleep(self._chance.uniform(0.05, 0.8))
        moment = time.monotonic()
        self._site.kills[what](self._chance)
        if self._chance.random() < AT_ONCE:
            self._tally.kills[what] += 1
            time.sleep(self._chance.uniform(0, 1))
            return
        self._tally.killed(what, self._recovery(moment))

    def _recovery(self, moment: float) -> float:
        """Start again what does not by itself; seconds in which nobody could hand anything in."""
        self._site.mend()
        whole = time.monotonic()
        while not self._notes.has_one_after(whole):
            time.sleep(0.02)
            self._site.mend()
            if time.monotonic() > whole + LONGEST:
                log = self._site.log.read_text()[-3000:]
                raise RuntimeError(f"nothing acknowledged for {LONGEST} s:\n{log}")
        return self._notes.longest_silence(moment)

    def _see(self) -> None:
        """Keep the newest checkpoint, as a witness does."""
        try:
            status, note = read(self._site.port, "/log/checkpoint")
        except ConnectionError:
            return
        if status == 200:
            self._seen[note.decode()] = None

    def _look_over(self, number: int, is_last: bool) -> None:
        """With everybody silent, everything acknowledged so far must be there."""
        for person in self._people:
            person.wait.set()
        for person in self._people:
            person.is_waiting.wait(120)
        self._site.mend()
        self._fetch_receipts()
        time.sleep(2.5)  # the log is put in order every second
        self._see()
        found = self._looked(0 if is_last else self._compared)
        self._compared = len(self._notes.forms)
        self._tally.faults += [*found.pop("faults"), *self._notes.strange]
        self._tally.found, self._tally.answers = found, dict(self._notes.answers)
        self._tally.checkpoints = len(self._seen)
        self._notes.strange.clear()
        self._say(f"  after {number} kills: {json.dumps(found)}")
        for person in self._people:
            person.wait.clear()
            person.is_waiting.clear()

    def _fetch_receipts(self) -> None:
        with closing(Browser(self._site.port)) as browser:
            for told in self._notes.acknowledged:
                if not told.receipt and not _comes(partial(fetch_receipt, browser, told)):
                    self._tally.faults.append(f"No receipt: {told.text}")

    def _looked(self, since: int) -> dict[str, Any]:
        """What tests.crash.looking finds; receipts from that form on are compared with the log."""
        told = {
            "forms": [form.plain() for form in self._notes.forms],
            "seen": list(self._seen),
        }
        address = f"http://127.0.0.1:{self._site.port}"
        module, data = "tests.crash.looking", self._site.data
        return json.loads(self._site.run(module, data, address, since, said=json.dumps(told)))


def _comes(ask: Callable[[], bool]) -> bool:
    """Whether it is answered within half a minute: a part may just be starting anew."""
    until = time.monotonic() + 30
    while not (answered := ask()) and time.monotonic() < until:
        time.sleep(0.5)
    return answered
