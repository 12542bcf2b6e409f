"""The author's own file with other words: what was not touched stays as it was."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify
from sutarta.formats import docx
from sutarta.formats.docx import writing
from tests.formats.docx import packages as w
from tests.formats.test_docx_out import found


@pytest.fixture
def data() -> bytes:
    """A heading, paragraphs with bold words, a note, a list and a table."""
    return w.little_strategy("teikiama kasdien.")


def document_of(data: bytes) -> Document:
    return identify(docx.read(data).document, "t")


def texts(data: bytes) -> list[str]:
    return [block.text for block in docx.read(data).document.blocks]


def told(data: bytes) -> list[tuple[str, Kind, str]]:
    return [(b.id, b.kind, b.text) for b in docx.read(data).document.blocks]


def ids(document: Document) -> list[str]:
    return [block.id for block in document.blocks]


def changed(document: Document, at: int, **facts) -> Document:
    blocks = list(document.blocks)
    blocks[at] = replace(blocks[at], **facts)
    return replace(document, blocks=tuple(blocks))


def without(document: Document, *places: int) -> Document:
    kept = (block for at, block in enumerate(document.blocks) if at not in places)
    return replace(document, blocks=tuple(kept))


def test_nothing_but_bookmarks_is_put_into_an_unchanged_file(data):
    document = document_of(data)

    made = writing.patch(data, document)

    assert told(made) == [(b.id, b.kind, b.text) for b in document.blocks]
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, made))
    assert before.namelist() == after.namelist()
    touched = {"word/document.xml", "word/footnotes.xml"}
    for name in set(before.namelist()) - touched:
        assert before.read(name) == after.read(name)
    assert len(found(made, "//w:bookmarkStart")) == len(document.blocks) - 1


def test_an_export_of_an_export_has_each_bookmark_once(data):
    document = document_of(data)

    twice = writing.patch(writing.patch(data, document), document)

    assert told(twice) == [(b.id, b.kind, b.text) for b in document.blocks]
    names = found(twice, "//w:bookmarkStart/@w:name")
    assert len(names) == len(set(names)) == len(document.blocks) - 1


def test_new_words_look_as_spans_say_and_notes_stay(data):
    document = document_of(data)
    words = (Span("Pagalba teikiama ir "), Span("naktį", ("bold",)), Span("."))
    document = changed(document, 1, spans=words)
    note = document.blocks[2].spans[-1]
    document = changed(document, 2, spans=(Span("Gyvena 12 000"), note, Span(" žmonių.")))

    made = writing.patch(data, document)

    read = docx.read(made).document.blocks
    assert read[1].spans == words
    assert read[2].text == "Gyvena 12 0001 žmonių."
    assert read[-1].text == "Registrų centras."
    assert [block.id for block in read] == ids(document)


def test_a_cell_changes_alone(data):
    document = document_of(data)
    row = document.blocks[7]
    assert row.text == "2026\t1 200"
    cells = (row.cells[0], Cell(((Span("1 500"),), (Span("su PVM"),))))

    made = writing.patch(data, changed(document, 7, cells=cells))

    assert texts(made)[6:9] == ["Metai\tEurai", "2026\t1 500\nsu PVM", "2027\t50"]


def test_what_is_gone_is_taken_out(data):
    document = document_of(data)
    at = [block.text for block in document.blocks]

    made = writing.patch(data, without(document, at.index("antra"), at.index("2027\t50")))

    assert texts(made) == [text for text in at if text not in ("antra", "2027\t50")]


def test_a_table_without_rows_is_taken_out(data):
    document = document_of(data)
    rows = [at for at, b in enumerate(document.blocks) if b.kind in (Kind.ROW, Kind.TABLE)]

    made = writing.patch(data, without(document, *rows))

    assert found(made, "//w:tbl") == []
    assert texts(made)[-2:] == ["Pabaiga.", "Registrų centras."]


def test_what_is_new_stands_behind_what_stood_before_it(data):
    document = document_of(data)
    blocks = list(document.blocks)
    item = Block(Kind.ITEM, (Span("trečia"),), id="bnew1", number="•")
    row = Block(Kind.ROW, cells=tuple(Cell(((Span(t),),)) for t in ("2028", "70")), id="bnew2")
    last = Block(Kind.PARAGRAPH, (Span("Po lentelės."),), id="bnew3")
    at = next(i for i, b in enumerate(blocks) if b.text == "2027\t50")
    blocks[at + 1 : at + 1] = [row, last]
    blocks.insert(5, item)

    made = docx.read(writing.patch(data, replace(document, blocks=tuple(blocks)))).document

    assert [b.text for b in made.blocks] == [b.text for b in blocks]
    assert [b.id for b in made.blocks] == [b.id for b in blocks]
    assert made.blocks[5].number == "•"


def test_what_was_moved_is_moved(data):
    document = document_of(data)
    blocks = list(document.blocks)
    blocks.insert(1, blocks.pop(4))

    made = docx.read(writing.patch(data, replace(document, blocks=tuple(blocks)))).document

    assert [b.text for b in made.blocks] == [b.text for b in blocks]


def test_bookmarks_of_others_stay():
    theirs = '<w:bookmarkStart w:id="40" w:name="_Toc1"/><w:bookmarkEnd w:id="40"/>'
    data = w.word_file(w.paragraph(theirs + w.text("Pirma.")) + w.paragraph("Antra."))
    document = changed(document_of(data), 0, spans=(Span("Kita."),))

    made = writing.patch(data, document)

    assert "_Toc1" in found(made, "//w:bookmarkStart/@w:name")
    numbers = found(made, "//w:bookmarkStart/@w:id")
    assert sorted(numbers) == ["40", "41", "42"]


@pytest.mark.parametrize(
    "first",
    [
        f"<w:sdt><w:sdtPr/><w:sdtContent>{w.cell('Kelias')}</w:sdtContent></w:sdt>",
        w.cell("Kelias", '<w:hMerge w:val="restart"/>') + w.cell("", "<w:hMerge/>"),
    ],
    ids=["in a content control", "over another one"],
)
def test_a_cell_is_told_from_one_in_a_frame_or_over_another(first):
    row = f"<w:tr>{first}{w.cell('5 km')}</w:tr>"
    data = w.word_file(w.table(row) + w.paragraph("Po."))
    document = document_of(data)
    old = document.blocks[1]
    cells = (old.cells[0], replace(old.cells[1], paragraphs=((Span("7 km"),),)))
    document = changed(document, 1, cells=cells)

    made = docx.read(writing.patch(data, document)).document.blocks[1]

    assert [cell.text for cell in made.cells] == ["Kelias", "7 km"]


@pytest.mark.data
def test_documents_others_wrote_keep_their_words_and_bring_ids_back(shared_data):
    brought = blocks = 0
    for path in sorted(shared_data.glob("documents/docx_*/*.docx"))[::3]:
        data = path.read_bytes()
        try:
            document = document_of(data)
            made = writing.patch(data, document)
        except (docx.Refused, writing.NotPatched):
            continue
        read = docx.read(made).document
        assert [b.text for b in read.blocks] == [b.text for b in document.blocks], path.stem
        blocks += len(read.blocks)
        brought += len({b.id for b in read.blocks} & {b.id for b in document.blocks})

    assert blocks > 1_500
    assert brought / blocks > 0.99
