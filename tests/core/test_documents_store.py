"""Documents as JSON, and digests that outlive a withheld block."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import (
    BadDocument,
    Block,
    Cell,
    Document,
    Kind,
    Source,
    Span,
    commitment,
    document_digest,
    document_digest_from,
    dump,
    load,
)
from sutarta.core.documents.store import MARKS

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
COUNTS = st.integers(1, 5)
LINKS = st.sampled_from(["", "#b1", "https://alksniai.example/a?b", "mailto:vvg@alksniai.example"])
SPANS = st.builds(
    Span,
    WORDS,
    st.sets(st.sampled_from(MARKS)).map(lambda marks: tuple(sorted(marks))),
    LINKS,
    WORDS,
)
LINES = st.lists(SPANS, max_size=3).map(tuple)
CELLS = st.builds(Cell, st.lists(LINES, max_size=2).map(tuple), COUNTS, COUNTS, st.booleans())
SOURCES = st.none() | st.builds(Source, WORDS, st.integers(0, 99), WORDS)
BLOCKS = st.builds(
    Block,
    st.sampled_from(Kind),
    LINES,
    id=WORDS,
    level=st.integers(0, 9),
    number=WORDS,
    cells=st.lists(CELLS, max_size=3).map(tuple),
    header=st.booleans(),
    table=WORDS,
    label=WORDS,
    image=WORDS,
    alt=WORDS,
    source=SOURCES,
)
DOCUMENTS = st.builds(
    Document,
    st.lists(BLOCKS, max_size=5).map(tuple),
    WORDS,
    st.sampled_from(["lt", "en"]),
    st.dictionaries(WORDS, WORDS, max_size=2),
)

HEAD = Block(Kind.HEADING, (Span("Tikslai"),), id="b1", level=1)
TEXT = Block(Kind.PARAGRAPH, (Span("Daugiau medžių."),), id="b2")
SMALL = Document((HEAD, TEXT), title="Strategija")
SALTS = {"b1": bytes(32), "b2": bytes([7] * 32)}


@given(DOCUMENTS)
def test_what_was_dumped_loads_as_the_same_document(document):
    assert load(json.loads(json.dumps(dump(document)))) == document


def test_empty_fields_are_left_out():
    assert dump(SMALL) == {
        "schema": "sutarta.document/1",
        "language": "lt",
        "title": "Strategija",
        "blocks": [
            {"id": "b1", "kind": "heading", "level": 1, "spans": [{"text": "Tikslai"}]},
            {"id": "b2", "kind": "paragraph", "spans": [{"text": "Daugiau medžių."}]},
        ],
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "sutarta.document/2"}, "schema 'sutarta.document/2' is not known here"),
        ({"schema": None}, "schema None is not known here"),
        ({"authors": []}, "unknown field 'authors'"),
        ({"title": 5}, "title: expected text"),
        ({"media": []}, "media: expected named fields"),
        ({"blocks": {}}, "blocks: expected a list"),
        ({"blocks": ["text"]}, "block: expected named fields"),
        ({"blocks": [{}]}, "kind None is not known here"),
        ({"blocks": [{"kind": "poem"}]}, "kind 'poem' is not known here"),
        ({"blocks": [{"kind": ["row"]}]}, "is not known here"),
        ({"blocks": [{"kind": "row", "colour": 1}]}, "unknown field 'colour'"),
        ({"blocks": [{"kind": "row", "level": True}]}, "level: expected a whole number"),
        ({"blocks": [{"kind": "row", "level": -1}]}, "level: expected a whole number"),
        ({"blocks": [{"kind": "row", "header": 1}]}, "header: expected true or false"),
        ({"blocks": [{"kind": "row", "cells": [{"paragraphs": [], "colspan": 0}]}]}, "colspan"),
        ({"blocks": [{"kind": "row", "spans": [{"text": None}]}]}, "text: expected text"),
        ({"blocks": [{"kind": "row", "spans": [{"marks": ["blink"]}]}]}, "marks"),
        ({"blocks": [{"kind": "row", "spans": [{"link": "javascript:x"}]}]}, "is not allowed"),
        ({"blocks": [{"kind": "row", "source": {"part": "a", "index": "1"}}]}, "index"),
    ],
)
def test_other_data_is_refused_with_the_place(change, message):
    with pytest.raises(BadDocument, match=message):
        load(dump(SMALL) | change)


def test_a_withheld_block_does_not_break_the_digest():
    kept = commitment(TEXT, SALTS["b2"])

    pairs = [("b1", commitment(HEAD, SALTS["b1"])), ("b2", kept)]

    assert document_digest_from(pairs, title="Strategija") == document_digest(SMALL, SALTS)


@pytest.mark.parametrize(
    "changed",
    [
        Document((TEXT, HEAD), title="Strategija"),
        Document((HEAD,), title="Strategija"),
        Document((HEAD, TEXT), title="Planas"),
        Document((HEAD, TEXT), title="Strategija", language="en"),
        Document((HEAD, Block(Kind.ITEM, TEXT.spans, id="b2")), title="Strategija"),
    ],
)
def test_any_change_changes_the_digest(changed):
    assert document_digest(changed, SALTS) != document_digest(SMALL, SALTS)


def test_the_same_words_under_another_salt_have_another_commitment():
    assert commitment(TEXT, SALTS["b1"]) != commitment(TEXT, SALTS["b2"])


def test_a_block_without_salt_is_refused():
    with pytest.raises(ValueError, match="no salt for block 'b2'"):
        document_digest(SMALL, {"b1": bytes(32)})
