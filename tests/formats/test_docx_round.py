"""Documents made up by chance: out as Word files and in again, and changed with tracking."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify
from sutarta.formats import docx
from sutarta.formats.docx import writing
from sutarta.formats.papers import notes_of, pieces_of
from tests.formats.papers import paper
from tests.formats.settling import lines
from tests.formats.test_docx_tracking import seen, told

HAND = writing.Hand("A. B.", datetime(2026, 11, 22, 10, 30, tzinfo=UTC))
TRIES = settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
WORDS = st.sampled_from(
    ["kelias", "kelio", "žmonės", "1 200", "12,5 %", "2026–2029 m.", "(ne)", "„taip“", "bus;"]
)
MARKS = st.sampled_from([(), (), (), ("bold",), ("italic",), ("bold", "italic"), ("underline",)])
LINKS = st.sampled_from(["", "", "", "", "https://vvg.example/a?b=1&c=2"])


@st.composite
def spans(draw, most: int = 3) -> tuple[Span, ...]:
    """Words as a reader gives them: no blanks at the ends, neighbours that differ."""
    made: list[Span] = []
    for _part in range(draw(st.integers(1, most))):
        words = " ".join(draw(st.lists(WORDS, min_size=1, max_size=5)))
        marks, link = draw(MARKS), draw(LINKS)
        one = Span(words if not made else f" {words}", () if link else marks, link)
        if not made or (made[-1].marks, made[-1].link) != (one.marks, one.link):
            made.append(one)
    return tuple(made)


@st.composite
def texts(draw) -> Block:
    kind = draw(st.sampled_from([Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM]))
    said = draw(spans())
    if kind is Kind.HEADING:
        plain = (Span("".join(span.text for span in said)),)
        number = draw(st.sampled_from(["", "1.", "2.1."]))
        return Block(kind, plain, level=draw(st.integers(1, 4)), number=number)
    if kind is Kind.ITEM:
        number = draw(st.sampled_from(["•", "a)", "3."]))
        return Block(kind, said, level=draw(st.integers(0, 2)), number=number)
    return Block(kind, said)


@st.composite
def tables(draw) -> list[Block]:
    columns = draw(st.integers(1, 3))
    rows = [Block(Kind.TABLE)]
    for at in range(draw(st.integers(1, 3))):
        cells = tuple(
            Cell(tuple(draw(st.lists(spans(1), min_size=0 if column else 1, max_size=2))),
                 header=at == 0)
            for column in range(columns)
        )  # fmt: skip
        rows.append(Block(Kind.ROW, cells=cells, header=at == 0))
    return rows


@st.composite
def documents(draw) -> Document:
    blocks: list[Block] = []
    for _part in range(draw(st.integers(1, 5))):
        blocks += draw(st.one_of(st.lists(texts(), min_size=1, max_size=3), tables()))
    if draw(st.booleans()):
        noted = Block(Kind.PARAGRAPH, (Span("Pagal duomenis"), Span("1", note="1")))
        blocks += [noted, Block(Kind.FOOTNOTE, draw(spans(1)), label="1")]
    return identify(Document(tuple(blocks), title="T"), "made")


@st.composite
def changed(draw, old: Document) -> Document:
    """The document with passages reworded, taken out, put in and put elsewhere."""
    notes = [block for block in old.blocks if block.kind is Kind.FOOTNOTE]
    units: list[list[Block]] = []
    for block in old.blocks:
        if block.kind is Kind.ROW:
            units[-1].append(block)
        elif block.kind is not Kind.FOOTNOTE:
            units.append([block])
    for _deed in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(units) - 1))
        deed = draw(st.sampled_from(["reword", "out", "in", "move"]))
        if any(span.note for span in units[at][0].spans):
            continue
        if deed == "in":
            units.insert(at + 1, [draw(texts())])
        elif deed == "out" and len(units) > 1:
            units.pop(at)
        elif deed == "move":
            units.insert(draw(st.integers(0, len(units) - 1)), units.pop(at))
        elif deed == "reword":
            units[at] = draw(reworded(units[at]))
    return identify(Document((*(b for unit in units for b in unit), *notes), title="T"), "new")


@st.composite
def reworded(draw, unit: list[Block]) -> list[Block]:
    first, *rows = unit
    if rows:
        at = draw(st.integers(0, len(rows) - 1))
        cells = (Cell((draw(spans()),), header=rows[at].cells[0].header), *rows[at].cells[1:])
        rows[at] = Block(Kind.ROW, cells=cells, id=rows[at].id, header=rows[at].header,
                         table=rows[at].table)  # fmt: skip
        return [first, *rows]
    said = draw(spans())
    if first.kind is Kind.HEADING:
        said = (Span("".join(span.text for span in said)),)
    return [Block(first.kind, said, id=first.id, level=first.level, number=first.number)]


def written(document: Document) -> bytes:
    pieces = pieces_of(document, keep_levels=True)
    return writing.write(paper(*pieces, title="T", bare=True, notes=notes_of(document)))


@TRIES
@given(documents())
def test_what_is_written_is_read_again_as_it_was(document):
    back = docx.read(written(document)).document

    assert seen(back) == seen(document)
    assert [block.header for block in back.blocks] == [b.header for b in document.blocks]
    assert brought(back) == brought(document)


@TRIES
@given(st.data())
def test_what_is_patched_is_read_again_as_it_was(data):
    document = data.draw(documents())
    patched = writing.patch(written(document), docx.read(written(document)).document)

    back = docx.read(patched).document

    assert seen(back) == seen(document)
    assert brought(back) == [""] * len(brought(back)) or brought(back) == brought(document)


@TRIES
@given(st.data())
def test_changes_taken_give_the_new_text_and_refused_the_old(data):
    old = data.draw(documents())
    new = data.draw(changed(old))

    made = writing.track(written(old), old, new, hand=HAND)

    taken, refused = docx.read(made).document, docx.read(made, changes="reject").document
    assert [(b.kind, b.text) for b in taken.blocks] == [(b.kind, b.text) for b in new.blocks]
    assert seen(refused) == seen(old)
    assert lines(made, accept=True) == told(new)
    assert lines(made, accept=False) == told(old)


def brought(document: Document) -> list[str]:
    """Ids of the blocks but those of notes, which a paper does not mark."""
    return [block.id for block in document.blocks if block.kind is not Kind.FOOTNOTE]


@pytest.mark.data
def test_files_others_wrote_are_patched_and_written_without_a_loss(shared_data):
    """Every fourth of them; `tools/word/tracked.py` takes all."""
    for path in sorted(shared_data.glob("documents/docx_*/*.docx"))[::4]:
        data = path.read_bytes()
        try:
            reading = docx.read(data)
        except docx.Refused:
            continue
        document = identify(reading.document, "t")
        for made in (
            writing.patch(data, document),
            writing.track(data, document, document, hand=HAND),
        ):
            back = docx.read(made).document
            assert [b.text for b in back.blocks] == [b.text for b in document.blocks], path.name
            assert [(b.kind, b.level, b.number) for b in back.blocks] == [
                (b.kind, b.level, b.number) for b in document.blocks
            ], path.name
