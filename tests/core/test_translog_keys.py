"""Keys by which notes are signed: how they are printed, and whose name they bear."""

from base64 import b64encode

import pytest

from sutarta.core.translog import BadNote, Note, Signature, Signer, Verifier
from sutarta.core.translog.notes import LONGEST
from tests import malformed
from tests.malformed import KEY, PETER

TEXT = "Ąžuolas.\n"
NOTE = Note(TEXT).signed(KEY.sign(TEXT))


@pytest.mark.parametrize("cut", [slice(-1), slice(1, None), slice(20), slice(30, None), slice(13)])
def test_a_part_of_a_key_is_no_key(cut):
    with pytest.raises(BadNote):
        Verifier.parse(PETER[cut])


@pytest.mark.parametrize("at", range(len(PETER)))
def test_a_misspelt_key_is_no_key(at):
    with pytest.raises(BadNote):
        Verifier.parse(PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :])


@pytest.mark.parametrize("said", malformed.KEYS)
def test_what_is_no_key_is_refused(said):
    with pytest.raises(BadNote):
        Verifier.parse(said)


def test_space_around_a_pasted_key_does_no_harm():
    assert Verifier.parse(f"  {PETER}\n") == Verifier.parse(PETER)


@pytest.mark.parametrize(
    "name",
    [
        "ехample.org/log",  # Cyrillic е and х
        "example.org/lоg",
        "EXAMPLE.ORG/log",
        "example.org/log/",
        "ｅxample.org/log",
        "example.org∕log",
    ],
)
def test_a_key_of_a_name_that_looks_alike_is_another_key(name):
    other = Signer(name, KEY.seed)
    note = Note(TEXT).signed(other.sign(TEXT))

    assert other.verifier.key_id != KEY.verifier.key_id
    assert KEY.verifier.find(Note.parse(str(note))) is None
    assert other.verifier.find(Note.parse(str(note))) is not None


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "a b", "a+b", "a\nb", "a\u00a0b", "a\u2003b", "a\x00b", "a\x1fb", "a\x7fb",
        "a\u0085b", "exam\u200bple.org", "exam\u00adple.org", "\u202egro.elpmaxe",
        "exam\u2060ple.org", "a\ufeff", "a\ud800b", "a\ue000b",
    ],
)  # fmt: skip
def test_no_key_of_ours_bears_a_name_with_signs_that_nobody_sees(name):
    with pytest.raises(BadNote):
        Signer(name, KEY.seed)
    with pytest.raises(BadNote):
        Verifier(name, KEY.verifier.public)


def test_a_signature_of_an_unknown_key_may_bear_any_name_the_specification_allows():
    line = Signature("exam\u200bple.org", bytes(4), bytes(64))

    assert Note.parse(f"{TEXT}\n{line}{KEY.sign(TEXT)}").signatures == (line, *NOTE.signatures)


@pytest.mark.parametrize(
    ("key", "kind"), [(b"", 1), (bytes(31), 1), (bytes(33), 4), (bytes(32), 2)]
)
def test_a_key_has_32_bytes_and_is_of_a_kind_we_know(key, kind):
    with pytest.raises(BadNote):
        Signer("a", key, kind)
    with pytest.raises(BadNote):
        Verifier("a", key, kind)


@pytest.mark.parametrize(
    "text", ["", "a", "a\r\n", "a\tb\n", "a\x00\n", "\ud800\n", "a" * LONGEST + "\n"]
)
def test_nobody_signs_what_no_note_can_hold(text):
    with pytest.raises(BadNote):
        KEY.sign(text)


def test_a_text_that_is_none_verifies_not():
    assert KEY.verifier.find(Note("\ud800\n", (KEY.sign(TEXT),))) is None


def test_a_secret_key_is_not_shown():
    assert repr(KEY) == "Signer('example.org/log')"
    assert b64encode(KEY.seed).decode() not in repr(KEY) + str(KEY)
