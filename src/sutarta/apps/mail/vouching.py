"""What is needed to see who vouches for a letter: keys from the DNS, and hosts to be believed."""

from __future__ import annotations

from collections.abc import Callable

import dkim

from sutarta.apps.mail.models import Mailbox
from sutarta.formats.letters import signatures

TIMEOUT = 2  # seconds for one answer of the DNS
MAX_KEY = 4_000  # characters of a record
# Where a mailbox is -> the name by which its provider signs what it found (RFC 8601). Others
# give no name, or do not say that they take a stranger's lines of that kind away.
HOSTS = {"imap.gmail.com": "mx.google.com"}


def keys_of(data: bytes, ask: Callable[[str], str] | None = None) -> dict[str, str]:
    """The keys of the letter's signatures, as `letters.read` wants them; {} while none is found.

    A letter whose keys cannot be had is one that nobody vouches for; it is read all the same.
    """
    found: dict[str, str] = {}
    for name in signatures.asked(data):
        try:
            record = (ask or _asked)(name)
        except dkim.DnsTimeoutError:
            break  # the next one would make everybody wait as long again
        if record:
            found[name] = record[:MAX_KEY]
    return found


def hosts_of(mailbox: Mailbox | None) -> list[str]:
    """Names whose findings in a letter of this mailbox are to be believed."""
    host = HOSTS.get(mailbox.host) if mailbox else None
    return [host] if host else []


def _asked(name: str) -> str:
    """The TXT record under the name, "" for none. Raises dkim.DnsTimeoutError."""
    from dns.exception import DNSException

    try:
        record = dkim.get_txt(f"{name}.".encode("ascii", "replace"), timeout=TIMEOUT)
    except DNSException:
        return ""
    return (record or b"").decode("ascii", "replace")
