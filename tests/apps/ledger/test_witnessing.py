"""What witnesses sign, taken in and shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sutarta.apps.ledger import actions
from sutarta.apps.ledger.models import Checkpoint, Cosignature, Log
from sutarta.apps.ledger.queries import logs, witnesses
from sutarta.core import translog
from tests import logs as bent
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make.group(host="log.test")


@pytest.fixture
def log(group) -> Log:
    return bent.grow(group, 3)


def _note(log: Log, name: str = "biblioteka", **apart: float) -> bytes:
    """The newest checkpoint with a witness's line, signed some time from NOON."""
    note = translog.Note.parse(logs.newest_checkpoint(log).note)
    seconds = int((NOON + timedelta(**apart)).timestamp())
    return str(note.signed(make.cosigner(name).sign(note.text, seconds))).encode()


def _code(group, note: bytes) -> str:
    try:
        actions.cosign(group=group, note=note, at=NOON)
    except actions.NotTaken as refusal:
        return refusal.code
    return ""


def test_a_witness_signature_stands_under_the_checkpoint(log, group):
    make.witness(of=group)
    actions.cosign(group=group, note=_note(log), at=NOON)
    note = translog.Note.parse(logs.cosigned(logs.newest_checkpoint(log)))

    assert make.cosigner("biblioteka").verifier.signed_at(note) == int(NOON.timestamp())
    assert translog.Verifier.parse(logs.keys(log)[0].public).find(note)


def test_a_signature_sent_again_changes_nothing_and_a_newer_one_takes_its_place(log, group):
    make.witness(of=group)
    first = actions.cosign(group=group, note=_note(log), at=NOON)
    assert actions.cosign(group=group, note=_note(log), at=NOON).pk == first.pk
    newer = actions.cosign(group=group, note=_note(log, minutes=2), at=NOON)
    actions.cosign(group=group, note=_note(log), at=NOON)  # an older one that was late
    kept = Cosignature.objects.get()

    assert newer.pk == first.pk == kept.pk
    assert kept.signed_at == NOON + timedelta(minutes=2)


def test_several_witnesses_stand_side_by_side(log, group):
    for name in ("biblioteka", "savivaldybe"):
        make.witness(of=group, name=name)
        actions.cosign(group=group, note=_note(log, name), at=NOON)
    note = translog.Note.parse(logs.cosigned(logs.newest_checkpoint(log)))

    assert [one.name for one in note.signatures] == [log.origin, "biblioteka", "savivaldybe"]


@pytest.mark.parametrize(
    ("apart", "code"),
    [
        ({"minutes": 9}, ""),
        ({"minutes": -9}, ""),
        ({"minutes": 11}, "STALE"),
        ({"minutes": -11}, "STALE"),
        ({"days": 300}, "STALE"),
    ],
)
def test_a_time_that_is_not_now_is_refused(log, group, apart, code):
    make.witness(of=group)

    assert _code(group, _note(log, **apart)) == code


def test_a_year_no_calendar_has_is_refused(log, group):
    make.witness(of=group)
    note = translog.Note.parse(logs.newest_checkpoint(log).note)
    signed = note.signed(make.cosigner().sign(note.text, 2**62))

    assert _code(group, str(signed).encode()) == "STALE"


def test_only_keys_the_group_named_count(log, group):
    assert _code(group, _note(log)) == "UNKNOWN"
    make.witness(of=make.group(host="other.test"))  # named by somebody else
    assert _code(group, _note(log)) == "UNKNOWN"
    make.witness(of=group, ended_at=NOON)
    assert _code(group, _note(log)) == "UNKNOWN"


def test_a_bent_signature_does_not_count(log, group):
    make.witness(of=group)
    note = translog.Note.parse(_note(log))
    line = note.signatures[-1]
    bad = translog.Signature(line.name, line.key_id, line.data[:-1] + bytes([line.data[-1] ^ 1]))
    bent_note = translog.Note(note.text, (note.signatures[0], bad))

    assert _code(group, str(bent_note).encode()) == "UNKNOWN"


@pytest.mark.parametrize(
    "note", [b"", b"\xff", b"hello", b"a\n1\nAAAA\n\n", b"text\n\n\xe2\x80\x94 a AAAAAAA=\n"]
)
def test_what_is_no_note_is_refused(log, group, note):
    assert _code(group, note) == "BAD"


def test_a_checkpoint_that_is_not_ours_is_refused_with_our_size(log, group):
    make.witness(of=group)
    for point in (
        translog.Checkpoint("sutarta/other", 3, bytes(32)),
        translog.Checkpoint(log.origin, 3, bytes(32)),
        translog.Checkpoint(log.origin, 2, bytes(32)),
        translog.Checkpoint(log.origin, 9, bytes(32)),
    ):
        signed = translog.Note(point.text).signed(
            make.cosigner().sign(point.text, int(NOON.timestamp()))
        )
        with pytest.raises(actions.NotTaken) as refusal:
            actions.cosign(group=group, note=str(signed).encode(), at=NOON)
        assert refusal.value.code == "NOT_OURS"
        assert refusal.value.size == (3 if point.origin == log.origin else 0)


def test_an_older_checkpoint_of_ours_may_be_signed_as_well(log, group):
    """Acts come every second; what a witness fetched is not the newest any more."""
    make.witness(of=group)
    note = _note(log)
    bent.grow(group)

    assert _code(group, note) == ""
    assert Cosignature.objects.get().checkpoint.size == 3


def test_one_signature_of_a_witness_under_a_checkpoint(log, group):
    witness = make.witness(of=group)
    checkpoint = Checkpoint.objects.get()
    facts = {"group": group, "witness": witness, "checkpoint": checkpoint, "signed_at": NOON}
    Cosignature.objects.create(line="x", **facts)

    with pytest.raises(IntegrityError), transaction.atomic():
        Cosignature.objects.create(line="y", **facts)


def test_the_state_says_who_saw_what_and_who_fell_silent(log, group, django_assert_num_queries):
    make.witness(of=group)
    make.witness(of=group, name="savivaldybe", added_at=NOON + timedelta(hours=1))
    make.witness(of=group, name="draugija", ended_at=NOON)
    actions.cosign(group=group, note=_note(log), at=NOON)
    with django_assert_num_queries(1):
        first, second = witnesses.state(group, NOON + timedelta(days=7))

    assert (first.size, first.seen_at, first.is_silent) == (3, NOON, False)
    assert (second.size, second.seen_at, second.is_silent) == (None, None, False)
    late = witnesses.state(group, NOON + timedelta(days=7, hours=2))
    assert [one.is_silent for one in late] == [True, True]
    assert [one.public for one in witnesses.former(group)] == [
        str(make.cosigner("draugija").verifier)
    ]


def test_many_witnesses_cost_as_many_questions_as_one(log, group, django_assert_num_queries):
    for number in range(300):
        make.witness(of=group, name=f"w{number}")
    with django_assert_num_queries(1):
        assert len(witnesses.state(group, NOON)) == 300
