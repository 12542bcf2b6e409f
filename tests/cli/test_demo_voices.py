"""What the demo's residents and its desk say: natural Lithuanian, about passages that are there."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter

import pytest

from sutarta.cli.demo import causes, places, voice
from sutarta.core.documents import Document, Kind, compare, identify, inherit
from sutarta.core.text import points_to_one, revealing
from sutarta.formats import docx
from tests.cli.conftest import ROOT

DEMO = ROOT / "src" / "sutarta" / "cli" / "demo"
SPOKEN_OF = {"first": "alksniai-1.docx", "now": "alksniai-2.docx", "kelmyne": "kelmyne-1.docx"}
ENGLISH = re.compile(r"\b(the|and|of|with|lorem|ipsum|test|todo|please)\b", re.IGNORECASE)
WRITTEN_BY_THE_DESK = ("reason", "question", "because", "despite", "hidden", "aside", "late")


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """Round -> the document people spoke about in it."""
    read = {name: docx.read((DEMO / name).read_bytes()) for name in SPOKEN_OF.values()}
    return {round_: identify(read[name].document, name) for round_, name in SPOKEN_OF.items()}


@pytest.mark.parametrize("round_", SPOKEN_OF)
def test_every_passage_somebody_speaks_of_is_there(documents, round_):
    missing = []
    for said in voice.read(round_):
        for where in filter(None, (said.at, *(said.changes or ()))):
            try:
                found = places.find(documents[round_], where)
            except places.NoSuchPlace:
                missing.append((said.id, where))
                continue
            if said.instead[0] and where == said.at:
                assert said.instead[0] in places.spaced(found.text), said.id
    assert missing == []


@pytest.mark.parametrize("round_", [*SPOKEN_OF, "any"])
def test_they_write_as_people_write_here(round_):
    for said in voice.read(round_):
        words = " ".join(
            [said.says, said.adds, said.why, *(getattr(said, part) for part in WRITTEN_BY_THE_DESK)]
        )
        assert not ENGLISH.search(words), said.id
        assert not re.search("[\"'”]", words), said.id
        assert words.count("„") == words.count("“"), said.id
        assert not re.search(r"\s- | -\s", words), said.id  # a dash is –


@pytest.mark.parametrize("round_", [*SPOKEN_OF, "any"])
def test_every_voice_has_a_name_of_its_own_and_ends_somewhere(round_):
    voices = voice.read(round_)
    known = {said.id for said in voices}

    assert [id for id, count in Counter(said.id for said in voices).items() if count > 1] == []
    assert {said.same for said in voices} - {""} <= known
    if round_ == "first":
        open_ = [
            said.id
            for said in voices
            if not any((said.outcome, said.same, said.question, said.aside, said.withdrawn,
                        said.erased))
        ]  # fmt: skip
        assert open_ == []


def test_no_two_texts_are_the_same_but_for_the_campaign():
    texts = Counter(said.says for said in voice.read("first") if said.says)

    again = {text: count for text, count in texts.items() if count > 1}
    assert len(again) == 1
    assert all("apšvietimą" in text for text in again)


def test_what_the_public_reads_points_to_nobody(documents):
    """As at the real desk: else it is covered, or somebody says why it is public."""
    for round_, document in documents.items():
        for said in voice.read(round_):
            if said.despite or said.hidden or said.aside or said.waits:
                continue
            known = places.find(document, said.at).text if said.at else ""
            parts = [said.says, said.adds, said.why, said.instead[1]]
            for covered, _kind in said.cover:
                parts = [part.replace(covered, "…") for part in parts]
            hints = [hint for part in parts for hint in revealing(part) if hint.words not in known]
            assert not points_to_one(hints), (said.id, hints)


def test_what_an_answer_promises_to_change_is_changed_in_version_2(documents):
    before = documents["first"]
    after = inherit(before, docx.read((DEMO / "alksniai-2.docx").read_bytes()).document, "2")
    changed = {
        id for pair in compare(before, after.document).changes for id in pair.ids
    }  # fmt: skip

    promised = [
        (said.id, where)
        for said in voice.read("first")
        if said.outcome in {"ACCEPTED", "PARTLY"}
        for where in (said.changes if said.changes is not None else (said.at,))
        if where and places.find(before, where).id not in changed
    ]
    assert promised == []


def test_why_each_line_changes_is_what_the_texts_give():
    folder = str(ROOT / "tools" / "demo")
    sys.path.insert(0, folder)
    try:
        import reasons

        assert (DEMO / causes.FILE).read_text("utf-8") == reasons.made()
    finally:
        sys.path.remove(folder)


def test_every_proposal_the_texts_name_was_made():
    topics = {row["topic"] for row in causes.known() if "topic" in row}

    assert topics - {said.id for said in voice.read("first")} == set()


def test_places_are_found_by_number_title_words_and_item():
    document = identify(docx.read((DEMO / "alksniai-1.docx").read_bytes()).document, "1")

    label = places.find(document, "6.2.1 > Ką darysime.")
    item = places.find(document, "6.2.1 > Ką darysime. > 1")
    first = places.find(document, "3.1")
    annex = places.find(document, "3 priedas")

    assert label.text.startswith("Ką darysime.")
    assert (item.kind, first.kind, annex.kind) == (Kind.ITEM, Kind.PARAGRAPH, Kind.PARAGRAPH)
    for wrong in ("99", "6.2.1 > nėra tokių žodžių", "6.2.1 > Ką darysime. > 99"):
        with pytest.raises(places.NoSuchPlace):
            places.find(document, wrong)


def test_reasons_are_plain_data():
    rows = json.loads((DEMO / causes.FILE).read_text("utf-8"))

    assert {row["cause"] for row in rows} == {"SUBMISSION", "GUIDELINES", "EDITING"}
