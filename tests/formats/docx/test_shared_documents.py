"""Real and tricky files others wrote: each is read whole, or refused with a reason."""

import re
import time
from pathlib import Path

import docx
import pytest
from lxml import etree

from sutarta.core.documents import Kind
from sutarta.formats.docx import REASONS, Refused, read
from sutarta.formats.reading import read_kind

pytestmark = pytest.mark.data

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
FILES = sorted(path.relative_to(SHARED) for path in SHARED.glob("documents/docx_*/*.docx"))
# python-docx cannot open them: strict names, a damaged relationship.
NO_REFERENCE = frozenset(
    {
        "mammoth-strict-format",
        "oxsdk-numFmt-Endnote-Numbering-Format-val-40-none",
        "poi-60329",
    }
)
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
W = "{" + NAMESPACES["w"] + "}"
NOT_SHOWN = """ancestor::w:del or ancestor::w:moveFrom or ancestor::mc:Fallback
    or ancestor::w:r/w:rPr/w:vanish
    or ancestor::w:sdt/w:sdtPr//w:docPartGallery[@w:val='Table of Contents']"""
SHOWN = etree.XPath(f".//w:t[not({NOT_SHOWN})] | .//m:t[not({NOT_SHOWN})]", namespaces=NAMESPACES)
CONTENTS_STYLES = ("toc ", "table of figures")
CONTENTS_TITLES = frozenset({"TableofContents", "ListofTables", "ListofFigures"})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_read_or_refused_within_ten_seconds(shared_data, path):
    data = (shared_data / path).read_bytes()
    began = time.monotonic()

    try:
        reading = read_kind("docx", data)
    except Refused as refused:
        assert refused.code in REASONS
    else:
        places = {None, *range(len(reading.document.blocks))}
        assert {found.block for found in reading.findings} <= places
    assert time.monotonic() - began < 11


@pytest.fixture(scope="module")
def readings(shared_data):
    """File -> its reading, or the code it was refused with."""
    found = {}
    for path in FILES:
        try:
            found[path] = read((shared_data / path).read_bytes())
        except Refused as refused:
            found[path] = refused.code
    return found


def told(reading):
    changes = [each for each in reading.findings if each.code.startswith("changes.")]
    return sorted((each.code, sorted(each.detail.items())) for each in changes)


def test_changes_are_told_alike_whether_accepted_or_rejected(shared_data, readings):
    changed = {path: told(each) for path, each in readings.items() if not isinstance(each, str)}
    changed = {path: changes for path, changes in changed.items() if changes}

    assert len(changed) == 7
    for path, changes in changed.items():
        rejected = read((shared_data / path).read_bytes(), changes="reject")
        assert told(rejected) == changes, path.stem


def test_the_broken_files_are_refused_and_no_others(readings):
    refused = {}
    for path, code in readings.items():
        if isinstance(code, str):
            refused.setdefault(code, set()).add(path.stem.split("-testcase")[0])

    assert refused == {
        "encrypted": {"poi-bug53475-password-is-pass", "poi-bug53475-password-is-solrcell"},
        "broken": {"poi-clusterfuzz", "poi-truncated62886", "fedramp-appendix-b-v03"},
        "not_docx": {"poi-stress025"},
        "no_text": {
            "WC013-Image-After", "WC013-Image-Before", "oxsdk-header-footer", "oxsdk-pict-pict",
            "oxsdk-numFmt-Numbering-Format-val-decimalEnclosedFullstop", "poi-Tika-792",
            "poi-EmptyDocumentWithHeaderFooter", "poi-comment", "poi-headerFooter",
            "poi-stress012",
        },
    }  # fmt: skip


def letters(text):
    return re.sub(r"[\W_]", "", text)


def shown(path):
    """Letters of the main part by python-docx, and apart from them those of text boxes."""
    document = docx.Document(str(path))
    names = {style.style_id: (style.name or "").lower() for style in document.styles}
    paragraphs = {}
    for each in SHOWN(document.element.body):
        paragraph = next(each.iterancestors(f"{W}p"))
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or not names.get(style.get(f"{W}val"), "").startswith(CONTENTS_STYLES):
            paragraphs.setdefault(paragraph, []).append(each.text or "")
    outside, boxed = [], []
    for paragraph, pieces in paragraphs.items():
        words = letters("".join(pieces))
        if words not in CONTENTS_TITLES:
            inside = next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None
            (boxed if inside else outside).append(words)
    return "".join(outside), "".join(boxed)


def taken(reading):
    """Letters of our blocks, without notes and the labels that refer to them."""
    spans = []
    for block in reading.document.blocks:
        if block.kind is not Kind.FOOTNOTE:
            spans += block.spans
            spans += [span for cell in block.cells for part in cell.paragraphs for span in part]
    return letters("".join(span.text for span in spans if not span.note))


def is_within(part, whole):
    """Whether all letters of `part` occur in `whole` in their order."""
    rest = iter(whole)
    return all(letter in rest for letter in part)


def test_every_visible_letter_is_taken_in_order_and_once(shared_data, readings):
    letters_seen = files_seen = 0
    for path, reading in readings.items():
        if isinstance(reading, str) or path.stem in NO_REFERENCE:
            continue
        ours = taken(reading)
        outside, boxed = shown(shared_data / path)
        assert is_within(outside, ours), path.stem
        assert is_within(boxed, ours), path.stem
        # Automatic numbers in table cells are ours alone: python-docx does not count.
        assert len(ours) <= 1.03 * len(outside + boxed), path.stem
        letters_seen += len(outside + boxed)
        files_seen += 1

    assert (files_seen, letters_seen > 1_000_000) == (len(FILES) - 21, True)
