"""A log that lost acts begins anew, and its first act says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.ledger import actions
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger.models import Checkpoint, Entry, Log
from sutarta.apps.ledger.queries import logs, proofs
from sutarta.core import translog
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def group():
    """One whose log has taken in three acts."""
    group = make.group()
    for number in range(3):
        actions.record("test.done", group=group, at=NOON, number=number)
    actions.sequence_all(NOON)
    return group


def note(log: Log) -> str:
    return logs.newest_checkpoint(log).note


def test_the_first_act_names_what_was_lost(group):
    former = logs.in_force(group)
    size, root = former.size, logs.newest_checkpoint(former).root
    lost = note(former).replace(f"\n{size}\n", "\n9\n")
    actions.record("test.waits", group=group, at=NOON)

    fresh = actions.open_epoch(group=group, lost=[lost], at=LATER)

    first = Entry.objects.get(log=fresh)
    said = ledger.facts(first)
    former.refresh_from_db()
    assert (first.event, first.leaf, fresh.size) == ("log.epoch_opened", 0, 1)
    assert (former.ended_at, former.size, former.number + 1) == (LATER, size, fresh.number)
    assert (said["former"], said["size"], said["root"]) == (former.origin, size, root)
    assert said["lost"][0] == {
        "origin": former.origin, "size": 9, "root": root, "checkpoint": lost
    }  # fmt: skip
    assert fresh.origin == f"{former.origin}/2"


def test_what_waited_goes_into_the_new_epoch_after_it(group):
    actions.record("test.waits", group=group, at=NOON)
    fresh = actions.open_epoch(group=group, lost=[], at=LATER)

    actions.sequence_all(LATER)

    told = Entry.objects.filter(log=fresh).order_by("leaf").values_list("event", flat=True)
    assert list(told) == ["log.epoch_opened", "test.waits"]


def test_the_former_epoch_is_read_and_verified_as_before(group):
    former = logs.in_force(group)
    entry = Entry.objects.filter(log=former).last()

    actions.open_epoch(group=group, lost=[], at=LATER)

    entry = Entry.objects.get(pk=entry.pk)
    proof = proofs.proof(entry)
    said = translog.Checkpoint.parse(translog.Note.parse(proof.checkpoint).text)
    leaf = translog.leaf_hash(proofs.leaf(entry))
    assert translog.includes(leaf, entry.leaf, said.size, proof.path, said.root)


def test_the_key_of_the_former_epoch_signs_for_the_new_one(group):
    former = logs.in_force(group)
    fresh = actions.open_epoch(group=group, lost=[], at=LATER)

    said = ledger.facts(Entry.objects.get(log=fresh, leaf=0))
    handed = translog.Note.parse(said["handover"])
    key = translog.Handover.parse(handed.text).key
    assert logs.verifier(former).find(handed) is not None
    assert str(key) == said["key"] == str(logs.verifier(fresh))
    assert key.find(translog.Note.parse(note(fresh))) is not None


def test_an_epoch_never_takes_the_name_of_a_lost_one(group):
    fresh = actions.open_epoch(group=group, lost=[], number=4, at=LATER)

    assert fresh.number == 4
    assert fresh.origin.endswith("/4")
    assert actions.open_epoch(group=group, lost=[], number=2, at=LATER).number == 5


def test_a_log_that_never_began_can_begin_anew_too():
    group = make.group()

    fresh = actions.open_epoch(group=group, lost=[], at=LATER)

    assert Log.objects.filter(group=group, ended_at=None).get() == fresh
    assert Checkpoint.objects.filter(log=fresh, size=1).exists()
