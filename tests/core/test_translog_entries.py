"""What is signed by a log: checkpoints, promises, handovers; and what one leaf says."""

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.canonical import canonical_bytes
from sutarta.core.translog import (
    BadCheckpoint,
    BadNote,
    BadPromise,
    Checkpoint,
    Handover,
    Note,
    Promise,
    Signer,
    act_digest,
    keys_in_force,
    leaf_bytes,
    short_code,
)
from tests import malformed
from tests.malformed import AT, ORIGIN, OTHER, ROOT

origins = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40).filter(
    lambda said: not said.isdigit()
)
hashes = st.binary(min_size=32, max_size=32)


# Checkpoints.


@pytest.mark.parametrize(
    ("text", "size", "extensions"),
    [
        (f"a\n0\n{ROOT}\n", 0, ()),
        (f"a\n1\n{ROOT}\n", 1, ()),
        (f"go.sum database tree\n49189689\n{ROOT}\n", 49189689, ()),
        (f"a\n{2**63 - 1}\n{ROOT}\n", 2**63 - 1, ()),
        (f"a\n7\n{ROOT}\nmore\nand more\n", 7, ("more", "and more")),
        (f"ąžuolas\n7\n{ROOT}\n\u2028\n", 7, ("\u2028",)),
    ],
)
def test_a_checkpoint_is_read_and_written_the_same(text, size, extensions):
    found = Checkpoint.parse(text)

    assert (found.size, found.root, found.extensions) == (size, bytes(32), extensions)
    assert found.text == text


@pytest.mark.parametrize("text", malformed.CHECKPOINTS)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(BadCheckpoint):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    ("origin", "size", "root", "extensions"),
    [
        ("", 7, bytes(32), ()),
        ("a\n8", 7, bytes(32), ()),
        ("a\r", 7, bytes(32), ()),
        ("\ud800", 7, bytes(32), ()),
        ("a", -1, bytes(32), ()),
        ("a", 2**63, bytes(32), ()),
        ("a", 7, b"", ()),
        ("a", 7, bytes(33), ()),
        ("a", 7, bytes(32), ("",)),
        ("a", 7, bytes(32), ("b\nc",)),
    ],
)
def test_a_checkpoint_that_could_not_be_read_is_not_made(origin, size, root, extensions):
    with pytest.raises(BadCheckpoint):
        Checkpoint(origin, size, root, extensions)


@given(origins, st.integers(0, 2**63 - 1), hashes, st.lists(origins, max_size=3).map(tuple))
def test_every_checkpoint_comes_back(origin, size, root, extensions):
    checkpoint = Checkpoint(origin, size, root, extensions)

    assert Checkpoint.parse(checkpoint.text) == checkpoint


lines = st.sampled_from(
    ["a", "7", "07", ROOT, OTHER, "", AT, "sutarta.promise/1", "\r", "sutarta.key/1"]
)


@given(st.lists(lines, max_size=6).map("\n".join) | st.text(max_size=60))
def test_a_text_is_a_checkpoint_a_promise_a_handover_or_bad(text):
    for kind, error in ((Checkpoint, BadCheckpoint), (Promise, BadPromise), (Handover, BadPromise)):
        try:
            found = kind.parse(text)
        except error:
            continue
        assert found.text == text


# Promises.


@pytest.mark.parametrize("at", [AT, "2026-11-22T13:00:00.123456Z", "2000-02-29T23:59:59.999999Z"])
def test_a_promise_is_read_and_written_the_same(at):
    text = f"sutarta.promise/1\n{ORIGIN}\n{ROOT}\n{at}\n"

    assert Promise.parse(text) == Promise(ORIGIN, bytes(32), at)
    assert Promise(ORIGIN, bytes(32), at).text == text


@pytest.mark.parametrize("text", malformed.PROMISES)
def test_what_is_no_promise_is_refused(text):
    with pytest.raises(BadPromise):
        Promise.parse(text)


@given(origins, hashes, st.datetimes())
def test_every_promise_comes_back_and_is_nothing_else(origin, digest, at):
    promise = Promise(origin, digest, at.isoformat(timespec="microseconds") + "Z")

    assert Promise.parse(promise.text) == promise
    with pytest.raises(BadCheckpoint):
        Checkpoint.parse(promise.text)
    with pytest.raises(BadPromise):
        Handover.parse(promise.text)


@given(origins, st.integers(0, 2**63 - 1), hashes, st.lists(origins, max_size=3).map(tuple))
def test_no_checkpoint_is_a_promise_whatever_its_origin(origin, size, root, extensions):
    for name in (origin, "sutarta.promise/1", "sutarta.key/1"):
        text = Checkpoint(name, size, root, extensions).text
        for kind in (Promise, Handover):
            with pytest.raises(BadPromise):
                kind.parse(text)


# Handovers.


def key(number, name=ORIGIN):
    return Signer(name, bytes([number]) * 32)


def handed(to, by, origin=ORIGIN):
    text = Handover(origin, to.verifier).text
    return Note(text).signed(by.sign(text))


def test_a_handover_is_read_and_written_the_same():
    handover = Handover(ORIGIN, key(1).verifier)

    assert handover.text == f"sutarta.key/1\n{ORIGIN}\n{key(1).verifier}\n"
    assert Handover.parse(handover.text) == handover


@pytest.mark.parametrize("text", malformed.HANDOVERS)
def test_what_is_no_handover_is_refused(text):
    with pytest.raises(BadPromise):
        Handover.parse(text)


def test_keys_follow_one_another():
    first, second, third = key(1), key(2), key(3)

    assert keys_in_force(first.verifier, []) == [first.verifier]
    assert keys_in_force(first.verifier, [handed(second, first), handed(third, second)]) == [
        first.verifier, second.verifier, third.verifier,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "handovers",
    [
        [handed(key(2), by=key(2))],
        [handed(key(2), by=key(9))],
        [handed(key(2), by=key(1)), handed(key(3), by=key(1))],
        [handed(key(3), by=key(2)), handed(key(2), by=key(1))],
        [handed(key(2), by=key(1), origin="vieversiai.example/log/1")],
        [handed(key(2, "vieversiai.example/log/1"), by=key(1))],
        [handed(key(1), by=key(1))],
        [handed(key(2), by=key(1)), handed(key(1), by=key(2))],
        [Note(handed(key(2), by=key(1)).text)],
        [Note("Tekstas.\n").signed(key(1).sign("Tekstas.\n"))],
        [Note(Handover(ORIGIN, key(2).verifier).text, handed(key(3), by=key(1)).signatures)],
    ],
    ids=[
        "itself", "stranger", "one given up", "order", "another log", "another's name",
        "to itself", "back", "unsigned", "no handover", "another's signature",
    ],
)  # fmt: skip
def test_a_key_that_was_not_handed_on_by_the_one_before_is_not_in_force(handovers):
    with pytest.raises(BadPromise):
        keys_in_force(key(1).verifier, handovers)


def test_a_handover_that_cannot_be_read_back_is_not_made():
    for origin in ("", "a\nb", "7"):
        with pytest.raises(BadPromise):
            Handover(origin, key(1).verifier)
    with pytest.raises(BadNote):
        Signer(ORIGIN, b"short")


# Leaves.


def test_a_leaf_is_canonical_json_of_the_act_and_its_time():
    act = {"event": "submission.received", "number": 7, "ąžuolas": ["b", "a"]}

    leaf = leaf_bytes(act, AT)

    assert leaf == canonical_bytes(json.loads(leaf))
    assert json.loads(leaf) == {"act": act, "schema": "sutarta.leaf/1", "sequenced_at": AT}
    assert act_digest(act) == sha256(canonical_bytes(act)).digest()


def test_a_leaf_holds_the_bytes_the_digest_was_made_of():
    """So a promise, which names the digest, is kept by one leaf alone, whatever its time."""
    act = {"b": 1, "a": {"d": [1.5, None], "c": "„ž“"}}

    assert canonical_bytes(act) in leaf_bytes(act, AT)


def test_a_short_code_is_80_bits_in_signs_that_are_told_apart():
    assert short_code(bytes(32)) == "0000-0000-0000-0000"
    assert short_code(b"\xff" * 32) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert short_code(bytes(9) + b"\1" + bytes(22)) == "0000-0000-0000-0001"
    assert not set("ILOU") & set(short_code(sha256(b"").digest()))


@given(hashes, hashes)
def test_codes_are_alike_only_where_80_bits_are(one, other):
    assert (short_code(one) == short_code(other)) is (one[:10] == other[:10])
