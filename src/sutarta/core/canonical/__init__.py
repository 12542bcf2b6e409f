"""Canonical bytes and fingerprints: the same value gives the same bytes on every machine."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import rfc8785

LARGEST = 2**53 - 1  # whole number that every reader of JSON keeps exact
SALT_LENGTH = 32  # bytes; 256 bits, so that a short text cannot be guessed from its fingerprint

_PLAIN = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


def canonical_bytes(value: Any) -> bytes:
    """Write `value` as canonical JSON (RFC 8785), in UTF-8.

    value   None, bool, str, int within ±(2**53 - 1), finite float, list or tuple, dict with
            text keys; nested as deeply as wanted

    Raises ValueError naming what JSON cannot hold.

    >>> canonical_bytes({"b": [1, 2.0], "a": "š"})
    b'{"a":"\\xc5\\xa1","b":[1,2]}'
    """
    try:
        return _of_plain(value) if _is_plain(value) else rfc8785.dumps(value)
    except ValueError as error:
        raise ValueError(f"canonical JSON cannot hold this value: {error}") from error


def _is_plain(value: Any) -> bool:
    """Whether Python's own JSON, many times as fast, says it in the same bytes: there are no
    fractions in it, and names that are sorted alike by code point and by UTF-16.
    """
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return bool(-LARGEST <= value <= LARGEST)
    if kind is dict:
        return all(type(name) is str and name.isascii() for name in value) and all(
            map(_is_plain, value.values())
        )
    return kind in (list, tuple) and all(map(_is_plain, value))


def _of_plain(value: Any) -> bytes:
    """Raises ValueError for half a character, which UTF-8 cannot say."""
    return _PLAIN.encode(value).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, 64 hex digits.

    >>> digest({})[:8]
    '44136fa3'
    """
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def instant(at: datetime) -> str:
    """An instant in UTC, ISO 8601, always with microseconds: equal instants read alike.

    >>> instant(datetime(2026, 11, 30, 22, tzinfo=UTC))
    '2026-11-30T22:00:00.000000+00:00'
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def fingerprint(salt: bytes, value: Any) -> str:
    """SHA-256 over salt || canonical bytes, 64 hex digits.

    salt   32 random bytes, kept as long as the value may be shown

    Raises ValueError on a salt of another length, and as `canonical_bytes` does.
    """
    if len(salt) != SALT_LENGTH:
        raise ValueError(f"a salt has {SALT_LENGTH} bytes, not {len(salt)}")
    return hashlib.sha256(salt + canonical_bytes(value)).hexdigest()
