"""Letters are kept sealed and once, and addresses lead to their mailbox."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError

from sutarta.apps.mail import sealing
from sutarta.apps.mail.actions import receiving
from sutarta.apps.mail.models import Alias, Door, Mailbox, RawLetter, RawState
from sutarta.apps.mail.queries import receiving as queries
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
WORDS = "From: a@alksniai.example\r\nSubject: Žvyrkelis\r\n\r\nReikia tako.\r\n".encode()


def take_in(group, raw=WORDS, origin="lmtp:1", **more) -> RawLetter:
    return receiving.take_in(
        group=group,
        raw=raw,
        door=Door.LISTENER,
        received_at=NOON,
        fetched_at=NOON,
        origin=origin,
        **more,
    )


def mailbox(group, address="laiskai@alksniai.example", **more) -> Mailbox:
    return Mailbox.objects.create(
        group=group, address=address, door=Door.IMAP, added_at=NOON, **more
    )


def test_a_letter_is_read_back_byte_for_byte():
    letter = take_in(make.group())

    assert sealing.opened(letter) == WORDS
    assert letter.digest == hashlib.sha256(WORDS).hexdigest()
    assert (letter.state, letter.size) == (RawState.WAITING, len(WORDS))


def test_on_the_disk_it_cannot_be_read_nor_passed_off_as_another():
    group = make.group()
    one, other = take_in(group), take_in(group, WORDS + b"!", "lmtp:2")

    on_disk = Path(default_storage.path(one.path)).read_bytes()
    assert b"Reikia" not in on_disk and b"alksniai" not in on_disk
    Path(default_storage.path(other.path)).write_bytes(on_disk)
    with pytest.raises(sealing.Locked):
        sealing.opened(other)


def test_taken_in_twice_it_is_there_once_and_so_are_its_bytes():
    group = make.group()

    assert take_in(group) == take_in(group)

    assert RawLetter.objects.count() == 1
    assert len(_files(group)) == 1


def test_the_same_origin_in_another_group_is_another_letter():
    assert take_in(make.group()) != take_in(make.group(host="other.example"))


def test_a_process_that_comes_second_gives_its_bytes_back(monkeypatch):
    group = make.group()
    first = take_in(group)
    hidden = iter([RawLetter.objects.none()])
    real = RawLetter.objects.filter
    monkeypatch.setattr(
        type(RawLetter.objects), "filter", lambda self, **asked: next(hidden, real(**asked))
    )

    assert take_in(group) == first
    assert len(_files(group)) == 1


def test_a_letter_that_cannot_be_stored_is_not_said_to_be(monkeypatch):
    def refuse(self, **more):
        raise IntegrityError

    monkeypatch.setattr(RawLetter, "save", refuse)

    with pytest.raises(IntegrityError):
        take_in(make.group())


def test_bytes_without_a_row_are_swept_after_an_hour():
    group = make.group()
    kept, stray = take_in(group), f"{group.pk}/raw/stray"
    Path(default_storage.path(stray)).write_bytes(b"x")
    old = (NOON - timedelta(hours=2)).timestamp()
    os.utime(default_storage.path(stray), (old, old))
    os.utime(default_storage.path(kept.path), (old, old))

    assert receiving.sweep(NOON) == 1

    assert not default_storage.exists(stray)
    assert sealing.opened(kept) == WORDS


@pytest.mark.parametrize("size", [None, 26 * 1024 * 1024])
def test_of_a_letter_that_is_too_big_the_headers_are_kept(monkeypatch, size):
    if size is None:
        monkeypatch.setattr(receiving, "MAX_LETTER", 20)

    letter = take_in(make.group(), size=size)

    assert sealing.opened(letter).endswith(b"\r\n\r\n")
    assert b"Reikia" not in sealing.opened(letter)
    assert (letter.state, letter.reason) == (RawState.UNREADABLE, "TOO_BIG")
    assert letter.size == size or len(WORDS)
    assert list(queries.waiting()) == [letter]


def test_settled_letters_wait_no_more():
    letter = take_in(make.group())

    receiving.settle(letter, RawState.SET_ASIDE, "AUTO_REPLY", NOON)

    assert list(queries.waiting()) == []
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.settled_at) == ("SET_ASIDE", "AUTO_REPLY", NOON)


def test_removed_bytes_are_gone_and_the_row_stays(django_capture_on_commit_callbacks):
    letter = take_in(make.group(), envelope_to="a@alksniai.example")

    with django_capture_on_commit_callbacks(execute=True):
        assert receiving.remove([letter, letter], NOON) == 1

    letter.refresh_from_db()
    assert (letter.removed_at, letter.envelope_to) == (NOON, "")
    assert not default_storage.exists(letter.path)
    with pytest.raises(sealing.Locked):
        sealing.opened(letter)


@pytest.mark.parametrize(
    ("address", "tag"),
    [
        ("laiskai@alksniai.example", ""),
        ("<Laiskai@Alksniai.EXAMPLE>", ""),
        ("laiskai+c7@alksniai.example", "c7"),
        ("laiskai+Kita@alksniai.example", "kita"),
        ("mintys@alksniai.example", "c9"),
    ],
)
def test_an_address_leads_to_its_mailbox_and_tag(address, tag):
    its = mailbox(make.group(), has_tags=True)
    Alias.objects.create(
        group=its.group, mailbox=its, address="mintys@alksniai.example", consultation=9
    )

    assert queries.mailbox_of(address) == (its, tag)


@pytest.mark.parametrize("address", ["x@alksniai.example", "laiskai+c7@alksniai.example", "", "+@"])
def test_other_addresses_lead_nowhere(address):
    mailbox(make.group())

    assert queries.mailbox_of(address) is None


def test_an_ended_mailbox_is_no_address_and_another_may_take_it_over():
    group = make.group()
    its = mailbox(group, ended_at=NOON)
    Alias.objects.create(group=group, mailbox=its, address="m@alksniai.example", consultation=9)

    assert queries.mailbox_of(its.address) is None
    assert queries.mailbox_of("m@alksniai.example") is None
    assert queries.address_of(group, 9) == ""
    assert queries.mailbox_of(mailbox(group).address) is not None


def test_letters_about_a_consultation_have_an_address():
    group = make.group()
    plain = mailbox(group)
    assert queries.address_of(group, 7) == "laiskai@alksniai.example"

    plain.has_tags = True
    plain.save()
    assert queries.address_of(group, 7) == "laiskai+c7@alksniai.example"

    Alias.objects.create(group=group, mailbox=plain, address="m@alksniai.example", consultation=7)
    assert queries.address_of(group, 7) == "m@alksniai.example"


def test_what_opens_a_mailbox_is_sealed_with_it():
    one, other = mailbox(make.group()), mailbox(make.group(host="other.example"), "o@o.example")
    one.secret = sealing.seal_secret("slaptas", one)
    other.secret = one.secret

    assert b"slaptas" not in one.secret
    assert sealing.secret_of(one) == "slaptas"
    with pytest.raises(sealing.Locked):
        sealing.secret_of(other)


def _files(group) -> list[str]:
    return default_storage.listdir(f"{group.pk}/raw")[1]
