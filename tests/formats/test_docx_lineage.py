"""Lineage ids that go out as bookmarks and come back, whatever people do to the file in Word."""

from __future__ import annotations

import copy
import io

import docx as word
import pytest

from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify, inherit
from sutarta.formats import docx
from sutarta.formats.docx import writing
from sutarta.formats.docx.ooxml import q
from sutarta.formats.papers import pieces_of
from tests.formats.papers import paper

WORDS = [
    "Pagalba į namus teikiama kasdien.",
    "Šeimos prašo kelių laisvų valandų per savaitę.",
    "Autobusas į ligoninę važiuoja du kartus per dieną.",
]


def block(text: str, kind: Kind = Kind.PARAGRAPH, **facts) -> Block:
    return Block(kind, (Span(text),), **facts)


@pytest.fixture
def old() -> Document:
    """A title, a part, three paragraphs (the first two twice), a list and a table."""
    cells = [tuple(Cell(((Span(text),),)) for text in row) for row in (("a", "b"), ("c", "d"))]
    return identify(
        Document(
            (
                block("Ko trūksta", Kind.HEADING, level=1),
                *map(block, WORDS),
                block("Taip."),
                block("Taip."),
                block("viena", Kind.ITEM, number="•"),
                block("1 lentelė", Kind.TABLE),
                *(Block(Kind.ROW, cells=row) for row in cells),
            )
        ),
        "old",
    )


def exported(document: Document):
    return word.Document(io.BytesIO(writing.write(paper(*pieces_of(document)))))


def back(old: Document, file) -> list[str]:
    """Ids of the blocks after an import, the title and the caption left out."""
    written = io.BytesIO()
    file.save(written)
    reading = docx.read(written.getvalue())
    found = inherit(old, reading.document, "new").document
    return [block.id for block in found.blocks]


def ids(document: Document) -> list[str]:
    return [block.id for block in document.blocks]


def paragraph(file, text: str):
    return next(p for p in file.paragraphs if p.text == text)


def test_an_untouched_file_brings_every_id_back(old):
    found = back(old, exported(old))

    assert set(ids(old)) <= set(found)
    assert [id for id in found if id in set(ids(old))] == ids(old)


def test_reworded_and_moved_passages_keep_their_ids(old):
    file = exported(old)
    first = paragraph(file, WORDS[0])
    first.runs[0].text = "Pagalba į namus bus teikiama kasdien, ir naktį, ir per šventes."
    third = paragraph(file, WORDS[2])
    paragraph(file, "Ko trūksta")._p.addnext(third._p)

    found = back(old, file)

    kept = [id for id in found if id in set(ids(old))]
    assert kept[:3] == [ids(old)[0], ids(old)[3], ids(old)[1]]
    assert sorted(kept) == sorted(ids(old))


def test_the_same_words_twice_are_told_apart_by_their_bookmarks(old):
    file = exported(old)
    one, two = (p for p in file.paragraphs if p.text == "Taip.")
    one._p.addprevious(two._p)  # swapped: no words could tell

    found = [id for id in back(old, file) if id in (ids(old)[4], ids(old)[5])]

    assert found == [ids(old)[5], ids(old)[4]]


def test_a_copied_bookmark_names_one_passage_at_most(old):
    file = exported(old)
    first = paragraph(file, WORDS[0])
    copied = copy.deepcopy(first._p)
    paragraph(file, WORDS[2])._p.addnext(copied)

    found = back(old, file)

    assert found.count(ids(old)[1]) == 1
    assert len(set(found)) == len(found)


def test_a_bookmark_over_quite_other_words_is_not_believed(old):
    file = exported(old)
    paragraph(file, WORDS[0]).runs[0].text = "Biudžetas didinamas iki milijono eurų."

    assert ids(old)[1] not in back(old, file)


def test_a_bookmark_left_behind_says_nothing_of_the_next_paragraph(old):
    file = exported(old)
    gone = paragraph(file, WORDS[0])._p
    for mark in gone.findall(q("w:bookmarkStart")):
        gone.addprevious(mark)  # as Word leaves it between paragraphs
    gone.getparent().remove(gone)

    found = back(old, file)

    assert ids(old)[1] not in found
    assert ids(old)[2] in found


def test_a_stale_bookmark_yields_to_the_words(old):
    """Somebody typed the second passage's words over the first: the words say which it is."""
    file = exported(old)
    paragraph(file, WORDS[0]).runs[0].text = WORDS[1]
    second = [p for p in file.paragraphs if p.text == WORDS[1]][1]
    second._p.getparent().remove(second._p)

    found = [id for id in back(old, file) if id in set(ids(old))]

    assert ids(old)[1] not in found


@pytest.mark.parametrize("name", ["st_", "st_B1", "stx_babcdefghi", "_GoBack", "st_" + "a" * 30])
def test_bookmarks_that_are_not_ours_are_no_ids(name):
    data = writing.write(paper("Vienas.", "Du."))
    file = word.Document(io.BytesIO(data))
    mark = file.paragraphs[1]._p.makeelement(q("w:bookmarkStart"))
    mark.set(q("w:id"), "77")
    mark.set(q("w:name"), name)
    file.paragraphs[1]._p.append(mark)
    written = io.BytesIO()
    file.save(written)

    assert {block.id for block in docx.read(written.getvalue()).document.blocks} == {""}


def test_links_follow_blocks_that_brought_their_ids(old):
    first, second = old.blocks[1], old.blocks[2]
    linked = Block(Kind.PARAGRAPH, (Span("žr.", link=f"#{second.id}"),), id="blinked00")
    document = Document((first, second, linked))

    reading = docx.read(writing.write(paper(*pieces_of(document)))).document

    assert reading.blocks[-1].spans[0].link == f"#{second.id}"
    assert inherit(Document(()), reading, "x").document.blocks[-1].spans[0].link[1:] in ids(
        inherit(Document(()), reading, "x").document
    )
