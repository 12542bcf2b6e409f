"""What a receipt proves by itself, finding by finding; nobody is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from sutarta.core.canonical import SALT_LENGTH, fingerprint
from sutarta.core.translog.checkpoints import BadCheckpoint, Checkpoint
from sutarta.core.translog.entries import (
    BadPromise,
    Promise,
    act_digest,
    keys_in_force,
    leaf_bytes,
    short_code,
)
from sutarta.core.translog.hashing import leaf_hash
from sutarta.core.translog.notes import BadNote, Note, Verifier
from sutarta.core.translog.proofs import includes
from sutarta.core.translog.receipts import (
    FAILED,
    KEPT,
    UNCHECKED,
    Act,
    Finding,
    NotReceipt,
    Part,
    Place,
    Receipt,
    Signed,
    read,
)

WORDED = ("submission.received", "submission.corrected")  # acts that name what was said


def examine(said: object, trusted: Verifier | str = "") -> list[Finding]:
    """Check everything a receipt can prove offline; of what is no receipt, that it is none.

    said      the JSON as read, whatever it is
    trusted   a key as somebody trusts it, or its fingerprint as a notice prints it; "" for none
    """
    try:
        receipt = read(said)
        digests = [_digest(act) for act in receipt.acts]
    except NotReceipt as error:
        return [Finding("not_a_receipt", FAILED, {"why": str(error)})]
    return [
        *_numbers(receipt, digests),
        *_words(receipt),
        *_person(receipt),
        *_promises(receipt, digests),
        *_places(receipt),
        *examine_logs(receipt, trusted),
    ]


def keys_of(log: Signed) -> list[Verifier]:
    """The keys of a log as a receipt tells of them, oldest first. Raises BadPromise or BadNote."""
    first = Verifier.parse(log.key)
    if first.name != log.origin:
        raise BadPromise("the key bears another name than the log")
    return keys_in_force(first, map(Note.parse, log.handovers))


def signed_point(log: Signed, keys: list[Verifier]) -> tuple[Checkpoint, Verifier] | None:
    """The log's checkpoint and the key that signed it; None when none of them did."""
    return signed_by(log.checkpoint, log.origin, keys)


def signed_by(
    said: str | bytes, origin: str, keys: list[Verifier]
) -> tuple[Checkpoint, Verifier] | None:
    """The checkpoint of that log in a note, and which of the keys signed it; None for neither."""
    try:
        note = Note.parse(said)
        point = Checkpoint.parse(note.text)
    except (BadNote, BadCheckpoint):
        return None
    signer = next((key for key in reversed(keys) if key.find(note)), None)
    return (point, signer) if signer and point.origin == origin else None


def promised(act: Act) -> Promise | None:
    """What the promise beside an act says, whoever signed it; None when it is none."""
    try:
        return Promise.parse(Note.parse(act.promise).text)
    except (BadNote, BadPromise):
        return None


def _digest(act: Act) -> bytes:
    try:
        return act_digest(act.body)
    except (ValueError, RecursionError) as error:
        raise NotReceipt("an act in it cannot be written as JSON") from error


def _numbers(receipt: Receipt, digests: list[bytes]) -> Iterator[Finding]:
    """Whether every part speaks of the same submission, and the printed code of this receipt."""
    said = [part.content.get("number") for part in receipt.texts if not part.closed]
    said += [act.facts.get("number") for act in receipt.acts]
    about = [act.body.get("about", "") for act in receipt.acts]
    others = [number for number in said if number != receipt.number]
    others += [page for page in about if page not in ("", f"p/{receipt.number}")]
    facts = {"number": receipt.number}
    if others or not receipt.acts:
        yield Finding("number_differs", FAILED, {**facts, "found": str((others or [""])[0])})
    else:
        yield Finding("number_agrees", KEPT, facts)
    is_right = bool(digests) and short_code(digests[0]) == receipt.code
    yield Finding(
        "code_fits" if is_right else "code_differs",
        KEPT if is_right else FAILED,
        {"code": receipt.code[:40]},
    )


def _words(receipt: Receipt) -> Iterator[Finding]:
    """Each text against the act that received it or took its correction."""
    naming = [act for act in receipt.acts if act.event in WORDED]
    for revision, part in enumerate(receipt.texts, start=1):
        act = naming[revision - 1] if revision <= len(naming) else None
        its = act is not None and act.facts.get("digest") == part.digest
        if not part.closed and part.content.get("revision") != revision:
            its = False
        yield from _opening("text", part, its, {"revision": revision})
    if len(naming) != len(receipt.texts):
        yield Finding("texts_missing", FAILED, {"texts": len(receipt.texts), "acts": len(naming)})


def _person(receipt: Receipt) -> Iterator[Finding]:
    for name, part in (("author", receipt.author), ("contact", receipt.contact)):
        if part is not None:
            named = {act.facts.get(name) for act in receipt.acts if _is_text(act.facts.get(name))}
            yield from _opening(name, part, part.digest in named, {})


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _opening(
    name: str, part: Part, is_named: bool, facts: Mapping[str, object]
) -> Iterator[Finding]:
    """Whether the act names the digest, and the words open it."""
    if not is_named:
        yield Finding(f"{name}_not_named", FAILED, facts)
    elif part.closed:
        yield Finding(f"{name}_closed", UNCHECKED, {**facts, "why": part.closed[:40]})
    elif _opens(part):
        yield Finding(f"{name}_opens", KEPT, facts)
    else:
        yield Finding(f"{name}_differs", FAILED, facts)


def _opens(part: Part) -> bool:
    if len(part.salt) != SALT_LENGTH:
        return False
    try:
        return fingerprint(part.salt, part.content) == part.digest
    except (ValueError, RecursionError):
        return False


def _promises(receipt: Receipt, digests: list[bytes]) -> Iterator[Finding]:
    keys = {log.origin: _keys(log) for log in receipt.logs}
    for act, digest in zip(receipt.acts, digests, strict=True):
        facts: dict[str, object] = {"act": act.event[:60]}
        promise = promised(act)
        if not act.promise:
            yield Finding("promise_missing", UNCHECKED, facts)
        elif promise is None or not _is_signed(act.promise, keys.get(promise.origin, [])):
            yield Finding("promise_forged", FAILED, facts)
        elif promise.digest != digest:
            yield Finding("promise_other", FAILED, facts)
        else:
            yield Finding("promise_signed", KEPT, {**facts, "at": promise.at})


def _is_signed(note: str, keys: list[Verifier]) -> bool:
    return any(key.find(Note.parse(note)) for key in keys)


def _keys(log: Signed) -> list[Verifier]:
    try:
        return keys_of(log)
    except (BadNote, BadPromise):
        return []


def _places(receipt: Receipt) -> Iterator[Finding]:
    logs = {log.origin: log for log in receipt.logs}
    for act in receipt.acts:
        facts: dict[str, object] = {"act": act.event[:60]}
        if act.place is None:
            yield Finding("waiting", UNCHECKED, facts)
            continue
        point = _point(logs.get(act.place.origin))
        facts |= {"leaf": act.place.leaf, "at": act.place.sequenced_at[:40]}
        if point is not None and _is_included(act, act.place, point):
            yield Finding("included", KEPT, {**facts, "size": point.size})
        else:
            yield Finding("not_included", FAILED, facts)


def _point(log: Signed | None) -> Checkpoint | None:
    """The checkpoint as it is said; who signed it is looked at apart."""
    try:
        return Checkpoint.parse(Note.parse(log.checkpoint).text) if log else None
    except (BadNote, BadCheckpoint):
        return None


def _is_included(act: Act, place: Place, point: Checkpoint) -> bool:
    if point.origin != place.origin:
        return False
    try:
        leaf = leaf_hash(leaf_bytes(act.body, place.sequenced_at))
    except ValueError:
        return False
    return includes(leaf, place.leaf, point.size, place.path, point.root)


def fingerprint_of(key: Verifier) -> str:
    """A key in four groups of four signs, as notices print it."""
    return short_code(sha256(str(key).encode()).digest())


def examine_logs(receipt: Receipt, trusted: Verifier | str = "") -> Iterator[Finding]:
    """Who signed: each log's keys and checkpoint, witnesses, and whether the key is the known."""
    signers: list[tuple[list[Verifier], Verifier]] = []
    for log in receipt.logs:
        try:
            keys = keys_of(log)
        except (BadNote, BadPromise):
            yield Finding("keys_broken", FAILED, {"origin": log.origin[:120]})
            continue
        if len(keys) > 1:
            yield Finding("key_handed_on", KEPT, {"times": len(keys) - 1})
        signers += [(keys, signer) for signer in _promise_signers(receipt, log.origin, keys)]
        if not log.checkpoint:
            continue
        if signed := signed_point(log, keys):
            signers.append((keys, signed[1]))
            yield _checkpoint("checkpoint_signed", KEPT, signed[0])
        else:
            yield Finding("checkpoint_forged", FAILED, {"origin": log.origin[:120]})
        yield from witnessed(log)
    yield _trust(receipt, signers, str(trusted))


def _checkpoint(code: str, state: str, point: Checkpoint) -> Finding:
    return Finding(code, state, {"origin": point.origin, "size": point.size})


def _promise_signers(receipt: Receipt, origin: str, keys: list[Verifier]) -> list[Verifier]:
    notes = [
        act.promise for act in receipt.acts if (said := promised(act)) and said.origin == origin
    ]
    return [key for note in notes for key in keys if key.find(Note.parse(note))]


def witnessed(log: Signed) -> Iterator[Finding]:
    """Who else signed the log's checkpoint, and when."""
    try:
        note = Note.parse(log.checkpoint)
    except BadNote:
        return
    count = 0
    for name, said in log.witnesses:
        facts: dict[str, object] = {"name": name[:160]}
        at = _cosigned_at(said, note)
        if at is None:
            yield Finding("witness_forged", FAILED, facts)
        else:
            count += 1
            yield Finding("witnessed", KEPT, {**facts, "at": at})
    if not count:
        yield Finding("not_witnessed", UNCHECKED)


def _cosigned_at(said: str, note: Note) -> str | None:
    try:
        seconds = Verifier.parse(said).signed_at(note)
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()
    except (BadNote, ValueError, OverflowError, OSError):
        return None


def _trust(
    receipt: Receipt, signers: list[tuple[list[Verifier], Verifier]], trusted: str
) -> Finding:
    """Whether everything was signed by the key that somebody knows, or by one after it.

    A key hands on to the next and not the other way round: what keys before it signed, it does
    not vouch for.
    """
    its = [key for log in receipt.logs[:1] for key in _keys(log)]
    facts = {
        "key": trusted,
        "found": str(its[-1]) if its else "",
        "fingerprint": ", ".join(map(fingerprint_of, its)),
    }
    if not trusted:
        return Finding("key_unknown", UNCHECKED, facts)
    known = [(keys, signer, at) for keys, signer in signers if (at := _known(keys, trusted)) >= 0]
    if not known:
        return Finding("key_other", FAILED, facts)
    if any(keys.index(signer) < at for keys, signer, at in known):
        return Finding("key_older", UNCHECKED, facts)
    if len(known) < len(signers):
        return Finding("key_of_another_epoch", UNCHECKED, facts)
    return Finding("key_trusted", KEPT, facts)


def _known(keys: list[Verifier], trusted: str) -> int:
    """Which of the keys is the known one, -1 for none."""
    names = [{str(key), fingerprint_of(key)} for key in keys]
    return next((at for at, name in enumerate(names) if trusted in name), -1)
