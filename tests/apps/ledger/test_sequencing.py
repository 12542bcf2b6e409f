"""Acts are put in order by one sequencer: a leaf each, tiles, a signed checkpoint."""

import json
from datetime import timedelta
from itertools import pairwise

import pytest

from sutarta.apps.ledger import actions, queries, vault
from sutarta.apps.ledger.models import Checkpoint, Entry, Key
from sutarta.apps.ledger.queries import logs, proofs
from sutarta.core import translog
from sutarta.core.translog import Note, Verifier
from tests import make
from tests.make import NOON

SECOND = timedelta(seconds=1)


@pytest.fixture
def group(db):
    return make.group()


def acts(group, count, at=NOON):
    return [
        actions.record("thing.happened", group=group, at=at + n * SECOND, about=f"p/{n}", n=n)
        for n in range(count)
    ]


def checkpoint(group):
    return logs.newest_checkpoint(logs.in_force(group))


def test_an_act_waits_until_the_sequencer_gives_it_its_place(group):
    (entry,) = acts(group, 1)
    waited = (entry.log, entry.leaf, entry.sequenced_at, proofs.proof(entry))

    taken = actions.sequence_all(NOON + SECOND)

    entry.refresh_from_db()
    assert waited == (None, None, None, None)
    assert (taken, entry.leaf, entry.sequenced_at) == (1, 0, NOON + SECOND)
    assert entry.log == logs.in_force(group)


def test_the_checkpoint_is_signed_by_the_logs_key_and_names_origin_size_and_root(group):
    entries = acts(group, 5)
    actions.sequence_all(NOON)

    note = Note.parse(checkpoint(group).note)
    said = translog.Checkpoint.parse(note.text)
    log = logs.in_force(group)
    leaves = [proofs.leaf(Entry.objects.get(pk=entry.pk)) for entry in entries]
    assert (said.origin, said.size, said.root) == (log.origin, 5, translog.Tree(leaves).root())
    assert Verifier.parse(Key.objects.get(log=log).public).find(note) is not None


@pytest.mark.parametrize("steps", [[1] * 5, [255, 1, 1], [256, 256, 1], [300, 300]], ids=str)
def test_however_the_acts_come_the_tree_is_that_of_all_their_leaves(group, steps):
    for at, count in enumerate(steps):
        acts(group, count, NOON + at * timedelta(hours=1))
        actions.sequence_all(NOON + at * timedelta(hours=1))

    log = logs.in_force(group)
    tree = translog.Tree(proofs.leaf(entry) for entry in log.entries.order_by("leaf"))
    roots = {row.size: row.root for row in Checkpoint.objects.filter(log=log)}
    assert roots == {size: tree.root(size).hex() for size in roots}
    assert max(roots) == len(tree) == sum(steps)
    assert all(
        translog.extends(
            old, bytes.fromhex(roots[old]), new, bytes.fromhex(roots[new]),
            translog.consistency(old, new, proofs.tiles(log, new).lookup),
        )
        for old, new in pairwise(sorted(roots))
    )  # fmt: skip


def test_every_act_has_a_proof_that_leads_to_the_signed_root(group):
    entries = acts(group, 270)
    actions.sequence_all(NOON)

    said = translog.Checkpoint.parse(Note.parse(checkpoint(group).note).text)
    for entry in Entry.objects.filter(pk__in=[entries[at].pk for at in (0, 200, 255, 256, 269)]):
        proof = proofs.proof(entry)
        leaf = translog.leaf_hash(proofs.leaf(entry))
        assert translog.includes(leaf, entry.leaf, said.size, proof.path, said.root)


def test_a_proof_can_be_had_by_an_older_checkpoint_that_covers_the_act(group):
    first, *_rest = acts(group, 3)
    actions.sequence_all(NOON)
    older = checkpoint(group)
    (late,) = acts(group, 1, NOON + timedelta(hours=1))
    actions.sequence_all(NOON + timedelta(hours=1))

    first, late = (Entry.objects.get(pk=one.pk) for one in (first, late))
    assert (
        translog.Checkpoint.parse(Note.parse(proofs.proof(first, older).checkpoint).text).size == 3
    )
    assert proofs.proof(late, older) is None


def test_the_leaf_holds_the_act_as_recorded_and_the_time_it_was_taken_in(group):
    (entry,) = acts(group, 1)
    actions.sequence_all(NOON + SECOND)

    entry.refresh_from_db()
    leaf = json.loads(proofs.leaf(entry))
    assert leaf["act"] == json.loads(bytes(entry.body))
    assert leaf["sequenced_at"] == "2026-11-22T10:00:01.000000+00:00"
    assert translog.act_digest(leaf["act"]).hex() == entry.digest


def test_a_promise_is_signed_at_once_and_the_same_after_the_act_has_its_place(group):
    (entry,) = acts(group, 1)
    before = proofs.promise(entry)
    actions.sequence_all(NOON)
    entry.refresh_from_db()

    note = Note.parse(before)
    promised = translog.Promise.parse(note.text)
    assert logs.verifier(logs.in_force(group)).find(note) is not None
    assert promised.digest.hex() == entry.digest
    assert proofs.promise(entry) == before


def test_a_clock_that_steps_back_does_not_take_the_logs_time_back(group):
    acts(group, 1)
    actions.sequence_all(NOON)
    acts(group, 1)
    actions.sequence_all(NOON - timedelta(hours=2))

    log = logs.in_force(group)
    assert list(log.entries.order_by("leaf").values_list("sequenced_at", flat=True)) == [NOON] * 2


def test_nothing_waiting_signs_nothing(group):
    acts(group, 2)
    actions.sequence_all(NOON)

    assert actions.sequence_all(NOON + SECOND) == 0
    assert Checkpoint.objects.filter(group=group).count() == 1


def test_each_group_has_a_log_of_its_own(group):
    other = make.group()
    acts(group, 3)
    acts(other, 2)

    assert actions.sequence_all(NOON) == 5
    assert (logs.in_force(group).size, logs.in_force(other).size) == (3, 2)
    assert logs.in_force(group).origin != logs.in_force(other).origin


def test_the_state_of_pages_stays_the_same_when_acts_get_their_places(group):
    acts(group, 3)
    before = queries.state(group)
    actions.sequence_all(NOON)

    assert queries.state(group) == before


def test_a_key_is_handed_on_by_the_one_before_and_signs_from_then_on(group):
    acts(group, 1)
    actions.sequence_all(NOON)
    log = logs.in_force(group)
    first = logs.verifier(log)

    actions.rotate_key(group=group, reason="Kasmet", at=NOON + SECOND)
    actions.sequence_all(NOON + SECOND)

    keys = translog.keys_in_force(first, map(Note.parse, logs.handovers(log)))
    note = Note.parse(checkpoint(group).note)
    assert keys[-1] == logs.verifier(log) != first
    assert (first.find(note), keys[-1].find(note) is None) == (None, False)
    assert queries.facts(queries.acts(group, "log.key_changed").get())["key"] == str(keys[-1])


def test_a_key_sealed_under_another_secret_signs_nothing(group, settings):
    log = logs.in_force(group)
    settings.SECRET_KEY = "another installation"

    with pytest.raises(vault.LockedKey):
        logs.signer(log)


def test_an_act_too_long_for_a_leaf_is_refused_before_it_is_stored(group):
    with pytest.raises(actions.recording.TooLong):
        actions.record("thing.happened", group=group, at=NOON, words="x" * 65_500)

    assert not Entry.objects.filter(group=group).exists()
