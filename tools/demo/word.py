"""From parts of a text to the bytes of a .docx file, by python-docx and some XML of our own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime

from chart import bars
from docx import Document
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as Piece
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from words import Part, Row

PEOPLE = [(str(year), 13250 - 141 * (year - 2015)) for year in range(2015, 2026, 2)]
ALT = (
    "Stulpelinė diagrama: 2015 m. Alksniuose gyveno 13 250 žmonių, "
    "kas dvejus metus – maždaug 280 mažiau, 2025 m. – 11 840."
)
MADE = datetime(2026, 11, 2, 9, 0)  # noqa: DTZ001 - Word's own dates carry no zone
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_MARKED = re.compile(r"(\*\*.+?\*\*|\^\[.+?\])")

# Numbering of headings (1), bullets (2) and letters (3).
_LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{style}'
    '<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
)


def written(parts: list[Part]) -> bytes:
    """The .docx of the parts; the same parts always give the same bytes."""
    word = Document()
    _prepare(word)
    writer = _Writer(word)
    for part in parts:
        getattr(writer, part.kind)(part)
    writer.put_footnotes()
    return _without_clock(word)


def _without_clock(word: Word) -> bytes:
    """Save, then pack again with one fixed time: zip files remember when they were made."""
    saved, target = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _prepare(word: Word) -> None:
    properties = word.core_properties
    properties.title, properties.author = "", "Alksnių miesto VVG"
    properties.created = properties.modified = MADE
    properties.language, properties.comments = "lt-LT", ""
    body = word.styles["Normal"]
    body.font.name, body.font.size = "Calibri", Pt(12)
    body.paragraph_format.line_spacing = 1.25
    body.paragraph_format.space_after = Pt(8)
    fonts = body.element.get_or_add_rPr()
    fonts.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="lt-LT"/>'))
    for section in word.sections:
        section.left_margin = section.right_margin = Cm(2.5)
    _put_numbering(word)


def _put_numbering(word: Word) -> None:
    numbering = word.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    headings = [
        ("decimal", ".".join(f"%{i + 1}" for i in range(n)) + ".", f"Heading{n}") for n in (1, 2, 3)
    ]
    bullets = [("bullet", mark, "") for mark in ("•", "–", "·")]
    letters = [("lowerLetter", "%1)", "")]
    kinds = ((1, headings, 0), (2, bullets, 1), (3, letters, 1))
    for number, levels, depth in kinds:
        numbering.append(_abstract(number, levels, depth))
    for number, _levels, _depth in kinds:
        numbering.append(_numbering(number, number))
    for level in (1, 2, 3):
        properties = word.styles[f"Heading {level}"].element.get_or_add_pPr()
        properties.append(_number_properties(1, level - 1))


def _abstract(number: int, levels: list[tuple[str, str, str]], depth: int) -> object:
    inner = "".join(
        _LEVEL.format(
            level=level, format=form, text=text, left=(level + 1) * 425 if depth else 567,
            hanging=425 if depth else 567,
            style=f'<w:pStyle w:val="{style}"/>' if style else "",
        )
        for level, (form, text, style) in enumerate(levels)
    )  # fmt: skip
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
    )


def _numbering(number: int, abstract: int, *, starts_anew: bool = False) -> object:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
        f"{anew if starts_anew else ''}</w:num>"
    )


def _number_properties(number: int, level: int) -> object:
    return parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


class _Writer:
    """Adds parts to the document; one method for each kind of part."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self.notes: list[str] = []
        self.letters = 3  # the numbering the current lettered list uses
        self.before = ""

    def title(self, part: Part) -> None:
        self._add(part, "Title")

    def subtitle(self, part: Part) -> None:
        self._add(part, "Subtitle")

    def heading(self, part: Part) -> None:
        paragraph = self._add(part, f"Heading {part.level}")
        paragraph.paragraph_format.page_break_before = part.level == 1

    def text(self, part: Part) -> None:
        self._add(part, "Normal")

    def item(self, part: Part) -> None:
        self._number(self._add(part, "List Bullet"), 2, part.level)

    def step(self, part: Part) -> None:
        if self.before != "step":
            self.letters += 1
            self.word.part.numbering_part.element.append(
                _numbering(self.letters, 3, starts_anew=True)
            )
        self._number(self._add(part, "List Number"), self.letters, 0)

    def figure(self, part: Part) -> None:
        picture = (
            self.word.add_paragraph().add_run().add_picture(io.BytesIO(bars(PEOPLE)), width=Cm(14))
        )
        properties = picture._inline.docPr
        properties.set("descr", ALT)
        self._add(part, "Caption")

    def table(self, part: Part) -> None:
        self._add(part, "Caption").paragraph_format.keep_with_next = True
        table = self.word.add_table(len(part.rows), len(part.rows[0].cells), "Table Grid")
        for row, target in zip(part.rows, table.rows, strict=True):
            if row.is_header:
                target._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            for cell, words in zip(target.cells, row.cells, strict=True):
                self._fill(cell, row, words)
        _merge(table, part.rows)
        self.word.add_paragraph()

    def _fill(self, cell: _Cell, row: Row, words: str) -> None:
        for place, line in enumerate(words.split("<br>")):
            if line in {">", "^"}:
                continue
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            self._runs(paragraph, f"**{line}**" if row.is_header else line)

    def _add(self, part: Part, style: str) -> Paragraph:
        paragraph = self.word.add_paragraph(style=style)
        self._runs(paragraph, part.words)
        self.before = part.kind
        return paragraph

    def _number(self, paragraph: Paragraph, number: int, level: int) -> None:
        paragraph._p.get_or_add_pPr().append(_number_properties(number, level))

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

    def put_footnotes(self) -> None:
        notes = "".join(map(_footnote, range(1, len(self.notes) + 1), self.notes))
        part = Piece(
            PackURI("/word/footnotes.xml"), FOOTNOTES,
            f'<w:footnotes {nsdecls("w")}>{notes}</w:footnotes>'.encode(), self.word.part.package,
        )  # fmt: skip
        self.word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnote(number: int, words: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p>'
        "</w:footnote>"
    )


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
