"""Knows a letter by its content, never by its name alone."""

from __future__ import annotations

from collections.abc import Collection

from . import eml, msg
from .letter import MAX_FILE, Letter, Refused
from .signatures import Keys


def read(data: bytes, name: str, keys: Keys | None = None, hosts: Collection[str] = ()) -> Letter:
    """The letter in a file.

    name    as the file was called; helps only where the content leaves doubt
    keys    what the DNS says under the names of `signatures.asked(data)`: name -> TXT record
    hosts   names by which our own receiving hosts sign what they found (RFC 8601)

    Raises Refused, and nothing else, whatever the bytes are.
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    if data.startswith(msg.MAGIC):
        return msg.read(data)
    if name.lower().endswith(".msg"):
        raise Refused("neither")
    return eml.read(data, keys, hosts)
