"""Who may write and publish the closing report, and when."""

from datetime import timedelta

import pytest

from sutarta.apps.consultations.actions import reporting
from sutarta.apps.consultations.models import Kind, Visibility
from sutarta.apps.consultations.queries import public
from sutarta.apps.consultations.rules import reporting as rules
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AFTER = NOON + timedelta(days=10)
NOT_THEIRS = "Your role in this group does not include this step."
OVER = "The closing report is written after the consultation closes."
STAYS = "The report is published and stays as it is."


@pytest.mark.parametrize(
    ("role", "at", "published", "missing", "writes", "publishes"),
    [
        (Role.COORDINATOR, AFTER, False, [], "", ""),
        (Role.EDITOR, AFTER, False, [], "", ""),
        (Role.EDITOR, AFTER, False, ["all"], "", "Still missing: all."),
        (Role.EDITOR, NOON, False, [], OVER, OVER),
        (Role.EDITOR, AFTER, True, [], STAYS, STAYS),
        (Role.MODERATOR, AFTER, False, [], NOT_THEIRS, NOT_THEIRS),
        (Role.AUDITOR, AFTER, True, [], NOT_THEIRS, NOT_THEIRS),
    ],
)
def test_who_may_write_and_publish_when(role, at, published, missing, writes, publishes):
    its = make.consultation()
    report = make.report(its, published_at=AFTER if published else None)
    actor = make.member(of=its.group, role=role)

    assert rules.may_write_report(actor, its, report, at).reason == writes
    assert rules.may_publish_report(actor, its, report, missing, at).reason == publishes


def report_on(its):
    who = make.member(of=its.group)
    facts = {"actor": who, "consultation": its, "at": AFTER}
    reporting.write_report(what_changed="Nieko.", who_took_part="", population=[], **facts)
    return reporting.publish_report(**facts)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, "Every proposal has its published answer"),
        ({"kind": Kind.QUESTION, "body": "Kada?"}, "Every question has its answer"),
        ({"at": AFTER}, "Every proposal has its published answer"),
    ],
)
def test_no_report_while_anything_is_unanswered(facts, why):
    its = make.consultation(answered_at=AFTER)
    make.submission(consultation=its, visibility=Visibility.PUBLIC, **facts)

    with pytest.raises(Refused, match=why):
        report_on(its)


def test_a_published_report_is_found_in_the_sitemap():
    its = make.consultation(answered_at=AFTER)

    report_on(its)

    assert f"/c/{its.number}/report/" in public.public_addresses(its.group)
