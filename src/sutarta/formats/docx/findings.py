"""What a person should know before taking a file in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from sutarta.core.documents.blocks import Document
from sutarta.formats.reviewing import Comment, Review, Revision

# Stable codes; the sentences are for the command line, apps have their own.
SENTENCES = {
    "changes.insertion": "Inserted with change tracking.",
    "changes.deletion": "Deleted with change tracking.",
    "changes.move": "Moved with change tracking.",
    "changes.formatting": "Formatting changed with change tracking.",
    "comment": "A comment in the margin, which is not taken in.",
    "heading.guessed": "Looks like a heading but has no heading style.",
    "object.unreadable": "An object that could not be read.",
    "equation.as_text": "An equation was turned into plain text.",
    "picture.no_alt": "A picture without alternative text.",
    "picture.unreadable": "A picture that could not be read; save it as PNG or JPEG.",
    "table.no_header": "A table without a marked header row.",
    "table.nested": "A table inside a table: its cells became paragraphs of the outer cell.",
    "table.layout": "A table used for layout: its cells became paragraphs.",
    "left_out.header": "The page header was left out.",
    "left_out.footer": "The page footer was left out.",
    "left_out.contents": "The table of contents was left out; it is made anew.",
    "left_out.hidden": "Hidden text was left out.",
    "left_out.page": "What surrounds the text on the web page was left out.",
    "left_out.metadata": "Lines about the file, which stand before the text, were left out.",
    "charset.guessed": "The file does not say which letters it uses; they were guessed.",
    "textbox.moved": "A text box: its words stand after the paragraph it was anchored to.",
    "empty": "A heading or table without words was left out.",
}


@dataclass(frozen=True)
class Finding:
    """One thing to look at.

    code    one of SENTENCES
    block   index into the document's blocks, None when it concerns the whole file
    detail  what was found, such as author, date (ISO 8601, as the program wrote it), text
    """

    code: str
    block: int | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """A file taken in.

    findings  in the order of the blocks; those of the whole file come first
    pictures  SHA-256 in hex -> bytes (PNG, JPEG, GIF or WebP), one for each in document.media
    revisions, comments   tracked changes and comments with who, when and where, in the order of
              the file: the same however the changes were settled, but for `block`
    keys      index of a block -> keys an export of ours left in its paragraphs, such as the
              numbers of submissions; see `docx.writing.track`
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()
    comments: tuple[Comment, ...] = ()
    keys: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A paragraph of the package: part name and position among the part's w:p elements."""

    part: str
    index: int


class Notebook:
    """Findings while reading: most name a paragraph, since blocks are not known yet."""

    def __init__(self) -> None:
        self._notes: list[tuple[str, Place | int | None, dict[str, str]]] = []
        self.review = Review()

    def add(self, code: str, place: Place | int | None, **detail: str) -> None:
        """Note one; `place` is a paragraph, a block by its index, or None for the whole file."""
        if code not in SENTENCES:
            raise ValueError(f"unknown finding: {code}")
        self._notes.append((code, place, {key: text for key, text in detail.items() if text}))

    def findings(self, blocks: PlaceMap) -> tuple[Finding, ...]:
        """All of them with the block each one belongs to, in the order of the blocks."""
        found = [
            Finding(code, blocks.nearest(place) if isinstance(place, Place) else place, detail)
            for code, place, detail in self._notes
        ]
        return tuple(sorted(found, key=lambda each: -1 if each.block is None else each.block))

    def reading(
        self, document: Document, blocks: PlaceMap, pictures: Mapping[str, bytes]
    ) -> Reading:
        """The document with all that was noted while it was read."""
        texts = [block.text for block in document.blocks]
        revisions, comments = self.review.placed(
            texts, lambda part, index: blocks.nearest(Place(part, index))
        )
        return Reading(document, self.findings(blocks), pictures, revisions, comments)


class PlaceMap:
    """Which block each paragraph of the package went into."""

    def __init__(self) -> None:
        self._blocks: dict[str, dict[int, int]] = {}
        self._sorted: dict[str, list[int]] = {}

    def put(self, place: Place, block: int) -> None:
        """Note where a paragraph went; the first block it is noted for counts."""
        self._blocks.setdefault(place.part, {}).setdefault(place.index, block)
        self._sorted.pop(place.part, None)

    def at(self, place: Place) -> int | None:
        """Block of the paragraph itself."""
        return self._blocks.get(place.part, {}).get(place.index)

    def nearest(self, place: Place) -> int | None:
        """Block of the paragraph itself, else of the one before it, else of the next."""
        known = self._indexes(place.part)
        if not known:
            return None
        at = max(bisect_right(known, place.index) - 1, 0)
        return self._blocks[place.part][known[at]]

    def at_or_after(self, place: Place) -> int | None:
        """Block of the paragraph itself, else of the next one that has any."""
        known = self._indexes(place.part)
        at = bisect_left(known, place.index)
        return self._blocks[place.part][known[at]] if at < len(known) else None

    def _indexes(self, part: str) -> list[int]:
        if part not in self._sorted:
            self._sorted[part] = sorted(self._blocks.get(part, ()))
        return self._sorted[part]
