"""Signed notes (c2sp.org/signed-note): a text, an empty line, and signatures of named keys.

Two kinds of keys are known: plain Ed25519 (0x01), by which a log signs its checkpoints, and
time-stamped cosignatures (0x04, c2sp.org/tlog-cosignature), by which a witness signs them too.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sutarta.core.translog.lines import decoded, is_line, is_text

PLAIN, COSIGNATURE = 1, 4
LONGEST = 1_000_000  # bytes of a note that is read at all
MOST_SIGNATURES = 100
LATEST = 2**63 - 1  # seconds since 1970 that a cosignature may name
_STAMP = 8  # bytes of a cosignature's time, before its 64 bytes of Ed25519
_KEY = 32  # bytes of an Ed25519 key, secret or public


class BadNote(ValueError):
    """Bytes are no signed note, or a key is none; the text says why."""


@dataclass(frozen=True)
class Signature:
    """One line under a note: who is said to have signed, and what.

    key_id   4 bytes that tell keys of one name apart
    data     64 bytes of Ed25519, or 8 of time and 64
    """

    name: str
    key_id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"— {self.name} {b64encode(self.key_id + self.data).decode()}\n"

    @classmethod
    def parse(cls, line: str) -> Signature:
        """Read one line, with or without its newline. Raises BadNote."""
        said = line.removesuffix("\n")
        name, _, encoded = said.removeprefix("— ").partition(" ")
        data = decoded(encoded)
        found = cls(name, data[:4], data[4:])
        if not _is_name(name) or not found.data or str(found) != said + "\n":
            raise BadNote(f"not a signature: {line[:80]!r}")
        return found


@dataclass(frozen=True)
class Note:
    """A text and the signatures under it; whether any of them is good, a Verifier says.

    text   ends in a newline
    """

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    def signed(self, *more: Signature) -> Note:
        """With further signatures at the end; one that is there already stays once."""
        new = tuple(one for one in more if one not in self.signatures)
        return replace(self, signatures=self.signatures + new)

    @classmethod
    def parse(cls, said: str | bytes) -> Note:
        """Read a note. Raises BadNote; an unknown key's signature is no error."""
        text = _text(said)
        body, gap, lines = text.rpartition("\n\n")
        if not gap or not lines.endswith("\n"):
            raise BadNote("a note has a text, an empty line and signatures")
        found = lines.removesuffix("\n").split("\n")
        if len(found) > MOST_SIGNATURES:
            raise BadNote("a note with more signatures than anybody reads")
        return cls(body + "\n", tuple(map(Signature.parse, found)))


@dataclass(frozen=True)
class Verifier:
    """A public key with its name, by which signatures are checked.

    kind     PLAIN or COSIGNATURE
    public   32 bytes of Ed25519

    Raises BadNote when it is no such key, or its name has signs that nobody sees.
    """

    name: str
    public: bytes
    kind: int = PLAIN

    def __post_init__(self) -> None:
        _check(self.name, self.public, self.kind)

    def __str__(self) -> str:
        """As it is printed and handed on: name+hash+key."""
        encoded = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    @property
    def key_id(self) -> bytes:
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return sha256(named).digest()[:4]

    @classmethod
    def parse(cls, said: str) -> Verifier:
        """Read a printed key. Raises BadNote when it is none of the two kinds, or misspelt."""
        name, _, rest = said.strip().partition("+")
        data = decoded(rest.partition("+")[2])
        if not data:
            raise BadNote(f"not a key: {said[:120]!r}")
        key = cls(name, data[1:], data[0])
        if str(key) != said.strip():
            raise BadNote(f"a key that does not fit its own name: {said[:120]!r}")
        return key

    def find(self, note: Note) -> Signature | None:
        """The key's good signature under the note, None when there is none.

        Of several by one key the first decides: c2sp.org/signed-note would have a note rejected
        when a known key's signature is bad, and so do Go's reader and those made after it. Two
        readers should not say different things about one note.
        """
        mine = (self.name, self.key_id)
        theirs = (one for one in note.signatures if (one.name, one.key_id) == mine)
        first = next(theirs, None)
        return first if first and self._is_good(note.text, first.data) else None

    def signed_at(self, note: Note) -> int | None:
        """When a cosigning key signed the note: seconds since 1970; None when it did not."""
        found = self.find(note) if self.kind == COSIGNATURE else None
        return int.from_bytes(found.data[:_STAMP], "big") if found else None

    def _is_good(self, text: str, data: bytes) -> bool:
        if len(data) != (64 if self.kind == PLAIN else _STAMP + 64):
            return False
        seconds = int.from_bytes(data[:-64], "big")
        if seconds > LATEST or not is_text(text):
            return False
        try:
            message = _message(text, self.kind, seconds)
            Ed25519PublicKey.from_public_bytes(self.public).verify(data[-64:], message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key with its name.

    seed   32 secret bytes

    Raises BadNote when it is no such key, or its name has signs that nobody sees.
    """

    name: str
    seed: bytes
    kind: int = PLAIN

    def __post_init__(self) -> None:
        _check(self.name, self.seed, self.kind)

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"

    @cached_property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._key.public_key().public_bytes_raw(), self.kind)

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, text: str, seconds: int = 0) -> Signature:
        """Sign a note's text.

        text      ends in a newline
        seconds   since 1970, for a cosigning key; a plain one signs no time

        Raises BadNote for a text that no note can have, and for a cosignature without a time.
        """
        if not _text(text).endswith("\n"):
            raise BadNote("the text of a note ends in a newline")
        if self.kind == COSIGNATURE and not 0 < seconds <= LATEST:
            raise BadNote(f"not a time for a cosignature: {seconds}")
        stamp = seconds.to_bytes(_STAMP, "big") if self.kind == COSIGNATURE else b""
        data = stamp + self._key.sign(_message(text, self.kind, seconds))
        return Signature(self.name, self.verifier.key_id, data)


def _message(text: str, kind: int, seconds: int) -> bytes:
    head = f"cosignature/v1\ntime {seconds}\n" if kind == COSIGNATURE else ""
    return (head + text).encode()


def _text(said: str | bytes) -> str:
    if len(said) > LONGEST:
        raise BadNote("a note too long to be read")
    try:
        text = said if isinstance(said, str) else said.decode()
    except UnicodeDecodeError as error:
        raise BadNote("a note is UTF-8") from error
    if not is_text(text):
        raise BadNote("a note holds text without control characters")
    return text


def _check(name: str, key: bytes, kind: int) -> None:
    """Names that look alike but are not are told apart by the key's hash, beside which they are
    printed; signs that are not seen at all are refused in the keys we trust."""
    if not _is_name(name) or not name.isprintable():
        raise BadNote(f"not a name for a key: {name[:120]!r}")
    if len(key) != _KEY or kind not in {PLAIN, COSIGNATURE}:
        raise BadNote(f"not a key of Ed25519: {name[:120]!r}")


def _is_name(name: str) -> bool:
    return is_line(name) and "+" not in name and not any(sign.isspace() for sign in name)
