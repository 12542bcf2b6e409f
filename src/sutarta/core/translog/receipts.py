"""Receipts: what the author of a submission holds, and what it proves without anybody's help.

A receipt is a JSON object of the schema below. Everything in it is told by the group's server, so
nothing in it is taken on trust but the one key somebody compared with a printed notice.

schema    "sutarta.receipt/2"
group     the group's name; number: the submission's; code: the short code of its first act
texts     what was said, oldest first: digest, salt (hex) and content; or digest and closed: why
          there is nothing left to open it
author, contact   the same of who spoke and how to reach them, or null
acts      what the log says of it, oldest first: act; promise (a signed note) or ""; and once the
          log has taken it in place: origin, leaf, sequenced_at, path (base64, from below)
logs      origin, key (the first one), handovers (notes), checkpoint (a signed note, cosignatures
          included) or "", witnesses (name, key)
address   where the log is read
help      in words what to do with it
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

SCHEMA = "sutarta.receipt/2"
KEPT, FAILED, UNCHECKED = "kept", "failed", "unchecked"
MOST = 1_000  # texts, acts or logs of one receipt that are read at all

Read = TypeVar("Read")


class NotReceipt(ValueError):
    """It cannot be read as a receipt; the text says what is missing."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    code    names it; sentences are somebody else's business
    state   KEPT, FAILED, or UNCHECKED: it could not be looked at, or not from here
    facts   plain values for the sentence
    """

    code: str
    state: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A digest and what it was made of; `closed` says why that is gone."""

    digest: str
    salt: bytes
    content: Mapping[str, Any]
    closed: str


@dataclass(frozen=True)
class Place:
    """Where a log holds an act."""

    origin: str
    leaf: int
    sequenced_at: str
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class Act:
    """An act as recorded, the log's promise of it ("" for none), and its place once it has one."""

    body: Mapping[str, Any]
    promise: str
    place: Place | None

    @property
    def event(self) -> str:
        return str(self.body.get("event", ""))

    @property
    def facts(self) -> Mapping[str, Any]:
        found = self.body.get("facts")
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Signed:
    """A log as the receipt tells of it: who signs it, and the checkpoint the paths lead to."""

    origin: str
    key: str
    handovers: tuple[str, ...]
    checkpoint: str
    witnesses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Receipt:
    """A receipt that could be read; nothing in it is checked yet."""

    group: str
    number: int
    code: str
    texts: tuple[Part, ...]
    author: Part | None
    contact: Part | None
    acts: tuple[Act, ...]
    logs: tuple[Signed, ...]
    address: str


def read(said: object) -> Receipt:
    """Read a receipt. Raises NotReceipt.

    >>> read({"schema": "sutarta.receipt/2"})
    Traceback (most recent call last):
        ...
    sutarta.core.translog.receipts.NotReceipt: number is missing, or is not what it should be
    """
    if not isinstance(said, dict) or said.get("schema") != SCHEMA:
        raise NotReceipt("it does not begin as a receipt does")
    return Receipt(
        number=_whole(said, "number"),
        group=_text(said, "group"),
        code=_text(said, "code"),
        texts=_each(said, "texts", _part),
        author=_part(said["author"]) if said.get("author") is not None else None,
        contact=_part(said["contact"]) if said.get("contact") is not None else None,
        acts=_each(said, "acts", _act),
        logs=_each(said, "logs", _signed),
        address=_text(said, "address"),
    )


def of_checkpoint(log: Signed) -> Receipt:
    """A log's checkpoint alone, as somebody kept it, to be looked at as a receipt is."""
    return Receipt("", 0, "", (), None, None, (), (log,), "")


def _part(said: object) -> Part:
    its = _object(said)
    closed = _text(its, "closed") if "closed" in its else ""
    content = {} if closed else _object(its.get("content"))
    salt = "" if closed else _text(its, "salt")
    try:
        return Part(_text(its, "digest"), bytes.fromhex(salt), content, closed)
    except ValueError as error:
        raise _wrong("salt") from error


def _act(said: object) -> Act:
    its = _object(said)
    place = its.get("place")
    return Act(
        body=_object(its.get("act")),
        promise=_text(its, "promise"),
        place=None if place is None else _place(place),
    )


def _place(said: object) -> Place:
    its = _object(said)
    return Place(
        origin=_text(its, "origin"),
        leaf=_whole(its, "leaf"),
        sequenced_at=_text(its, "sequenced_at"),
        path=_each(its, "path", _hash),
    )


def _hash(said: object) -> bytes:
    try:
        return b64decode(said, validate=True) if isinstance(said, str) else b""
    except ValueError as error:
        raise _wrong("path") from error


def _signed(said: object) -> Signed:
    its = _object(said)
    return Signed(
        origin=_text(its, "origin"),
        key=_text(its, "key"),
        handovers=_each(its, "handovers", _words),
        checkpoint=_text(its, "checkpoint"),
        witnesses=_each(its, "witnesses", _witness),
    )


def _witness(said: object) -> tuple[str, str]:
    its = _object(said)
    return _text(its, "name"), _text(its, "key")


def _words(said: object) -> str:
    return _text({"handovers": said}, "handovers")


def _object(said: object) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise NotReceipt("a part of it is not what it should be")
    return said


def _text(said: Mapping[str, Any], key: str) -> str:
    found = said.get(key)
    if not isinstance(found, str):
        raise _wrong(key)
    return found


def _whole(said: Mapping[str, Any], key: str) -> int:
    found = said.get(key)
    if type(found) is not int or found < 0:
        raise _wrong(key)
    return found


def _each(said: Mapping[str, Any], key: str, one: Callable[[object], Read]) -> tuple[Read, ...]:
    found = said.get(key)
    if not isinstance(found, list) or len(found) > MOST:
        raise _wrong(key)
    return tuple(map(one, found))


def _wrong(key: str) -> NotReceipt:
    return NotReceipt(f"{key} is missing, or is not what it should be")
