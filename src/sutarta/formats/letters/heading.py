"""What stands above a letter: for letters whose body nobody can read, and to know whom it is to."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError

from .addressing import addressed
from .decoding import header, instant, sender
from .letter import Letter

MOST = 64 * 2**10  # bytes of header lines that are looked at
_TO = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
_MOST_ADDRESSES = 50
_ADDRESS = re.compile(r"[^\s@<>\"(),;:]{1,64}@[^\s@<>\"(),;:]{1,190}")


def heading(data: bytes) -> Letter:
    """Sender, subject, times and id of a letter, without its words; never refuses.

    >>> heading(b"From: R M <r@post.example>\\nSubject: Takas\\n\\n\\xff\\xfe").subject
    'Takas'
    """
    lines = _lines(data)
    name, address = sender(_first(lines, "from"))
    return Letter(
        sender_name=name,
        sender_address=address,
        subject=header(_first(lines, "subject")),
        sent_at=instant(_first(lines, "date")),
        received_at=instant(_first(lines, "received")),
        message_id=header(_first(lines, "message-id")).strip("<> "),
    )


def recipients(data: bytes) -> tuple[str, ...]:
    """Addresses the letter names as its own, in small letters, each once: those to which servers
    delivered it first, then those its sender wrote.

    >>> recipients(b"To: Grupe <info+c7@post.example>\\nCc: info@post.example\\n\\nLabas")
    ('info+c7@post.example', 'info@post.example')
    """
    lines = _lines(data)
    written = [value for name in _TO for value in lines.get(name, [])]
    found: dict[str, None] = {}
    for value in written:
        for address in _addresses(value):
            found[address.lower()] = None
    return tuple(found)[:_MOST_ADDRESSES]


def _addresses(value: str) -> list[str]:
    named = (address for _name, address in addressed([value]))
    return [one for one in named if one.isprintable() and _ADDRESS.fullmatch(one)]


def _lines(data: bytes) -> dict[str, list[str]]:
    """Header lines by their names in small letters; nothing where they cannot be told apart."""
    above = data[:MOST].lstrip(b"\r\n \t\xef\xbb\xbf")
    end = re.search(rb"\r?\n\r?\n", above)
    try:
        message = message_from_bytes(above[: end.end()] if end else above)
        named = [(name.lower(), str(value)) for name, value in message.raw_items()]
    except (MessageError, ValueError, IndexError, RecursionError):
        return {}
    found: dict[str, list[str]] = {}
    for name, value in named:
        found.setdefault(name, []).append(value)
    return found


def _first(lines: dict[str, list[str]], name: str) -> str:
    return next(iter(lines.get(name, [])), "")
