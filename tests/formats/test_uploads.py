"""What strangers hand over comes out clean, or not at all."""

from __future__ import annotations

import io

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image

from sutarta.formats import uploads
from sutarta.formats.uploads import cleaning, pictures
from tests import files

OOXML = "application/vnd.openxmlformats-officedocument"
WORD = files.word()
BASIC = {"Basic/script.xml": b"<x/>"}
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)


def cleaned(data: bytes) -> bytes:
    return cleaning.clean(data)[1]


def linked(kind: str, target: str) -> bytes:
    """A Word file whose text points elsewhere."""
    rels = files.unzipped(WORD)["word/_rels/document.xml.rels"].decode()
    link = (
        f'<Relationship Id="rIdX" TargetMode="External" Target="{target}" Type="http://schemas.'
        f'openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    changed = rels.replace("</Relationships>", link).encode()
    return files.changed(WORD, **{"word___rels__document.xml.rels": changed})


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (files.jpeg(), "image/jpeg"),
        (files.png(), "image/png"),
        (files.webp(), "image/webp"),
        (files.pdf(), "application/pdf"),
        (WORD, f"{OOXML}.wordprocessingml.document"),
        (files.sheet(), f"{OOXML}.spreadsheetml.sheet"),
        (files.odt(), "application/vnd.oasis.opendocument.text"),
    ],
    ids=["jpeg", "png", "webp", "pdf", "docx", "xlsx", "odt"],
)
def test_a_file_is_known_by_its_content_and_names_nobody(data, media_type):
    found, clean = cleaning.clean(data)

    assert found == media_type
    assert not _names_somebody(clean)
    assert _names_somebody(data), "the test proves nothing when there was no name"


def _names_somebody(data: bytes) -> bool:
    words = [*files.OWNER.split(), *files.OWNER.encode("utf-16-be").decode("latin-1").split()]
    told = [data]
    if data.startswith(b"PK"):
        told = list(files.unzipped(data).values())
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as opened:
            told = [repr(item).encode() for item in opened.objects]
            told += [item.read_bytes() for item in opened.objects
                     if isinstance(item, pikepdf.Stream)]  # fmt: skip
            told.append(repr(opened.trailer).encode())
    return any(words[0].encode() in one or words[1].encode() in one for one in told)


def test_what_was_cleaned_opens_and_reads_the_same():
    word = docx.Document(io.BytesIO(cleaned(WORD)))
    sheet = openpyxl.load_workbook(io.BytesIO(cleaned(files.sheet())))

    assert word.paragraphs[0].text == "Suoliukai prie poliklinikos."
    assert len(word.inline_shapes) == 1
    assert sheet.active["A1"].value == "Suoliukai"
    assert sheet.active["A1"].comment.text.strip() == "Trys"


def test_cleaning_twice_changes_nothing_more():
    for data in (files.pdf(), WORD, files.odt(), files.png()):
        once = cleaned(data)
        assert cleaned(once) == once


def test_a_picture_stands_upright():
    picture = Image.open(io.BytesIO(cleaned(files.jpeg((60, 40), turned=True))))

    assert picture.size == (40, 60)
    assert dict(picture.getexif()) == {}
    assert picture.getpixel((20, 5))[0] < 40
    assert picture.getpixel((20, 55))[0] > 200


def test_a_transparent_picture_stays_transparent():
    assert Image.open(io.BytesIO(cleaned(files.png()))).getpixel((0, 0)) == (0, 90, 60, 128)


def test_a_photograph_inside_a_file_loses_its_notes_and_nothing_else():
    before, after = files.jpeg(), pictures.without_notes(files.jpeg())

    assert b"Exif" not in after
    assert files.OWNER.encode() not in after
    drawn = [Image.open(io.BytesIO(one)).tobytes() for one in (before, after)]
    assert drawn[0] == drawn[1]


def test_a_pdf_does_nothing_and_holds_nothing():
    with pikepdf.open(io.BytesIO(cleaned(files.pdf(pages=3)))) as pdf:
        annotations = pdf.pages[0].obj.Annots
        assert len(pdf.pages) == 3
        assert not {"/OpenAction", "/Metadata", "/AF"} & set(pdf.Root.keys())
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        assert "/Info" not in pdf.trailer
        assert len(annotations) == 2
        assert list(annotations[1].A.keys()) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"Labas", "unknown"),
        (b"<html><script>alert(1)</script></html>", "unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
        (b"GIF89a" + bytes(20), "unknown"),
        (b"MZ" + bytes(100), "unknown"),
        (files.zipped({"a.txt": b"x"}), "unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        (b"\0\0\0\x18ftypheic" + bytes(30), "heic"),
        (bytes(10 * 2**20 + 1), "too_large"),
        (files.pdf(password="x"), "encrypted"),
        (b"%PDF-1.7\n" + bytes(200), "broken"),
        (files.jpeg()[:300], "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "broken"),
        (b"PK\x03\x04" + bytes(40), "broken"),
        (files.changed(WORD, word__vbaProject_dot_bin=b"x"), "macros"),
        (files.changed(WORD, word__embeddings__oleObject1_dot_bin=b"x"), "embedded"),
        (files.changed(WORD, word__activeX__a_dot_xml=b"<x/>"), "embedded"),
        (files.changed(WORD, xl__externalLinks__a_dot_xml=b"<x/>"), "external"),
        (
            files.changed(WORD, word__a_dot_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            "broken",
        ),
        (files.changed(WORD, word__a_dot_xml=b"<a>"), "broken"),
        (linked("image", "http://elsewhere.test/x.png"), "external"),
        (linked("oleObject", "file:///x.xls"), "embedded"),
        (files.zipped({**files.unzipped(WORD), "big.bin": bytes(60 * 2**20)}), "bomb"),
        (files.odt(**{"Basic/script.xml": b"<x/>"}), "macros"),
        (files.odt('<draw:image xlink:href="http://elsewhere.test/x.png"/>'), "external"),
        (files.odt("<office:script/>"), "macros"),
    ],
)  # fmt: skip
def test_what_is_not_taken(data, code):
    with pytest.raises(uploads.Refused) as refused:
        cleaning.clean(data)

    assert refused.value.code == code


def test_every_refusal_has_its_sentence():
    assert all(sentence.endswith(".") for sentence in uploads.REASONS.values())


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("hyperlink", "https://alksniai.example/", "https://alksniai.example/"),
        ("hyperlink", "file:///C:/Users/Vardas/x.docx", "about:blank"),
        ("attachedTemplate", "file:///C:/Users/Vardas/x.dotm", ""),
    ],
)
def test_links_for_readers_stay_and_paths_of_machines_go(kind, before, after):
    rels = files.unzipped(cleaned(linked(kind, before)))["word/_rels/document.xml.rels"].decode()

    assert (after in rels, "Users" in rels) == (True, False)


def test_links_of_readers_stay_in_libreoffice_files():
    content = files.unzipped(
        cleaned(files.odt('<text:a xlink:href="https://a.example">x</text:a>'))
    )

    assert b"https://a.example" in content["content.xml"]
    assert next(iter(content)) == "mimetype"
    assert not [name for name in content if name.startswith("Thumbnails")]


def test_a_file_is_cleaned_in_a_process_of_its_own():
    brought = files.pdf()

    clean = uploads.clean_safely(brought)

    assert (clean.media_type, clean.suffix) == ("application/pdf", ".pdf")
    assert clean.data == cleaned(brought)


@pytest.mark.parametrize(
    ("limits", "code"), [({"seconds": 0.01}, "too_slow"), ({"megabytes": 60}, "too_hungry")]
)
def test_a_greedy_file_is_let_go(limits, code):
    with pytest.raises(uploads.Refused) as refused:
        uploads.clean_safely(files.png((4000, 4000)), **limits)

    assert refused.value.code == code


def test_a_picture_of_too_many_points_is_not_drawn():
    with pytest.raises(uploads.Refused) as refused:
        cleaning.clean(files.png((7100, 7100)))

    assert refused.value.code == "too_many_pixels"


@pytest.mark.parametrize(
    ("name", "tidied"),
    [
        ("planas.pdf", "planas.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\planas.PDF", "planas.pdf"),
        ("pla\u202enas\x00.exe", "planas.pdf"),
        ("Ąžuolų g. 5.png", "Ąžuolų g. 5.pdf"),
        ("a" * 300, "a" * 80 + ".pdf"),
        ('"<b>".pdf', "b.pdf"),
        ("", "priedas.pdf"),
        (".htaccess", "priedas.pdf"),
    ],
)
def test_names_are_made_harmless(name, tidied):
    assert uploads.tidy_name(name, ".pdf") == tidied
