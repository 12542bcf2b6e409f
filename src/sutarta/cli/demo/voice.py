"""One thing somebody said in an invented place, and what the desk did with it.

The texts stand in the TOML files of `voices/`, one table [[voice]] for each.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Voice:
    """One thing somebody said.

    id            names the voice within its round
    when          "3 18:40": days after the opening, and the time of the day
    at            the passage, see places.find; "" for none
    adds          for a suggested wording: a sentence after the passage
    instead       for a suggested wording: [words of the passage, words instead]
    who, org      name and organisation; without `named` the name is for the desk alone
    phone, post   how to reach somebody without e-mail
    place, link   where it was said when it was not said to us
    waits         the desk has not looked at it yet
    despite       why it is published although it may point to somebody
    cover         [words, kind of covering.KINDS] for each covered place; because: told the author
    hidden, aside why it is not published, or set aside; "" when it is not
    question      the published answer to a question
    outcome       of the answer, with its reason; `ready` or a draft
    changes       places that change by the answer; without it, the passage of an accepted proposal
    same          id of the voice it says the same as: they get one answer
    supports      how many others agree
    minutes_late  how long after the deadline it came; late: why it is taken all the same
    withdrawn     when its author took it back
    erased        when its words were erased, by the author's wish
    file          name of a file handed over, see files.made
    tags, note    what the desk wrote beside it; mine: it is the coordinator's work
    """

    id: str
    when: str
    says: str = ""
    kind: str = "COMMENT"
    via: str = "WEB"
    at: str = ""
    adds: str = ""
    instead: tuple[str, str] = ("", "")
    why: str = ""
    who: str = ""
    named: bool = True
    org: str = ""
    email: str = ""
    phone: str = ""
    post: str = ""
    place: str = ""
    link: str = ""
    waits: bool = False
    despite: str = ""
    cover: tuple[tuple[str, str], ...] = ()
    because: str = ""
    hidden: str = ""
    aside: str = ""
    question: str = ""
    outcome: str = ""
    reason: str = ""
    changes: tuple[str, ...] | None = None
    ready: bool = True
    same: str = ""
    supports: int = 0
    minutes_late: int = 0
    late: str = ""
    withdrawn: str = ""
    erased: str = ""
    file: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    mine: bool = False


def read(folder: str) -> list[Voice]:
    """All voices of one round, in the order of the files' names."""
    files = (resources.files(__package__) / "voices" / folder).iterdir()
    texts = [file.read_text("utf-8") for file in sorted(files, key=lambda file: file.name)]
    return [Voice(**row) for text in texts for row in tomllib.loads(text).get("voice", [])]


def moment(when: str, opened: datetime, zone: str) -> datetime:
    """The instant of "3 18:40" after an opening, on the clock of the place.

    >>> from datetime import UTC
    >>> moment("1 18:40", datetime(2026, 7, 1, 6, tzinfo=UTC), "Europe/Vilnius").isoformat()
    '2026-07-02T18:40:00+03:00'
    """
    days, _, clock = when.partition(" ")
    local = opened.astimezone(ZoneInfo(zone)).date()
    return on(local + timedelta(days=int(days)), clock, zone)


def on(day: date, clock: str, zone: str) -> datetime:
    """That time of that day on the clock of the place."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
