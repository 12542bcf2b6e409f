"""Meetings with residents: planned, announced, changed, cancelled, and who may."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from sutarta.apps.consultations.actions import meetings
from sutarta.apps.consultations.actions.meetings import Facts
from sutarta.apps.consultations.models import Meeting
from sutarta.apps.consultations.queries import meetings as queries
from sutarta.apps.consultations.rules import meetings as rules
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests import meetings as made
from tests.make import NOON
from tests.meetings import BEGINS, LASTS

pytestmark = pytest.mark.django_db


def facts(**other):
    usual = {"title": "Alksniuose", "starts_at": BEGINS, "ends_at": BEGINS + LASTS}
    return Facts(**{**usual, "place": "Bendruomenės namai", **other})


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def its():
    return make.consultation()


@pytest.fixture
def editor(its):
    return make.member(of=its.group, role=Role.EDITOR)


def planned(its, editor, **other):
    return meetings.plan(actor=editor, consultation=its, facts=facts(**other), at=NOON)


def refusal(act, **facts):
    with pytest.raises(Refused) as refused:
        act(**facts)
    return str(refused.value.reason)


def events():
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


def test_a_plan_is_nobodys_news_and_can_be_thrown_away(its, editor):
    met = planned(its, editor)

    assert (met.number, met.is_announced, events()) == (1, False, [])
    assert list(queries.announced(its.group)) == []
    meetings.change(actor=editor, meeting=met, facts=facts(title="Kitur"), at=NOON)
    meetings.delete(actor=editor, meeting=met, at=NOON)
    assert (Meeting.objects.count(), events()) == (0, [])


def test_announcing_changing_and_cancelling_are_public_acts(its, editor):
    met = planned(its, editor)

    meetings.announce(actor=editor, meeting=met, at=NOON)
    later = facts(starts_at=BEGINS + LASTS, ends_at=BEGINS + 2 * LASTS)
    assert meetings.change(actor=editor, meeting=met, facts=later, at=NOON) == [
        "starts_at",
        "ends_at",
    ]
    assert meetings.change(actor=editor, meeting=met, facts=later, at=NOON) == []
    meetings.cancel(actor=editor, meeting=met, why="Liga", at=NOON)

    met.refresh_from_db()
    assert (met.sequence, met.cancelled_why) == (2, "Liga")
    assert events() == ["meeting.announced", "meeting.changed", "meeting.cancelled"]
    assert list(queries.coming(its.group, NOON)) == []
    assert list(queries.past(its.group, NOON)) == [met]


def test_what_is_missing_is_said_before_announcing(its, editor):
    met = planned(its, editor, place="")
    said = refusal(meetings.announce, actor=editor, meeting=met, at=NOON)
    assert said == "Still missing: the place, or the link to join."

    online = facts(place="", link="https://susitikimas.example/1")
    meetings.change(actor=editor, meeting=met, facts=online, at=NOON)
    meetings.announce(actor=editor, meeting=met, at=NOON)
    lost = facts(place="")
    said = refusal(meetings.change, actor=editor, meeting=met, facts=lost, at=NOON)
    assert said == "Still missing: the place, or the link to join."


def test_a_meeting_of_an_unannounced_consultation_waits_for_it(editor, its):
    waiting = make.consultation(strategy=its.strategy, announced_at=None)
    met = planned(waiting, editor)

    said = refusal(meetings.announce, actor=editor, meeting=met, at=NOON)

    assert said == "Still missing: the consultation, announced."


def test_nothing_is_planned_before_the_opening(its, editor):
    early = its.opens_at - timedelta(minutes=1)

    said = refusal(planned, its=its, editor=editor, starts_at=early, ends_at=early + LASTS)

    assert "What is said before that could not be taken into the register" in said
    ends_at = its.opens_at + LASTS
    met = planned(its, editor, starts_at=its.opens_at, ends_at=ends_at)
    assert met.starts_at == its.opens_at


@pytest.mark.parametrize(
    ("hours", "reason"),
    [
        (0, "The end must come after the beginning."),
        (-1, "The end must come after the beginning."),
        (25, "A meeting lasts a day at most. Check the times."),
    ],
)
def test_a_meeting_has_a_length(its, editor, hours, reason):
    ends = BEGINS + timedelta(hours=hours)
    assert refusal(planned, its=its, editor=editor, ends_at=ends) == reason


def test_a_meeting_in_the_night_of_the_clock_change_has_its_real_length(editor, its):
    zone = ZoneInfo("Europe/Vilnius")  # in 2027 the clock goes back from 4 to 3 on 31 October
    starts = datetime(2027, 10, 31, 3, 30, tzinfo=zone)
    ends = datetime(2027, 10, 31, 3, 30, fold=1, tzinfo=zone)

    met = planned(its, editor, starts_at=starts.astimezone(UTC), ends_at=ends.astimezone(UTC))

    assert met.ends_at - met.starts_at == timedelta(hours=1)
    assert met.is_on(starts.astimezone(UTC)) and not met.is_on(ends.astimezone(UTC))


def test_a_meeting_told_of_elsewhere_is_announced_afterwards_without_letters(its, editor):
    made.participant(made.meeting(its), wants=["INVITE"])
    met = planned(its, editor)

    meetings.announce(actor=editor, meeting=met, at=BEGINS + LASTS)

    assert Letter.objects.count() == 0


def test_who_asked_to_be_invited_is_invited_once_and_told_of_changes(its, editor):
    before = made.meeting(its)
    for _twice in range(2):
        made.participant(before, wants=["INVITE"])
    made.participant(before, wants=["NEWS"], email="k@post.example")
    made.participant(
        before, wants=["INVITE"], email="s@post.example", ends_on=(NOON - timedelta(days=1)).date()
    )
    met = planned(its, editor)

    meetings.announce(actor=editor, meeting=met, at=NOON)
    meetings.change(actor=editor, meeting=met, facts=facts(place="Mokykla"), at=NOON)
    meetings.change(actor=editor, meeting=met, facts=facts(place="Mokykla", words="?"), at=NOON)
    meetings.cancel(actor=editor, meeting=met, why="Liga", at=NOON)

    letters = Letter.objects.order_by("id")
    assert [(one.to, one.kind) for one in letters] == [
        ("j.b@post.example", "meeting_invited"),
        ("j.b@post.example", "meeting_changed"),
        ("j.b@post.example", "meeting_cancelled"),
    ]
    assert all("/meetings/leave/" in one.leave_url for one in letters)
    assert all(one.leave_url in one.text for one in letters)
    assert "Mokykla" in letters[1].text and "Liga" in letters[2].text


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"announced": False}, "Nobody knows of it yet. Delete the plan instead."),
        ({"cancelled_at": NOON}, "This meeting was cancelled."),
        ({"starts_at": NOON - 2 * LASTS}, "It has been held, so it cannot be cancelled."),
        ({"minuted_at": NOON}, "The minutes are published, so the meeting stays as it is."),
    ],
)
def test_what_cannot_be_cancelled(its, editor, state, reason):
    met = made.meeting(its, **state)

    assert refusal(meetings.cancel, actor=editor, meeting=met, why="?", at=NOON) == reason


def test_a_cancelled_meeting_needs_a_reason_and_an_announced_one_is_not_deleted(its, editor):
    met = made.meeting(its)

    said = refusal(meetings.cancel, actor=editor, meeting=met, why=" ", at=NOON)
    assert said == "Write why it is cancelled. Everybody will read it."
    said = refusal(meetings.delete, actor=editor, meeting=met, at=NOON)
    assert said == "It was announced, so it is not deleted. Cancel it instead."


@pytest.mark.parametrize(
    ("role", "plans", "notes", "prepares", "publishes", "sees"),
    [
        (Role.COORDINATOR, True, True, True, True, True),
        (Role.EDITOR, True, False, True, True, True),
        (Role.MODERATOR, False, True, True, False, True),
        (Role.AUDITOR, False, False, False, False, False),
    ],
)
def test_who_may_what(its, role, plans, notes, prepares, publishes, sees):
    who, met, after = make.member(of=its.group, role=role), made.meeting(its), BEGINS + LASTS

    may = [
        rules.may_plan(who, its.group, after),
        rules.may_note(who, met, after),
        rules.may_write_minutes(who, met, after),
        rules.may_minute(who, met, [], after),
        rules.may_see_list(who, its.group, after),
    ]

    assert [bool(one) for one in may] == [plans, notes, prepares, publishes, sees]


def test_minutes_are_overdue_after_two_weeks(its):
    met = made.meeting(its)
    due = met.ends_at + timedelta(days=14)

    assert not rules.is_overdue(met, due - timedelta(seconds=1))
    assert rules.is_overdue(met, due)
    assert not rules.is_overdue(made.minuted(met), due)
    assert not rules.is_overdue(made.meeting(its, cancelled_at=NOON), due)
    assert not rules.is_overdue(made.meeting(its, announced=False), due)
