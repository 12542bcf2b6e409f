"""verify.js beside core.translog: the browser reads, refuses, hashes and climbs as the command."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sutarta.core.canonical import canonical_bytes
from sutarta.core.translog import Tree, Verifier
from tests import malformed
from tests.core import test_translog_notes as published
from tests.manual import blocks

SCRIPT = Path(__file__).parents[2] / "src/sutarta/apps/ui/static/ui/verify.js"
UNSIGNED = "\n— a AAAAAAA=\n"  # makes a note of a text, though nobody's


@pytest.fixture
def script(browser, tmp_path):
    """Evaluates an expression with `v`, the verifier, and `it`, its argument, from a file."""
    (tmp_path / "verify.js").write_bytes(SCRIPT.read_bytes())
    (tmp_path / "page.html").write_text("<!doctype html><script src=verify.js></script>")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    yield lambda said, it=None: page.evaluate(
        f"async it => {{ const v = window.sutartaVerify; return await ({said}); }}", it
    )
    page.close()


def taken(script, parse, texts):
    """Those the browser does not refuse. Halves of surrogate pairs do not travel there whole."""
    texts = [text for text in texts if isinstance(text, str) and "\ud800" not in text]
    found = script(f"Promise.all(it.map(async one => !!(await v.{parse}(one))))", texts)
    assert len(found) == len(texts) > 5
    return [text for text, is_taken in zip(texts, found, strict=True) if is_taken]


def test_what_is_malformed_is_refused_in_the_browser_too(script):
    under = [f"{malformed.BODY}\n{line}" for line in malformed.SIGNATURES]
    spaced = {key for key in malformed.KEYS if key != key.strip()}

    assert taken(script, "parseNote", [*under, *malformed.NOTES]) == []
    assert taken(script, "parseKey", set(malformed.KEYS) - spaced) == []
    assert taken(script, "parseCheckpoint", [one + UNSIGNED for one in malformed.CHECKPOINTS]) == []
    assert taken(script, "parsePromise", [one + UNSIGNED for one in malformed.PROMISES]) == []


def test_published_notes_verify_in_the_browser(script):
    if not script("v.canSign()"):
        pytest.skip("This Chromium checks no Ed25519.")
    verify = "v.verifyNote(v.parseNote(it[0]), await v.parseKey(it[1]))"
    peters = f"{published.TEXT}\n{published.BY_PETER}"

    assert script(verify, [peters, published.PETER]) is True
    assert script(verify, [published.OF_GO, published.GO]) is True
    assert script(verify, [published.WITNESSED, published.ARCHE]) is True
    assert script(verify, [published.WITNESSED, published.REMORA]) == Verifier.parse(
        published.REMORA
    ).signed_at(published.Note.parse(published.WITNESSED))
    for said, key in (
        (peters, published.GO),
        (published.OF_GO.replace("4918", "4919"), published.GO),
    ):
        assert script(verify, [said, key]) is False


def test_the_known_answers_of_the_manual_are_the_browsers(script):
    entries, hashes, _act, keys, checkpoint, promise, _handover = blocks("text")
    first = keys.splitlines()[0]

    assert [
        script("v.hex(await v.leafHash(v.utf8(it)))", line) for line in entries.splitlines()
    ] == hashes.splitlines()[:3]
    for note in (checkpoint, promise):
        assert script("v.verifyNote(v.parseNote(it[0]), await v.parseKey(it[1]))", [note, first])
    assert script("v.hex(v.parseCheckpoint(it).root)", checkpoint) == hashes.splitlines()[3]


def test_proofs_are_taken_and_refused_in_the_browser_as_here(script):
    tree = Tree(bytes([number]) for number in range(40))
    drawn = random.Random(5)
    good, wrong = [], []
    for size in (1, 2, 3, 7, 8, 21, 32, 40):
        for index in range(0, size, 3):
            path = [one.hex() for one in tree.inclusion(index, size)]
            case = [tree.leaf(index).hex(), index, size, path, tree.root(size).hex()]
            good.append(case)
            wrong += [spoilt(case, drawn) for _ in range(3)]
    includes = """Promise.all(it.map(one => v.includes(v.unhex(one[0]), one[1], one[2],
        one[3].map(v.unhex), v.unhex(one[4]))))"""

    assert set(script(includes, good)) == {True}
    assert set(script(includes, wrong)) == {False}


def spoilt(case, drawn):
    leaf, index, size, path, root = case
    which = drawn.choice(["leaf", "longer", "root", "short"])
    if which == "longer" or not path:
        return [leaf, index, size, [*path, root], root]
    if which == "short":
        return [leaf, index, size, [path[0][:-2], *path[1:]], root]
    if which == "leaf":
        return [root, index, size, path, root]
    return [leaf, index, size, path, leaf]


def test_consistency_is_taken_and_refused_in_the_browser_as_here(script):
    tree = Tree(bytes([number]) for number in range(40))
    good = [
        [old, tree.root(old).hex(), new, tree.root(new).hex(),
         [one.hex() for one in tree.consistency(old, new)]]
        for new in (1, 2, 7, 8, 21, 40) for old in range(new + 1)
    ]  # fmt: skip
    wrong = [[old, root, new, root, path] for old, root, new, _, path in good if old < new]
    extends = """Promise.all(it.map(one => v.extends(one[0], v.unhex(one[1]), one[2],
        v.unhex(one[3]), one[4].map(v.unhex))))"""

    assert set(script(extends, good)) == {True}
    # Any tree begins with the empty one.
    assert script(extends, wrong) == [one[0] == 0 for one in wrong]


@pytest.mark.parametrize(
    "value",
    [
        {"b": [1, 2.5, None, True], "a": {"ą": "„ž“", "": "\u2028\x7f"}},
        {"\U0001f600": 1, "\ufb33": 2, "\r": 3, "1": 4, "10": 5, "2": 6, "é": 7, "e\u0301": 8},
        {"text": "\b\f\n\r\t\"\\/\u0001\u001f", "number": [0, -0.0, 0.5, 1e-7, 9007199254740991]},
        [],
        {},
    ],
)  # fmt: skip
def test_canonical_json_is_the_same_bytes(script, value):
    found = script("Array.from(v.utf8(v.canonical(it)))", value)

    assert bytes(found) == canonical_bytes(value)
