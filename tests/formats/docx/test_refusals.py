"""Files that are not sound, plain Word files are refused with a reason, quickly and safely."""

import hashlib
import struct
import time

import pytest

from sutarta.formats.docx import REASONS, Refused, read, safe
from sutarta.formats.reading import read_kind

from .packages import (
    OFFICE,
    WORD,
    XMLNS,
    content_types,
    paragraph,
    relationships,
    row,
    table,
    word_file,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
GOOD = word_file(paragraph("Tikslai"))


def package(document, main=f"{WORD}.document.main+xml", **others):
    """A .docx whose main part is these very bytes."""
    target = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    files = {
        "[Content_Types].xml": content_types(main),
        "_rels/.rels": relationships(target),
        "word/document.xml": document,
    }
    return zipped(files | others)


def document(inner, prolog=""):
    return f"{prolog}<w:document {XMLNS}><w:body>{inner}</w:body></w:document>"


def entity(uri):
    prolog = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{uri}">]>'
    return package(document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", prolog))


def laughs():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    prolog = f'<!DOCTYPE w:document [<!ENTITY l0 "ha">{entities}]>'
    return package(document("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", prolog))


def in_utf_16(data_type):
    text = '<?xml version="1.0" encoding="UTF-16"?>' + document(paragraph("a"), data_type)
    return package(text.encode("utf-16"))


def locked():
    """A zip whose entries say they are encrypted."""
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            flags = struct.unpack_from("<H", data, start + offset)[0]
            struct.pack_into("<H", data, start + offset, flags | 1)
            start = data.find(signature, start + 4)
    return bytes(data)


HOSTILE = {
    "empty": (b"", "not_docx"),
    "text": (b"Strategija", "not_docx"),
    "pdf": (b"%PDF-1.7 ...", "not_docx"),
    "rtf": (b"{\\rtf1 a}", "not_docx"),
    "another zip": (zipped({"a.txt": "a"}), "not_docx"),
    "spreadsheet": (
        package(document(""), "application/vnd.openxmlformats-officedocument.spreadsheetml"
                ".sheet.main+xml"), "not_docx"),
    "no main part": (zipped({"[Content_Types].xml": content_types()}), "not_docx"),
    "old .doc": (OLE + "WordDocument".encode("utf-16-le"), "old_doc"),
    "other OLE": (OLE + "Workbook".encode("utf-16-le"), "not_docx"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "locked zip": (locked(), "encrypted"),
    "cut short": (GOOD[: len(GOOD) // 2], "broken"),
    "only the start": (GOOD[:10], "broken"),
    "not XML": (package("<w:document"), "broken"),
    "not a document": (package(b"\x00\x01\x02"), "broken"),
    "deeply nested": (package(document("<w:p>" * 3000 + "</w:p>" * 3000)), "broken"),
    "external entity": (entity("file:///etc/hostname"), "external_entity"),
    "entity on the network": (entity("http://127.0.0.1:9/x"), "external_entity"),
    "billion laughs": (laughs(), "external_entity"),
    "DTD in UTF-16": (in_utf_16("<!DOCTYPE w:document>"), "external_entity"),
    "DTD in another part": (
        package(document(paragraph("a")), **{"docProps/x.xml": "<!DOCTYPE a><a/>"}),
        "external_entity"),
    "macros": (package(document(paragraph("a")), **{"word/vbaProject.bin": b"x"}), "macros"),
    "macro type": (
        package(document(paragraph("a")), "application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macros"),
    "bomb": (package(document(paragraph("a")), **{"word/x.bin": b"\0" * 20_000_000}), "bomb"),
    "too many parts": (
        zipped({"[Content_Types].xml": content_types()} | {f"{n}": "" for n in range(5_001)}),
        "too_large"),
    "too large": (b"PK" + b"\0" * safe.MAX_FILE, "too_large"),
    "no words": (word_file(paragraph() + paragraph("  ")), "no_text"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(data, code):
    with pytest.raises(Refused) as refused:
        read(data)

    assert (refused.value.code, str(refused.value)) == (code, REASONS[code])


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE)
def test_the_worker_gives_the_same_reason(data, code):
    with pytest.raises(Refused) as refused:
        read_kind("docx", data)

    assert refused.value.code == code


def test_a_part_that_claims_to_be_huge_is_too_large():
    data = bytearray(package(document(paragraph("a")), **{"word/z.bin": b"a"}))
    start = data.rfind(b"PK\x01\x02")
    struct.pack_into("<LL", data, start + 20, safe.MAX_FILE, safe.MAX_PART + 1)

    with pytest.raises(Refused) as refused:
        read(bytes(data))

    assert refused.value.code == "too_large"


@pytest.mark.parametrize("place", range(0, len(GOOD), 7))
def test_one_wrong_byte_is_read_or_refused(place):
    data = bytearray(GOOD)
    data[place] ^= 0xFF

    try:
        text = read(bytes(data)).document.blocks[0].text
    except Refused as refused:
        assert refused.code in REASONS
    else:
        assert text == "Tikslai"


def test_utf_16_without_a_dtd_is_read():
    assert read(in_utf_16("")).document.blocks[0].text == "a"


def huge_table():
    """120,000 cells that are not all alike."""
    digits = hashlib.sha256(b"lentele")
    rows = []
    for _row in range(3_000):
        digits.update(b".")
        rows.append(row(*digits.hexdigest()[:40]))
    return word_file(table(*rows))


@pytest.mark.parametrize(
    ("limits", "code"),
    [({"seconds": 1}, "too_slow"), ({"megabytes": 120, "seconds": 60}, "too_hungry")],
    ids=["time", "memory"],
)
def test_a_huge_table_cannot_hold_up_its_reader(limits, code):
    data = huge_table()
    began = time.monotonic()

    with pytest.raises(Refused) as refused:
        read_kind("docx", data, **limits)

    assert refused.value.code == code
    assert time.monotonic() - began < 60


def test_the_worker_reads_what_the_reader_reads():
    body = paragraph("Ąžuolas") + table(row("a", "b"), row("c", "d"))
    data = word_file(body)

    assert read_kind("docx", data, language="en") == read(data, language="en")
