"""What one line of a signed text may hold.

A signature covers bytes, so nothing that is signed may be spelt in two ways: readers of notes,
checkpoints, promises and keys take the one spelling that we would write, and no other.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f]")  # c2sp.org/signed-note: none but the newline


def is_text(said: str) -> bool:
    r"""Whether a text can stand in a note: UTF-8, without control characters.

    >>> is_text("two\nlines"), is_text("two\r\nlines"), is_text("\ud800")
    (True, False, False)
    """
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return not _CONTROLS.search(said)


def is_line(said: str) -> bool:
    r"""Whether a text can stand in a note as one line that is not empty.

    >>> is_line("example.org/log"), is_line(""), is_line("two\nlines")
    (True, False, False)
    """
    return bool(said) and "\n" not in said and is_text(said)


def decoded(encoded: str) -> bytes:
    """The bytes of a base64 text (RFC 4648, section 4), none when it is none.

    Whether it is the one spelling of these bytes, the caller sees by writing them again: Python
    passes over the bits that padding leaves unused.
    """
    try:
        return b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""
