"""Documents written as Word files of our own: whatever was read once is read again the same."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

import pytest

from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify
from sutarta.formats import docx
from sutarta.formats.docx import writing
from sutarta.formats.papers import notes_of, pieces_of
from tests.formats.papers import paper

from .packages import PNG, paragraph, text, unzipped, word_file, zipped

HAND = writing.Hand("A. B.", datetime(2026, 11, 22, 10, 30, tzinfo=UTC))


def written(document, pictures=()):
    pieces = pieces_of(document, keep_levels=True)
    facts = {"notes": notes_of(document), "pictures": dict(pictures)}
    return writing.write(paper(*pieces, title="T", bare=True, **facts))


def seen(document):
    """Each block as a reader sees it: links inside lead to a place, blanks look like nothing."""
    places = {f"#{at}": f"#{at}" for at, _block in enumerate(document.blocks)}
    places |= {f"#{block.id}": f"#{at}" for at, block in enumerate(document.blocks) if block.id}

    def plain(spans):
        told = (
            (span.text, () if span.text.isspace() else span.marks,
             places.get(span.link, span.link), span.note)
            for span in spans
        )  # fmt: skip
        return [("".join(part[0] for part in run), *look)
                for look, run in groupby(told, key=lambda each: each[1:])]  # fmt: skip

    return [
        replace(block, id="", source=None, table="", spans=plain(block.spans), cells=[
            replace(cell, paragraphs=[plain(each) for each in cell.paragraphs])
            for cell in block.cells
        ])
        for block in document.blocks
    ]  # fmt: skip


@pytest.mark.data
def test_every_file_others_wrote_is_read_again_as_it_was(readings):
    tried = 0
    for path, reading in readings.items():
        if isinstance(reading, str):
            continue
        document = identify(reading.document, "t")
        assert seen(docx.read(written(document, reading.pictures)).document) == seen(document), path
        tried += 1

    assert tried > 200


@pytest.fixture
def pictureless():
    blocks = (
        Block(Kind.PARAGRAPH, (Span("Žr. "), Span("schemą", link="#fig1"), Span("."))),
        Block(Kind.FIGURE, alt="Kas ką [gauna]", id="fig1"),
        Block(Kind.PARAGRAPH, (Span("[Ne paveikslas]"),)),
        Block(Kind.FIGURE),
    )
    return identify(Document(blocks, title="T"), "t")


def test_a_picture_nobody_has_keeps_its_place_and_its_description(pictureless):
    reading = docx.read(written(pictureless))

    assert seen(reading.document) == seen(pictureless)
    assert [b.id for b in reading.document.blocks] == [b.id for b in pictureless.blocks]
    told = [each for each in reading.findings if each.code == "picture.unreadable"]
    assert [(each.block, each.detail.get("alt", "")) for each in told] == [
        (1, "Kas ką [gauna]"),
        (3, ""),
    ]


def test_what_is_written_into_its_place_is_read(pictureless):
    data = written(pictureless)
    parts = unzipped(data)
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace("[Kas ką [gauna]]", "Schemos nebėra.").encode()

    block = docx.read(zipped(parts)).document.blocks[1]

    assert (block.kind, block.text) == (Kind.PARAGRAPH, "Schemos nebėra.")


def test_a_described_picture_goes_and_makes_room_for_a_picture(pictureless):
    old = docx.read(written(pictureless)).document
    digest, figure = hashlib.sha256(PNG).hexdigest(), old.blocks[3]
    kept = [block for block in old.blocks if block.id != old.blocks[1].id]
    blocks = tuple(replace(b, image=digest) if b.id == figure.id else b for b in kept)

    made = writing.track(
        written(pictureless), old, replace(old, blocks=blocks), hand=HAND, pictures={digest: PNG}
    )

    taken, refused = (docx.read(made, changes=each).document for each in ("accept", "reject"))
    assert [(b.kind, b.image, b.alt) for b in taken.blocks] == [
        (Kind.PARAGRAPH, "", ""), (Kind.PARAGRAPH, "", ""), (Kind.FIGURE, digest, ""),
    ]  # fmt: skip
    assert [(b.kind, b.text, b.alt) for b in refused.blocks] == [
        (b.kind, b.text, b.alt) for b in old.blocks
    ]


def test_links_lead_to_tables_and_their_rows():
    row = Block(Kind.ROW, cells=(Cell(((Span("a"),),)),), id="row1", table="tab1")
    linked = (Span("lentelė", link="#tab1"), Span(" "), Span("eilutė", link="#row1"))
    blocks = (Block(Kind.PARAGRAPH, linked), Block(Kind.TABLE, id="tab1"), row)
    document = identify(Document(blocks, title="T"), "t")

    assert seen(docx.read(written(document)).document) == seen(document)


def test_a_row_that_ends_before_the_others_stays_short():
    cells = [Cell(((Span(each),),)) for each in "abc"]
    rows = [Block(Kind.ROW, cells=tuple(cells[:count])) for count in (3, 1, 2)]
    document = identify(Document((Block(Kind.TABLE), *rows), title="T"), "t")

    assert seen(docx.read(written(document)).document) == seen(document)


@pytest.mark.parametrize("way", ["patch", "track"])
def test_a_reference_to_no_note_does_not_stay(way):
    dead = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    data = word_file(paragraph(text("Vienas") + dead) + paragraph("Du."))
    old = identify(docx.read(data).document, "t")
    new = replace(
        old, blocks=(replace(old.blocks[0], spans=(Span("Vienas kitas"),)), old.blocks[1])
    )

    made = writing.patch(data, new) if way == "patch" else writing.track(data, old, new, hand=HAND)

    assert b"footnoteReference" not in unzipped(made)["word/document.xml"]
    assert seen(docx.read(made).document) == seen(new)
