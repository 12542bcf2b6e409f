"""A paper as a Word file of its own."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from sutarta.formats.docx.ooxml import R_ID, Element
from sutarta.formats.papers import Emblem, Paper
from sutarta.formats.papers.wire import cleaned

from .holdings import Holdings
from .making import packed, root, w, words
from .story import Story
from .styles import styles

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OUTSIDE = ' TargetMode="External"'
_EDGES, _COUNTS = ("header", "footer"), ("PAGE", "NUMPAGES")
PARTS = ("styles", "settings", "numbering", "footnotes", "comments")
A4 = {"w": 11_906, "h": 16_838}
EDGES = {"top": 1247, "right": 1134, "bottom": 1134, "left": 1412, "header": 624, "footer": 567}


def write(paper: Paper) -> bytes:
    """The paper as .docx: real styles, tracked changes, comments, notes, lineage as bookmarks.

    The same paper gives the same bytes. A list item prints its number as it stands.
    """
    holdings = Holdings(cleaned(paper.author), paper.made_at, paper.pictures)
    body = w("body", *Story(paper, holdings).body())
    header = _header(paper, holdings)
    body.append(_section())
    files = {
        "word/document.xml": packed(root("document", body)),
        "word/styles.xml": packed(styles(paper.language)),
        "word/settings.xml": packed(_settings()),
        "word/numbering.xml": packed(holdings.numbering()),
        "word/footnotes.xml": packed(holdings.footnotes()),
        "word/comments.xml": packed(holdings.comments()),
        "word/header1.xml": packed(header),
        "word/footer1.xml": packed(_footer()),
        "docProps/core.xml": _core(paper),
    }
    files |= {f"word/media/{name}": data for name, data in holdings.media.values()}
    files["word/_rels/document.xml.rels"] = _relations(_links(holdings))
    files["word/_rels/footnotes.xml.rels"] = _relations(_outside(holdings))
    files["word/_rels/header1.xml.rels"] = _relations(_media_links(holdings))
    files["_rels/.rels"] = _relations(
        [("r1", f"{OFFICE}/officeDocument", "word/document.xml", False),
         ("r2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", False)]
    )  # fmt: skip
    return zipped({"[Content_Types].xml": _types(), **files})


def zipped(files: dict[str, bytes]) -> bytes:
    """A package of the files in this order, without the hour it was made."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return written.getvalue()


def _links(holdings: Holdings) -> list[tuple[str, str, str, bool]]:
    parts = [(f"r{name}", f"{OFFICE}/{name}", f"{name}.xml", False) for name in PARTS]
    parts += [(f"r{name}", f"{OFFICE}/{name}", f"{name}1.xml", False) for name in _EDGES]
    return [*parts, *_media_links(holdings), *_outside(holdings)]


def _outside(holdings: Holdings) -> list[tuple[str, str, str, bool]]:
    return [(id, f"{OFFICE}/hyperlink", link, True) for link, id in holdings.addresses.items()]


def _media_links(holdings: Holdings) -> list[tuple[str, str, str, bool]]:
    found = holdings.relations_of_media()
    return [(id, f"{OFFICE}/image", target, False) for id, target in found.items()]


def _relations(found: list[tuple[str, str, str, bool]]) -> bytes:
    made = "".join(
        f"<Relationship Id={quoteattr(id)} Type={quoteattr(kind)} Target={quoteattr(target)}"
        f"{OUTSIDE if is_outside else ''}/>"
        for id, kind, target, is_outside in found
    )
    return _xml(f'<Relationships xmlns="{PACKAGE}/relationships">{made}</Relationships>')


def _types() -> bytes:
    names = {name: f"{name}.xml" for name in PARTS} | {name: f"{name}1.xml" for name in _EDGES}
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        **{kind: f"image/{kind}" for kind in ("png", "jpeg", "gif")},
    }
    made = "".join(f'<Default Extension="{x}" ContentType="{t}"/>' for x, t in defaults.items())
    made += f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
    made += "".join(
        f'<Override PartName="/word/{file}" ContentType="{WORD}.{name}+xml"/>'
        for name, file in names.items()
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    made += f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>'
    return _xml(f'<Types xmlns="{PACKAGE}/content-types">{made}</Types>')


def _core(paper: Paper) -> bytes:
    at = f"{paper.made_at:%Y-%m-%dT%H:%M:%SZ}"
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{at}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return _xml(
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(cleaned(paper.title))}</dc:title>"
        f"<dc:creator>{escape(cleaned(paper.author))}</dc:creator>"
        f"<dc:language>{escape(paper.language)}</dc:language>{dated}</cp:coreProperties>"
    )


def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


def _settings() -> Element:
    notes = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
    new = w("compat", w("compatSetting", name="compatibilityMode", val=15,
                        uri="http://schemas.microsoft.com/office/word"))  # fmt: skip
    return root("settings", notes, new)


def _header(paper: Paper, holdings: Holdings) -> Element:
    style = w("pPr", w("pStyle", val="Header"))
    made = [w("p", style, w("r", *words(cleaned(paper.running))))]
    if paper.emblem:
        made.append(_emblem(paper.emblem, holdings))
    return root("hdr", *made)


def _emblem(told: Emblem, holdings: Holdings) -> Element:
    line = " · ".join(part for part in (told.sentence, told.project) if part)
    drawing = holdings.emblem(told.alt)
    style = w("pPr", w("pStyle", val="Header"))
    return w("p", style, w("r", drawing), w("r", *words(f"  {cleaned(line)}")))


def _footer() -> Element:
    style = w("pPr", w("pStyle", val="Footer"), w("jc", val="right"))
    fields = [w("fldSimple", w("r", *words("1")), instr=f" {name} ") for name in _COUNTS]
    return root("ftr", w("p", style, fields[0], w("r", *words(" / ")), fields[1]))


def _section() -> Element:
    edges = []
    for name in _EDGES:
        reference = w(f"{name}Reference", type="default")
        reference.set(R_ID, f"r{name}")
        edges.append(reference)
    return w("sectPr", *edges, w("pgSz", **A4), w("pgMar", **EDGES, gutter=0))
