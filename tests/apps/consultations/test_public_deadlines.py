"""The last moments of a consultation, through the real pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sutarta.apps.consultations.actions import running
from sutarta.apps.consultations.models import Submission
from sutarta.core import deadlines
from tests import make

pytestmark = pytest.mark.django_db

HOST = {"host": "ours.test"}
CLOSES = datetime(2026, 11, 30, 22, tzinfo=UTC)  # 24.00 in Vilnius
TICK = timedelta(milliseconds=1)


@pytest.fixture
def clock(monkeypatch):
    """A clock that shows the given instants, one a look, and then stays at the last."""

    def shows(*instants):
        left = list(instants)
        monkeypatch.setattr(timezone, "now", lambda: left.pop(0) if len(left) > 1 else left[0])

    return shows


@pytest.fixture
def consultation():
    return make.consultation(group=make.group(host="ours.test"))


def _say(client, consultation, body="Parašykite ir valandas."):
    address = reverse("consultations:say", args=[consultation.number])
    return client.post(address, {"kind": "general", "body": body, "step": "send"}, headers=HOST)


@pytest.mark.parametrize(
    ("headers_at", "stored_at", "is_late"),
    [
        (CLOSES - TICK, CLOSES - TICK, False),
        (CLOSES - TICK, CLOSES + timedelta(minutes=4), False),
        (CLOSES, CLOSES, True),
        (CLOSES + TICK, CLOSES + TICK, True),
    ],
    ids=["23.59.59.999", "a slow line", "the very instant", "just after"],
)
def test_the_instant_of_the_headers_decides(
    client, consultation, clock, headers_at, stored_at, is_late
):
    clock(headers_at, stored_at)

    answer = _say(client, consultation)

    submission = Submission.objects.get()
    assert answer.status_code == 302
    assert (submission.received_at, submission.recorded_at) == (headers_at, stored_at)
    assert submission.is_late is is_late


@pytest.mark.parametrize(
    ("day", "closes_at"),
    [
        (date(2026, 10, 24), datetime(2026, 10, 24, 21, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, tzinfo=UTC)),
        (date(2027, 3, 27), datetime(2027, 3, 27, 22, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 21, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 29, 22, tzinfo=UTC)),
    ],
)
def test_clock_changes_and_leap_days_move_no_deadline(client, clock, day, closes_at):
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    its = make.consultation(
        group=make.group(host="ours.test"), opens_at=long_ago, announced_at=long_ago, last_day=day
    )
    for at in (closes_at - TICK, closes_at):
        clock(at)
        _say(client, its, body=f"Parašyta {at}")

    late = Submission.objects.order_by("number").values_list("is_late", flat=True)
    assert list(late) == [False, True]


def test_an_extension_just_before_the_close_counts_for_what_comes_after_it(
    client, consultation, clock
):
    running.set_deadline(
        actor=make.member(of=consultation.group),
        consultation=consultation,
        deadline=deadlines.Deadline.of(
            date(2026, 12, 7), deadlines.Wording(), consultation.group.zone
        ),
        reason="Daugelis prašė.",
        answers_by=date(2026, 12, 21),
        at=CLOSES - TICK,
    )
    clock(CLOSES + TICK)

    _say(client, consultation)

    assert Submission.objects.get().is_late is False


def test_before_the_opening_nothing_is_taken_and_the_page_says_when(client, clock):
    opens_at = datetime(2026, 11, 25, 7, tzinfo=UTC)
    its = make.consultation(group=make.group(host="ours.test"), opens_at=opens_at)

    clock(opens_at - TICK)
    before = _say(client, its)
    clock(opens_at)
    after = _say(client, its)

    assert (before.status_code, after.status_code) == (403, 302)
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("act", ["correct", "withdraw"])
def test_what_was_begun_in_time_is_corrected_and_taken_back_in_time(
    client, consultation, clock, act
):
    receipt = make.receipt(consultation=consultation, kind="GENERAL")
    address = reverse(f"consultations:{act}", args=[receipt.secret])

    clock(CLOSES)
    late = client.post(address, {"body": "Kitaip."}, headers=HOST)
    clock(CLOSES - TICK, CLOSES + timedelta(minutes=4))
    in_time = client.post(address, {"body": "Kitaip."}, headers=HOST)

    assert (late.status_code, in_time.status_code) == (403, 302)


def test_a_kept_page_changes_at_the_opening_and_at_the_close_by_itself(client, consultation, clock):
    address = reverse("consultations:consultation", args=[consultation.number])
    pages = []
    for at in (CLOSES - TICK, CLOSES):
        clock(at)
        pages.append(client.get(address, headers=HOST))

    assert pages[0].headers["ETag"] != pages[1].headers["ETag"]
