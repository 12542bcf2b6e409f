"""Bytes and header lines of letters into words, whatever the sender's program made of them."""

from __future__ import annotations

import re
from binascii import Error as NotBase64
from collections.abc import Sequence
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parsedate_to_datetime

from .addressing import addressed

# Only charsets of text: Python knows codecs by which a stranger could keep us busy.
_CHARSET = re.compile(
    r"utf-?[78]|us-ascii|ascii|latin-?\d+|l\d|iso-?8859-?\d+|iso_8859-\d+|windows-?\d+|cp-?\d+|"
    r"koi8-[ru]|utf-?16(?:le|be)?",
    re.IGNORECASE,
)
_USUAL = ("utf-8", "windows-1257")  # what a Lithuanian letter is in when it does not say
# Of a Western charset: for them „šiauliai“ in windows-1257 is "ðiauliai", which nobody writes.
_WESTERN = re.compile(r"latin-?1|iso-?8859-?1|iso_8859-1|windows-?1252|cp-?1252", re.IGNORECASE)
_ICELANDIC = re.compile(r"[ðþÐÞ]")
# Control characters, and marks of direction by which words could be shown in another order.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]"
)
_ADDRESS = re.compile(r"[^\s@<>\"(),;]{1,64}@[^\s@<>\"(),;]{1,190}")
MAX_LINE = 1_000


def decoded(data: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether its charset had to be guessed."""
    named = (charset or "").strip().strip("\"'").lower().removeprefix("x-")
    declared = [named] if _CHARSET.fullmatch(named) else []
    for name in [*declared, *_USUAL]:
        try:
            text = data.decode(name)
        except (UnicodeError, LookupError):
            continue
        if _WESTERN.fullmatch(name) and _ICELANDIC.search(text):
            return data.decode("windows-1257", "replace"), True
        return text, name not in declared and not data.isascii()
    return data.decode("windows-1257", "replace"), True


def header(raw: str) -> str:
    """One header line in words: RFC 2047, or bytes as they came, on one line."""
    raw = raw[: MAX_LINE * 20]
    try:
        parts = decode_header(raw)
    except (HeaderParseError, NotBase64, ValueError, IndexError):
        parts = [(raw, None)]
    words = "".join(_part(part, charset) for part, charset in parts)
    words = words if words.strip() else _part(raw, None)
    return tidy(" ".join(words.split()))[:MAX_LINE]


def _part(part: str | bytes, charset: str | None) -> str:
    if isinstance(part, bytes):
        return decoded(part, charset)[0]
    if part.isascii():
        return part
    return decoded(part.encode("utf-8", "surrogateescape"), None)[0]


def sender(raw: str) -> tuple[str, str]:
    """Name and address of the first person in a From line; what is not there is "".

    >>> sender(b"<j.\\xc5\\xa1@post.example>".decode("ascii", "surrogateescape"))
    ('', 'j.š@post.example')
    """
    line = _part(raw[:MAX_LINE], None)  # an address beyond ASCII may stand there as bytes
    named = addressed([line])
    name, address = named[0] if named else ("", "")
    found = _ADDRESS.fullmatch(address) or _ADDRESS.search(line)
    words = header(name or ("" if "@" in address else raw)).strip(" \"'")
    known = found[0] if found and found[0].isprintable() else ""
    return ("" if "@" in words else words), known


def is_one_sender(lines: Sequence[str]) -> bool:
    """Whether the From lines name one address, the one that `sender` reads, and hint at no other.

    >>> is_one_sender(["R M <r@post.lt>"]), is_one_sender(["r@post.lt, s@post.lt"])
    (True, False)
    >>> is_one_sender(["r@post.lt", "s@post.lt"]), is_one_sender(["<r@post.lt>s@post.lt"])
    (False, False)
    """
    if len(lines) != 1 or len(lines[0]) > MAX_LINE:
        return False
    return len(_ADDRESS.findall(lines[0])) == 1 and len(addressed(lines)) == 1


def instant(raw: str) -> datetime | None:
    """The moment of a Date line, or of what follows the last semicolon of a Received line."""
    try:
        at = parsedate_to_datetime(raw.rpartition(";")[2].strip()[:100])
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return likely(at)


def likely(at: datetime | None) -> datetime | None:
    """The moment in UTC when it can be true; one without a zone is taken as UTC."""
    if at is None or not 1990 <= at.year <= 2100:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def tidy(text: str) -> str:
    """Line ends alike, no control characters, no invisible spaces."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u200b", "")
    return _INVISIBLE.sub("", lines.replace("\ufeff", ""))
