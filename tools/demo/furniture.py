"""What a Word document needs besides its words: numbering, styles, fields, notes, packing."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as Piece
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.parfmt import CT_PPr
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

MADE = datetime(2026, 11, 2, 9, 0)  # noqa: DTZ001 - Word's own dates carry no zone
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
HEADINGS, BULLETS, LETTERS, ANNEXES = 1, 2, 3, 4
INK = RGBColor(0x1F, 0x3A, 0x4D)

_LEVEL = (
    '<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{style}'
    '<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
)


def prepare(word: Word, author: str) -> None:
    """Page, fonts, numbering and page numbers of a document without words yet."""
    properties = word.core_properties
    properties.title, properties.author = "", author
    properties.created = properties.modified = MADE
    properties.language, properties.comments = "lt-LT", ""
    for section in word.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.5)
    _put_styles(word)
    _put_numbering(word)
    footer = word.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    put_field(footer, "PAGE", "1")


def _put_styles(word: Word) -> None:
    body = word.styles["Normal"]
    body.font.name, body.font.size = "Arial", Pt(12)
    body.paragraph_format.line_spacing = 1.25
    body.paragraph_format.space_after = Pt(8)
    body.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="lt-LT"/>'))
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        _set_font(word.styles[name].element.get_or_add_rPr(), "Arial")
    for level, size in ((1, 18), (2, 14.5), (3, 12.5)):
        style = word.styles[f"Heading {level}"]
        style.font.size, style.font.color.rgb = Pt(size), INK
        style.paragraph_format.space_before = Pt(18 if level > 1 else 0)
        style.paragraph_format.space_after = Pt(8)
    word.styles["Caption"].font.color.rgb = INK
    word.styles["Caption"].font.size = Pt(10.5)
    for level in (1, 2):
        style = word.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = body
        form = style.paragraph_format
        form.left_indent, form.space_after = Cm(0.6 * (level - 1)), Pt(3)
        form.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _set_font(properties: object, name: str) -> None:
    """One font for all scripts, instead of that of the theme."""
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)


def shade(cell: _Cell) -> None:
    """The ground of a header cell."""
    ground = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E7EEF2"/>')
    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    properties.append(ground)


def narrow_margins(table: Table) -> None:
    """Let figures come near the lines of their cells."""
    sides = "".join(f'<w:{side} w:w="60" w:type="dxa"/>' for side in ("left", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")


def _put_numbering(word: Word) -> None:
    numbering = word.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    headings = [
        ("decimal", ".".join(f"%{i + 1}" for i in range(n)) + ".", f"Heading{n}") for n in (1, 2, 3)
    ]
    kinds = (
        (HEADINGS, headings, 0, 567),
        (BULLETS, [("bullet", mark, "") for mark in "•–·"], 425, 425),
        (LETTERS, [("lowerLetter", "%1)", "")], 425, 425),
        (ANNEXES, [("decimal", "%1 priedas.", "")], 0, 1560),
    )
    for number, levels, indent, hanging in kinds:
        numbering.append(_abstract(number, levels, indent, hanging))
    for number, *_rest in kinds:
        numbering.append(_numbering(number, number))
    for level in (1, 2, 3):
        put_number(word.styles[f"Heading {level}"].element.get_or_add_pPr(), HEADINGS, level - 1)


def _abstract(
    number: int, levels: Sequence[tuple[str, str, str]], indent: int, hanging: int
) -> object:
    inner = "".join(
        _LEVEL.format(
            level=level, format=form, text=text, left=indent * level + hanging, hanging=hanging,
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


def start_letters(word: Word, number: int) -> None:
    """A lettered list that begins at a) again, under a number of its own."""
    numbering = word.part.numbering_part.element
    numbering.append(_numbering(number, LETTERS, starts_anew=True))


def put_number(properties: CT_PPr, number: int, level: int) -> None:
    """Let a paragraph, or every paragraph of a style, be numbered by a list at a level."""
    numbered = properties.get_or_add_numPr()
    numbered.get_or_add_ilvl().val = level
    numbered.get_or_add_numId().val = number


def mark_field(paragraph: Paragraph, kind: str) -> None:
    """Begin, separate or end a field."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def begin_field(paragraph: Paragraph, code: str) -> None:
    """Open a field: what follows is what it shows."""
    mark_field(paragraph, "begin")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    paragraph.add_run()._r.append(text)
    mark_field(paragraph, "separate")


def put_field(paragraph: Paragraph, code: str, shown: str) -> None:
    begin_field(paragraph, code)
    paragraph.add_run(shown)
    mark_field(paragraph, "end")


def bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """Wrap the words of a paragraph in a bookmark."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert_element_before(start, "w:r")
    paragraph._p.append(end)


def put_footnotes(word: Word, notes: Sequence[str]) -> None:
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    inner = separators + "".join(map(_footnote, range(1, len(notes) + 1), notes))
    part = Piece(
        PackURI("/word/footnotes.xml"), FOOTNOTES,
        f'<w:footnotes {nsdecls("w")}>{inner}</w:footnotes>'.encode(), word.part.package,
    )  # fmt: skip
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnote(number: int, words: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        '<w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="20"/></w:rPr>'
        f'<w:t xml:space="preserve"> {escape(words)}</w:t></w:r></w:p></w:footnote>'
    )


def packed(word: Word) -> bytes:
    """Save, then pack again in a fixed order with one fixed time: zip files remember both."""
    saved, target = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name[0] != "[", name)):
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def contents(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every part of a packed file; how tightly it is packed is no matter."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            yield name, package.read(name)


def is_sum(words: str) -> bool:
    """Whether a cell holds a figure alone, which stands at the right."""
    return bool(re.fullmatch(r"[*]*[–+-]?[\d\u00a0]*(,\d+)?[–]?[*]*", words)) and bool(words)
