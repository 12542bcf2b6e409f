"""An open mailbox: signed in over TLS, its letters read and nothing in it changed.

The folder is opened with EXAMINE and letters are fetched with BODY.PEEK (RFC 9051, sections 6.3.3
and 6.4.5): what people have not read stays unread for them.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from sutarta.apps.mail import failures
from sutarta.apps.mail.failures import Failing
from sutarta.apps.mail.lines import Client
from sutarta.apps.mail.models import IMAP_TLS_PORT
from sutarta.apps.mail.outside import Inside

# Of headers the first megabyte: a letter may be nothing but headers.
HEADERS, WHOLE = "BODY.PEEK[HEADER]<0.1048576>", "BODY.PEEK[]"
DAY = timedelta(days=1)
GOOD_BYE = 5.0  # seconds
# What the answers of a server that is none make the reading of them raise.
_NONSENSE = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


@dataclass(frozen=True)
class Account:
    """Where a mailbox is and what opens it.

    token   when given, an access token for XOAUTH2, instead of the password
    """

    host: str
    port: int
    user: str
    password: str = ""
    token: str = ""
    folder: str = "INBOX"


@dataclass(frozen=True)
class Folder:
    """A folder as it is opened: numbers of letters hold as long as `validity` does."""

    validity: int
    next_uid: int


@dataclass(frozen=True)
class Fetched:
    """A letter as the server has it.

    received_at   its INTERNALDATE: when the mailbox had it
    size          bytes of the whole letter, also when `raw` is only its headers
    is_refused    the server does not hand it over: `raw` is its headers, or nothing
    """

    uid: int
    raw: bytes
    size: int
    received_at: datetime | None
    is_refused: bool = False


@contextmanager
def opened(account: Account) -> Iterator[Client]:
    """A connection that is signed in; whatever breaks inside is raised as Failing."""
    client = _connected(account)
    try:
        _sign_in(client, account)
        with _told(failures.CUT):
            yield client
    finally:
        _leave(client)


def _leave(client: Client) -> None:
    """Say good-bye; a line that is dead is closed all the same."""
    try:
        client.allow(GOOD_BYE)
        client.logout()
    except (OSError, IMAPClientError):
        with suppress(OSError):
            client.shutdown()


def examine(client: Client, folder: str) -> Folder:
    """Open a folder for reading alone. Raises Failing when there is none of that name."""
    try:
        with _understood():
            facts = client.select_folder(folder, readonly=True)
    except IMAPClientAbortError:
        raise
    except (IMAPClientError, UnicodeError) as error:
        raise Failing(failures.FOLDER) from error
    validity, following = facts.get(b"UIDVALIDITY"), facts.get(b"UIDNEXT", 0)
    if not isinstance(validity, int):
        raise Failing(failures.ODD)
    return Folder(validity, following if isinstance(following, int) else 0)


def numbers_after(client: Client, last: int, since: datetime | None) -> list[int]:
    """Numbers of the letters above `last`, in order, received since about then or later."""
    asked: list[object] = ["UID", f"{last + 1}:*"]
    if since is not None:
        asked += ["SINCE", (since - DAY).date()]
    with _understood():
        return sorted(uid for uid in client.search(asked) if uid > last)  # "*" is never nothing


def sizes(client: Client, uids: Sequence[int]) -> dict[int, tuple[int, datetime | None]]:
    """Number -> size and INTERNALDATE; a letter that is gone meanwhile is left out."""
    with _understood():
        found = client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
    return {
        uid: (facts[b"RFC822.SIZE"], _instant(facts.get(b"INTERNALDATE")))
        for uid, facts in found.items()
        if uid in uids and isinstance(facts.get(b"RFC822.SIZE"), int)
    }


def refused(client: Client, uids: Sequence[int], *, whole: bool) -> bool:
    """Whether the server says no when asked for these letters, though the line holds."""
    try:
        words(client, uids, whole=whole)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        return True
    return False


def words(client: Client, uids: Sequence[int], *, whole: bool) -> dict[int, bytes]:
    """Number -> bytes of the letter, or of its headers; one that is gone is left out."""
    with _understood():
        found = client.fetch(uids, [WHOLE if whole else HEADERS])
    key = b"BODY[]" if whole else b"BODY[HEADER]<0>"
    return {uid: facts[key] for uid, facts in found.items() if isinstance(facts.get(key), bytes)}


def _instant(found: object) -> datetime | None:
    return found if isinstance(found, datetime) and found.tzinfo else None


def _connected(account: Account) -> Client:
    """Nobody at a desk may look around in the network this server stands in, nor elsewhere by
    trying one port after another.
    """
    may_be_inside = settings.MAIL_INSIDE
    if not may_be_inside and account.port != IMAP_TLS_PORT:
        raise Failing(failures.PORT)
    with _told(failures.UNREACHABLE):
        try:
            client = Client(account.host, account.port, may_be_inside=may_be_inside)
        except Inside as error:
            raise Failing(failures.INSIDE) from error
    client.normalise_times = False  # instants, not the server's local time
    return client


def _sign_in(client: Client, account: Account) -> None:
    with _told(failures.UNREACHABLE):
        try:
            if account.token:
                client.oauth2_login(account.user, account.token)
            elif client.has_capability("AUTH=PLAIN"):
                client.plain_login(account.user, account.password)  # letters beyond ASCII, too
            else:
                client.login(account.user, account.password)
        except IMAPClientAbortError:
            raise
        except (LoginError, UnicodeError) as error:
            code = failures.REVOKED if account.token else failures.SIGN_IN
            raise Failing(code) from error


@contextmanager
def _understood() -> Iterator[None]:
    """An answer that cannot be read is as odd as one that should not be there."""
    try:
        yield
    except UnicodeError:
        raise  # of what we were asked to send
    except _NONSENSE as error:
        raise Failing(failures.ODD) from error


@contextmanager
def _told(otherwise: str) -> Iterator[None]:
    """Every way a line can break, as Failing; `otherwise` for a line that is not there."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise Failing(failures.CERTIFICATE) from error
    except (OSError, EOFError, IMAPClientAbortError) as error:
        raise Failing(otherwise) from error
    except UnicodeError as error:  # a host name no server can have
        raise Failing(failures.UNREACHABLE) from error
    except IMAPClientError as error:
        raise Failing(failures.ODD) from error
