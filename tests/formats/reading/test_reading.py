"""Any document: which kind it is, read within bounds, and alike whatever it was saved as."""

import re
import shutil
import subprocess
import time
from collections import Counter

import pytest

from sutarta.formats import docx, html, odt
from sutarta.formats.reading import REASONS, SENTENCES, Refused, kind_of, read_safely
from tests.formats.docx import packages as word
from tests.formats.odt import packages as odf

ODT = odf.package(odf.p("Žodis"))
PAGE = b"\xef\xbb\xbf<!-- x -->\n<!DOCTYPE html>\n<html><body><p>Zodis</p></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.odt", ODT, "odt"),
        ("a.docx", ODT, "odt"),
        ("a", odf.flat(odf.p("x")), "odt"),
        ("a.docx", b"PK\x03\x04 cut short", "docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx"),
        ("a.docx", b"what is this", "docx"),
        ("a.docx", PAGE, "html"),
        ("a.doc", PAGE, "html"),
        ("a.HTM", b"tik tekstas", "html"),
        ("a.md", b"<p>x</p>", "markdown"),
        ("a.markdown", b"# x", "markdown"),
        ("a.html", "\ufeff<p>x".encode("utf-16-le"), "html"),
    ],
)
def test_a_kind_is_known_by_content_first_and_name_second(name, data, kind):
    assert kind_of(name, data) == kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3"),
        ("a.html", b"%PDF-1.7"),
        ("a.md", word.PNG),
        ("a.txt", b"vien tekstas"),
        ("a", b"vien tekstas"),
        ("a.odt", b"vien tekstas"),
        ("a.html", b"MIME-Version: 1.0\r\nContent-Type: multipart/related"),
        ("a.html", b"{\\rtf1 x}"),
        ("a.odt", odf.package("", mimetype="application/vnd.oasis.opendocument.spreadsheet")),
    ],
)
def test_what_is_no_document_of_ours_is_refused(name, data):
    with pytest.raises(Refused) as refused:
        read_safely(name, data)

    assert refused.value.code == "unknown_kind"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", word.word_file(word.paragraph("Žodis"))),
        ("a.odt", ODT),
        ("a.html", "<p>Žodis".encode()),
        ("a.md", "Žodis".encode()),
    ],
)
def test_every_kind_is_read_in_a_process_of_its_own(name, data):
    reading = read_safely(name, data, language="lt")

    assert [each.text for each in reading.document.blocks] == ["Žodis"]


HOSTILE = {
    "deep.html": b"<div>" * 3_000_000,
    "wide.html": b"<table><tr>" + b"<td rowspan=1000 colspan=1000>x" * 300_000,
    "links.html": b"".join(b"<a id=a%d href=#a%d>1</a>" % (n, n + 1) for n in range(150_000)),
    "quotes.md": b">" * 200_000,
    "stars.md": b"**a *b " * 300_000,
    "brackets.md": b"[" * 200_000,
    "notes.md": b"[^a" * 200_000 + b"\n\n[^a]: x",
    "spans.odt": odf.package(odf.p("<text:span>" * 250 + "x" + "</text:span>" * 250)),
    "repeats.odt": odf.package(
        '<table:table><table:table-row table:number-rows-repeated="99999999"><table:table-cell '
        f'table:number-columns-repeated="99999999">{odf.p("x")}</table:table-cell>'
        "</table:table-row></table:table>"
    ),
    "blanks.odt": odf.package(odf.p('x<text:s text:c="999999999"/>y')),
    "bomb.odt": odf.package(odf.p("x"), Pictures__a_dot_png="0" * 90_000_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_in_time(name):
    began = time.monotonic()

    try:
        reading = read_safely(name, HOSTILE[name], seconds=3)
    except Refused as refused:
        assert refused.code in REASONS
    else:
        assert all(found.code in SENTENCES for found in reading.findings)
    assert time.monotonic() - began < 12


def test_too_much_is_refused_before_it_is_opened():
    with pytest.raises(Refused) as refused:
        read_safely("a.html", b" " * (30 * 2**20 + 1))

    assert refused.value.code == "too_large"


SAMPLE = ("poi-Numbering*", "poi-*ootnote*", "WC00[1-4]*")


def words(reading, *, numbers):
    blocks = reading.document.blocks
    text = " ".join(f"{each.number if numbers else ''} {each.text}" for each in blocks)
    return Counter(re.findall(r"\w+", text))


@pytest.mark.data
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_what_libreoffice_makes_of_a_word_file_reads_like_the_word_file(shared_data, tmp_path):
    files = [path for name in SAMPLE for path in shared_data.glob(f"documents/docx_*/{name}.docx")]
    for kind in ("odt", "html"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless",
             "--convert-to", kind, "--outdir", tmp_path, *files],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    seen = lost = 0
    for path in files:
        theirs = docx.read(path.read_bytes())
        for kind, reader in (("odt", odt), ("html", html)):
            ours = reader.read((tmp_path / f"{path.stem}.{kind}").read_bytes())
            expected = words(theirs, numbers=kind == "odt")
            lost += (expected - words(ours, numbers=kind == "odt")).total()
            seen += expected.total()

    assert (len(files) > 8, seen > 600) == (True, True)
    assert lost <= seen / 100
