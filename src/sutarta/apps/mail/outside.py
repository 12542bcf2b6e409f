"""Which addresses somebody at a desk may have this server speak to: those of the open Internet.

A name is looked up once, and what was found is what is spoken to: were it looked up again, the
second answer could lead into the network this server stands in.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST = 4  # addresses of one name that are tried
# What Python's `is_global` leaves open, or did in its older editions (IANA's special registries).
_NOT_OUTSIDE = [
    ipaddress.ip_network(one)
    for one in (
        "100.64.0.0/10",  # between providers and their customers (RFC 6598)
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "64:ff9b:1::/48",  # a network's own translation (RFC 8215)
        "100::/64",
        "2001::/23",  # Teredo and its like lead to wherever they say
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
]
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the address
_COMPATIBLE = ipaddress.ip_network("::/96")
_6TO4 = ipaddress.ip_network("2002::/16")


class Inside(Exception):
    """One of the addresses of the name is not of the open Internet."""


def is_outside(address: str) -> bool:
    """Whether an address is one of the open Internet, whatever it is wrapped in.

    >>> is_outside("192.0.2.1"), is_outside("::ffff:10.0.0.1"), is_outside("1.1.1.1")
    (False, False, True)
    """
    found: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        return _is_outside_6(found)
    return _is_open(found)


def _is_outside_6(found: ipaddress.IPv6Address) -> bool:
    within = _within(found)
    if within is not None:
        return _is_open(within)
    return found not in _COMPATIBLE and _is_open(found)


def _within(found: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that is meant, where it is one in other clothes."""
    if found.ipv4_mapped:
        return found.ipv4_mapped
    if found in _TRANSLATED:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    if found in _6TO4:
        return ipaddress.IPv4Address(int(found) >> 80 & 0xFFFFFFFF)
    return None


def _is_open(found: Address) -> bool:
    if found.is_multicast or found.is_reserved or not found.is_global:
        return False
    return not any(found in one for one in _NOT_OUTSIDE if one.version == found.version)


def places(host: str, port: int, *, may_be_inside: bool) -> list[tuple[int, Any]]:
    """Family and socket address of each place the name stands for, at most MOST.

    Raises Inside when any of them is not outside, OSError when there is none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    if not may_be_inside and not all(is_outside(str(one[4][0])) for one in found):
        raise Inside
    return [(one[0], one[4]) for one in found[:MOST]]
