"""What attached files are called, in any of the ways in which programs write it."""

from __future__ import annotations

import re
from email.message import Message
from email.utils import collapse_rfc2231_value
from urllib.parse import unquote_to_bytes

from .decoding import decoded, header

MAX_NAME = 200
_PERCENT = re.compile(
    r"(?:[\w.+-]|%[0-9A-Fa-f]{2})*%[89A-Fa-f][0-9A-Fa-f](?:[\w.+-]|%[0-9A-Fa-f]{2})*"
)


def of(part: Message) -> str:
    """The name: RFC 2231, RFC 2047 in quotes, percent signs, or bytes as they came; "" for none.

    Where a name stands twice, once without its Lithuanian letters for old programs, the one
    with them is taken.
    """
    found = [
        *_named(part, "content-disposition", "filename"),
        *_named(part, "content-type", "name"),
    ]
    best = next((name for name in found if not name.isascii()), next(iter(found), ""))
    return plain(best)


def plain(name: str) -> str:
    """The name as that of a file in no folder, and of none that stands for a folder.

    >>> plain("../../etc/passwd"), plain("..")
    ('etc passwd', '')
    """
    bare = name.replace("/", " ").replace("\\", " ")
    return bare.lstrip(" .").strip()[:MAX_NAME]


def _named(part: Message, line: str, parameter: str) -> list[str]:
    raw = next((value for name, value in part.raw_items() if name.lower() == line), "")
    readable = Message()  # of bytes as they came, Python's own reading keeps but question marks
    readable[line] = _readable(str(raw))
    try:
        pairs = readable.get_params(failobj=[], header=line, unquote=True) or []
        values = [value for name, value in pairs if name.lower() == parameter]
        return [name for value in values if (name := _words(value))]
    except (ValueError, LookupError, TypeError, AttributeError):
        return ["file"]


def _readable(raw: str) -> str:
    return raw if raw.isascii() else decoded(raw.encode("utf-8", "surrogateescape"), None)[0]


def _words(value: str | tuple[str | None, str | None, str]) -> str:
    if isinstance(value, tuple):
        charset, _language, raw = value
        text, _guessed = decoded(raw.encode("latin-1", "replace"), charset)
        return header(text if text.strip() else collapse_rfc2231_value(value))
    if _PERCENT.fullmatch(value):
        return header(decoded(unquote_to_bytes(value), None)[0])
    return header(value)
