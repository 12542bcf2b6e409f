"""Who may speak, correct and withdraw, and when: the whole table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from sutarta.apps.consultations.models import Channel
from sutarta.apps.consultations.rules import speaking as rules
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

CLOSES = datetime(2026, 11, 30, 22, tzinfo=UTC)
OPENS = NOON - timedelta(days=20)
MOMENT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("announced", "at", "reason"),
    [
        (False, NOON, "This consultation has not been announced."),
        (True, OPENS - MOMENT, "This consultation is not open yet."),
        (True, OPENS, ""),
        (True, NOON, ""),
        (True, CLOSES - MOMENT, ""),
        (True, CLOSES, ""),
        (True, CLOSES + timedelta(days=300), ""),
    ],
)
def test_may_submit(announced, at, reason):
    facts = {} if announced else {"announced_at": None}
    consultation = make.consultation(**facts)

    assert rules.may_submit(consultation, at).reason == reason


def test_may_submit_after_the_answers_too():
    consultation = make.consultation(answered_at=CLOSES + timedelta(days=10))

    assert rules.may_submit(consultation, CLOSES + timedelta(days=20)).allowed


ONLY_STAFF = "Only staff of this group may do this."
OTHER_WAY = "Only staff of this group may enter what came another way."
NOT_THIS_ROLE = "Your role in this group does not include this step."


@pytest.mark.parametrize(
    ("who", "channel", "reason"),
    [
        ("resident", Channel.WEB, ""),
        ("resident", Channel.EMAIL, ""),
        ("resident", Channel.PAPER, OTHER_WAY),
        ("resident", Channel.PHONE, OTHER_WAY),
        ("resident", Channel.MEETING, OTHER_WAY),
        ("resident", Channel.ELSEWHERE, OTHER_WAY),
        ("COORDINATOR", Channel.PAPER, ""),
        ("MODERATOR", Channel.PHONE, ""),
        ("EDITOR", Channel.PAPER, NOT_THIS_ROLE),
        ("AUDITOR", Channel.PAPER, NOT_THIS_ROLE),
        ("stranger", Channel.PAPER, ONLY_STAFF),
    ],
)
def test_may_write_down(who, channel, reason):
    consultation = make.consultation()
    actor = None if who == "resident" else make.user()
    if who not in {"resident", "stranger"}:
        actor = make.member(of=consultation.group, role=who)

    verdict = rules.may_write_down(actor, consultation, channel, NOON)

    assert verdict.reason == reason


@pytest.mark.parametrize(
    ("at", "withdrawn", "correct", "withdraw"),
    [
        (NOON, False, "", ""),
        (CLOSES - MOMENT, False, "", ""),
        (
            CLOSES,
            False,
            "The deadline has passed, so the text stays as it is.",
            "The deadline has passed, so the submission stays.",
        ),
        (
            NOON,
            True,
            "You have withdrawn this submission.",
            "You have withdrawn this submission already.",
        ),
    ],
)
def test_may_correct_and_withdraw(at, withdrawn, correct, withdraw):
    submission = make.submission()
    submission.withdrawn_at = NOON if withdrawn else None

    assert rules.may_correct(submission, at).reason == correct
    assert rules.may_withdraw(submission, at).reason == withdraw
