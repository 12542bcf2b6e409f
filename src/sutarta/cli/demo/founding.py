"""The demo group and its consultation, made by the same actions people use.

Only a group marked as a demo may act in the past. The town has been through a first round
already; its corrected draft was announced two weeks ago. A file of one's own is the first draft.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation

from sutarta.apps.consultations.actions import carrying, running
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.people import actions as people
from sutarta.apps.people import queries as staff
from sutarta.apps.people.models import User
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.models import Version, VersionReason
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants import queries
from sutarta.apps.tenants.models import Group
from sutarta.cli.demo import earlier, sayings, voices, words
from sutarta.cli.stop import Stop
from sutarta.core import deadlines
from sutarta.formats import docx

HOSTS = ["127.0.0.1", "localhost"]
BUNDLED = "alksniai-1.docx"
LONGEST_TITLE = 200
DAYS_AHEAD = 8


@dataclass(frozen=True)
class Draft:
    """The Word file the demo shows; `is_own` when the person brought it."""

    name: str
    data: bytes
    title: str
    is_own: bool


@dataclass(frozen=True)
class Round:
    """A consultation's name, its opening and its last day."""

    title: str
    opens_at: datetime
    last_day: date


def demo_group() -> Group | None:
    """The demo that was made before, if any."""
    return Group.objects.filter(is_demo=True).first()


def address(group: Group) -> str:
    return queries.address(group)


def coordinator(group: Group, at: datetime) -> User:
    return staff.coordinators(group, at)[0]


def found(own: bytes | None, name: str, at: datetime) -> Group:
    """Make the group, import the draft, announce the consultation, let people speak.

    Raises Stop when the person's own file cannot be read; then nothing is made.
    """
    draft = _own(own, name) if own is not None else _bundled(BUNDLED, words.TITLE)
    start = at - timedelta(days=14)
    with transaction.atomic(), translation.override("lt"):
        group = tenants.found_group(
            hosts=HOSTS, at=start - timedelta(days=260), is_demo=True, **words.GROUP
        )
        actor = _staff(group, start - timedelta(days=200))
        if draft.is_own:
            version = _import(group, actor, draft, start)
        else:
            version = _corrected(group, actor, draft, start)
        consultation = _announce(actor, version, draft, start + timedelta(days=1), at)
        said = sayings.ANY_DOCUMENT if draft.is_own else sayings.NOW
        voices.speak(consultation, said, actor, start, at)
    return group


def _corrected(group: Group, actor: User, draft: Draft, start: datetime) -> Version:
    """The first round, and version 2 that came of it at `start`."""
    first = start - timedelta(days=150)
    version = _import(group, actor, draft, first)
    consultation = _hold(
        actor,
        version,
        Round(
            words.FIRST_CONSULTATION,
            first + timedelta(days=1),
            (first + timedelta(days=31)).date(),
        ),
        words.SUMMARY,
    )
    said = earlier.answer(consultation, actor, first)
    after = _bundled(words.CORRECTED, words.TITLE)
    return earlier.correct(version, actor, after.data, said, start)


def _bundled(name: str, title: str) -> Draft:
    data = (resources.files(__package__) / name).read_bytes()
    return Draft(name, data, title, is_own=False)


def _own(data: bytes, name: str) -> Draft:
    try:
        document = docx.read_safely(data).document
    except docx.Refused as refusal:
        raise Stop(f"{name}: {refusal}") from refusal
    headings = (block.text for block in document.blocks if block.kind == "heading")
    title = document.title or next(headings, "") or name.rsplit(".", 1)[0]
    return Draft(name, data, " ".join(title.split())[:LONGEST_TITLE], is_own=True)


def _staff(group: Group, at: datetime) -> User:
    for person in words.STAFF:
        people.admit(group=group, at=at, **person)
    return staff.coordinators(group, at)[0]


def _import(group: Group, actor: User, draft: Draft, at: datetime) -> Version:
    taken = strategies.start_with_file(
        actor=actor, group=group, title=draft.title, language="lt", name=draft.name,
        data=draft.data, at=at,
    )  # fmt: skip
    if taken.has_changes:
        taken = strategies.choose_changes(actor=actor, import_=taken, changes="accept", at=at)
        print("  The file has tracked changes; this demo shows it as if all were accepted.")
    note = words.NOTE_OF_OWN if draft.is_own else words.NOTE
    made = strategies.make_draft(
        actor=actor, import_=taken, reason=VersionReason.FIRST, note=note, at=at
    )
    return carrying.publish_next(actor=actor, version=made, at=at)


def _announce(
    actor: User, version: Version, draft: Draft, opened: datetime, now: datetime
) -> Consultation:
    """The round that is open now."""
    last_day = end_of_month(now.astimezone(ZoneInfo(version.group.zone)).date())
    summary = words.SUMMARY_OF_OWN if draft.is_own else words.SUMMARY
    return _hold(actor, version, Round(words.CONSULTATION, opened, last_day), summary)


def _hold(actor: User, version: Version, round_: Round, summary: dict[str, str]) -> Consultation:
    at = round_.opens_at
    facts = running.Facts(
        title=round_.title,
        opens_at=at,
        answers_by=round_.last_day + timedelta(days=14),
        **summary,
        **words.CONTACT,
    )
    consultation = running.prepare(actor=actor, version=version, facts=facts, at=at)
    running.set_deadline(
        actor=actor,
        consultation=consultation,
        deadline=deadlines.Deadline.of(round_.last_day, deadlines.END_OF_DAY, version.group.zone),
        at=at,
    )
    running.announce(actor=actor, consultation=consultation, at=at)
    return consultation


def end_of_month(today: date) -> date:
    """The last day of a month, at least DAYS_AHEAD days from today.

    >>> end_of_month(date(2026, 11, 22)), end_of_month(date(2026, 11, 23))
    (datetime.date(2026, 11, 30), datetime.date(2026, 12, 31))
    """
    soon = today + timedelta(days=DAYS_AHEAD)
    return soon.replace(day=monthrange(soon.year, soon.month)[1])
