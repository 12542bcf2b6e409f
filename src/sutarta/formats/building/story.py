"""Blocks as they are found, with the places they came from and what is to be told of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sutarta.core.documents.blocks import Block, Cell, Document, Kind, Source, Span
from sutarta.formats.docx.drawings import Picture
from sutarta.formats.docx.findings import Notebook, Place, PlaceMap, Reading
from sutarta.formats.docx.headings import guessed_level, plain_throughout
from sutarta.formats.docx.links import resolve
from sutarta.formats.docx.safe import Refused
from sutarta.formats.docx.tables import table_place

MAX_SPAN = 1000
DEEPEST = 9
LONGEST_TOLD = 2000


@dataclass
class Row:
    """One row of a table while it is read.

    index   place of the row in its part
    cells   those that begin here; a cell covered from above or the left is not listed
    """

    index: int
    cells: list[Cell] = field(default_factory=list)
    header: bool = False


class Story:
    """Collects the blocks of one file.

    Places are numbers that grow with the text, such as the position of an element in its part;
    they must not depend on what is left out, so that reading twice gives the same places.
    """

    def __init__(self, part: str) -> None:
        self.part = part
        self.found: list[Block] = []
        self.places = PlaceMap()
        self.notebook = Notebook()
        self.pictures: dict[str, Picture] = {}
        self.marks: dict[str, Place] = {}
        self.title = ""
        self._left_out: set[tuple[str, str]] = set()

    def note(self, code: str, index: int | None, **detail: str) -> None:
        """Write a finding down at a place, or for the whole file."""
        self.notebook.add(code, None if index is None else Place(self.part, index), **detail)

    def left_out(self, code: str, index: int | None, text: str) -> None:
        """Tell of words left out; the same ones, such as those of a button, only once."""
        if any(letter.isalpha() for letter in text) and (code, text) not in self._left_out:
            self._left_out.add((code, text))
            self.note(code, index, text=text[:LONGEST_TOLD])

    def mark(self, name: str, index: int) -> None:
        """A name that links inside the document may lead to."""
        if name:
            self.marks.setdefault(name, Place(self.part, index))

    def add(self, block: Block, index: int) -> None:
        self.places.put(Place(self.part, index), len(self.found))
        self.found.append(replace(block, source=Source(self.part, index)))

    def heading(self, spans: tuple[Span, ...], level: int, index: int, number: str = "") -> None:
        """A heading; one without words is told and left out."""
        if not spans:
            self.note("empty", index, kind="heading", number=number)
            return
        level = min(max(level, 1), DEEPEST)
        self.add(Block(Kind.HEADING, plain_throughout(spans), level=level, number=number), index)

    def paragraph(
        self,
        spans: tuple[Span, ...],
        index: int,
        number: str = "",
        depth: int = 0,
        *,
        may_head: bool = True,
    ) -> None:
        """A paragraph, or an item of a list when it has a number; nothing when it has no words.

        may_head   whether it is told of when it looks like a heading
        """
        if not spans:
            return
        if number:
            self.add(Block(Kind.ITEM, spans, level=depth, number=number), index)
        else:
            self.add(Block(Kind.PARAGRAPH, spans), index)
        block = self.found[-1]
        if may_head and (level := guessed_level(block, large=False)):
            self.note("heading.guessed", index, text=block.text, level=str(level))

    def figure(self, picture: Picture, index: int, caption: tuple[Span, ...] = ()) -> None:
        if picture.digest:
            self.pictures[picture.digest] = picture
        for code, detail in picture.findings:
            self.notebook.add(code, len(self.found), **detail)
        block = Block(Kind.FIGURE, spans=caption, image=picture.digest, alt=picture.alt)
        self.add(block, index)

    def footnote(self, paragraphs: list[tuple[Span, ...]], label: str, index: int) -> None:
        """A note as one block; its paragraphs are parted by line breaks."""
        spans: list[Span] = []
        for paragraph in paragraphs:
            spans += [Span("\n")] if spans else []
            spans += paragraph
        self.add(Block(Kind.FOOTNOTE, tuple(spans), label=label), index)

    def table(self, rows: list[Row], index: int, caption: tuple[Span, ...] = ()) -> None:
        """A table and its rows; one without words is told and left out."""
        rows = _clipped(rows)
        if not any(cell.text.strip() for row in rows for cell in row.cells):
            self.note("empty", index, kind="table")
            return
        wide = max(len(row.cells) for row in rows)
        place = table_place(Place(self.part, index))
        if not rows[0].header and len(rows) > 1 and wide > 1:
            self.notebook.add("table.no_header", place, rows=str(len(rows)))
        self.places.put(place, len(self.found))
        self.add(Block(Kind.TABLE, caption), index)
        for row in rows:
            self.add(Block(Kind.ROW, cells=tuple(row.cells), header=row.header), row.index)

    def reading(self, title: str, language: str) -> Reading:
        """What was collected. Raises Refused when there are no words."""
        if not any(block.text.strip() for block in self.found):
            raise Refused("no_text")
        document = Document(
            blocks=resolve(self.found, self.marks, self.places),
            title=" ".join((self.title or title).split()),
            language=language,
            media={digest: picture.type for digest, picture in self.pictures.items()},
        )
        pictures = {digest: picture.data for digest, picture in self.pictures.items()}
        return self.notebook.reading(document, self.places, pictures)


def _clipped(rows: list[Row]) -> list[Row]:
    """No cell reaches beyond the last row, nor out of the rows that head the table."""
    heads = next((at for at, row in enumerate(rows) if not row.header), len(rows))
    for at, row in enumerate(rows):
        row.header = at < heads
        left = (heads if row.header else len(rows)) - at
        row.cells = [replace(each, rowspan=min(each.rowspan, left)) for each in row.cells]
    return rows
