"""Other people's programs read our log: the manual's, pymerkle, sigstore."""

from base64 import b64encode
from datetime import timedelta

import pymerkle
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sigstore._internal.rekor.checkpoint import SignedCheckpoint
from sigstore._internal.trust import Keyring
from sigstore._utils import KeyID
from sigstore_models.common.v1 import PublicKey, PublicKeyDetails

from sutarta.apps.ledger import actions
from sutarta.core.translog import Verifier, entries_path, unpack_entries
from tests import make
from tests.make import NOON
from tests.manual import program

pytestmark = pytest.mark.django_db
HOST = {"host": "log.test"}


@pytest.fixture
def log(client):
    """300 acts in a group's log, and how a stranger reads it."""
    group = make.group(host="log.test")
    for number in range(300):
        actions.record("version.published", group=group, at=NOON, version=number, name="Ąžuolas")
    actions.sequence_all(NOON + timedelta(seconds=30))
    return lambda path: client.get(f"/log/{path}", headers=HOST)


def test_the_program_of_the_manual_takes_the_proofs_of_the_site(log):
    key = log("keys").json()["first"]
    check = program()

    for leaf in (0, 1, 255, 256, 299):
        proof = log(f"1/{leaf}/proof.json").json()
        assert check(proof, key)
        proof["act"]["facts"]["version"] += 1
        assert not check(proof, key)
        with pytest.raises(InvalidSignature):
            check({**proof, "checkpoint": proof["checkpoint"].replace("\n300\n", "\n301\n")}, key)


def test_pymerkle_finds_the_root_of_the_entries_of_the_site(log):
    checkpoint = log("checkpoint").content.decode()
    point = SignedCheckpoint.from_text(checkpoint).checkpoint
    bundles = [log(entries_path(0)).content, log(entries_path(1, 44)).content]

    tree = pymerkle.InmemoryTree()
    tree.append_entries([entry for bundle in bundles for entry in unpack_entries(bundle)])

    assert (point.log_size, point.log_hash) == (300, tree.get_root().hex())


def test_sigstore_verifies_the_checkpoint_of_the_site(log):
    key = Verifier.parse(log("keys").json()["key"])
    public = Ed25519PublicKey.from_public_bytes(key.public).public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    ring = Keyring(
        [PublicKey(raw_bytes=b64encode(public), key_details=PublicKeyDetails.PKIX_ED25519)]
    )

    found = SignedCheckpoint.from_text(log("checkpoint").content.decode())

    found.signed_note.verify(ring, KeyID(key.key_id))
    assert found.checkpoint.origin == key.name
