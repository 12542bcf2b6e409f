"""What is kept sealed: letters as they came, and what opens a mailbox.

Sealed bytes are a nonce of 12 bytes and AES-256-GCM; the key is HKDF-SHA256 of the installation's
own secret. What the bytes are goes into the seal, so that none is passed off as another.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from django.core.files.storage import default_storage

from sutarta.apps.ledger import vault
from sutarta.apps.mail.models import Mailbox, RawLetter

LETTERS, SECRETS = b"sutarta raw letter 1", b"sutarta mailbox secret 1"


class Locked(ValueError):
    """It was sealed under another secret, changed since, or is there no more."""


def seal_letter(raw: bytes, key: str) -> bytes:
    """Seal a letter; `key` is that of its row."""
    return vault.sealed(LETTERS, raw, key)


def opened(letter: RawLetter) -> bytes:
    """The letter as it came. Raises Locked, also when its bytes were removed."""
    if letter.removed_at is not None:
        raise Locked("The letter was removed: its time had ended.")
    try:
        with default_storage.open(letter.path) as file:
            sealed = file.read()
    except OSError as error:
        raise Locked("The letter is not where it should be.") from error
    return _open(LETTERS, sealed, str(letter.pk))


def seal_secret(secret: str, mailbox: Mailbox) -> bytes:
    """Seal what opens a mailbox."""
    return vault.sealed(SECRETS, secret.encode(), str(mailbox.pk))


def secret_of(mailbox: Mailbox) -> str:
    """What opens the mailbox; for signing in alone, never shown. Raises Locked."""
    return _open(SECRETS, bytes(mailbox.secret), str(mailbox.pk)).decode()


def _open(purpose: bytes, kept: bytes, key: str) -> bytes:
    try:
        return vault.unsealed(purpose, kept, key)
    except (InvalidTag, ValueError) as error:
        raise Locked("It was sealed under another secret, or changed since.") from error
