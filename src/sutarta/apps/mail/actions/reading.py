"""Reading mailboxes: what is new is taken in; the mailbox itself stays as it is.

A letter is stored before the place up to which the mailbox is read moves on, and its origin names
it: whatever breaks, it is fetched again and kept once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.errors import MessageError

from django.db import DatabaseError
from django.db.models.functions import Coalesce

from sutarta.apps.mail import failures, imap, oauth, sealing
from sutarta.apps.mail.actions import receiving
from sutarta.apps.mail.failures import Failing
from sutarta.apps.mail.lines import TURN, Client
from sutarta.apps.mail.models import Door, Mailbox, RawLetter, SignIn
from sutarta.apps.mail.queries.mailboxes import read_by_us
from sutarta.apps.mail.queries.receiving import mailbox_of
from sutarta.formats.letters.addressing import addressed

AT_ONCE = 200  # letters of one reading; the next follows at once
ROUNDS = 50  # readings of one mailbox before the others are looked at
BATCH, BATCH_BYTES = 50, 4_000_000  # letters asked for together
GIVEN_UP = timedelta(hours=1)  # then one letter the server refuses holds the others up no more
AHEAD = timedelta(minutes=5)  # a mailbox whose clock runs more ahead is not believed
SENT_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To", "To", "Cc")


def read_all(at: datetime) -> int:
    """Read every mailbox once, whatever befalls the others; returns how many could not be read."""
    return sum(not read(mailbox, at) for mailbox in read_by_us())


def read(mailbox: Mailbox, at: datetime) -> bool:
    """Take in everything new in a mailbox; returns whether that worked. Notes when it does not."""
    try:
        with imap.opened(account_of(mailbox)) as client:
            for _round in range(ROUNDS):
                if read_open(client, mailbox, at):
                    break
    except Failing as failing:
        note_failure(mailbox, failing.code, at)
        return False
    return True


def account_of(mailbox: Mailbox) -> imap.Account:
    """What opens the mailbox, with a fresh token where it needs one. Raises Failing."""
    try:
        secret = sealing.secret_of(mailbox)
    except sealing.Locked as error:
        raise Failing(failures.LOCKED) from error
    place = imap.Account(mailbox.host, mailbox.port, mailbox.user, folder=mailbox.folder)
    if mailbox.sign_in == SignIn.PASSWORD:
        return imap.Account(**{**vars(place), "password": secret})
    tokens = oauth.refresh(mailbox.sign_in, secret)
    if tokens.refresh and tokens.refresh != secret:
        # In place of the one it came for, and of no other: somebody may have ended the mailbox or
        # given another password meanwhile, and one that is only tried here is not kept yet.
        known = Mailbox.objects.filter(pk=mailbox.pk, secret=bytes(mailbox.secret))
        mailbox.secret = sealing.seal_secret(tokens.refresh, mailbox)
        known.update(secret=mailbox.secret)
    return imap.Account(**{**vars(place), "token": tokens.access})


def read_open(client: Client, mailbox: Mailbox, at: datetime) -> bool:
    """Take in what is new, at most AT_ONCE letters; returns whether that was everything. A slow
    server is left after some of them, so that other mailboxes have their turn.

    When the folder's numbers were given anew everything is looked at again; letters we have are
    known by their bytes. Raises Failing. A letter the server has refused for GIVEN_UP is taken in
    as far as it is to be had, UNREADABLE, so that somebody looks at it in the mailbox.
    """
    client.begin()
    mailbox.refresh_from_db(fields=["uid_validity", "last_uid", "since", "failing_since"])
    folder = imap.examine(client, mailbox.folder)
    if folder.validity != mailbox.uid_validity:
        _move_on(mailbox, 0, folder.validity)
    found = imap.numbers_after(client, mailbox.last_uid, mailbox.since)
    now = found[:AT_ONCE]
    since = mailbox.failing_since
    for letters in _batches(client, now, give_up=since is not None and at - since >= GIVEN_UP):
        for one in letters:
            _keep(mailbox, one, at)
        _move_on(mailbox, letters[-1].uid)
        if client.is_long:
            return False
    if len(found) > len(now):
        _move_on(mailbox, now[-1])  # what was not fetched is gone from the mailbox
        return False
    _move_on(mailbox, max(mailbox.last_uid, folder.next_uid - 1, *now[-1:]))
    Mailbox.objects.filter(pk=mailbox.pk).update(read_at=at, failing_since=None, error="")
    return True


def note_failure(mailbox: Mailbox, code: str, at: datetime) -> None:
    """Remember why a mailbox cannot be read, and since when."""
    rows = Mailbox.objects.filter(pk=mailbox.pk)
    rows.update(error=code, failing_since=Coalesce("failing_since", at))


def _batches(client: Client, uids: Sequence[int], *, give_up: bool) -> Iterator[list[imap.Fetched]]:
    """The letters in order, some at a time; of those that are too big the headers alone."""
    known = imap.sizes(client, uids) if uids else {}
    batch: list[int] = []
    for uid in [] if give_up else sorted(known):
        size = known[uid][0]
        if batch and (len(batch) >= BATCH or _bytes(known, batch) + size > BATCH_BYTES):
            yield from _fetched(client, batch, known)
            batch = []
        batch.append(uid)
    if batch:
        yield from _fetched(client, batch, known)
    for uid in sorted(known) if give_up else []:
        yield from _one_by_one(client, uid, known)


def _bytes(known: dict[int, tuple[int, datetime | None]], batch: Sequence[int]) -> int:
    return sum(known[uid][0] for uid in batch)


def _fetched(
    client: Client, batch: Sequence[int], known: dict[int, tuple[int, datetime | None]]
) -> Iterator[list[imap.Fetched]]:
    whole = known[batch[0]][0] <= receiving.MAX_LETTER  # one too big stands alone in its batch
    client.allow(TURN, _bytes(known, batch) if whole else receiving.MAX_HEADERS)
    words = imap.words(client, batch, whole=whole)
    found = [imap.Fetched(uid, words[uid], *known[uid]) for uid in batch if uid in words]
    if found:
        yield found


def _one_by_one(
    client: Client, uid: int, known: dict[int, tuple[int, datetime | None]]
) -> Iterator[list[imap.Fetched]]:
    """The letter, or of one that is refused its headers, or the mere fact that it came."""
    whole = known[uid][0] <= receiving.MAX_LETTER
    client.allow(TURN, known[uid][0] if whole else receiving.MAX_HEADERS)
    if not imap.refused(client, [uid], whole=whole):
        yield from _fetched(client, [uid], known)
    elif whole and not imap.refused(client, [uid], whole=False):
        found = imap.words(client, [uid], whole=False)
        yield [imap.Fetched(uid, found.get(uid, b""), *known[uid], is_refused=True)]
    else:
        yield [imap.Fetched(uid, b"", *known[uid], is_refused=True)]


def _keep(mailbox: Mailbox, one: imap.Fetched, at: datetime) -> None:
    received_at = one.received_at or at
    if (mailbox.since and received_at < mailbox.since) or _is_here(mailbox, one):
        return
    try:
        receiving.take_in(
            group=mailbox.group,
            mailbox=mailbox,
            raw=one.raw,
            size=one.size,
            reason="REFUSED" if one.is_refused else "",
            door=Door.IMAP,
            received_at=received_at if received_at <= at + AHEAD else at,
            fetched_at=at,
            origin=f"{mailbox.pk}:{mailbox.uid_validity}:{one.uid}",
            envelope_to=_sent_to(mailbox, one.raw),
        )
    except (OSError, DatabaseError) as error:
        raise Failing(failures.STORE) from error


def _is_here(mailbox: Mailbox, one: imap.Fetched) -> bool:
    """Whether these very bytes came to this mailbox before, under another number."""
    digest = hashlib.sha256(one.raw).hexdigest()
    if not one.raw:
        return False
    return RawLetter.objects.filter(mailbox=mailbox, digest=digest).exists()


def _sent_to(mailbox: Mailbox, raw: bytes) -> str:
    """The address the letter came to: of those in its headers the first that is this mailbox's.

    One with a tag or kept for a consultation goes before the plain one.
    """
    try:
        message = message_from_bytes(receiving.headers_of(raw), policy=policy.compat32)
        said = [str(value) for name in SENT_TO for value in message.get_all(name, [])]
    except (MessageError, ValueError):
        return mailbox.address
    addresses = dict.fromkeys(address.lower() for _name, address in addressed(said) if address)
    for address in list(addresses)[:50]:
        found = mailbox_of(address)
        if found and found[0].pk == mailbox.pk and found[1]:
            return address
    return mailbox.address


def _move_on(mailbox: Mailbox, uid: int, validity: int | None = None) -> None:
    """From now on the mailbox is read up to this number."""
    mailbox.last_uid = uid
    if validity is not None:
        mailbox.uid_validity = validity
    facts = {"last_uid": mailbox.last_uid, "uid_validity": mailbox.uid_validity}
    Mailbox.objects.filter(pk=mailbox.pk).update(**facts)
