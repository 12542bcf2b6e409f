"""Keeping the secret half of a signing key: sealed under the installation's own key."""

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
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, seed, name.encode())


def signer(sealed: bytes, name: str) -> Signer:
    """Open a sealed key. Raises LockedKey."""
    return _opened(settings.SECRET_KEY, sealed, name)


@lru_cache(maxsize=1000)
def _opened(secret: str, sealed: bytes, name: str) -> Signer:
    try:
        return Signer(name, _cipher(secret).decrypt(sealed[:NONCE], sealed[NONCE:], name.encode()))
    except InvalidTag as error:
        raise LockedKey(f"The key of {name} was sealed under another secret key.") from error


@lru_cache(maxsize=4)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, PURPOSE).derive(secret.encode()))
