"""Who may do what with strategies, and when: one table."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from sutarta.apps.people.models import Membership
from sutarta.apps.strategies import rules
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

ROLE = "Your role in this group does not include this step."
STAFF = "Only staff of this group may do this."
LATER = NOON + timedelta(days=30)
WHO = ["COORDINATOR", "EDITOR", "MODERATOR", "AUDITOR", "stranger", "nobody", "former"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def person(who, group):
    if who == "nobody":
        return AnonymousUser()
    if who == "stranger":
        return make.member(of=make.group())
    actor = make.member(of=group, role="COORDINATOR" if who == "former" else who)
    if who == "former":
        Membership.objects.filter(user=actor).update(ends_at=NOON)
    return actor


@pytest.mark.parametrize("who", WHO)
def test_may_read(who):
    group = make.group()

    verdict = rules.may_read(person(who, group), group, NOON)

    assert verdict.reason == ("" if who in WHO[:4] else STAFF)


@pytest.mark.parametrize("who", WHO)
def test_may_change(who):
    group = make.group()
    reasons = {"COORDINATOR": "", "EDITOR": "", "MODERATOR": ROLE, "AUDITOR": ROLE}

    assert rules.may_change(person(who, group), group, NOON).reason == reasons.get(who, STAFF)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    ("rule", "published", "reason"),
    [
        (rules.may_publish, False, ""),
        (rules.may_publish, True, "This version is published already."),
        (rules.may_edit, False, ""),
        (rules.may_edit, True, "A published version stays as it is."),
        (rules.may_discard, False, ""),
        (rules.may_discard, True, "A published version stays as it is."),
    ],
)
def test_only_a_draft_is_published_corrected_or_discarded(who, rule, published, reason):
    version = make.version(published=published)
    actor = person(who, version.group)

    verdict = rule(actor, version, LATER if who != "former" else NOON)

    allowed = {"COORDINATOR": reason, "EDITOR": reason, "MODERATOR": ROLE, "AUDITOR": ROLE}
    assert verdict.reason == allowed.get(who, STAFF)


@pytest.mark.parametrize(
    ("outcome", "decided_at", "published", "reason"),
    [
        ("doubtful", None, False, ""),
        ("reworded", NOON, False, ""),
        ("reworded", None, False, "This passage was recognised without doubt."),
        ("doubtful", None, True, "A published version stays as it is."),
    ],
)
def test_a_person_decides_what_the_machine_doubted(outcome, decided_at, published, reason):
    version = make.version(published=published)
    passage = version.passages.create(
        group=version.group, old_id="b1", outcome=outcome, confidence=1, decided_at=decided_at
    )

    verdict = rules.may_decide(make.member(of=version.group), passage, NOON)

    assert verdict.reason == reason


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("newest", ""),
        ("draft", "There is a draft already. Correct that one."),
        ("older", "A draft is made from the newest published version."),
    ],
)
def test_a_draft_starts_from_the_newest_version_alone(who, state, reason):
    version = make.version()
    if state != "newest":
        make.version(strategy=version.strategy, published=state == "older")
    actor = person(who, version.group)

    verdict = rules.may_start_from(actor, version, LATER if who != "former" else NOON)

    allowed = {"COORDINATOR": reason, "EDITOR": reason, "MODERATOR": ROLE, "AUDITOR": ROLE}
    assert verdict.reason == allowed.get(who, STAFF)
