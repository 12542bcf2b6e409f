"""Steps of which every demo group is made: people, a strategy from a Word file, a consultation."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from sutarta.apps.consultations.actions import carrying, running
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.people import actions as people
from sutarta.apps.people import queries as members
from sutarta.apps.people.models import Role
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.models import Strategy, Version, VersionReason
from sutarta.apps.tenants.models import Group
from sutarta.cli.demo.desk import Staff
from sutarta.cli.demo.voice import on
from sutarta.cli.stop import Stop
from sutarta.core import deadlines
from sutarta.formats.reading import Refused, read_safely

LONGEST_TITLE = 200
DAYS_AHEAD = 8
OPENS = "09:00"  # o'clock


@dataclass(frozen=True)
class Draft:
    """A Word file and what its strategy is called; `note` tells readers what it is."""

    name: str
    data: bytes
    title: str
    note: str


@dataclass(frozen=True)
class Plan:
    """A consultation's name, days and what it says of itself."""

    title: str
    first_day: date
    last_day: date
    summary: Mapping[str, object]
    contact: Mapping[str, str]
    announced: timedelta = timedelta(days=2)  # before the opening


def bundled(name: str, title: str, note: str) -> Draft:
    return Draft(name, (resources.files(__package__) / name).read_bytes(), title, note)


def own(data: bytes, name: str, note: str) -> Draft:
    """A person's own file. Raises Stop when it cannot be read."""
    try:
        document = read_safely(name, data).document
    except Refused as refusal:
        raise Stop(f"{name}: {refusal}") from refusal
    headings = (block.text for block in document.blocks if block.kind == "heading")
    title = document.title or next(headings, "") or name.rsplit(".", 1)[0]
    return Draft(name, data, " ".join(title.split())[:LONGEST_TITLE], note)


def admit(group: Group, persons: Sequence[Mapping[str, str]], at: datetime) -> Staff:
    """Let them in; who has no moderator moderates as coordinator."""
    made = {person["role"]: people.admit(group=group, at=at, **person) for person in persons}
    coordinator = members.coordinators(group, at)[0]
    return Staff(coordinator, made.get(str(Role.MODERATOR), coordinator))


def begin_strategy(group: Group, staff: Staff, draft: Draft, at: datetime) -> Strategy:
    """The strategy of that title, without words yet."""
    return strategies.start_strategy(
        actor=staff.coordinator, group=group, title=draft.title, language="lt", at=at
    )


def publish(
    group: Group, staff: Staff, draft: Draft, at: datetime, strategy: Strategy | None = None
) -> Version:
    """The strategy and its first version. A file with tracked changes is taken with all of them.

    strategy   the one that was begun before, if any
    """
    actor = staff.coordinator
    strategy = strategy or begin_strategy(group, staff, draft, at)
    taken = strategies.keep_import(
        actor=actor, strategy=strategy, name=draft.name, data=draft.data, at=at
    )
    if taken.has_changes:
        taken = strategies.choose_changes(actor=actor, import_=taken, changes="accept", at=at)
        print("  The file has tracked changes; this demo shows it as if all were accepted.")
    made = strategies.make_draft(
        actor=actor, import_=taken, reason=VersionReason.FIRST, note=draft.note, at=at
    )
    return carrying.publish_next(actor=actor, version=made, at=at)


def hold(staff: Staff, version: Version, plan: Plan) -> Consultation:
    """A consultation from the morning of its first day to the end of its last one."""
    opens_at = on(plan.first_day, OPENS, version.group.zone)
    at = opens_at - plan.announced
    facts = running.Facts(
        title=plan.title,
        opens_at=opens_at,
        answers_by=plan.last_day + timedelta(days=14),
        **plan.summary,
        **plan.contact,
    )
    last = deadlines.Deadline.of(plan.last_day, deadlines.END_OF_DAY, version.group.zone)
    actor = staff.coordinator
    made = running.begin(actor=actor, version=version, facts=facts, deadline=last, at=at)
    running.announce(actor=actor, consultation=made, at=at)
    return made


def today(group: Group, at: datetime) -> date:
    """The day it is at the group's place."""
    return at.astimezone(ZoneInfo(group.zone)).date()


def end_of_month(today: date) -> date:
    """The last day of a month, at least DAYS_AHEAD days from today.

    >>> end_of_month(date(2026, 11, 22)), end_of_month(date(2026, 11, 23))
    (datetime.date(2026, 11, 30), datetime.date(2026, 12, 31))
    """
    soon = today + timedelta(days=DAYS_AHEAD)
    return soon.replace(day=monthrange(soon.year, soon.month)[1])
