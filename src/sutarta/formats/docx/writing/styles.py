"""The styles of our Word files: those every Word knows by name, so that people can change them."""

from __future__ import annotations

from sutarta.formats.docx.ooxml import Element
from sutarta.formats.docx.styles import MISSING_PICTURE

from .making import root, w

FONT = "Calibri"
HEADING_SIZES = (32, 27, 24, 22)  # half points
DARK, QUIET = "1A2027", "4A5560"
TITLE, LEAD, META, QUOTE = "Title", "Subtitle", "Meta", "Quote"
MISSING = MISSING_PICTURE.replace(" ", "")
LIST, CAPTION, TABLE, CELL = "ListParagraph", "Caption", "TableGrid", "TableText"
NOTE, NOTE_MARK, LINK = "FootnoteText", "FootnoteReference", "Hyperlink"
COMMENT, COMMENT_MARK = "CommentText", "CommentReference"


def heading(level: int) -> str:
    """Style of a heading, 1..9.

    >>> heading(2)
    'Heading2'
    """
    return f"Heading{min(level, 9)}"


def styles(language: str) -> Element:
    """Every style of the file; text is in `language` unless it says otherwise."""
    return root(
        "styles",
        _defaults(language),
        _style("Normal", "Normal", default=True),
        *[_heading(level) for level in range(1, 10)],
        _style(TITLE, "Title", _p(after=240), _r(40, bold=True)),
        _style(LEAD, "Subtitle", _p(after=120), _r(24, QUIET)),
        _style(META, "Meta", _p(after=80), _r(18, QUIET)),
        _style(MISSING, MISSING_PICTURE, _p(after=80), _r(18, QUIET)),
        _style(QUOTE, "Quote", _p(after=120, left=360)),
        _style(LIST, "List Paragraph", _p(after=60)),
        _style(CAPTION, "caption", _p(after=80, keep=True), _r(20, bold=True)),
        _style(CELL, "Table Text", _p(after=40), _r(19)),
        _style(NOTE, "footnote text", _p(after=0), _r(18)),
        _style(COMMENT, "annotation text", _p(after=60), _r(20)),
        _style("Header", "header", _p(after=0), _r(17, QUIET)),
        _style("Footer", "footer", _p(after=0), _r(17, QUIET)),
        _style(NOTE_MARK, "footnote reference", None, w("rPr", w("vertAlign", val="superscript")),
               kind="character"),
        _style(COMMENT_MARK, "annotation reference", None, _r(16), kind="character"),
        _style(LINK, "Hyperlink", None,
               w("rPr", w("color", val="0B4F8A"), w("u", val="single")), kind="character"),
        _table(),
    )  # fmt: skip


def _defaults(language: str) -> Element:
    fonts = w("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)
    tag = {"lt": "lt-LT", "en": "en-GB"}.get(language, language)
    look = w("rPr", fonts, w("color", val=DARK), w("sz", val=22), w("lang", val=tag))
    space = w("pPr", w("spacing", after=120, line=264, lineRule="auto"))
    return w("docDefaults", w("rPrDefault", look), w("pPrDefault", space))


def _style(
    identity: str,
    name: str,
    paragraph: Element | None = None,
    run: Element | None = None,
    *,
    kind: str = "paragraph",
    default: bool = False,
) -> Element:
    based = None if default or kind == "character" else w("basedOn", val="Normal")
    style = w("style", w("name", val=name), based, w("qFormat"), paragraph, run)
    style.attrib.update(w("x", type=kind, styleId=identity).attrib)
    if default:
        style.attrib.update(w("x", default=1).attrib)
    return style


def _heading(level: int) -> Element:
    size = HEADING_SIZES[min(level, len(HEADING_SIZES)) - 1]
    look = _p(before=280, after=100, keep=True, outline=level - 1)
    return _style(heading(level), f"heading {level}", look, _r(size, bold=True))


def _p(
    *, before: int = 0, after: int, left: int = 0, keep: bool = False, outline: int | None = None
) -> Element:
    return w(
        "pPr",
        w("keepNext") if keep else None,
        w("spacing", before=before, after=after),
        w("ind", left=left) if left else None,
        None if outline is None else w("outlineLvl", val=outline),
    )


def _r(size: int, colour: str = "", *, bold: bool = False) -> Element:
    return w(
        "rPr",
        w("b") if bold else None,
        w("color", val=colour) if colour else None,
        w("sz", val=size),
    )


def _table() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = [w(side, val="single", sz=4, space=0, color="C3CCD4") for side in sides]
    space = w("tblCellMar", *[w(side, w=90, type="dxa") for side in ("left", "right")])
    look = w("tblPr", w("tblBorders", *lines), space)
    head = w("tblStylePr", w("rPr", w("b")), type="firstRow")
    style = w("style", w("name", val="Table Grid"), look, head)
    style.attrib.update(w("x", type="table", styleId=TABLE).attrib)
    return style
