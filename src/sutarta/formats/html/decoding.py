"""Bytes of a page or a text file into words."""

from __future__ import annotations

import codecs
import re

from sutarta.formats.docx.safe import Refused

# Only charsets of text: Python knows codecs by which a stranger could keep us busy.
KNOWN = re.compile(
    r"utf-?8|us-ascii|ascii|latin-?\d|l[1-9]|iso-?8859-?\d+|iso_8859-\d+|windows-?\d+|cp-?\d+|"
    r"koi8-[ru]|utf-?16(?:le|be)?|baltic",
    re.IGNORECASE,
)
STATED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
HEAD = 4096
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
USUAL = "windows-1257"  # what a Lithuanian file is in when it is not UTF-8
# A browser reads the old name of Western letters as Windows does.
AS_BROWSERS = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252"}


def decoded(data: bytes, *, stated: bool = True) -> tuple[str, str]:
    """The text, and the charset when it had to be guessed, "" otherwise.

    stated  whether the file may name its charset at its beginning, as a page does

    Raises Refused("unknown_kind") for bytes that are no text.
    """
    for mark, charset in MARKS.items():
        if data.startswith(mark):
            return _with(data, charset), ""
    if b"\x00" in data:
        raise Refused("unknown_kind")
    named = STATED.search(data[:HEAD]) if stated else None
    charset = named[1].decode("ascii").lower() if named else ""
    for tried in (charset if KNOWN.fullmatch(charset) else "", "utf-8"):
        try:
            if tried and not tried.startswith("utf-16"):
                return data.decode(AS_BROWSERS.get(tried, tried)), ""
        except (UnicodeError, LookupError):
            continue
    if charset in AS_BROWSERS or charset.startswith("windows-"):
        return data.decode(AS_BROWSERS.get(charset, charset), "replace"), charset
    return data.decode(USUAL, "replace"), USUAL


def _with(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeError as error:
        raise Refused("broken") from error
