"""Whether a log that is shown now is still the one a receipt, or a checkpoint, came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sutarta.core.translog import proofs
from sutarta.core.translog.checkpoints import Checkpoint
from sutarta.core.translog.entries import BadPromise, Handover, Promise, act_digest, keys_in_force
from sutarta.core.translog.examining import keys_of, promised, signed_by, signed_point
from sutarta.core.translog.hashing import leaf_hash
from sutarta.core.translog.notes import BadNote, Note, Verifier
from sutarta.core.translog.receipts import (
    FAILED,
    KEPT,
    UNCHECKED,
    Finding,
    Receipt,
    Signed,
)
from sutarta.core.translog.tiles import (
    WIDTH,
    BadTile,
    Tiles,
    entries_path,
    tile_path,
    unpack_entries,
)

Fetch = Callable[[str], bytes | None]  # path under the log's address -> bytes, None: not there

TAKEN_IN = timedelta(minutes=10)  # after which a promise without a leaf is broken
OFF = timedelta(days=1)  # by which the clocks of a machine may differ while we look for an act
MOST_BUNDLES = 400  # of 256 acts, looked through from the end for one that was only promised


@dataclass(frozen=True)
class Shown:
    """A log as it is shown now: its newest checkpoint, and where its tiles are.

    prefix   "" for the log in force, "1/" for a former epoch
    """

    point: Checkpoint
    prefix: str
    fetch: Fetch

    @property
    def tiles(self) -> Tiles:
        return Tiles(self.point.size, self._tile)

    def _tile(self, level: int, number: int, width: int) -> bytes:
        return self.fetch(self.prefix + tile_path(level, number, width)) or b""

    def entries(self, number: int) -> list[bytes]:
        """The entries of a bundle, as many as the tree has. Raises BadTile."""
        width = min(WIDTH, self.point.size - number * WIDTH)
        found = unpack_entries(self.fetch(self.prefix + entries_path(number, width)) or b"")
        if len(found) != width:
            raise BadTile(f"bundle {number} of entries is not whole")
        return found


def compare(
    receipt: Receipt, fetch: Fetch, now: datetime, *, is_live: bool = True
) -> list[Finding]:
    """Compare what a receipt knows of its logs with the log that `fetch` shows.

    now       by which a promise is old enough to have been kept
    is_live   whether the log itself answers; somebody's copy of it may be older than the receipt

    `fetch` may raise OSError when it reaches nothing.
    """
    try:
        found = list(_compared(receipt, fetch, now))
    except OSError as error:
        return [Finding("log_unreachable", UNCHECKED, {"why": str(error)[:200]})]
    except BadTile as error:
        return [Finding("log_unreadable", FAILED, {"why": str(error)[:200]})]
    return found if is_live else [_of_copy(one) for one in found]


def _of_copy(found: Finding) -> Finding:
    """What is missing in a copy may have come after it was made."""
    codes = {"log_smaller": "copy_older", "promise_broken": "promise_not_in_copy"}
    if found.code in codes:
        return Finding(codes[found.code], UNCHECKED, found.facts)
    return found


def _compared(receipt: Receipt, fetch: Fetch, now: datetime) -> Iterator[Finding]:
    epochs = _epochs(fetch)
    shown: list[Shown] = []
    there: list[Signed] = []
    for log in receipt.logs:
        found = _shown(log, epochs, fetch)
        if isinstance(found, Finding):
            yield _or_empty(found, log, receipt, now)
            continue
        shown.append(found)
        there.append(log)
        yield from _grown(log, found, epochs)
    waiting = [(act, promised(act)) for act in receipt.acts if act.place is None]
    if shown and any(promise for _act, promise in waiting):
        logs = [*shown, *_later(there, epochs, fetch)]
        for act, promise in waiting:
            if promise is not None:
                yield _kept(promise, act.event, logs, now)


def _epochs(fetch: Fetch) -> list[Mapping[str, Any]]:
    """What the log says of its keys and epochs, oldest first; [] where it says nothing of use."""
    try:
        said = json.loads(fetch("keys") or b"null")
    except (ValueError, RecursionError):
        return []
    found = said.get("epochs") if isinstance(said, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _shown(log: Signed, epochs: list[Mapping[str, Any]], fetch: Fetch) -> Shown | Finding:
    """The newest checkpoint of that log, signed by a key that its own keys lead to."""
    facts: dict[str, object] = {"origin": log.origin[:120]}
    prefix = _prefix(log.origin, epochs)
    note = fetch(f"{prefix}checkpoint")
    if note is None:
        return Finding("log_not_there", FAILED, facts)
    try:
        keys = _longer(log, epochs)
    except (BadNote, BadPromise):
        return Finding("log_keys_broken", FAILED, facts)
    if signed := signed_by(note, log.origin, keys):
        return Shown(signed[0], prefix, fetch)
    found = _origin(note)
    if found not in {"", log.origin}:
        return Finding("log_other", FAILED, {**facts, "found": found[:120]})
    return Finding("log_forged", FAILED, facts)


def _or_empty(found: Finding, log: Signed, receipt: Receipt, now: datetime) -> Finding:
    """A log that shows nothing may be so young that it has nothing to show."""
    promises = [promised(act) for act in receipt.acts]
    is_young = all(one and now - datetime.fromisoformat(one.at) < TAKEN_IN for one in promises)
    if found.code == "log_not_there" and not log.checkpoint and is_young:
        return Finding("log_empty", UNCHECKED, found.facts)
    return found


def _prefix(origin: str, epochs: list[Mapping[str, Any]]) -> str:
    """Where a log is read: the one in force at the log's address, former ones under a number."""
    former = [one.get("epoch") for one in epochs[:-1] if one.get("origin") == origin]
    return f"{former[0]}/" if former and type(former[0]) is int else ""


def _longer(log: Signed, epochs: list[Mapping[str, Any]]) -> list[Verifier]:
    """Our keys of the log, and those they were handed on to since. Raises BadNote, BadPromise."""
    ours = keys_of(log)
    told = next((one.get("handovers") for one in epochs if one.get("origin") == log.origin), None)
    if not isinstance(told, list) or len(told) < len(log.handovers):
        return ours
    notes = [Note.parse(one) for one in told if isinstance(one, str)]
    longer = keys_in_force(ours[0], notes)
    if longer[: len(ours)] != ours:
        raise BadPromise("keys were handed on in another way before")
    return longer


def _origin(note: bytes) -> str:
    try:
        return Note.parse(note).text.partition("\n")[0]
    except BadNote:
        return ""


def _grown(log: Signed, now: Shown, epochs: list[Mapping[str, Any]]) -> Iterator[Finding]:
    """Whether what is shown now begins with what was signed then."""
    signed = signed_point(log, keys_of(log)) if log.checkpoint else None
    if signed is None:
        return
    was = signed[0]
    facts = {"was": was.size, "size": now.point.size}
    if now.point.size < was.size:
        loss = _loss(log.origin, epochs)
        yield Finding("lost_openly" if loss else "log_smaller", FAILED, {**facts, **loss})
    elif _extends(was, now):
        yield Finding("log_extends", KEPT, facts)
    else:
        yield Finding("log_forked", FAILED, facts)
    if now.prefix:
        yield Finding("epoch_ended", KEPT, {"origin": log.origin})


def _extends(was: Checkpoint, now: Shown) -> bool:
    path = proofs.consistency(was.size, now.point.size, now.tiles.lookup)
    return proofs.extends(was.size, was.root, now.point.size, now.point.root, path)


def _loss(origin: str, epochs: list[Mapping[str, Any]]) -> dict[str, object]:
    """When a later epoch says that it lost a part of that log, and of what size it was."""
    for one in epochs:
        act = one.get("began")
        facts = act.get("facts") if isinstance(act, dict) else None
        if not isinstance(act, dict) or not isinstance(facts, dict):
            continue
        lost = facts.get("lost")
        for said in lost if isinstance(lost, list) else []:
            if isinstance(said, dict) and said.get("origin") == origin:
                return {"at": str(act.get("at"))[:40], "lost": str(said.get("size"))[:20]}
    return {}


def _later(
    logs: Iterable[Signed], epochs: list[Mapping[str, Any]], fetch: Fetch
) -> Iterator[Shown]:
    """Epochs begun since, each handed on to by a key of the one before it."""
    keys = {log.origin: keys_of(log) for log in logs}
    for one in epochs:
        fresh = _handed_on(one, keys)
        if fresh is None or fresh.name in keys:
            continue
        log = Signed(fresh.name, str(fresh), (), "", ())
        found = _shown(log, epochs, fetch)
        if isinstance(found, Shown):
            keys[fresh.name] = _longer(log, epochs)
            yield found


def _handed_on(epoch: Mapping[str, Any], keys: Mapping[str, list[Verifier]]) -> Verifier | None:
    """The first key of an epoch, if a key of the former one signed that it is."""
    act = epoch.get("began")
    facts = act.get("facts") if isinstance(act, dict) else None
    if not isinstance(facts, dict):
        return None
    try:
        note = Note.parse(str(facts.get("handover")))
        said = Handover.parse(note.text)
    except (BadNote, BadPromise):
        return None
    is_signed = any(key.find(note) for key in keys.get(said.origin, []))
    return said.key if is_signed and said.key.name == epoch.get("origin") else None


def _kept(promise: Promise, event: str, logs: list[Shown], now: datetime) -> Finding:
    """Whether the act that was promised is in the log."""
    facts: dict[str, object] = {"act": event[:60], "at": promise.at}
    at = datetime.fromisoformat(promise.at)
    for log in logs:
        if found := _search(promise.digest, at, log):
            leaf, sequenced_at = found
            return Finding(
                "promise_fulfilled", KEPT, {**facts, "leaf": leaf, "sequenced_at": sequenced_at}
            )
    if now - at < TAKEN_IN:
        return Finding("promise_waits", UNCHECKED, facts)
    return Finding("promise_broken", FAILED, facts)


def _search(digest: bytes, at: datetime, log: Shown) -> tuple[int, str] | None:
    """Leaf and time of the act, looked for from the end of the log; None when it is not there."""
    tiles, size = log.tiles, log.point.size
    last = (size - 1) // WIDTH if size else -1
    for number in range(last, max(-1, last - MOST_BUNDLES), -1):
        entries = log.entries(number)
        for column, entry in enumerate(entries):
            said = _leaf(entry)
            if said is not None and said[0] == digest:
                leaf = number * WIDTH + column
                path = proofs.inclusion(leaf, size, tiles.lookup)
                if proofs.includes(leaf_hash(entry), leaf, size, path, log.point.root):
                    return leaf, said[1]
                raise BadTile(f"entry {leaf} is not the one the tree holds")
        first = _leaf(entries[0])
        if first is not None and _is_before(first[1], at - OFF):
            return None
    return None


def _leaf(entry: bytes) -> tuple[bytes, str] | None:
    """The act's digest and when the log took it in; None for what is no leaf of ours."""
    try:
        said = json.loads(entry)
        return act_digest(said["act"]), str(said["sequenced_at"])
    except (ValueError, RecursionError, KeyError, TypeError):
        return None


def _is_before(said: str, at: datetime) -> bool:
    try:
        return datetime.fromisoformat(said) < at
    except (ValueError, TypeError):
        return False
