"""Checkpoints beside what was shipped: whoever keeps the place may have written them."""

from __future__ import annotations

import os

import pytest

from sutarta.apps.ledger.models import Log
from sutarta.cli.keeping import epochs, heads
from sutarta.core import translog
from tests import logs as bent
from tests import make


def note(origin: str, size: int = 90) -> str:
    text = translog.Checkpoint(origin, size, b"r" * 32).text
    signed = translog.Note(text).signed(translog.Signer("somebody", b"k" * 32).sign(text))
    return str(signed)


def head(origin: str) -> heads.Head:
    return heads.Head.parse(note(origin), "test")


@pytest.mark.django_db
@pytest.mark.parametrize("tail", ["/99999999999999999999", "/²", "/2x", "/x", "/0", "/-1", "2"])
def test_a_name_that_no_epoch_has_begins_none(tail):
    log = bent.grow(make.group(), 1)
    forged = head(log.origin + tail)

    said = epochs.open_for([forged], [forged], make.now())

    assert said == [
        f"The log {forged.origin} is of a group that this state does not know: its acts are lost."
    ]
    assert Log.objects.get().ended_at is None


@pytest.mark.django_db
def test_no_epoch_gets_the_name_of_a_lost_one():
    log = bent.grow(make.group(), 1)
    lost = head(f"{log.origin}/7")

    epochs.open_for([lost], [lost], make.now())

    assert Log.objects.get(ended_at=None).origin == f"{log.origin}/8"


@pytest.mark.django_db
def test_what_is_no_checkpoint_is_passed_over(tmp_path):
    there = tmp_path / heads.FOLDER
    there.mkdir()
    os.mkfifo(there / "pipe")
    (there / "folder").mkdir()
    (there / "good").write_text(note("sutarta/alksniai-1"))
    (there / "loud").write_text(note("sutarta/\x9b31malksniai-1"))
    (there / "large").write_bytes(b"x" * (translog.notes.LONGEST + 9))

    assert [one.origin for one in heads.kept(tmp_path)] == ["sutarta/alksniai-1"]
