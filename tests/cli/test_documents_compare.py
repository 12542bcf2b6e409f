"""`sutarta documents compare`: for people, Word, print, the web and programs."""

from __future__ import annotations

import io
import json
import re

import docx as word
import pikepdf
import pytest

from sutarta.formats import docx, markdown
from tests.cli.conftest import sutarta
from tests.formats.papers import words

OLD = """# Alksnių strategija

Parke trūksta **apšvietimo**.

Namai dirba nuo 10 iki 14 val., skirta 213 999,99 Eur.

Vaikų dienos centras kviečia vaikus po pamokų žaisti kieme.

| Veikla | Suma |
|---|---|
| Takas | 12 000,00 |

Kasmet skelbiame ataskaitą.
"""
NEW = """# Alksnių strategija

Vaikų dienos centras kviečia vaikus po pamokų žaisti kieme.

Parke trūksta apšvietimo ir suoliukų.

Namai dirba nuo 12 iki 18 val., skirta 250 000,00 Eur.

| Veikla | Metai | Suma |
|---|---|---|
| Takas | 2027 | 12 000,00 |

**Kasmet skelbiame ataskaitą.**
"""


@pytest.fixture
def old(tmp_path):
    file = tmp_path / "senas.md"
    file.write_text(OLD)
    return file


@pytest.fixture
def new(tmp_path):
    file = tmp_path / "naujas.md"
    file.write_text(NEW)
    return file


def said(document):
    cells = [[cell.text for cell in block.cells] or [block.text] for block in document.blocks]
    return [text for row in cells for text in row if text]


def test_people_read_counts_and_every_change(old, new):
    done = sutarta("documents", "compare", old, new)

    assert (done.returncode, done.stderr) == (0, "")
    assert "     1 iš jų tik skaičiai\n" in done.stdout
    assert "nuo [-10-]{+12+} iki [-14-]{+18+} val., skirta [-213 999,99-]{+250 000,00+} Eur." in (
        done.stdout
    )
    assert "Takas{+ | 2027+} | 12 000,00" in done.stdout
    assert "perkelta iš 1.3" in done.stdout


def test_the_words_around_are_in_the_language_asked_for(old, new):
    done = sutarta("documents", "compare", old, new, "--language", "en")

    assert "Only numbers differ" in done.stdout


def test_the_same_text_twice_has_no_changes(old, tmp_path):
    other = tmp_path / "kitas.md"
    other.write_text(OLD)

    done = sutarta("documents", "compare", old, other)

    assert done.stdout == "     8 nepakeista\n"


def test_programs_get_every_passage_with_its_redline(old, new):
    found = json.loads(sutarta("documents", "compare", old, new, "--json").stdout)

    assert found["schema"] == "sutarta.comparison/1"
    assert found["counts"]["numbers"] == 1
    texts = {"gone": [], "new": []}
    for passage in found["passages"]:
        for side in texts:
            other = {"gone": "new", "new": "gone"}[side]
            words = "".join(text for op, text in passage["words"] if op != other)
            places = passage["old" if side == "gone" else "new"]
            texts[side] += [(place["at"], words) for place in places]
    blocks = [markdown.read(text.encode()).document.blocks for text in (OLD, NEW)]
    assert [[text for _at, text in sorted(texts[side])] for side in ("gone", "new")] == [
        [block.text for block in side] for side in blocks
    ]


def test_the_page_needs_nothing_else_and_tells_changes_in_words_too(old, new, tmp_path):
    out = tmp_path / "out.html"

    done = sutarta("documents", "compare", old, new, "--html", out)

    page = out.read_text()
    assert done.returncode == 0
    assert not re.findall(r'(?:src|href)="(?!#)', page)
    assert "<script" not in page
    assert '<html lang="lt">' in page
    assert '<del><span class="unseen">[išbraukta: </span>213 999,99' in page
    assert '<ins><span class="unseen">[įrašyta: </span>250 000,00' in page
    assert "Pakeisti tik skaičiai" in page
    anchors = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors
    assert len(anchors) == len(re.findall(r' id="', page))


def test_nothing_of_a_document_steers_the_page(tmp_path):
    old, new = tmp_path / "<b>.md", tmp_path / "new.md"
    old.write_text("Vienas.\n")
    new.write_text('`<script>alert("1")</script>` & <i onclick="x">du</i> {number}\n')
    out = tmp_path / "out.html"

    sutarta("documents", "compare", old, new, "--html", out)

    page = out.read_text()
    assert "<script" not in page
    assert "<i onclick" not in page
    assert "<title>Comparative version: &lt;b&gt;.md → new.md</title>" in page


@pytest.mark.parametrize("kind", ["md", "docx"])
def test_word_gives_either_version_back(old, new, tmp_path, kind):
    if kind == "docx":
        for file in (old, new):
            file = file.with_suffix(".docx")
            _word(file, file.with_suffix(".md").read_text())
        old, new = old.with_suffix(".docx"), new.with_suffix(".docx")
    out = tmp_path / "out.docx"

    done = sutarta("documents", "compare", old, new, "--docx", out, "--author", "VVG „Alksniai“")

    assert (done.returncode, done.stderr) == (0, "")
    data = out.read_bytes()
    texts = [said(read(file)) for file in (old, new)]
    assert [said(docx.read(data, changes=way).document) for way in ("reject", "accept")] == texts
    assert {change.author for change in docx.read(data).revisions} == {"VVG „Alksniai“"}


def read(file):
    reader = docx if file.suffix == ".docx" else markdown
    return reader.read(file.read_bytes()).document


def _word(file, text):
    """The same text as somebody's own Word file."""
    made = word.Document()
    for block in markdown.read(text.encode()).document.blocks:
        if block.kind == "row":
            table = (
                made.tables[-1] if block.header is False else made.add_table(0, len(block.cells))
            )
            for cell, found in zip(table.add_row().cells, block.cells, strict=True):
                cell.text = found.text
        elif block.kind == "heading":
            made.add_heading(block.text, 1)
        elif block.kind != "table":
            made.add_paragraph(block.text)
    made.save(file)


def test_the_pdf_is_tagged_and_tells_changes_by_lines_as_well_as_colours(old, new, tmp_path):
    out = tmp_path / "out.pdf"

    sutarta("documents", "compare", old, new, "--pdf", out)

    with pikepdf.open(io.BytesIO(out.read_bytes())) as found:
        assert found.Root.MarkInfo.Marked
        assert str(found.Root.Lang) == "lt"
        assert str(found.docinfo.Title) == "Lyginamasis variantas: senas.md → naujas.md"
        assert found.Root.ViewerPreferences.DisplayDocTitle
        lines = set(_lines(found.Root.StructTreeRoot))
    assert {"/LineThrough", "/Underline"} <= lines
    assert "perkelta iš 1.3" in words(out.read_bytes())


def _lines(element):
    """How the tags say that words are struck or underlined."""
    for each in element.get("/A", ()) if isinstance(element.get("/A"), pikepdf.Array) else ():
        yield str(each.get("/TextDecorationType", ""))
    below = element.get("/K")
    for each in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(each, pikepdf.Dictionary):
            yield from _lines(each)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("nera.docx", None, "cannot be read"),
        ("tuscias.docx", b"", "tuscias.docx: "),
        ("netikras.docx", b"PK\x03\x04 broken", "netikras.docx: "),
    ],
)
def test_a_bad_file_ends_with_one_line(old, tmp_path, name, data, sentence):
    if data is not None:
        (tmp_path / name).write_bytes(data)

    done = sutarta("documents", "compare", old, tmp_path / name)

    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_place_that_cannot_be_written_ends_with_one_line(old, new, tmp_path):
    done = sutarta("documents", "compare", old, new, "--html", tmp_path / "no" / "out.html")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_neither_document_is_written_over(old, new):
    done = sutarta("documents", "compare", old, new, "--html", old)

    assert done.returncode == 2
    assert "name another file" in done.stderr
    assert old.read_text() == OLD
