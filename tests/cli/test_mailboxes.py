"""The worker's readers: woken by a real mail server, and started and ended as mailboxes change."""

from __future__ import annotations

import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sutarta.apps.mail import failures, sealing
from sutarta.apps.mail.models import Door, Mailbox, RawLetter
from sutarta.cli import alarms
from sutarta.cli import mailboxes as readers
from tests import make
from tests.apps.mail import dovecot
from tests.conftest import go_without
from tests.make import NOON

USER = "laiskai5@alksniai.example"
WORDS = b"From: a@alksniai.example\r\nSubject: x\r\n\r\nReikia tako.\r\n"


@pytest.fixture(scope="module")
def server():
    if dovecot.program() is None:
        go_without("Dovecot is not installed: apt install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    with dovecot.running(folder) as found:
        yield found
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(readers, "NOTICED", 0.1)
    monkeypatch.setattr(readers, "AGAIN", 0.1)


@pytest.fixture
def watching(server, settings, quick):
    settings.MAIL_INSIDE, settings.MAIL_CA = True, server.authority
    found = readers.Readers()
    yield found
    found.end()


def mailbox(server, **facts) -> Mailbox:
    made = Mailbox(
        group=make.group(),
        address=USER,
        user=USER,
        door=Door.IMAP,
        host=dovecot.HOST,
        port=server.port,
        added_at=NOON,
        **facts,
    )
    made.secret = sealing.seal_secret(dovecot.PASSWORD, made)
    made.save()
    return made


def until(true) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_there_as_soon_as_the_server_says_so(server, watching):
    box = mailbox(server)
    assert watching.tend(NOON) == 1
    until(lambda: Mailbox.objects.get().read_at)

    server.deliver(USER, WORDS, datetime.now(UTC) - timedelta(minutes=1), "1.m")  # noqa: TID251

    until(lambda: RawLetter.objects.filter(mailbox=box).count() == 1)
    assert watching.tend(NOON) == 1


@pytest.mark.django_db(transaction=True)
def test_a_reader_ends_with_its_mailbox_and_begins_anew_when_it_changes(server, watching):
    box = mailbox(server)
    watching.tend(NOON)
    (first,) = watching._readers.values()
    box.connected_at = NOON
    box.save()
    watching.tend(NOON)
    (second,) = watching._readers.values()
    box.ended_at = NOON
    box.save()

    assert watching.tend(NOON) == 0

    for one in (first, second):
        one.join(10)
        assert not one.is_alive()


@pytest.mark.django_db(transaction=True)
def test_what_is_wrong_is_noted_and_a_password_is_not_tried_over_and_over(server, watching):
    box = mailbox(server, folder="Nėra")
    reader = readers.Reader(box)
    assert reader._go() == readers.AGAIN
    assert Mailbox.objects.get().error == failures.FOLDER

    box.folder = "INBOX"
    box.secret = sealing.seal_secret("ne tas", box)
    box.save()
    assert reader._go() == readers.ASKED
    assert Mailbox.objects.get().error == failures.SIGN_IN


@pytest.mark.django_db(transaction=True)
def test_a_reader_goes_by_the_newest_secret(server, settings):
    settings.MAIL_INSIDE, settings.MAIL_CA = True, server.authority
    box = mailbox(server)
    reader = readers.Reader(Mailbox.objects.get())
    box.secret = sealing.seal_secret("ne tas", box)
    box.save()

    assert reader._go() == readers.ASKED
    assert Mailbox.objects.get().error == failures.SIGN_IN


@pytest.mark.django_db
def test_coordinators_are_told_of_a_mailbox_that_is_not_read(tmp_path, mailoutbox):
    from sutarta.apps.mail.models import Letter

    box = Mailbox.objects.create(
        group=make.group(),
        address=USER,
        door=Door.IMAP,
        host="imap.alksniai.example",
        added_at=NOON,
    )
    make.member(of=box.group)
    make.member(of=make.group())

    assert "mailboxes" not in alarms.raise_all(tmp_path, NOON + timedelta(hours=5))
    assert "mailboxes" in alarms.raise_all(tmp_path, NOON + timedelta(hours=6))

    assert [one.group for one in Letter.objects.filter(key__contains="mailboxes")] == [box.group]
