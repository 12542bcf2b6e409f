"""Knows a letter by its content, never by its name alone."""

from __future__ import annotations

from . import eml, msg
from .letter import MAX_FILE, Letter, Refused


def read(data: bytes, name: str) -> Letter:
    """The letter in a file.

    name   as the file was called; helps only where the content leaves doubt

    Raises Refused, and nothing else, whatever the bytes are.
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    if data.startswith(msg.MAGIC):
        return msg.read(data)
    if name.lower().endswith(".msg"):
        raise Refused("neither")
    return eml.read(data)
