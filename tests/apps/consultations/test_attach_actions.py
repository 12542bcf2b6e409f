"""Files handed over: taken in clean, opened by a person, removed by rule."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sutarta.apps.consultations.actions import attaching, forgetting, speaking
from sutarta.apps.consultations.actions.attaching import BadFile
from sutarta.apps.consultations.models import Attachment
from sutarta.apps.consultations.refusals import SENTENCES
from sutarta.apps.consultations.rules import attaching as rules
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.formats import uploads
from tests import files, make
from tests.make import NOON
from tests.scanner import Scanner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AWAY = "127.0.0.1:1"


@pytest.fixture
def spoken():
    return make.submission(visibility="PUBLIC")


def attach(submission, data=None, name="kiemas.jpg", **facts):
    facts = {"at": NOON, "name": name, "data": data or files.jpeg(), **facts}
    return attaching.attach(submission=submission, **facts)


def events():
    return list(Entry.objects.filter(event__startswith="attachment.").values_list("event", "body"))


def test_a_file_is_kept_clean_and_closed_to_the_public(spoken):
    data = files.jpeg()

    made = attach(spoken, data)

    with default_storage.open(made.path) as file:
        kept = file.read()
    assert made.media_type == "image/jpeg"
    assert made.digest == hashlib.sha256(data).hexdigest()
    assert made.approved_at is None
    assert (made.size, b"Exif" in kept) == (len(kept), False)


def test_the_log_tells_neither_the_name_nor_the_bytes_of_a_file(spoken):
    made = attach(spoken, name="jonaitis.jpg")

    ((event, body),) = events()
    facts = json.loads(bytes(body))["facts"]
    assert (event, set(facts)) == ("attachment.added", {"number", "digest"})
    assert made.digest not in bytes(body).decode()
    assert "jonaitis" not in bytes(body).decode()


def test_the_same_file_twice_is_kept_once(spoken):
    data = files.jpeg()

    assert attach(spoken, data) == attach(spoken, data)
    assert (Attachment.objects.count(), len(events())) == (1, 1)


@pytest.mark.parametrize(("data", "code"), [(b"<html>", "unknown"), (b"", "empty")])
def test_a_bad_file_leaves_nothing(spoken, data, code):
    with pytest.raises(BadFile) as bad:
        attaching.attach(submission=spoken, name="x.pdf", data=data, at=NOON)

    assert (bad.value.code, Attachment.objects.count()) == (code, 0)
    assert str(bad.value.sentence)


def test_every_reason_of_the_reader_has_its_sentence():
    assert set(SENTENCES) == {*uploads.REASONS, "infected"}


LATE = make.LAST_DAY - NOON.date() + timedelta(days=3)


@pytest.mark.parametrize(
    ("who", "held", "later", "reason"),
    [
        ("author", 0, timedelta(), ""),
        ("author", 4, timedelta(days=1), ""),
        ("author", 5, timedelta(), "A submission holds at most five files."),
        ("author", 0, LATE, "The deadline has passed, so the files stay as they are."),
        (Role.MODERATOR, 0, LATE, ""),
        (Role.COORDINATOR, 0, LATE, ""),
        (Role.MODERATOR, 5, LATE, "A submission holds at most five files."),
        (Role.EDITOR, 0, LATE, "Your role in this group does not include this step."),
        (Role.AUDITOR, 0, LATE, "Your role in this group does not include this step."),
        ("stranger", 0, timedelta(), "Only staff of this group may do this."),
    ],
)
def test_may_attach(spoken, who, held, later, reason):
    outside = {"author": None, "stranger": make.user()}
    actor = outside[who] if who in outside else make.member(of=spoken.group, role=who)

    assert rules.may_attach(actor, spoken, held, NOON + later).reason == reason


def test_who_comes_late_hands_over_files_with_the_words():
    late = make.submission(at=NOON + LATE)

    assert rules.may_attach(None, late, 0, NOON + LATE)
    assert not rules.may_attach(None, late, 0, NOON + LATE + timedelta(hours=1))


def test_nothing_is_added_to_what_was_withdrawn(spoken):
    speaking.withdraw(submission=spoken, at=NOON)
    spoken.refresh_from_db()

    with pytest.raises(Refused):
        attach(spoken)


@pytest.mark.parametrize(
    ("role", "facts", "reason"),
    [
        (Role.MODERATOR, {}, ""),
        (Role.COORDINATOR, {}, ""),
        (Role.EDITOR, {}, "Your role in this group does not include this step."),
        (Role.AUDITOR, {}, "Your role in this group does not include this step."),
        (Role.MODERATOR, {"is_unscanned": True}, "This file has not been checked for viruses yet."),
        (Role.MODERATOR, {"removed_at": NOON}, "This file was removed."),
    ],
)
def test_may_approve(spoken, role, facts, reason):
    file = make.attachment(spoken, **facts)

    assert rules.may_approve(make.member(of=spoken.group, role=role), file, NOON).reason == reason


def test_approving_and_hiding_are_logged_once_each(spoken):
    who, file = make.member(of=spoken.group), make.attachment(spoken)

    for decide in (attaching.approve, attaching.approve, attaching.hide, attaching.hide):
        decide(actor=who, attachment=file, at=NOON)

    assert [event for event, _body in events()] == ["attachment.approved", "attachment.hidden"]


def test_the_author_takes_a_file_back(spoken, django_capture_on_commit_callbacks):
    file = attach(spoken)

    with django_capture_on_commit_callbacks(execute=True):
        attaching.take_back(attachment=file, at=NOON)

    file.refresh_from_db()
    assert (file.removed_at, file.name) == (NOON, "")
    assert not default_storage.exists(file.path)
    with pytest.raises(Refused):
        attaching.take_back(attachment=attach(spoken), at=NOON + LATE)


@pytest.mark.parametrize(("days", "removed"), [(364, 0), (365, 1)])
def test_files_are_forgotten_a_year_after_the_answers(days, removed):
    spoken = make.submission(consultation=make.consultation(answered_at=NOON))
    make.attachment(spoken)

    assert forgetting.forget_files(NOON + timedelta(days=days)) == removed
    assert forgetting.forget_files(NOON + timedelta(days=days)) == 0


def test_a_harmful_file_is_not_taken(spoken, settings):
    with Scanner() as scanner:
        settings.CLAMAV = scanner.address
        clean = attach(spoken)
        with pytest.raises(BadFile) as bad:
            attach(spoken, files.jpeg() + Scanner.HARMFUL)

    assert (bad.value.code, clean.is_unscanned) == ("infected", False)


@pytest.mark.parametrize(("harm", "there"), [(b"", True), (Scanner.HARMFUL, False)])
def test_a_file_waits_for_the_scanner_and_gets_its_verdict(spoken, settings, harm, there):
    settings.CLAMAV = AWAY
    file = attach(spoken)
    path = default_storage.save("attachments/waiting.jpg", ContentFile(files.jpeg() + harm))
    Attachment.objects.filter(pk=file.pk).update(path=path)
    assert file.is_unscanned
    assert attaching.scan_waiting(NOON) == 0

    with Scanner() as scanner:
        settings.CLAMAV = scanner.address
        assert attaching.scan_waiting(NOON) == 1

    file.refresh_from_db()
    assert (file.removed_at is None) is there
    assert not (there and file.is_unscanned)


def test_without_a_scanner_nothing_waits_for_one(spoken):
    file = make.attachment(spoken, is_unscanned=True)

    attaching.scan_waiting(NOON)

    file.refresh_from_db()
    assert not file.is_unscanned
