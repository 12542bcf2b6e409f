"""Every public act leaves one entry, in the act's own transaction."""

from datetime import timedelta

import pytest
from django.db import transaction

from sutarta.apps.ledger import actions, queries
from sutarta.apps.ledger.models import Entry
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def test_an_entry_holds_canonical_bytes_with_a_schema():
    entry = actions.record("version.published", group=make.group(), at=NOON, version=2, digest="ab")

    assert bytes(entry.body) == (
        b'{"at":"2026-11-22T10:00:00.000000+00:00","event":"version.published",'
        b'"facts":{"digest":"ab","version":2},"id":"%s","schema":"sutarta.entry/1"}'
        % str(entry.pk).encode()
    )
    assert queries.facts(entry) == {"version": 2, "digest": "ab"}


def test_an_act_that_fails_leaves_no_entry():
    group = make.group()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.record("version.published", group=group, at=NOON)
        _ = 1 / 0

    assert not Entry.objects.exists()


def test_the_state_changes_with_every_act_of_the_group_and_no_other():
    group, other = make.group(), make.group()
    before = queries.state(group)
    actions.record("version.published", group=other, at=NOON)
    beside = queries.state(group)
    actions.record("version.published", group=group, at=NOON)

    assert before == beside != queries.state(group)


def test_acts_come_newest_first_and_by_kind():
    group = make.group()
    for day, event in enumerate(["version.published", "consultation.announced"]):
        actions.record(event, group=group, at=NOON + timedelta(days=day))

    assert [e.event for e in queries.acts(group)] == ["consultation.announced", "version.published"]
    assert [e.event for e in queries.acts(group, "version.published")] == ["version.published"]
