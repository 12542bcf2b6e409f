"""Signed notes and keys: what others published verifies here, what is malformed is refused."""

from base64 import b64decode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given
from hypothesis import strategies as st

from sutarta.core.translog import BadNote, Checkpoint, Note, Signature, Signer, Verifier
from sutarta.core.translog.notes import COSIGNATURE, LATEST, MOST_SIGNATURES, PLAIN
from tests import malformed
from tests.malformed import BODY, KEY, LINE, NOTE, PETER

# The keys, note and signatures of the tests of Go's package golang.org/x/mod/sumdb/note.
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
PETERS_SEED = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
BY_PETER = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuG"
    "UgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
BY_ENOCH = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp"
    "+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
# A checkpoint of the log of Go's modules, and one of a log of certificates as its witnesses
# signed it; the key of one of them.
GO = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
OF_GO = """go.sum database tree
49189689
ftjbAOzaupaIvaPo/G+Dk63nxOZ2s1OPOKIaPtXs7S4=

— sum.golang.org Az3grlKZssqRoMNPpZfKt0TphbbcF+pzXqElURJKRNFKfaUAgqeI5k2AORH0QAhg/ebRwyIqD/OqP4oLtLnNumvOBAM=
"""  # noqa: E501
ARCHE = (
    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
)
REMORA = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
WITNESSED = """arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
"""  # noqa: E501

WITNESS = Signer("witness.example/a", bytes(range(1, 33)), COSIGNATURE)


def test_the_published_note_is_signed_byte_for_byte_and_verifies():
    signer = Signer("PeterNeumann", PETERS_SEED)

    assert str(signer.verifier) == PETER
    assert str(Note(TEXT).signed(signer.sign(TEXT))) == f"{TEXT}\n{BY_PETER}"
    assert Verifier.parse(PETER).find(Note.parse(f"{TEXT}\n{BY_PETER}")) is not None


def test_each_key_finds_its_own_signature():
    note = Note.parse(f"{TEXT}\n{BY_PETER}{BY_ENOCH}".encode())

    found = [str(Verifier.parse(key).find(note)) for key in (PETER, ENOCH)]

    assert found == [BY_PETER, BY_ENOCH]
    assert Verifier.parse(GO).find(note) is None


def test_a_checkpoint_of_another_log_verifies():
    note = Note.parse(OF_GO)

    assert Verifier.parse(GO).find(note) is not None
    assert Checkpoint.parse(note.text).size == 49_189_689
    assert str(note) == OF_GO


def test_a_checkpoint_that_other_logs_and_witnesses_signed_verifies():
    note = Note.parse(WITNESSED)
    log, witness = Verifier.parse(ARCHE), Verifier.parse(REMORA)

    assert witness.kind == COSIGNATURE
    assert log.find(note) == note.signatures[1]  # the first is of a kind that we do not know
    assert witness.find(note) == note.signatures[2]
    assert witness.signed_at(note) == 1_779_573_024
    assert log.signed_at(note) is None
    assert str(note) == WITNESSED


def test_another_text_or_time_verifies_not():
    witness = Verifier.parse(REMORA)
    line = str(Note.parse(WITNESSED).signatures[2])
    later = Signature.parse(line)
    later = Signature(later.name, later.key_id, bytes([0] * 7 + [1]) + later.data[8:])
    text = Note.parse(WITNESSED).text

    assert witness.signed_at(Note(text.replace("1432088532", "1432088533"), (later,))) is None
    assert witness.signed_at(Note(text, (later,))) is None


def test_a_cosignature_signs_its_time_and_the_whole_text():
    found = WITNESS.sign(BODY, 1_679_315_147)
    public = Ed25519PrivateKey.from_private_bytes(WITNESS.seed).public_key()

    assert found.data[:8] == (1_679_315_147).to_bytes(8, "big")
    public.verify(found.data[8:], f"cosignature/v1\ntime 1679315147\n{BODY}".encode())
    named = b"witness.example/a\n\x04" + public.public_bytes_raw()
    assert found.key_id == sha256(named).digest()[:4]
    assert WITNESS.verifier.signed_at(NOTE.signed(found)) == 1_679_315_147


def test_one_seed_for_two_kinds_makes_two_keys():
    plain = Signer("witness.example/a", WITNESS.seed, PLAIN)
    note = NOTE.signed(plain.sign(BODY))

    assert plain.verifier.key_id != WITNESS.verifier.key_id
    assert WITNESS.verifier.find(note) is None
    assert plain.verifier.find(NOTE.signed(WITNESS.sign(BODY, 5))) is None


@pytest.mark.parametrize("seconds", [0, -1, LATEST + 1, 2**64])
def test_nobody_cosigns_without_a_time(seconds):
    with pytest.raises(BadNote):
        WITNESS.sign(BODY, seconds)


def test_a_cosignature_of_a_time_that_cannot_be_is_not_good():
    seconds = LATEST + 1
    key = Ed25519PrivateKey.from_private_bytes(WITNESS.seed)
    data = seconds.to_bytes(8, "big") + key.sign(f"cosignature/v1\ntime {seconds}\n{BODY}".encode())
    line = Signature(WITNESS.name, WITNESS.verifier.key_id, data)

    assert WITNESS.verifier.signed_at(NOTE.signed(line)) is None
    assert WITNESS.verifier.signed_at(NOTE.signed(WITNESS.sign(BODY, LATEST))) == LATEST


# Malformed notes.


@pytest.mark.parametrize("line", malformed.SIGNATURES)
def test_what_is_no_signature_makes_no_note(line):
    with pytest.raises(BadNote):
        Note.parse(f"{BODY}\n{line}")


@pytest.mark.parametrize("said", malformed.NOTES, ids=lambda said: repr(said)[:20])
def test_what_is_no_note_is_refused(said):
    with pytest.raises(BadNote):
        Note.parse(said)


def test_a_hundred_signatures_are_read():
    lines = "".join(str(Signature("a", bytes(4), bytes([one]))) for one in range(MOST_SIGNATURES))

    assert len(Note.parse(f"{BODY}\n{lines}").signatures) == MOST_SIGNATURES


def test_a_signature_has_one_spelling():
    """The last letter before the padding holds two bits that belong to no byte."""
    assert LINE.endswith("=\n") and not LINE.endswith("==\n")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = letters[letters.index(LINE[-3]) ^ 1]
    respelt = LINE[:-3] + other + LINE[-2:]

    encoded = [one.split(" ")[2].strip() for one in (LINE, respelt)]
    assert b64decode(encoded[0], validate=True) == b64decode(encoded[1], validate=True)
    with pytest.raises(BadNote):
        Signature.parse(respelt)


@pytest.mark.parametrize(
    "text", ["\n", "a\n", "a\n\nb\n", "a\n\n", "\n\n\n", "ąžuolas\u0085\u2028\n"]
)
def test_a_text_may_have_empty_lines_and_comes_back_as_it_was(text):
    note = Note(text).signed(KEY.sign(text))

    assert Note.parse(str(note)) == note
    assert Note.parse(str(note).encode()) == note
    assert KEY.verifier.find(Note.parse(str(note))) is not None


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cc", "Cs"]))))
def test_every_text_that_is_signed_comes_back(lines):
    text = "".join(f"{line}\n" for line in [*lines, ""])

    note = Note.parse(str(Note(text).signed(KEY.sign(text), WITNESS.sign(text, 9))))

    assert note.text == text
    assert KEY.verifier.find(note) and WITNESS.verifier.signed_at(note) == 9


def test_a_text_that_looks_like_a_signed_note_is_signed_as_a_whole():
    """Whoever has a note signed as a text gains no signature under what was in it."""
    forged = Signer("example.org/log", bytes(32))
    inner = "example.org/log\n9\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    text = str(Note(inner).signed(forged.sign(inner)))

    note = Note.parse(str(Note(text).signed(KEY.sign(text))))

    assert note.text == text
    assert len(note.signatures) == 1
    assert KEY.verifier.find(note) is not None
    assert KEY.verifier.find(Note.parse(text)) is None


@given(st.binary(max_size=120))
@example(b"a\n\n\xe2\x80\x94 a AAAAAAA=\n")
def test_bytes_are_a_note_or_bad(said):
    try:
        note = Note.parse(said)
    except BadNote:
        return
    assert str(note).encode() == said


@given(st.text(max_size=120))
def test_a_text_is_a_note_a_key_a_signature_or_bad(said):
    for parse in (Note.parse, Verifier.parse, Signature.parse):
        try:
            parse(said)
        except BadNote:
            continue


pieces = st.sampled_from(
    ["\n", "\n\n", "— ", "a", " ", "AAAAAAA=", "+", "=", "\r", "— a AAAAAAA=\n"]
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_pieces_of_notes_are_a_note_or_bad(said):
    try:
        note = Note.parse(said)
    except BadNote:
        return
    assert str(note) == said


# What counts under a note.


def bad(signature):
    return Signature(signature.name, signature.key_id, bytes(64))


@pytest.mark.parametrize(
    ("order", "is_found"),
    [
        (["good"], True),
        (["bad"], False),
        (["bad", "good"], False),
        (["good", "bad"], True),
        (["stranger", "good"], True),
        (["namesake", "good"], True),
        (["short", "good"], False),
        (["long", "good"], False),
    ],
)
def test_the_first_signature_of_a_key_decides(order, is_found):
    """As it does for Go's reader, so that two readers never say different things of a note."""
    good = KEY.sign(BODY)
    lines = {
        "good": good,
        "bad": bad(good),
        "stranger": Signature("example.com/log", good.key_id, bytes(64)),
        "namesake": Signature(good.name, bytes(4), bytes(64)),
        "short": Signature(good.name, good.key_id, good.data[:-1]),
        "long": Signature(good.name, good.key_id, bytes(8) + good.data),
    }

    note = Note(BODY, tuple(lines[one] for one in order))

    assert (KEY.verifier.find(note) is not None) is is_found


def test_a_signature_that_is_there_already_is_not_added_again():
    assert NOTE.signed(KEY.sign(BODY)) == NOTE
    assert len(NOTE.signed(WITNESS.sign(BODY, 1), WITNESS.sign(BODY, 2)).signatures) == 3
