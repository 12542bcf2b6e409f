"""What was erased stays erased: also when an older backup is put back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from sutarta.apps.consultations.actions import erasing, participants, replaying
from sutarta.apps.consultations.models import Erasure, Participant, Submission
from sutarta.apps.consultations.queries import erasing as queries
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.publishing.actions import following
from sutarta.apps.publishing.models import Follow
from sutarta.cli.keeping import erasures, sealed
from sutarta.cli.stop import Stop
from tests import make, meetings
from tests.cli.conftest import sutarta
from tests.cli.test_backup import ask, back_up
from tests.make import NOON

LATER = NOON + timedelta(days=3)
KEY, ANOTHER = b"k" * 32, b"x" * 32


def note_by_hand(folder, rows, key):
    """Note erasures of an installation that runs beside the tests."""
    kept = {"schema": erasures.SCHEMA, "rows": rows}
    (folder / erasures.NAME).write_text(json.dumps({**kept, "mac": erasures._mac(kept, key)}))


def erased(scope="WORDS", **facts):
    """A submission of which something was erased by the author's wish."""
    its = make.submission(body="Serga kaimynė.", email="j.b@post.example", **facts)
    row = erasing.ask_own_erasure(submission=its, scope=scope, ground="Slapta.", at=NOON)
    if row.carried_out is None:
        erasing.decide_erasure(
            actor=make.member(of=its.group), erasure=row, carry_out=True, at=NOON
        )
    return its


def as_in_the_backup(its):
    """The submission as it was before, without any trace of the erasure."""
    Erasure.objects.all().delete()
    Submission.objects.filter(pk=its.pk).update(
        body="Serga kaimynė.", email="j.b@post.example", erased_at=None, salt=b"x" * 32
    )


@pytest.mark.django_db
def test_an_erasure_is_noted_without_a_word_and_carried_out_again(tmp_path):
    its = erased()
    assert erasures.note(tmp_path, KEY, LATER) == 1
    noted = (tmp_path / erasures.NAME).read_text()
    as_in_the_backup(its)

    counts = [replaying.replay(erasures.noted(tmp_path, [KEY]), LATER) for _ in range(2)]

    its.refresh_from_db()
    assert counts == [1, 0]
    assert (its.body, its.email, its.erased_at) == ("", "", LATER)
    row = Erasure.objects.get()
    assert (row.scope, row.asker, row.decided_at, row.carried_out) == (
        "WORDS", "AUTHOR", NOON, True
    )  # fmt: skip
    for word in ("Slapta", "kaimynė", "post.example"):
        assert word not in noted
    assert ledger.acts(its.group, "submission.erased").count() == 2


@pytest.mark.django_db
def test_a_request_that_waited_in_the_backup_is_carried_out_in_its_own_row(tmp_path):
    its = erased()
    erasures.note(tmp_path, KEY, LATER)
    key = Erasure.objects.get().pk
    as_in_the_backup(its)
    Erasure.objects.create(
        pk=key, group=its.group, submission=its, scope="WORDS", asker="AUTHOR",
        ground="Slapta.", asked_at=NOON,
    )  # fmt: skip

    assert replaying.replay(erasures.noted(tmp_path, [KEY]), LATER) == 1
    assert (Erasure.objects.get().ground, Erasure.objects.get().carried_out) == ("Slapta.", True)


@pytest.mark.django_db
def test_what_the_backup_does_not_hold_needs_no_erasing(tmp_path):
    erased()
    rows = queries.carried_out()
    Erasure.objects.all().delete()
    rows[0]["submission"] = rows[0]["id"]

    assert replaying.replay(rows, LATER) == 0


@pytest.mark.django_db
def test_nothing_is_written_where_nothing_was_erased(tmp_path):
    assert erasures.note(tmp_path, KEY, NOON) == 0
    assert list(tmp_path.iterdir()) == []
    assert erasures.noted(tmp_path, [KEY]) == []


def test_a_file_of_another_kind_is_not_guessed_at(tmp_path):
    (tmp_path / erasures.NAME).write_text('{"schema": "sutarta.erasures/2", "rows": []}')

    with pytest.raises(ValueError, match="of another kind"):
        erasures.noted(tmp_path, [KEY])


@pytest.mark.django_db
@pytest.mark.parametrize("mac", ["", "ä", "0" * 64, None])
def test_who_can_write_beside_the_backups_has_nothing_erased(tmp_path, mac):
    erased()
    erasures.note(tmp_path, KEY, LATER)
    kept = json.loads((tmp_path / erasures.NAME).read_text())
    kept["rows"] += [{**kept["rows"][0], "submission": kept["rows"][0]["id"]}]
    kept["left"] = [kept["rows"][0]["id"]]
    said = {**kept, "mac": mac} if mac is not None else kept
    (tmp_path / erasures.NAME).write_text(json.dumps(said))

    with pytest.raises(Stop, match="was not written with this key"):
        erasures.noted(tmp_path, [KEY])
    with pytest.raises(Stop, match="was not written with this key"):
        erasures.left(tmp_path, [KEY])
    assert erasures.note(tmp_path, KEY, LATER) == 1  # noted anew
    assert len(erasures.noted(tmp_path, [ANOTHER, KEY])) == 1
    assert erasures.left(tmp_path, [KEY]) == set()


@pytest.mark.django_db
def test_who_left_is_noted_by_key_and_removed_again(tmp_path):
    stays, leaves = make.follow(email="a@post.example"), make.follow(email="b@post.example")
    erasures.note(tmp_path, KEY, NOON)
    kept = Follow.objects.get(pk=leaves.pk)
    leaves.delete()
    erasures.note(tmp_path, KEY, LATER)
    erasures.note(tmp_path, KEY, LATER)
    kept.save(force_insert=True)  # as the backup has it

    removed = [following.forget_left(erasures.left(tmp_path, [KEY])) for _ in range(2)]

    assert removed == [1, 0]
    assert list(Follow.objects.values_list("pk", flat=True)) == [stays.pk]
    assert "post.example" not in (tmp_path / erasures.NAME).read_text()


@pytest.mark.django_db
def test_who_was_taken_off_a_list_is_taken_off_again(tmp_path):
    met = meetings.meeting()
    stays = meetings.participant(met)
    leaves = meetings.participant(met, email="k@post.example")
    erasures.note(tmp_path, KEY, NOON)
    kept = Participant.objects.get(pk=leaves.pk)
    leaves.delete()
    erasures.note(tmp_path, KEY, LATER)
    kept.save(force_insert=True)  # as the backup has it

    left = erasures.left(tmp_path, [KEY])
    removed = [participants.forget_left(left, LATER) for _ in range(2)]

    assert removed == [1, 0]
    assert list(Participant.objects.values_list("pk", flat=True)) == [stays.pk]


@pytest.mark.django_db
def test_who_came_after_the_backup_has_not_left(tmp_path):
    came = make.follow()
    erasures.note(tmp_path, KEY, NOON)
    came.delete()  # as an older backup, put back, does not know them

    erasures.note(tmp_path, KEY, LATER, is_restored=True)
    erasures.note(tmp_path, KEY, LATER)

    assert erasures.left(tmp_path, [KEY]) == set()


SPOKEN = "SELECT id, email, body FROM consultations_submission WHERE email != '' LIMIT 1"


def test_a_restore_brings_nothing_back(demo):
    backup = back_up(demo)
    key, email, body = ask(demo, SPOKEN)[0]
    row = {
        "id": "019a0000-0000-7000-8000-000000000000", "submission": key, "scope": "WORDS",
        "asker": "AUTHOR", "asked_at": NOON.isoformat(), "decided_at": NOON.isoformat(),
    }  # fmt: skip
    note_by_hand(backup.parent, [row], sealed.read_key(demo / "backup.key"))

    done = sutarta("restore", backup, "--data", demo)

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 erasures made since then were carried out again." in done.stdout
    left = ask(demo, f"SELECT email, body FROM consultations_submission WHERE id = '{key}'")
    assert (email, body) != ("", "")
    assert left == [("", "")]
