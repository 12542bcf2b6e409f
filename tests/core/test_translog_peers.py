"""Cross-checks with other people's programs: pymerkle for the tree, sigstore for notes."""

from base64 import b64encode

import pymerkle
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from pymerkle.core import _inclusion_path_layout
from sigstore._internal.rekor.checkpoint import SignedCheckpoint
from sigstore._internal.trust import Keyring
from sigstore._utils import KeyID
from sigstore.errors import VerificationError
from sigstore_models.common.v1 import PublicKey, PublicKeyDetails

from sutarta.core.translog import Checkpoint, Note, Signer, Tree, consistency, extends, includes

many = st.lists(st.binary(max_size=8), min_size=1, max_size=80)


def trees(entries):
    theirs = pymerkle.InmemoryTree()
    theirs.append_entries(entries)
    return Tree(entries), theirs


@given(many)
def test_roots_are_those_of_pymerkle(entries):
    ours, theirs = trees(entries)

    sizes = range(1, len(entries) + 1)
    assert [ours.root(size) for size in sizes] == [theirs.get_root(size) for size in sizes]


@given(st.data(), many)
def test_proofs_of_inclusion_go_both_ways(data, entries):
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    ours, theirs = trees(entries)

    path = ours.inclusion(index, size)
    proof = theirs.prove_inclusion(index + 1, size)

    # Theirs begins with the leaf itself, and counts leaves from one.
    assert proof.path == [ours.leaf(index), *path]
    assert includes(theirs.get_leaf(index + 1), index, size, proof.path[1:], theirs.get_root(size))
    rule, _ranges = _inclusion_path_layout(index + 1, size)
    from_ours = pymerkle.InclusionProof(
        "sha256", True, size, index + 1, rule, [ours.leaf(index), *path]
    )
    pymerkle.verify_inclusion(ours.leaf(index), ours.root(size), from_ours)


@given(st.data(), many)
def test_proofs_of_consistency_go_both_ways(data, entries):
    """Theirs has another shape than the RFC's, so it is not compared hash by hash: their proof
    is good for our roots, ours for theirs, and ours made of their hashes is ours."""
    new = data.draw(st.integers(1, len(entries)))
    old = data.draw(st.integers(1, new))
    ours, theirs = trees(entries)

    path = ours.consistency(old, new)
    proof = theirs.prove_consistency(old, new)

    pymerkle.verify_consistency(ours.root(old), ours.root(new), proof, old, new)
    assert extends(old, theirs.get_root(old), new, theirs.get_root(new), path)
    assert consistency(old, new, lambda *node: hashed(theirs, *node)) == path


def hashed(theirs, level, index):
    return theirs._get_root(index << level, (index + 1) << level)


KEY = Signer("alksniai.example/log/1", bytes(range(32)))
CHECKPOINT = Checkpoint("alksniai.example/log/1", 70_000, bytes(range(32)))
NOTE = Note(CHECKPOINT.text).signed(KEY.sign(CHECKPOINT.text))


def keyring(signer):
    key = Ed25519PublicKey.from_public_bytes(signer.verifier.public)
    public = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Keyring(
        [PublicKey(raw_bytes=b64encode(public), key_details=PublicKeyDetails.PKIX_ED25519)]
    )


def key_id(signer):
    return KeyID(signer.verifier.key_id)


def test_sigstore_reads_and_verifies_our_checkpoint():
    found = SignedCheckpoint.from_text(str(NOTE))

    found.signed_note.verify(keyring(KEY), key_id(KEY))
    assert found.checkpoint.origin == CHECKPOINT.origin
    assert found.checkpoint.log_size == CHECKPOINT.size
    assert bytes.fromhex(found.checkpoint.log_hash) == CHECKPOINT.root
    assert found.signed_note.note == CHECKPOINT.text


def test_sigstore_finds_our_signature_among_others():
    witness = Signer("biblioteka.example/a", bytes(range(1, 33)), kind=4)
    note = Note(NOTE.text).signed(witness.sign(NOTE.text, 1_795_000_000), *NOTE.signatures)

    SignedCheckpoint.from_text(str(note)).signed_note.verify(keyring(KEY), key_id(KEY))


@pytest.mark.parametrize("change", ["text", "key", "signature"])
def test_sigstore_and_we_refuse_the_same(change):
    said = str(NOTE)
    signer = Signer(KEY.name, bytes(32)) if change == "key" else KEY
    if change == "text":
        said = said.replace("70000", "70001")
    if change == "signature":
        said = said.replace(said[-30], "A" if said[-30] != "A" else "B")

    with pytest.raises(VerificationError):
        SignedCheckpoint.from_text(said).signed_note.verify(keyring(signer), key_id(KEY))
    assert signer.verifier.find(Note.parse(said)) is None


def test_sigstore_and_we_take_the_first_signature_of_a_key():
    good = NOTE.signatures[0]
    bad = Note("x\n").signed(KEY.sign("x\n")).signatures[0]

    for order, is_good in (((good, bad), True), ((bad, good), False)):
        note = Note(NOTE.text, order)
        assert (KEY.verifier.find(note) is not None) is is_good
        theirs = SignedCheckpoint.from_text(str(note)).signed_note
        if is_good:
            theirs.verify(keyring(KEY), key_id(KEY))
        else:
            with pytest.raises(VerificationError):
                theirs.verify(keyring(KEY), key_id(KEY))
