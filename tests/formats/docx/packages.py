"""Small Word files for the tests, made part by part."""

import io
import zipfile

from sutarta.formats.docx.ooxml import NAMESPACES

XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
ROOTS = {
    "document": "document", "styles": "styles", "numbering": "numbering", "settings": "settings",
    "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments",
    "header": "hdr", "footer": "ftr",
}  # fmt: skip


def text(words: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content: str = "", style: str = "", properties: str = "") -> str:
    """A paragraph of runs; plain words are made a run."""
    runs = content if content.startswith("<") else text(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs if content else ''}</w:p>"


def item(words: str, num: int = 1, depth: int = 0) -> str:
    """A paragraph of a list."""
    where = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/>'
    return paragraph(words, properties=f"<w:numPr>{where}</w:numPr>")


def style(identity: str, name: str, inner: str = "", parent: str = "", kind: str = "paragraph"):
    """A style; `inner` holds its w:pPr and w:rPr."""
    based = f'<w:basedOn w:val="{parent}"/>' if parent else ""
    named = f'<w:name w:val="{name}"/>{based}{inner}'
    return f'<w:style w:type="{kind}" w:styleId="{identity}">{named}</w:style>'


def cell(content: str = "", properties: str = "") -> str:
    """A table cell; plain words are made a paragraph."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row; plain words are made cells."""
    inner = "".join(each if each.startswith("<w:tc") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def word_file(body: str, links: str = "", media: dict[str, bytes] | None = None, **parts: str):
    """The bytes of a .docx: `body` and other parts by their inner XML.

    links   further relationships of the main part
    media   part name -> bytes, for pictures and anything else
    parts   "styles", "numbering", "footnotes", ... -> inner XML
    """
    inner = {"document": f"<w:body>{body}</w:body>", **parts}
    files = {f"word/{name}.xml": _part(name, xml) for name, xml in inner.items()}
    related = "".join(
        f'<Relationship Id="r-{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
        for name in parts
    )
    files["word/_rels/document.xml.rels"] = relationships(related + links)
    files["_rels/.rels"] = relationships(
        f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    )
    files["[Content_Types].xml"] = content_types()
    return zipped(files | (media or {}))


def little_strategy(offered: str, *more: str, links: str = "") -> bytes:
    """A heading, paragraphs with bold words, a note, a list and a table, then `more`.

    offered   what the bold word "Pagalba" is followed by
    """
    bullet = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    body = (
        paragraph("Ko trūksta", style="H1"),
        paragraph(text("Pagalba ", "<w:b/>") + text(offered)),
        paragraph(text("Gyvena 11 840.") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        item("viena"),
        item("antra"),
        table(row("Metai", "Eurai"), row("2026", "1 200"), row("2027", "50")),
        *more,
        paragraph("Pabaiga."),
    )
    return word_file(
        "".join(body),
        links=links,
        styles=style("H1", "heading 1"),
        numbering=f'<w:abstractNum w:abstractNumId="1">{bullet}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
        footnotes=f'<w:footnote w:id="2">{paragraph(text("Registrų centras."))}</w:footnote>',
    )


def _part(name: str, inner: str) -> str:
    return f"<w:{ROOTS[name]} {XMLNS}>{inner}</w:{ROOTS[name]}>"


def relationships(inner: str) -> str:
    return f'<Relationships xmlns="{NAMESPACES["rel"]}">{inner}</Relationships>'


def content_types(main: str = f"{WORD}.document.main+xml") -> str:
    override = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    return f'<Types xmlns="{NAMESPACES["ct"]}">{override}</Types>'


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of the files, compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
