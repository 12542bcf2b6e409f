"""`sutarta documents anchors`: what became of every passage, without an installation."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from tests.cli.conftest import sutarta

DEMO = resources.files("sutarta.cli.demo")
OLD = [
    {"id": 0, "kind": "heading", "text": "2. Ko reikia", "section": ""},
    {
        "id": 1,
        "kind": "para",
        "text": "Miesto parke trūksta apšvietimo.",
        "section": "2. Ko reikia",
    },
    {"id": 2, "kind": "row", "text": "Suoliukai | 12 | 3 600,00", "section": "2. Ko reikia"},
    {"id": 4, "kind": "row", "text": "Šiukšliadėžės | 8 | 800,00", "section": "2. Ko reikia"},
    {"id": 3, "kind": "para", "text": "Sutarta dėl baseino tvarkos.", "section": "2. Ko reikia"},
]
NEW = [
    {"id": "a", "kind": "heading", "text": "3. Ko reikia", "section": ""},
    {"id": "b", "kind": "row", "text": "Suoliukai | 14 | 4 200,00", "section": "3. Ko reikia"},
    {"id": "d", "kind": "row", "text": "Šiukšliadėžės | 8 | 800,00", "section": "3. Ko reikia"},
    {
        "id": "c",
        "kind": "para",
        "text": "Miesto parke ir prie upės trūksta apšvietimo.",
        "section": "3. Ko reikia",
    },
]


@pytest.fixture
def pair(tmp_path):
    file = tmp_path / "pair.json"
    file.write_text(json.dumps({"old": OLD, "new": NEW, "anchors": []}))
    return file


def test_a_pair_of_block_lists_gives_the_new_id_or_null(pair):
    done = sutarta("documents", "anchors", "--pair", pair)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"0": "a", "1": "c", "2": "b", "4": "d", "3": None}


def test_two_lists_in_files_of_their_own_give_the_same(tmp_path, pair):
    files = []
    for name, blocks in (("old.json", OLD), ("new.json", NEW)):
        files.append(tmp_path / name)
        files[-1].write_text(json.dumps(blocks))

    assert sutarta("documents", "anchors", *files).stdout == (
        sutarta("documents", "anchors", "--pair", pair).stdout
    )


def test_in_full_each_has_its_outcome_confidence_and_candidates(pair):
    said = json.loads(sutarta("documents", "anchors", "--pair", pair, "--full").stdout)

    assert [said[key]["outcome"] for key in "0123"] == ["kept", "reworded", "reworded", "gone"]
    assert said["1"]["new"] == ["c"] and 0 < said["1"]["confidence"] <= 1
    assert 0.8 < said["3"].pop("confidence") < 1
    assert said["3"] == {"outcome": "gone", "new": [], "candidates": []}


def test_written_to_a_file_the_counts_are_for_people(tmp_path, pair):
    out = tmp_path / "pred.json"

    done = sutarta("documents", "anchors", "--pair", pair, "--out", out)

    assert json.loads(out.read_text())["1"] == "c"
    assert done.stdout.splitlines()[0] == "5 passages"


def test_two_word_files_are_compared_by_the_ids_of_their_passages():
    done = sutarta("documents", "anchors", DEMO / "alksniai-1.docx", DEMO / "alksniai-2.docx")

    said = json.loads(done.stdout)
    assert done.returncode == 0
    assert len(said) > 300
    assert sum(new is not None for new in said.values()) > 250


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "This is not JSON."),
        (b"[]", "JSON with the keys old and new is expected."),
        (b'{"old": {}, "new": []}', "A block list is a JSON list of passages."),
        (b'{"old": [{"text": "a"}], "new": []}', "Passage 1 of the list has no id."),
        (b'{"old": [{"id": 1, "kind": "x"}], "new": []}', "Passage 1 is of no known kind: 'x'."),
        (b'{"old": [{"id": 1, "text": 5}], "new": []}', "The words of passage 1 are not text."),
        (
            b'{"old": [{"id": 1}, {"id": 1}], "new": []}',
            "Two passages of the list have the same id.",
        ),
        (
            b'{"old": [{"id": 1, "level": 12}], "new": []}',
            "The level of passage 1 is not between 0 and 9.",
        ),
        (b"[" * 100_000, "This is not JSON."),
    ],
)
def test_a_bad_file_is_one_line(tmp_path, content, words):
    file = tmp_path / "bad.json"
    file.write_bytes(content)

    done = sutarta("documents", "anchors", "--pair", file)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"sutarta: bad.json: {words}\n"


def test_a_missing_version_is_asked_for(pair):
    alone = sutarta("documents", "anchors", pair)
    both = sutarta("documents", "anchors", pair, pair, "--pair", pair)

    assert alone.stderr == "sutarta: Name two versions, OLD and NEW, or --pair FILE.\n"
    assert both.stderr == "sutarta: Name either OLD and NEW, or --pair FILE.\n"
    assert (alone.returncode, both.returncode) == (2, 2)
