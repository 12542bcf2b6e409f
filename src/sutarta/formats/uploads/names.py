"""Names of files, made harmless."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80  # characters without the ending
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def tidy_name(name: str, suffix: str) -> str:
    """The name as its author gave it, without folders, control characters and its own ending.

    suffix   the ending its content deserves, such as ".pdf"

    >>> tidy_name("C:\\\\Namai\\\\tvora  2.PDF.exe", ".pdf")
    'tvora 2.PDF.pdf'
    >>> tidy_name("...", ".png")
    'priedas.png'
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    seen = "".join(sign for sign in stem if unicodedata.category(sign) not in {"Cf", "Co", "Cs"})
    tidied = " ".join(_UNFIT.sub(" ", seen).split()).strip(". ")[:LONGEST].rstrip(". ")
    return f"{tidied or 'priedas'}{suffix}"
