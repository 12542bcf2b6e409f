"""The author's own file with tracked changes: taken they give the new text, refused the old."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import docx as word
import pytest

from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify, inherit
from sutarta.formats import docx
from sutarta.formats.docx import writing
from sutarta.formats.docx.writing import Comment, Hand
from sutarta.formats.docx.writing.parts import STRICT_NAMES
from tests.formats.docx import packages as w
from tests.formats.papers import paper
from tests.formats.settling import lines
from tests.formats.test_docx_out import found

HAND = Hand("A. B.", datetime(2026, 11, 22, 10, 30, tzinfo=UTC))


@pytest.fixture
def data() -> bytes:
    """A heading, paragraphs with bold words and a link, a note, a list and a table."""
    link = '<w:hyperlink r:id="out">' + w.text("svetainėje") + "</w:hyperlink>"
    return w.little_strategy(
        "teikiama kasdien, ir naktį.",
        w.paragraph(w.text("Skelbiama ") + link + w.text(" kasmet.")),
        links=f'<Relationship Id="out" Type="{w.OFFICE}/hyperlink" Target="https://vvg.example/" '
        'TargetMode="External"/>',
    )


def document_of(data: bytes) -> Document:
    return identify(docx.read(data).document, "t")


def changed(document: Document, at: int, **facts) -> Document:
    blocks = list(document.blocks)
    blocks[at] = replace(blocks[at], **facts)
    return replace(document, blocks=tuple(blocks))


def worded(document: Document, at: int, *words: str | Span) -> Document:
    spans = tuple(each if isinstance(each, Span) else Span(each) for each in words)
    return changed(document, at, spans=spans)


def rearranged(document: Document, *order: int | Block) -> Document:
    blocks = tuple(document.blocks[each] if isinstance(each, int) else each for each in order)
    return replace(document, blocks=blocks)


def seen(document: Document) -> list[tuple]:
    """What a reader sees of each block; ids, sources and pictures aside."""
    return [
        (b.kind, b.level, b.number, b.spans, [(c.paragraphs, c.colspan) for c in b.cells])
        for b in document.blocks
    ]


def told(document: Document) -> list[str]:
    """Every paragraph of the main part, as a reader of the bare file finds them."""
    parts: list[str] = []
    for block in document.blocks:
        if block.kind is Kind.ROW:
            parts += [text for cell in block.cells for text in cell.text.split("\n")]
        elif block.kind not in (Kind.FOOTNOTE, Kind.TABLE, Kind.FIGURE):
            parts.append("".join("" if span.note else span.text for span in block.spans))
    return [part.strip() for part in parts if part.strip()]


def tracked(data: bytes, new: Document, **facts) -> bytes:
    """The file with the changes, after both readers agree on what taking and refusing gives."""
    old = document_of(data)
    made = writing.track(data, old, new, hand=HAND, **facts)
    assert seen(docx.read(made).document) == seen(new)
    assert seen(docx.read(made, changes="reject").document) == seen(old)
    assert lines(made, accept=True) == told(new)
    assert lines(made, accept=False) == told(old)
    return made


def gone(made: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in found(made, "//w:del[w:r]")]


def came(made: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in found(made, "//w:ins[w:r]")]


def test_words_are_struck_and_put_in_and_keep_their_look(data):
    new = document_of(data)
    new = worded(new, 1, Span("Pagalba ", ("bold",)), "teikiama savaitgaliais, ir naktį.")

    made = tracked(data, new)

    assert (gone(made), came(made)) == (["kasdien"], ["savaitgaliais"])
    mark = found(made, "//w:ins")[0]
    assert mark.get(f"{{{w.NAMESPACES['w']}}}author") == "A. B."
    assert mark.get(f"{{{w.NAMESPACES['w']}}}date") == "2026-11-22T10:30:00Z"


def test_words_beside_bold_ones_look_like_those_they_replace(data):
    new = worded(
        document_of(data), 1, Span("Nauja parama ", ("bold",)), "teikiama kasdien, ir naktį."
    )

    made = tracked(data, new)

    assert len(found(made, "//w:ins/w:r/w:rPr/w:b")) == 1


def test_another_look_of_the_same_words_is_a_tracked_change_of_its_own(data):
    new = worded(document_of(data), 1, "Pagalba teikiama kasdien, ", Span("ir naktį.", ("italic",)))

    made = tracked(data, new)

    assert gone(made) == came(made) == []
    assert len(found(made, "//w:rPrChange")) == 2


def test_a_number_is_struck_as_a_whole(data):
    note = document_of(data).blocks[2].spans[-1]
    made = tracked(data, worded(document_of(data), 2, "Gyvena 12 540.", note))

    assert (gone(made), came(made)) == (["11 840"], ["12 540"])
    assert found(made, "//w:footnoteReference/@w:id") == ["2"]


def test_paragraphs_come_and_go_with_their_ends(data):
    document = document_of(data)
    fresh = Block(Kind.PARAGRAPH, (Span("Visai nauja."),), id="bnew1")
    item = Block(Kind.ITEM, (Span("trečia"),), id="bnew2", number="•")
    last = Block(Kind.HEADING, (Span("Priedas"),), id="bnew3", level=1)
    new = rearranged(document, 0, fresh, 2, 3, 4, item, *range(5, 11), last, 11)

    made = tracked(data, new)

    assert len(found(made, "//w:p/w:pPr/w:rPr/w:del")) == 1
    assert len(found(made, "//w:p/w:pPr/w:rPr/w:ins")) == 3
    brought = [block.id for block in docx.read(made).document.blocks]
    assert brought == [block.id for block in new.blocks]


def test_words_at_an_end_and_the_paragraph_behind_them_are_one_change(data):
    """As Word marks what is typed there; told otherwise LibreOffice loses an end."""
    document = document_of(data)
    new = worded(document, 10, "Pabaiga. Ir dar.")
    fresh = [Block(Kind.PARAGRAPH, (Span(text),), id=f"b{text}") for text in ("Viena.", "Kita.")]

    made = tracked(data, rearranged(new, *range(11), *fresh, 11))

    ends = found(made, "//w:p[w:pPr/w:rPr/w:ins]")
    assert ["".join(each.itertext()) for each in ends] == ["Pabaiga. Ir dar.", "Viena."]


def test_something_new_may_stand_first(data):
    document = document_of(data)
    first = Block(Kind.PARAGRAPH, (Span("Pratarmė."),), id="bnew1")
    tracked(data, rearranged(document, first, *range(12)))


def test_what_stands_elsewhere_is_marked_as_moved(data):
    document = document_of(data)
    new = rearranged(document, 0, 2, 3, 4, 5, 6, 7, 8, 9, 1, 10, 11)

    made = tracked(data, new)

    assert gone(made) == came(made) == []
    names = found(made, "//w:moveFromRangeStart/@w:name")
    assert names == found(made, "//w:moveToRangeStart/@w:name")
    assert len(set(names)) == 1
    assert len(found(made, "//w:pPr/w:rPr/w:moveFrom")) == 1
    assert len(found(made, "//w:pPr/w:rPr/w:moveTo")) == 1


def test_what_is_moved_may_be_reworded_and_takes_its_note_along(data):
    document = document_of(data)
    note = document.blocks[2].spans[-1]
    new = worded(document, 2, "Dabar gyvena 12 840.", note)
    new = rearranged(new, 0, 1, 3, 4, 5, 6, 7, 8, 9, 2, 10, 11)

    made = tracked(data, new)

    assert len(set(found(made, "//w:footnoteReference/@w:id"))) == 2


def test_rows_and_cells_change_alone(data):
    document = document_of(data)
    cells = (document.blocks[7].cells[0], Cell(((Span("1 500"),), (Span("su PVM"),))))
    row = Block(Kind.ROW, cells=tuple(Cell(((Span(t),),)) for t in ("2028", "70")), id="bnew1")
    new = rearranged(changed(document, 7, cells=cells), *range(8), row, 9, 10, 11)

    made = tracked(data, new)

    assert len(found(made, "//w:trPr/w:ins")) == 1
    assert len(found(made, "//w:trPr/w:del")) == 1


def test_columns_that_come_make_other_rows(data):
    document = document_of(data)
    new = document
    for at in (6, 7, 8):
        cells = (*document.blocks[at].cells, Cell(((Span("nauja"),),)))
        new = changed(new, at, cells=cells)

    made = tracked(data, new)

    assert len(found(made, "//w:trPr/w:ins")) == len(found(made, "//w:trPr/w:del")) == 3


def test_whole_tables_come_and_go(data):
    document = document_of(data)
    table = Block(Kind.TABLE, id="btable")
    rows = [
        Block(Kind.ROW, id=f"brow{at}", table="btable", header=at == 0,
              cells=tuple(Cell(((Span(text),),)) for text in texts))
        for at, texts in enumerate((("Kas", "Kiek"), ("kelias", "7")))
    ]  # fmt: skip
    new = rearranged(document, 0, 1, 2, 3, 4, 9, table, *rows, 10, 11)

    made = tracked(data, new)

    assert [block.header for block in docx.read(made).document.blocks[7:9]] == [True, False]


def test_words_of_notes_change_and_new_notes_come(data):
    document = document_of(data)
    fresh = Block(Kind.FOOTNOTE, (Span("Pagal 2026 m. duomenis."),), id="bnote2", label="1")
    old = replace(document.blocks[11], label="2", spans=(Span("Registrų tarnyba."),))
    spans = (Span("Pagalba", ("bold",)), Span("1", note="1"), Span(" teikiama."))
    new = changed(document, 1, spans=spans)
    new = worded(new, 2, "Gyvena 11 840.", Span("2", note="2"))
    new = rearranged(new, *range(11), fresh, old)

    made = tracked(data, new)

    assert lines(made, accept=True, part="word/footnotes.xml") == [
        "Pagal 2026 m. duomenis.", "Registrų tarnyba.",
    ]  # fmt: skip
    ids = found(made, "//w:footnoteReference/@w:id")
    assert ids == found(made, "//w:footnote/@w:id", "word/footnotes.xml") == ["1", "2"]


def test_links_stay_and_new_ones_lead_somewhere(data):
    document = document_of(data)
    link = document.blocks[9].spans[1]
    other = Span("registre", link="https://registras.example/")
    new = worded(document, 9, "Skelbiama ", link, " ir ", other, " kas pusmetį.")

    made = tracked(data, new)

    assert b"https://registras.example/" in w.unzipped(made)["word/_rels/document.xml.rels"]


def test_kind_and_level_change_as_looks(data):
    document = document_of(data)
    new = changed(document, 1, kind=Kind.HEADING, level=2)
    new = changed(new, 0, kind=Kind.PARAGRAPH, level=0)
    made = writing.track(data, document, new, hand=HAND)

    for changes, wanted in (("accept", new), ("reject", document)):
        blocks = docx.read(made, changes=changes).document.blocks
        assert [(b.kind, b.level) for b in blocks] == [(b.kind, b.level) for b in wanted.blocks]
    assert len(found(made, "//w:pPrChange")) == 2


def test_somebody_else_may_have_changed_a_passage_and_its_key_comes_back(data):
    document = document_of(data)
    new = worded(worded(document, 10, "Galas."), 0, "Ko stinga")
    other = Hand("Gyventojas, Nr. p/17", datetime(2026, 10, 1, 9, 0, tzinfo=UTC), key="p/17")

    made = tracked(data, new, hands={document.blocks[10].id: other})

    authors = found(made, "//w:ins/@w:author")
    assert sorted(set(authors)) == ["A. B.", "Gyventojas, Nr. p/17"]
    assert docx.read(made).keys == docx.read(made, changes="reject").keys == {10: ("p/17",)}


def test_one_key_may_stand_at_several_passages(data):
    document = document_of(data)
    new = worded(worded(document, 10, "Galas."), 0, "Ko stinga")
    hand = replace(HAND, key="p/3")

    made = tracked(data, new, hands={document.blocks[at].id: hand for at in (0, 7, 10)})

    assert docx.read(made).keys == {0: ("p/3",), 7: ("p/3",), 10: ("p/3",)}


@pytest.mark.parametrize("key", ["p 17", "p/", "ž/1", "p_1", "a" * 29])
def test_a_key_no_bookmark_can_carry_is_refused(data, key):
    document = document_of(data)
    with pytest.raises(ValueError, match="cannot carry"):
        writing.track(
            data, document, document, hand=HAND,
            hands={document.blocks[0].id: replace(HAND, key=key)},
        )  # fmt: skip


def test_comments_stand_at_their_passage_or_at_the_words_they_quote(data):
    document = document_of(data)
    said = Comment(("Priimta.", "Ačiū."), "Alksnių VVG", HAND.at, "A", quote="ir naktį")
    whole = Comment(("Nepriimta.",), "Alksnių VVG", HAND.at)
    comments = {document.blocks[at].id: [whole] for at in (0, 8, 11)}

    made = tracked(
        data, worded(document, 1, "Parama teikiama kasdien, ir naktį."),
        comments={document.blocks[1].id: [said, whole], **comments},
    )  # fmt: skip

    read = docx.read(made).comments
    assert sorted((each.block, each.quote) for each in read) == [
        (0, "Ko trūksta"), (1, "Parama teikiama kasdien, ir naktį."), (1, "ir naktį"),
        (2, "Gyvena 11 840."), (8, "2027"),
    ]  # fmt: skip


def test_another_program_finds_the_comments():
    data = writing.write(paper("Vienas.", "Du."))
    document = document_of(data)
    said = Comment(("Priimta.",), "Alksnių VVG", HAND.at, "A")

    made = tracked(data, document, comments={document.blocks[1].id: [said]})

    comments = word.Document(io.BytesIO(made)).comments
    assert [(each.author, each.initials, each.text) for each in comments] == [
        ("Alksnių VVG", "A", "Priimta.")
    ]


def test_a_passage_taken_out_can_be_commented_on(data):
    document = document_of(data)
    said = Comment(("Išbraukta.",), "Alksnių VVG", HAND.at)

    made = tracked(
        data, rearranged(document, *range(10), 11), comments={document.blocks[10].id: [said]}
    )

    assert [each.text for each in docx.read(made).comments] == ["Išbraukta."]


def test_changes_tracked_before_are_settled_so_that_only_ours_are_left():
    mark = 'w:id="9" w:author="C. D." w:date="2026-01-01T00:00:00Z"'
    old_words = f"<w:del {mark}><w:r><w:delText>senas </w:delText></w:r></w:del>"
    new_words = f"<w:ins {mark}>{w.text('naujas ')}</w:ins>"
    data = w.word_file(
        w.paragraph(w.text("Tai ") + old_words + new_words + w.text("tekstas."))
        + w.paragraph("Du.")
    )
    for changes, said in (("accept", "Tai naujas tekstas."), ("reject", "Tai senas tekstas.")):
        old = identify(docx.read(data, changes=changes).document, "t")
        made = writing.track(data, old, worded(old, 1, "Trys."), hand=HAND)

        assert lines(made, accept=True) == [said, "Trys."]
        assert lines(made, accept=False) == [said, "Du."]
        assert set(found(made, "//w:ins/@w:author | //w:del/@w:author")) == {"A. B."}


def test_other_parts_stay_as_they_are_and_marks_have_ids_of_their_own(data):
    document = document_of(data)
    made = tracked(data, rearranged(worded(document, 1, "Kita."), 1, 0, 2, *range(4, 12)))

    before, after = w.unzipped(data), w.unzipped(made)
    for name in set(before) - {"word/document.xml", "word/footnotes.xml"}:
        assert before[name] == after[name]
    path = "//w:ins | //w:del | //w:moveFrom | //w:moveTo | //w:bookmarkStart"
    ids = [each.get(f"{{{w.NAMESPACES['w']}}}id") for each in found(made, path)]
    assert len(ids) == len(set(ids))


def test_what_the_text_does_not_have_is_left_alone(data):
    document = document_of(data)
    known = rearranged(document, *range(1, 12))

    made = writing.track(data, known, worded(known, 9, "Galas."), hand=HAND)

    assert lines(made, accept=True)[0] == "Ko trūksta"


def strict(data: bytes) -> bytes:
    """The same file in the names of the strict standard."""
    parts = w.unzipped(data)
    for uri, name in STRICT_NAMES.items():
        parts = {key: part.replace(uri.encode(), name.encode()) for key, part in parts.items()}
    return w.zipped(parts)


def test_names_of_the_strict_standard_stay_strict(data):
    document = document_of(data)
    new = worded(document, 0, "Ko stinga", Span("svetainėje", link="https://kita.example/"))
    said = Comment(("Gerai.",), "A. B.", HAND.at)

    made = tracked(strict(data), new, comments={document.blocks[1].id: [said]})

    for name, part in w.unzipped(made).items():
        if name.startswith("word/"):
            assert not any(uri.encode() in part for uri in STRICT_NAMES), name
    assert "word/comments.xml" in w.unzipped(made)


@pytest.mark.data
def test_files_others_wrote_become_each_other(shared_data):
    """Files that were written as pairs for comparing, each made into its neighbour."""
    folder = sorted((shared_data / "documents/docx_compare").glob("*.docx"))
    pairs = [pair for pair in pairwise(folder) if pair[0].name[:5] == pair[1].name[:5]]
    exact = 0
    for one, two in pairs:
        try:
            old = document_of(one.read_bytes())
            new = inherit(old, docx.read(two.read_bytes()).document, "n").document
        except docx.Refused:
            continue
        made = writing.track(one.read_bytes(), old, new, hand=HAND)
        taken, refused = docx.read(made).document, docx.read(made, changes="reject").document
        assert texts(refused) == texts(old), one.name
        exact += texts(taken) == texts(new)

    assert exact >= len(pairs) - 6


def texts(document: Document) -> list[str]:
    """Words without labels of notes, which are counted anew."""
    said = []
    for block in document.blocks:
        paragraphs = [p for cell in block.cells for p in cell.paragraphs] or [block.spans]
        if block.kind is not Kind.FIGURE:
            said.append("|".join(
                "".join("*" if span.note else span.text for span in spans) for spans in paragraphs
            ))  # fmt: skip
    return said
