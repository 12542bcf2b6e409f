"""Who changed or said what, and the marks that tell it in a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sutarta.formats.docx.ooxml import Element
from sutarta.formats.papers.wire import cleaned

from .making import w


@dataclass(frozen=True)
class Hand:
    """Who changed a passage.

    author  as Word shows it
    at      written as it stands, since Word knows no zone: give it in the reader's
    key     comes back at a later import, such as "p/17"; see `lineage.key_name`
    """

    author: str
    at: datetime
    key: str = ""


@dataclass(frozen=True)
class Comment:
    """What is said in the margin of a passage.

    quote   the words it is about; the whole passage when "" or not found in it
    """

    paragraphs: tuple[str, ...]
    author: str
    at: datetime
    initials: str = ""
    quote: str = ""


def told(by: Hand | Comment) -> dict[str, str]:
    """Attributes of a mark: author and date."""
    return {"author": cleaned(by.author), "date": f"{by.at:%Y-%m-%dT%H:%M:%SZ}"}


class Pen:
    """Makes marks of tracked changes in one person's name.

    numbers   gives every mark of the file another id
    """

    def __init__(self, hand: Hand, numbers: Iterator[int]) -> None:
        self._hand = hand
        self._numbers = numbers

    def mark(self, name: str) -> Element:
        """An element such as w:ins, empty."""
        return w(name, id=next(self._numbers), **told(self._hand))

    def between(self, name: str, label: str) -> tuple[Element, Element]:
        """Start and end of a range such as w:moveFromRange."""
        number = next(self._numbers)
        start = w(f"{name}Start", id=number, name=label, **told(self._hand))
        return start, w(f"{name}End", id=number)
