"""Secrets sealed under the installation's own key: the half of a signing key, and others."""

from __future__ import annotations

import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from sutarta.core.translog import Signer

PURPOSE = b"sutarta log key 1"
NONCE = 12  # bytes


class LockedKey(ValueError):
    """A key was sealed under another installation's secret: this one cannot sign with it."""


def new_seed() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(32)


def seal(seed: bytes, name: str) -> bytes:
    """Seal a seed; the name goes into the seal, so that no key is passed off as another."""
    return sealed(PURPOSE, seed, name)


def signer(kept: bytes, name: str) -> Signer:
    """Open a sealed key. Raises LockedKey."""
    return _opened(settings.SECRET_KEY, kept, name)


def sealed(purpose: bytes, words: bytes, name: str) -> bytes:
    """Words under a key of the installation's own for this purpose: nonce and AES-256-GCM.

    name   of what they are; goes into the seal
    """
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(settings.SECRET_KEY, purpose).encrypt(nonce, words, name.encode())


def unsealed(purpose: bytes, kept: bytes, name: str) -> bytes:
    """What was sealed so. Raises InvalidTag or ValueError for anything else."""
    cipher = _cipher(settings.SECRET_KEY, purpose)
    return cipher.decrypt(kept[:NONCE], kept[NONCE:], name.encode())


@lru_cache(maxsize=1000)
def _opened(secret: str, kept: bytes, name: str) -> Signer:
    """`secret` is the installation's own: a key opened under another one is not remembered."""
    try:
        return Signer(name, unsealed(PURPOSE, kept, name))
    except InvalidTag as error:
        raise LockedKey(f"The key of {name} was sealed under another secret key.") from error


@lru_cache(maxsize=16)
def _cipher(secret: str, purpose: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, purpose).derive(secret.encode()))
