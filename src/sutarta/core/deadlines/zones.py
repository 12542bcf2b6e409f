"""Time zones from the pinned tzdata package, never from the machine.

Two machines, or one machine after an upgrade of its system, must not disagree about an instant.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module, resources
from zoneinfo import ZoneInfo

# IANA's name of the edition, such as "2026f"; stored with every deadline.
TZ_VERSION = str(import_module("tzdata").IANA_VERSION)


class UnknownZone(ValueError):
    """The zone is not in the pinned tzdata; the message is its name."""


@cache
def load(zone: str) -> ZoneInfo:
    """The rules of one zone.

    zone  IANA name, such as "Europe/Vilnius"

    Raises UnknownZone.

    >>> load("Europe/Vilnius").key
    'Europe/Vilnius'
    """
    if zone not in _names():
        raise UnknownZone(zone)
    path = resources.files("tzdata").joinpath("zoneinfo", *zone.split("/"))
    with path.open("rb") as file:
        return ZoneInfo.from_file(file, key=zone)


@cache
def _names() -> frozenset[str]:
    listed = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(listed.split())
