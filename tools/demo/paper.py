"""From parts of a text to the bytes of a .docx file, by python-docx and some XML of our own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping

import furniture
import money
import pictures
from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from markup import Part, Row, parts

_MARKED = re.compile(r"(\*\*.+?\*\*|\^\[.+?\])")
MANY_COLUMNS = 5
Pages = Mapping[str, int]


def written(text: str, version: int, author: str, pages: Pages) -> bytes:
    """The .docx of the text; the same text always gives the same bytes.

    pages   title of a heading -> page it stands on, as the table of contents shows it
    """
    word = Document()
    furniture.prepare(word, author)
    found = list(parts(text))
    writer = Writer(word, found, version, pages)
    for part in found:
        getattr(writer, part.kind)(part)
    furniture.put_footnotes(word, writer.notes)
    return furniture.packed(word)


class Writer:
    """Adds parts to the document; one method for each kind of part."""

    def __init__(self, word: Word, found: list[Part], version: int, pages: Pages) -> None:
        self.word, self.version, self.pages = word, version, pages
        self.headings = list(_numbered(found))
        self.notes: list[str] = []
        self.letters = furniture.ANNEXES  # the numbering the current lettered list uses
        self.before = ""
        self.marked = 0
        self.counted = {"lentelė": 0, "pav": 0}

    def title(self, part: Part) -> None:
        self._add(part, "Title")

    def subtitle(self, part: Part) -> None:
        self._add(part, "Subtitle")

    def heading(self, part: Part) -> Paragraph:
        paragraph = self._add(part, f"Heading {part.level}")
        paragraph.paragraph_format.page_break_before = part.level == 1
        self.marked += 1
        furniture.bookmark(paragraph, self.marked, f"_Toc{self.marked:08}")
        return paragraph

    def annex(self, part: Part) -> None:
        paragraph = self.heading(Part("heading", part.words, level=1))
        self._number(paragraph, furniture.ANNEXES, 0)

    def text(self, part: Part) -> None:
        self._add(part, "Normal")

    def item(self, part: Part) -> None:
        self._number(self._add(part, "List Bullet"), furniture.BULLETS, 0)

    def step(self, part: Part) -> None:
        if self.before != "step":
            self.letters += 1
            furniture.start_letters(self.word, self.letters)
        self._number(self._add(part, "List Number"), self.letters, 0)

    def contents(self, part: Part) -> None:
        """The table of contents as Word left it: a field that shows a line for each heading."""
        for place, (number, heading) in enumerate(self.headings):
            level = heading.level or 1
            if level > 2:
                continue
            paragraph = self.word.add_paragraph(style=f"toc {level}")
            if place == 0:
                furniture.begin_field(paragraph, 'TOC \\o "1-2" \\h \\z \\u')
            paragraph.add_run(f"{number} {heading.words}\t")
            page = str(self.pages.get(f"{number} {heading.words}", ""))
            furniture.put_field(paragraph, f"PAGEREF _Toc{place + 1:08} \\h", page)
        furniture.mark_field(paragraph, "end")

    def figure(self, part: Part) -> None:
        drawn = io.BytesIO(pictures.png(part.name))
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(drawn, width=Cm(15))
        picture._inline.docPr.set("descr", part.alt)
        self._caption(part.words, "pav")

    def sums(self, part: Part) -> None:
        rows = "\n".join(money.table(part.name, self.version))
        self.table(next(parts(f"!table {part.words}\n{rows}")))

    def table(self, part: Part) -> None:
        self._caption(part.words, "lentelė").paragraph_format.keep_with_next = True
        columns = len(part.rows[0].cells)
        table = self.word.add_table(len(part.rows), columns, "Table Grid")
        size = Pt(8 if columns > MANY_COLUMNS else 10)
        furniture.narrow_margins(table)
        for row, target in zip(part.rows, table.rows, strict=True):
            if row.is_header:
                target._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            target._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, words in zip(target.cells, row.cells, strict=True):
                if row.is_header:
                    furniture.shade(cell)
                self._fill(cell, row, words, size)
        _merge(table, part.rows)
        _set_widths(table, part.rows)
        self.word.add_paragraph()

    def _caption(self, words: str, kind: str) -> Paragraph:
        """A caption counted by Word, unless it says its own number."""
        paragraph = self.word.add_paragraph(style="Caption")
        self.before = kind
        if not re.match(r"\d+ pried", words):
            self.counted[kind] += 1
            code = f"SEQ {kind.capitalize()} \\* ARABIC"
            furniture.put_field(paragraph, code, str(self.counted[kind]))
            words = f"\u00a0{kind}. {words}"
        self._runs(paragraph, words)
        return paragraph

    def _fill(self, cell: _Cell, row: Row, words: str, size: Pt) -> None:
        for place, line in enumerate(words.split("<br>")):
            if line in {">", "^"}:
                continue
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.line_spacing = 1
            if furniture.is_sum(line):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self._runs(paragraph, f"**{line}**" if row.is_header else line)
            for run in paragraph.runs:
                run.font.size = size

    def _add(self, part: Part, style: str) -> Paragraph:
        paragraph = self.word.add_paragraph(style=style)
        self._runs(paragraph, part.words)
        self.before = part.kind
        return paragraph

    def _number(self, paragraph: Paragraph, number: int, level: int) -> None:
        furniture.put_number(paragraph._p.get_or_add_pPr(), number, level)

    def _runs(self, paragraph: Paragraph, words: str) -> None:
        for piece in filter(None, _MARKED.split(words)):
            if piece.startswith("**"):
                paragraph.add_run(piece.strip("*")).bold = True
            elif piece.startswith("^["):
                self.notes.append(piece[2:-1])
                reference = OxmlElement("w:footnoteReference")
                reference.set(qn("w:id"), str(len(self.notes)))
                run = paragraph.add_run()
                run.font.superscript = True
                run._r.append(reference)
            else:
                paragraph.add_run(piece)


def _numbered(found: Iterable[Part]) -> Iterator[tuple[str, Part]]:
    """Each heading with the number Word will print before it."""
    counts, annexes = [0, 0, 0], 0
    for part in found:
        if part.kind == "heading":
            counts[part.level - 1] += 1
            counts[part.level :] = [0] * (3 - part.level)
            yield "".join(f"{count}." for count in counts[: part.level]), part
        elif part.kind == "annex":
            annexes += 1
            yield f"{annexes} priedas.", part


def _merge(table: Table, rows: Iterable[Row]) -> None:
    cells = {(y, x): words for y, row in enumerate(rows) for x, words in enumerate(row.cells)}
    for (y, x), words in cells.items():
        if words == ">" and cells.get((y, x + 1)) != ">":
            start = max(left for left in range(x) if cells[y, left] != ">")
            table.cell(y, start).merge(table.cell(y, x))
        if words == "^":
            table.cell(y - 1, x).merge(table.cell(y, x))
    for row in table.rows:
        for cell in row.cells:
            _without_empty_ends(cell)


def _without_empty_ends(cell: _Cell) -> None:
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def _set_widths(table: Table, rows: list[Row]) -> None:
    """Columns as wide as their words ask for, within 16 cm; no figure is broken in two."""
    label = 22 if len(rows[0].cells) > MANY_COLUMNS else 34
    asked = []
    for column in zip(*(row.cells for row in rows), strict=True):
        lines = [line.strip("*") for words in column for line in words.split("<br>")]
        longest_word = max(len(word) for line in lines for word in [*line.split(" "), ""])
        asked.append(max(longest_word * 1.25 + 3, min(max(map(len, lines)), label)))
    table.autofit = False
    widths = [Cm(16 * share / sum(asked)) for share in asked]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell in row._tr.tc_lst:
            span = range(cell.grid_offset, cell.grid_offset + cell.grid_span)
            cell.width = sum(widths[place] for place in span)
