"""The log itself attacked: its acts, tree, signatures, and what others keep of it."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db.models import F

from sutarta.apps.consultations.models import Submission, Visibility
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger import vault
from sutarta.apps.ledger.models import Checkpoint, Entry, Key, Log, Tile
from sutarta.apps.ledger.queries import logs, proofs
from sutarta.apps.ledger.queries.auditing import look_through
from sutarta.core import translog
from sutarta.core.canonical import canonical_bytes
from sutarta.core.translog import Note, Signer
from tests import make
from tests.attacks import living
from tests.attacks.living import audit, order
from tests.make import NOON

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def group():
    """300 acts in order, one checkpoint a hundred: one full tile, and one that still grows."""
    its = make.group()
    for n in range(300):
        ledger.record("thing.happened", group=its, at=NOON, about=f"p/{n}", n=n)
        if n % 100 == 99:
            order(its, NOON + n * timedelta(seconds=1))
    ledger.record("group.founded", group=its, at=NOON, rows=[its, *its.hosts.all()])
    order(its, LATER)
    assert audit(its) == []
    return its


def codes(group, at=NOON, kept=()):
    return {one.code for one in look_through(group, at, kept=kept).findings}


def entry(group, leaf=7):
    return Entry.objects.get(group=group, leaf=leaf)


def rewrite(entry, **changed):
    """Another act in the place of one, with a digest of its own."""
    said = json.loads(bytes(entry.body)) | changed
    entry.body = canonical_bytes(said)
    entry.digest = hashlib.sha256(entry.body).hexdigest()
    entry.save()


def rebuild(group):
    """The whole tree computed anew from the acts as they are, and stored."""
    log = Log.objects.get(group=group)
    tree = translog.Tree(proofs.leaf(one) for one in Entry.objects.filter(log=log).order_by("leaf"))
    Tile.objects.filter(log=log).delete()
    for level, number, width in translog.tiles_of(len(tree)):
        first = number * translog.WIDTH
        hashes = b"".join(tree.lookup(8 * level, first + n) for n in range(width))
        Tile.objects.create(group=group, log=log, level=level, number=number, hashes=hashes)
    log.size = len(tree)
    log.save()
    return log, tree


def sign_all(log, tree, signer):
    for row in Checkpoint.objects.filter(log=log):
        if row.size > len(tree):
            row.delete()
            continue
        text = translog.Checkpoint(log.origin, row.size, tree.root(row.size)).text
        row.root, row.note = tree.root(row.size).hex(), str(Note(text).signed(signer.sign(text)))
        row.save()


def swap(group):
    one, other = entry(group, 3), entry(group, 4)
    Entry.objects.filter(pk=one.pk).update(leaf=9_999)
    Entry.objects.filter(pk=other.pk).update(leaf=3)
    Entry.objects.filter(pk=one.pk).update(leaf=4)


def on_entries(**values):
    return lambda group: Entry.objects.filter(group=group, leaf=7).update(**values)


def on_log(model, **values):
    return lambda group: model.objects.filter(group=group).update(**values)


ATTACKS = {
    "another event": (on_entries(event="thing.else"), {"entry.columns"}),
    "another page": (on_entries(about="p/1"), {"entry.columns"}),
    "back-dated in the column": (on_entries(at=NOON - DAY), {"entry.columns"}),
    "another digest": (on_entries(digest="0" * 64), {"entry.columns"}),
    "back-dated in the body": (
        lambda group: _swap_bytes(group, b"2026-11-22", b"2026-11-02"),
        {"entry.columns", "leaf.other"},
    ),
    "back-dated throughout": (
        lambda group: _back_date(group),
        {"leaf.other"},
    ),
    "no act at all": (on_entries(body=b"\xff"), {"entry.unreadable", "leaf.missing"}),
    "the same act in other bytes": (
        lambda group: _swap_bytes(group, b'{"about"', b'{ "about"'),
        {"entry.columns", "leaf.other"},
    ),
    "taken in at another time": (
        on_entries(sequenced_at=NOON - DAY),
        {"leaf.other", "leaf.earlier"},
    ),
    "two swapped": (swap, {"leaf.other"}),
    "one deleted": (lambda group: entry(group).delete(), {"leaf.missing"}),
    "one moved to the end": (on_entries(leaf=301), {"leaf.missing", "leaf.beyond"}),
    "one more put in": (
        lambda group: _one_more(group),
        {"leaf.beyond"},
    ),
    "one taken out of the order again": (
        on_entries(leaf=None, log=None, sequenced_at=None),
        {"leaf.missing"},
    ),
    "a tile": (
        lambda group: Tile.objects.filter(group=group, level=1).update(hashes=bytes(32)),
        {"tile.other"},
    ),
    "a tile deleted": (lambda group: Tile.objects.filter(group=group).delete(), {"tile.other"}),
    "a tile beyond": (
        lambda group: Tile.objects.create(
            group=group, log=Log.objects.get(group=group), level=3, number=0, hashes=b""
        ),
        {"tile.beyond"},
    ),
    "a larger size": (on_log(Log, size=F("size") + 10**12), {"log.size", "checkpoint.none"}),
    "a smaller size": (on_log(Log, size=200), {"leaf.beyond", "checkpoint.other"}),
    "the log's time": (on_log(Log, sequenced_at=NOON - DAY), {"log.time"}),
    "the log ended": (on_log(Log, ended_at=NOON), {"log.in_force"}),
    "the log renamed": (on_log(Log, origin="sutarta/kita"), {"checkpoint.columns"}),
    "a checkpoint's root": (
        lambda group: Checkpoint.objects.filter(group=group, size=100).update(root="0" * 64),
        {"checkpoint.columns"},
    ),
    "a checkpoint's note": (on_log(Checkpoint, note="x"), {"checkpoint.columns"}),
    "checkpoints deleted": (
        lambda group: Checkpoint.objects.filter(group=group).delete(),
        {"checkpoint.none"},
    ),
    "a checkpoint back-dated": (
        lambda group: Checkpoint.objects.filter(group=group, size=200).update(signed_at=NOON - DAY),
        {"checkpoint.earlier"},
    ),
    "the key deleted": (
        lambda group: Key.objects.filter(group=group).delete(),
        {"key.none", "checkpoint.unsigned"},
    ),
    "another key": (
        lambda group: _another_key(group),
        {"checkpoint.unsigned"},
    ),
    "a key nobody handed on": (
        lambda group: _second_key(group),
        {"key.chain"},
    ),
}


@pytest.mark.parametrize("what", ATTACKS)
def test_an_attack_on_the_log_is_named(group, what):
    do, expected = ATTACKS[what]

    do(group)

    assert codes(group) >= expected


def test_a_single_changed_act_is_named_by_its_number_and_no_other_is(group):
    rewrite(entry(group, 258), facts={"n": 0})

    assert [
        (one.code, one.facts.get("leaf", one.facts.get("size")))
        for one in look_through(group, NOON).findings
    ] == [("leaf.other", 258), ("checkpoint.other", 300), ("checkpoint.other", 301)]


def test_the_tree_recomputed_without_the_key_is_named_from_that_checkpoint_on(group):
    rewrite(entry(group, 150), facts={"n": 0})
    rebuild(group)

    found = look_through(group, NOON).findings
    assert [(one.code, one.facts["size"]) for one in found] == [
        ("checkpoint.other", 200),
        ("checkpoint.other", 300),
        ("checkpoint.other", 301),
    ]


def test_signed_anew_by_another_key_is_named(group):
    rewrite(entry(group, 150), facts={"n": 0})
    log, tree = rebuild(group)
    sign_all(log, tree, Signer(log.origin, b"k" * 32))

    assert codes(group) == {"checkpoint.unsigned"}


def test_a_fork_by_who_has_the_key_is_named_by_a_checkpoint_somebody_keeps(group):
    kept = Checkpoint.objects.get(group=group, size=300).note
    small = Checkpoint.objects.get(group=group, size=100).note
    rewrite(entry(group, 150), facts={"n": 0})
    log, tree = rebuild(group)
    sign_all(log, tree, logs.signer(log))

    assert codes(group) == set()  # nobody can tell from the inside
    assert codes(group, kept=[kept]) == {"kept.other"}
    assert codes(group, kept=[small]) == set()  # it is older than what was changed


def test_a_rollback_by_who_has_the_key_is_named_by_a_checkpoint_somebody_keeps(group):
    kept = Checkpoint.objects.get(group=group, size=301).note
    Entry.objects.filter(group=group, leaf__gte=200).delete()
    log, tree = rebuild(group)
    sign_all(log, tree, logs.signer(log))
    Log.objects.filter(pk=log.pk).update(
        sequenced_at=Entry.objects.get(log=log, leaf=199).sequenced_at
    )

    assert codes(group, kept=[kept]) == {"kept.longer", "row.unknown"}


def test_the_newest_acts_deleted_are_named(group):
    Entry.objects.filter(group=group, leaf__gte=290).delete()

    assert codes(group) >= {"leaf.missing"}


def test_a_checkpoint_of_a_strangers_hand_says_nothing_against_the_log(group):
    origin = Log.objects.get(group=group).origin
    text = translog.Checkpoint(origin, 10**6, bytes(32)).text
    note = str(Note(text).signed(Signer(origin, b"x" * 32).sign(text)))

    assert codes(group, kept=[note]) == {"kept.unsigned"}


def test_a_promise_without_a_leaf_is_named_after_five_minutes(group):
    ledger.record("thing.happened", group=group, at=NOON)
    now = make.now()

    assert codes(group, at=now + timedelta(minutes=4)) == set()
    assert codes(group, at=now + timedelta(minutes=6)) == {"entry.waits"}


def test_an_act_that_states_a_time_far_off_is_noted_and_no_finding(group):
    ledger.record("thing.happened", group=group, at=NOON - DAY)
    order(group, LATER)

    found = look_through(group, NOON)
    assert found.findings == []
    assert [(one.code, one.facts["at"]) for one in found.notes[-1:]] == [
        ("entry.times", NOON - DAY)
    ]


def test_yesterdays_rows_put_back_are_named_by_the_log_of_today():
    """Tables copied back, the log left: every row that was changed since then stands out."""
    its = living.live()
    one = Submission.objects.get(group=its.group, number=1)
    living.decide(its, one, Visibility.HIDDEN)
    one.save()  # as it was before

    assert "row.changed" in living.codes(its.group)


def test_yesterdays_snapshot_put_back_whole_is_named_by_a_checkpoint_of_today():
    """Rows and log of yesterday agree with one another: only who kept today's can tell."""
    its = living.live()
    log = Log.objects.get(group=its.group)
    before = (log.size, log.sequenced_at)
    row = ledger.record("thing.happened", group=its.group, at=LATER)
    order(its.group, living.CLOSED + 3 * DAY)
    kept = logs.newest_checkpoint(log).note
    tiles = {tile.pk: bytes(tile.hashes) for tile in Tile.objects.filter(log=log)}
    assert tiles

    Entry.objects.filter(pk=row.pk).delete()
    Checkpoint.objects.filter(log=log, size__gt=before[0]).delete()
    rebuild(its.group)
    Log.objects.filter(pk=log.pk).update(size=before[0], sequenced_at=before[1])

    assert living.codes(its.group) == set()
    assert living.codes(its.group, kept=[kept]) == {"kept.longer"}


def test_an_epoch_that_names_the_former_is_as_it_should_be(group):
    ledger.open_epoch(group=group, at=LATER, lost=[])
    order(group, LATER)

    assert codes(group) == set()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"former": "sutarta/kita"}, "epoch.other"),
        ({"size": 5}, "epoch.other"),
        ({"root": "0" * 64}, "epoch.other"),
        ({"handover": "x"}, "epoch.key"),
    ],
    ids=["another log", "another size", "another root", "no handover"],
)
def test_an_epoch_that_says_something_else_of_the_former_is_named(group, changed, code):
    fresh = ledger.open_epoch(group=group, at=LATER, lost=[])
    first = Entry.objects.get(log=fresh, leaf=0)
    rewrite(first, facts=json.loads(bytes(first.body))["facts"] | changed)

    assert codes(group) >= {code, "leaf.other"}


def test_an_epoch_put_in_by_hand_is_named(group):
    Log.objects.filter(group=group).update(ended_at=LATER)
    ledger.found_log(group=group, at=LATER, number=2)
    ledger.record("thing.happened", group=group, at=LATER)
    order(group, LATER)

    assert codes(group) == {"epoch.unnamed"}


def _swap_bytes(group, old, new):
    one = entry(group)
    body = bytes(one.body).replace(old, new)
    assert body != bytes(one.body)
    Entry.objects.filter(pk=one.pk).update(body=body)


def _back_date(group):
    one = entry(group)
    one.at = NOON - DAY
    rewrite(one, at=(NOON - DAY).isoformat(timespec="microseconds"))


def _one_more(group):
    log = Log.objects.get(group=group)
    made = ledger.record("thing.happened", group=group, at=NOON)
    Entry.objects.filter(pk=made.pk).update(log=log, leaf=log.size, sequenced_at=LATER)


def _another_key(group):
    log = Log.objects.get(group=group)
    signer = Signer(log.origin, b"k" * 32)
    Key.objects.filter(log=log).update(public=str(signer.verifier))


def _second_key(group):
    log = Log.objects.get(group=group)
    Key.objects.create(
        group=group,
        log=log,
        number=2,
        public=str(Signer(log.origin, b"k" * 32).verifier),
        sealed=vault.seal(b"k" * 32, log.origin),
        handover="x",
        since=LATER,
    )
