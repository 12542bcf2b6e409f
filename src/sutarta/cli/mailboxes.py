"""The worker's readers: a thread for each mailbox, woken by the mail server where it can do that.

A server that offers IDLE (RFC 2177) says when a letter has come; any other is asked every minute.
Whatever breaks is noted and tried again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connections

from sutarta.apps.mail import failures, imap
from sutarta.apps.mail.actions import reading
from sutarta.apps.mail.failures import Failing
from sutarta.apps.mail.lines import Client
from sutarta.apps.mail.models import Mailbox
from sutarta.apps.mail.queries.mailboxes import read_by_us
from sutarta.cli import clock
from sutarta.cli.turns import Turns

AGAIN = 60.0  # seconds until a server is asked again
ASKED = 1800.0  # the same, where first somebody has to do something
RENEWED = 540.0  # seconds one IDLE lasts: servers end it after 30 minutes, routers much sooner
NOTICED = 5.0  # seconds until an end is noticed while waiting
PAUSE = 1.0  # seconds between two readings, however often a server says that there is news
# So many mailboxes are read at the same time: each needs a connection to the database meanwhile.
TURNS = Turns(3)
ASKING = threading.BoundedSemaphore(
    3
)  # for one short question, and never while a server is waited for

log = logging.getLogger(__name__)


class Readers:
    """Keeps one reader for each mailbox in use, and none for others."""

    def __init__(self) -> None:
        self._readers: dict[object, Reader] = {}

    def tend(self, at: datetime) -> int:
        """Start and end readers as mailboxes come, change and go; returns how many there are.

        One whose address, server or password changed is read by a new reader.
        """
        wanted = {_facts(mailbox): mailbox for mailbox in read_by_us()}
        for facts in [one for one in self._readers if one not in wanted]:
            self._readers.pop(facts).ended.set()
        for facts, mailbox in wanted.items():
            running = self._readers.get(facts)
            if running is None or not running.is_alive():
                self._readers[facts] = Reader(mailbox)
                self._readers[facts].start()
        return len(self._readers)

    def end(self) -> None:
        """Have all of them end; those that wait for a server are not waited for."""
        for reader in self._readers.values():
            reader.ended.set()
        for reader in self._readers.values():
            reader.join(NOTICED)
        self._readers.clear()


class Reader(threading.Thread):
    """Reads one mailbox until `ended` is set. Killed in the midst of it nothing is lost."""

    def __init__(self, mailbox: Mailbox, now: Callable[[], datetime] = clock.now) -> None:
        super().__init__(name=f"mailbox {mailbox.pk}", daemon=True)
        self.ended = threading.Event()
        self._mailbox, self._now = mailbox, now

    def run(self) -> None:
        while not self.ended.is_set():
            self.ended.wait(self._go())
        TURNS.forget(self)

    def _go(self) -> float:
        """Read, and wait while the server tells; returns after how many seconds to try again."""
        try:
            with ASKING:
                # A token may have been given anew at the desk, by trying it there.
                self._mailbox.refresh_from_db(fields=["secret"])
                connections.close_all()
            account = reading.account_of(self._mailbox)
            connections.close_all()
            with imap.opened(account) as client:
                self._read(client)
                while client.has_capability("IDLE") and self._is_told(client):
                    self._read(client)
        except Failing as failing:
            return self._failed(failing.code)
        except DatabaseError:
            log.warning("a mailbox waits for the database")
        finally:
            connections.close_all()
        return AGAIN

    def _read(self, client: Client) -> None:
        is_all = False
        while not is_all and not self.ended.is_set():
            with TURNS.turn(self):
                try:
                    is_all = reading.read_open(client, self._mailbox, self._now())
                finally:
                    connections.close_all()

    def _is_told(self, client: Client) -> bool:
        """Wait until the server speaks or the time is over; whether to go on reading."""
        client.allow(RENEWED + AGAIN)
        client.idle()
        waited, told = 0.0, False
        while not told and waited < RENEWED and not self.ended.is_set():
            told = any(_is_news(said) for said in client.idle_check(NOTICED))
            waited += NOTICED
        client.idle_done()
        self.ended.wait(PAUSE)
        return not self.ended.is_set()

    def _failed(self, code: str) -> float:
        log.warning("the mailbox %s cannot be read: %s", self._mailbox.pk, code)
        try:
            reading.note_failure(self._mailbox, code, self._now())
        except DatabaseError:
            log.warning("nor can that be noted")
        return ASKED if code in failures.ASK_SOMEBODY else AGAIN


def _is_news(said: Any) -> bool:
    return isinstance(said, tuple) and b"EXISTS" in said[1:2]


def _facts(mailbox: Mailbox) -> object:
    """What a reader goes by; the mailbox is read anew from the start when it changes."""
    place = (mailbox.host, mailbox.port, mailbox.user, mailbox.sign_in, mailbox.folder)
    return (mailbox.pk, *place, mailbox.connected_at)
