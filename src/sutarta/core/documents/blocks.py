"""A document as the whole product sees it: ordered blocks with stable identities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

SCHEMA = "sutarta.document/1"


class Kind(StrEnum):
    """What a block is. A table is one TABLE block followed by its ROW blocks."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    ROW = "row"
    FIGURE = "figure"
    FOOTNOTE = "footnote"


TEXTS = (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM)
"""One paragraph of words each, which may become one another."""


@dataclass(frozen=True)
class Span:
    """A run of characters that look alike.

    marks   any of "bold", "italic", "underline", "strike", "sub", "sup", in alphabetical order
    link    address the words lead to, "" for none; only http, https, mailto, tel or "#block id"
    note    label of the footnote referred to here, "" for none; such a span's text is the label
    """

    text: str
    marks: tuple[str, ...] = ()
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell of a table row: paragraphs of spans.

    colspan   columns covered, >= 1
    rowspan   rows covered, >= 1; a cell covered from above is not listed again
    header    whether it heads its column or row
    """

    paragraphs: tuple[tuple[Span, ...], ...]
    colspan: int = 1
    rowspan: int = 1
    header: bool = False

    @property
    def text(self) -> str:
        return "\n".join("".join(span.text for span in spans) for spans in self.paragraphs)


@dataclass(frozen=True)
class Source:
    """Where in the original package a block stands, so that an export can patch it.

    part      name inside the package, such as "word/document.xml"
    index     position among the part's w:p elements in document order (for TABLE and ROW: of
              their first paragraph), from 0
    para_id   the paragraph's w14:paraId, "" when it has none
    """

    part: str
    index: int
    para_id: str = ""


@dataclass(frozen=True)
class Block:
    """One addressable passage.

    id       lineage id: kept through versions while it is the same passage; "" until given
    level    heading: 1..9; list item: nesting depth from 0; otherwise 0
    number   the automatic number as printed, such as "2.1." or "a)"; "•" for a bullet; "" for none
    spans    heading, paragraph, item, footnote; for a table or figure: its caption
    cells    row only
    header   row only: whether it repeats as a header row
    table    row only: id of its table block ("" until ids are given: the nearest table above)
    label    footnote only: the label its reference shows
    image    figure only: SHA-256 of the picture in hex, "" when it could not be read
    alt      figure only: alternative text, "" when the author gave none
    """

    kind: Kind
    spans: tuple[Span, ...] = ()
    id: str = ""
    level: int = 0
    number: str = ""
    cells: tuple[Cell, ...] = ()
    header: bool = False
    table: str = ""
    label: str = ""
    image: str = ""
    alt: str = ""
    source: Source | None = None

    @property
    def text(self) -> str:
        """The words without number and marks; cells of a row are joined by tabs.

        >>> Block(Kind.ROW, cells=(Cell(((Span("A"),),)), Cell(((Span("B"),),)))).text
        'A\\tB'
        """
        if self.kind is Kind.ROW:
            return "\t".join(cell.text for cell in self.cells)
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Document:
    """Ordered blocks of one version.

    language   BCP 47 tag of the text
    media      SHA-256 in hex -> media type, for every picture a figure names
    """

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = "lt"
    media: Mapping[str, str] = field(default_factory=dict)
