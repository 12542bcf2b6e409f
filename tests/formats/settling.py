"""Tracked changes of a Word file taken or refused by the letter of the standard.

Slow and plain, and no code of ours: ISO/IEC 29500-1, 17.13.5.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
COME = {f"{W}ins", f"{W}moveTo"}
LEAVE = {f"{W}del", f"{W}moveFrom"}
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


def lines(data: bytes, *, accept: bool, part: str = "word/document.xml") -> list[str]:
    """What each paragraph says in the order of the file, those that say nothing left out."""
    xml = zipfile.ZipFile(io.BytesIO(data)).read(part)
    root = etree.fromstring(xml.replace(STRICT, W[1:-1].encode()))
    lost = LEAVE if accept else COME
    for row in list(root.iter(f"{W}tr")):
        properties = row.find(f"{W}trPr")
        if properties is not None and any(each.tag in lost for each in properties):
            row.getparent().remove(row)
    for paragraph in reversed(list(root.iter(f"{W}p"))):
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None and any(each.tag in lost for each in mark):
            _run_on(paragraph)
    for element in list(root.iter(*lost)):
        if element.getparent() is not None:
            element.getparent().remove(element)
    return [said for each in root.iter(f"{W}p") if (said := _text(each).strip())]


def _run_on(paragraph: etree._Element) -> None:
    """Let a paragraph whose end is lost go on in the next one."""
    after = paragraph.getnext()
    while after is not None and after.tag not in (f"{W}p", f"{W}tbl"):
        after = after.getnext()
    if after is None or after.tag != f"{W}p":
        return
    at = 1 if after.find(f"{W}pPr") is not None else 0
    for each in reversed([each for each in paragraph if each.tag != f"{W}pPr"]):
        after.insert(at, each)
    paragraph.getparent().remove(paragraph)


def _text(paragraph: etree._Element) -> str:
    said = []
    for each in paragraph.iter(f"{W}t", f"{W}delText", *SIGNS):
        if next(each.iterancestors(f"{W}p")) is paragraph:
            said.append(SIGNS.get(each.tag, each.text or ""))
    return "".join(said)
