"""What becomes of a letter that is handed over: nothing is confirmed before it is kept."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

import django.db
from aiosmtpd.smtp import SMTP, Envelope, Session

from sutarta.apps.mail import allotting
from sutarta.apps.mail.actions import receiving
from sutarta.apps.mail.models import Door, Mailbox
from sutarta.apps.mail.queries.receiving import mailbox_of
from sutarta.cli import clock

log = logging.getLogger(__name__)

AT_ONCE = 4  # letters being stored
MOST_RECIPIENTS = 50
KEPT = "250 2.0.0 Kept"
LATER = "451 4.3.0 Cannot be kept now, try again later"
NO_ROOM = "452 4.3.1 Cannot be kept now, there is no room"
UNKNOWN = "550 5.1.1 Nobody here by that address"
TOO_MANY = "452 4.5.3 Too many recipients"
T = TypeVar("T")


class Taking:
    """Answers for aiosmtpd: one of it serves every connection.

    under_way   letters whose answer is being made
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="keeping")
        self.under_way = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Only the addresses of mailboxes that are handed over to us: we pass nothing on."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        found = await self._stored(lambda: _mailbox(address))
        if isinstance(found, str):
            return found
        if found is None:
            return UNKNOWN
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Known here"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """One answer for each recipient by LMTP; by SMTP one for all, so all or none are kept."""
        at = clock.now()
        self.under_way += 1
        try:
            answers = [await self._keep(envelope, address, at) for address in envelope.rcpt_tos]
        finally:
            self.under_way -= 1
        if getattr(server, "is_lmtp", False):
            return "\r\n".join(answers)
        return next((answer for answer in answers if answer != KEPT), KEPT)

    async def handle_exception(self, error: Exception) -> str:
        log.error("A letter was not taken", exc_info=error)
        return LATER

    def close(self) -> None:
        self._threads.shutdown()

    async def _keep(self, envelope: Envelope, address: str, at: datetime) -> str:
        return await self._stored(lambda: _kept(envelope, address, at)) or UNKNOWN

    async def _stored(self, work: Callable[[], T]) -> T | str:
        """What the work returns; an answer to send instead when it could not be done."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, _done, work)
        except django.db.Error as error:
            log.warning("The database did not take a letter: %s", type(error).__name__)
            return LATER
        except OSError as error:
            log.warning("The disk did not take a letter: %s", error.strerror)
            return NO_ROOM


def _done(work: Callable[[], T]) -> T:
    django.db.close_old_connections()
    try:
        return work()
    finally:
        django.db.close_old_connections()


def _mailbox(address: str) -> Mailbox | None:
    """The mailbox whose letters are handed to us there: of a group to which that is allotted."""
    found = mailbox_of(address)
    if found is None or found[0].door != Door.LISTENER:
        return None
    address = address.strip().strip("<>").lower()
    return found[0] if allotting.is_free_for(found[0].group, address, Door.LISTENER) else None


def _kept(envelope: Envelope, address: str, at: datetime) -> str | None:
    """Keep the letter for one address; None when the mailbox ended in between.

    Handed over again, as after a lost answer, it is the same letter: the origin tells.
    """
    mailbox = _mailbox(address)
    if mailbox is None:
        return None
    raw = _with_sender(envelope)
    facts = f"{envelope.mail_from}\0{address}\0".encode("utf-8", "surrogateescape")
    receiving.take_in(
        group=mailbox.group,
        raw=raw,
        door=Door.LISTENER,
        received_at=at,
        fetched_at=at,
        origin=f"lmtp:{hashlib.sha256(facts + raw).hexdigest()}",
        mailbox=mailbox,
        envelope_to=address,
    )
    return KEPT


def _with_sender(envelope: Envelope) -> bytes:
    """The letter below the address it was sent from: RFC 5321, section 4.4."""
    sender = (envelope.mail_from or "").strip("<>")
    path = f"Return-Path: <{sender}>\r\n".encode("utf-8", "surrogateescape")
    return path + bytes(envelope.original_content or b"")
