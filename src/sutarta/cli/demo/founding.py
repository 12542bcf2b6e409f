"""The demo's groups, made by the same actions people use.

Only a group marked as a demo may act in the past. The town has been through a first round
already; its corrected draft was announced two weeks ago. A file of one's own is the first draft.
A rural group lives beside it on the same installation, and neither knows of the other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.people import actions as people
from sutarta.apps.people import queries as members
from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants import queries
from sutarta.apps.tenants.models import Group
from sutarta.cli.demo import (
    alike,
    desk,
    earlier,
    ideas,
    kelmyne,
    large,
    letters,
    making,
    meetings,
    notices,
    ordering,
    paper,
    path,
    speaking,
    surveys,
    telling,
    tongues,
    voice,
    witnessing,
    words,
)
from sutarta.cli.demo.desk import Staff
from sutarta.cli.demo.making import Draft, Plan
from sutarta.cli.demo.speaking import Round

HOSTS = ["127.0.0.1", "localhost", "alksniai.localhost"]
BUNDLED = "alksniai-1.docx"
FIRST_ROUND = timedelta(days=150)  # before the second one
CORRECTED = timedelta(days=16)  # before now
OPENED = timedelta(days=13)  # before today
TYPED_IN = timedelta(minutes=55)  # before now: paper, after the survey and before the letters
CALLED = timedelta(days=40)  # for ideas, before the first version
DAY = timedelta(days=1)

Say = Callable[[str], None]


def demo_groups() -> list[Group]:
    """The demo's groups that were made before, the city first."""
    return list(Group.objects.filter(is_demo=True).order_by("created_at"))


def address(group: Group) -> str:
    return queries.address(group)


def coordinator(group: Group, at: datetime) -> User:
    return members.coordinators(group, at)[0]


def found(own: bytes | None, name: str, at: datetime, say: Say) -> list[Group]:
    """Make the groups, import their drafts, hold their consultations, let people speak.

    own   a person's own Word file, called `name`: it stands for the strategy of the town

    Raises Stop when that file cannot be read; then nothing is made.
    """
    draft = None if own is None else making.own(own, name, words.NOTE_OF_OWN)
    with transaction.atomic(), translation.override("lt"):
        town = _town(draft, at, say)
        beside = [] if draft else [kelmyne.found(at, say)]
    with translation.override("lt"):
        _receive(town, at, say)
    with transaction.atomic(), translation.override("lt"):
        witnessing.name(town, coordinator(town, at), at)
        for group in (town, *beside):
            telling.letters_left(group, at)
            ordering.put_in_order(group)
        witnessing.sign(town, at)
    return [town, *beside]


def found_large(at: datetime, say: Say) -> Group:
    """Make the town alone, with many passages and many voices, for measuring."""
    with transaction.atomic(), translation.override("lt"):
        group = large.found(HOSTS, at, say)
        ordering.put_in_order(group, within=DAY)
    return group


def _town(own: Draft | None, at: datetime, say: Say) -> Group:
    start = at - CORRECTED
    group = people.found_group(
        hosts=HOSTS, at=start - timedelta(days=260), is_demo=True, **words.GROUP
    )
    staff = making.admit(group, words.STAFF, start - timedelta(days=200))
    if own:
        version = making.publish(group, staff, own, start)
    else:
        version = _corrected(group, staff, start, say)
    say("The discussion that is open now")
    summary = words.SUMMARY_OF_OWN if own else words.SUMMARY
    consultation = _announce(staff, version, summary, at)
    voices = voice.read("any") if own else [*voice.read("now"), *alike.voices()]
    said = speaking.speak(Round(consultation, staff, at), voices)
    desk.write_answers(consultation, voices, said, staff, at, at)
    notices.publish(consultation, staff.coordinator, at)
    if own is None:
        path.say_what_comes_after(consultation, staff.coordinator, consultation.announced_at)
        tongues.tell(consultation, staff.coordinator, at)
        say("A survey's answers and sheets of paper")
        letters.connect(consultation, staff)
        surveys.take_in(consultation, staff, at)
        paper.type_in(consultation, staff, at - TYPED_IN)
        meetings.hold(consultation, staff, at)
    return group


def _receive(town: Group, at: datetime, say: Say) -> None:
    """What came to the town's mailbox: a letter is stored for good before anything else happens."""
    if letters.mailbox_of(town) is not None:
        say("Letters that came by mail")
        letters.come(town, at)


def _corrected(group: Group, staff: Staff, start: datetime, say: Say) -> Version:
    """The first round, and version 2 that came of it at `start`."""
    first = start - FIRST_ROUND
    draft = making.bundled(BUNDLED, words.TITLE, words.NOTE)
    say("Needs and ideas, before there was a text")
    strategy = making.begin_strategy(group, staff, draft, first - CALLED)
    call = ideas.collect(group, strategy, staff.coordinator, first - CALLED)
    say("Version 1 of the strategy")
    version = making.publish(group, staff, draft, first, strategy)
    ideas.link(call, version, staff.coordinator, first)
    earlier.report(call, staff, [], words.REPORT_OF_CALL, first + DAY)
    opened = making.today(group, first) + 3 * DAY
    plan = Plan(words.FIRST_CONSULTATION, opened, opened + 29 * DAY, words.SUMMARY_1, words.CONTACT)
    say("What people said about it, and the answers")
    said = earlier.answer(making.hold(staff, version, plan), staff)
    say("Version 2, with the reason for every change")
    after = making.bundled(words.CORRECTED, words.TITLE, words.NOTE_2)
    return earlier.correct(version, staff, after.data, said, start)


def _announce(
    staff: Staff, version: Version, summary: dict[str, object], now: datetime
) -> Consultation:
    """The round that is open now."""
    today = making.today(version.group, now)
    last_day = making.end_of_month(today)
    return making.hold(
        staff, version,
        Plan(words.CONSULTATION, today - OPENED, last_day, summary, words.CONTACT),
    )  # fmt: skip
