"""The chapter of docs/log.md for those who write other verifiers: its program and its answers."""

import json
from base64 import b64encode

import pytest
from cryptography.exceptions import InvalidSignature
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.canonical import canonical_bytes
from sutarta.core.translog import (
    Checkpoint,
    Handover,
    Note,
    Promise,
    Signer,
    Tree,
    act_digest,
    extends,
    includes,
    leaf_bytes,
    leaf_hash,
    short_code,
)
from sutarta.core.translog.notes import COSIGNATURE
from tests.manual import blocks, program

ENTRIES, HASHES, ACT, KEYS, CHECKPOINT, PROMISE, HANDOVER = blocks("text")
ORIGIN = "sutarta/alksniai-0a1b2c3d"
FIRST, SECOND = (Signer(ORIGIN, bytes(range(at, at + 32))) for at in (0, 32))
WITNESS = Signer("biblioteka.example/a", bytes(range(64, 96)), COSIGNATURE)
LEAVES = [json.loads(line) for line in ENTRIES.splitlines()]
TREE = Tree(line.encode() for line in ENTRIES.splitlines())


def test_entries_and_hashes_are_as_the_manual_says():
    made = [leaf_bytes(leaf["act"], leaf["sequenced_at"]).decode() for leaf in LEAVES]

    assert made == ENTRIES.splitlines()
    assert [leaf_hash(line.encode()).hex() for line in made] == HASHES.splitlines()[:3]
    assert TREE.root().hex() == HASHES.splitlines()[3]


def test_paths_digest_and_code_are_as_the_manual_says():
    first, _second, third, root = map(bytes.fromhex, HASHES.splitlines())
    digest = act_digest(LEAVES[1]["act"])

    assert TREE.inclusion(1) == [first, third] and includes(
        TREE.leaf(1), 1, 3, [first, third], root
    )
    assert TREE.consistency(2) == [third] and extends(2, TREE.root(2), 3, root, [third])
    assert f"{digest.hex()}\n{short_code(digest)}\n" == ACT


def test_keys_and_notes_are_as_the_manual_says():
    point = Checkpoint(ORIGIN, 3, TREE.root()).text
    promise = Promise(ORIGIN, act_digest(LEAVES[1]["act"]), LEAVES[1]["act"]["at"]).text
    handover = Handover(ORIGIN, SECOND.verifier).text

    assert [str(one.verifier) for one in (FIRST, SECOND, WITNESS)] == KEYS.splitlines()
    signed = Note(point).signed(FIRST.sign(point), WITNESS.sign(point, 1_795_352_410))
    assert str(signed) == CHECKPOINT
    assert str(Note(promise).signed(FIRST.sign(promise))) == PROMISE
    assert str(Note(handover).signed(FIRST.sign(handover))) == HANDOVER


def proof(tree, index, act, at):
    text = Checkpoint(ORIGIN, len(tree), tree.root()).text
    return {
        "origin": ORIGIN,
        "leaf": index,
        "act": act,
        "sequenced_at": at,
        "path": [b64encode(one).decode() for one in tree.inclusion(index)],
        "checkpoint": str(Note(text).signed(WITNESS.sign(text, 1), FIRST.sign(text))),
    }


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 21])
def test_the_program_of_the_manual_agrees_with_ours(size):
    check, key, at = program(), str(FIRST.verifier), LEAVES[0]["sequenced_at"]
    acts = [{"event": "ąžuolas\n\u2028\x7f", "number": number} for number in range(size)]
    tree = Tree(leaf_bytes(act, at) for act in acts)

    for index, act in enumerate(acts):
        good = proof(tree, index, act, at)
        assert check(good, key)
        assert not is_taken(check, {**good, "act": {**act, "number": -1}}, key)
        assert not is_taken(check, {**good, "leaf": index ^ 1}, key)
        assert not is_taken(check, {**good, "path": [*good["path"][1:], "AAAA"]}, key)
        assert not is_taken(check, {**good, "path": [*good["path"], good["path"] or "AAAA"]}, key)
        assert not is_taken(check, good, str(SECOND.verifier))
        other = good["checkpoint"].replace(f"\n{size}\n", f"\n{size + 1}\n")
        assert not is_taken(check, {**good, "checkpoint": other}, key)


def is_taken(check, said, key):
    try:
        return check(said, key)
    except (InvalidSignature, StopIteration, ValueError, TypeError):
        return False


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda some: st.lists(some) | st.dictionaries(st.text(st.characters(codec="ascii")), some),
    max_leaves=12,
)


@given(plain)
def test_sorted_json_without_spaces_is_canonical_where_keys_are_ascii_and_numbers_whole(value):
    said = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert said.encode() == canonical_bytes(value)
