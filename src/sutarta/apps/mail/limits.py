"""How many letters one stranger can make us write: counted in memory, never stored.

Who is meant is known by a keyed hash only, and that is forgotten with the hour, or the day.
"""

from __future__ import annotations

import hmac
import ipaddress
from datetime import datetime

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

HOUR = 3600  # seconds
DAY = 24 * HOUR
TO_ADDRESS = 5  # letters in an hour that strangers may have sent to one address
TO_ADDRESS_A_DAY = 20  # the same in a day
FROM_NETWORK = 30  # letters in an hour that one network may cause


def may_write(address: str, network: str, at: datetime) -> bool:
    """Whether a stranger's act may send one more letter to `address`; counts it.

    network   where the stranger is, "" when it is no stranger's act
    """
    if network and not _within("network", network, FROM_NETWORK, at):
        return False
    whom = address.lower()
    if not _within("address", whom, TO_ADDRESS, at):
        return False
    return _within("address, a day", whom, TO_ADDRESS_A_DAY, at, span=DAY)


def may_act(what: str, network: str, most: int, at: datetime) -> bool:
    """Whether strangers in a network may do `what` once more in this hour; counts it."""
    return _within(what, network, most, at)


def network_of(request: HttpRequest) -> str:
    """The sender's network: an IPv4 address, or the first 64 bits of an IPv6 one.

    Behind our own proxy the last hop it noted counts; what stands before it anybody can write.
    """
    sender = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        sender = request.headers.get("X-Forwarded-For", sender).rsplit(",", 1)[-1].strip()
    try:
        found = ipaddress.ip_address(sender)
    except ValueError:
        return "unknown"
    found = getattr(found, "ipv4_mapped", None) or found
    bits = 32 if found.version == 4 else 64
    return str(ipaddress.ip_network((found, bits), strict=False))


def _within(what: str, whom: str, most: int, at: datetime, *, span: int = HOUR) -> bool:
    """Count one more in this hour, or other span of seconds; whether that is at most `most`."""
    words = f"{what}:{int(at.timestamp()) // span}:{whom}".encode()
    key = hmac.new(settings.SECRET_KEY.encode(), words, "sha256").hexdigest()
    counts = caches["limits"]
    counts.add(key, 0, span)
    try:
        return counts.incr(key) <= most
    except ValueError:  # forgotten in this very moment
        return True
