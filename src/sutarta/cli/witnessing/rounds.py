"""One look at one log: ask, compare, keep, and only then sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sutarta.cli.stop import Stop, tame
from sutarta.cli.witnessing import judging
from sutarta.cli.witnessing.fetching import Site, Unreachable
from sutarta.cli.witnessing.folder import Folder, Kept, Known, LogFolder, contacted
from sutarta.cli.witnessing.judging import Alarm
from sutarta.cli.witnessing.words import Words
from sutarta.core.translog import (
    BadCheckpoint,
    BadNote,
    BadPromise,
    Note,
    Signature,
    Signer,
    Verifier,
)

MOST_OTHERS = 50  # signatures of other witnesses that are kept beside ours
NOT_NAMED = 403


@dataclass(frozen=True)
class Look:
    """What every look needs.

    at     the time by this machine's clock
    full   read every entry anew
    """

    signer: Signer
    at: datetime
    words: Words
    full: bool = False

    @property
    def seconds(self) -> int:
        return int(self.at.timestamp())


def shown_by(site: Site) -> Kept:
    """The checkpoint a site shows. Raises Unreachable when it shows none."""
    try:
        return Kept.parse(site.checkpoint())
    except (BadNote, BadCheckpoint) as bad:
        raise Unreachable(f"{site.log}/checkpoint: {bad}") from bad


def first_look(folder: Folder, site: Site, pin: Verifier | None, look: Look) -> Iterator[str]:
    """Begin to keep a log: its key is trusted as it stands, unless one is given.

    Raises Unreachable; Stop when the log is not signed with the key that was given.
    """
    shown = shown_by(site)
    origin, said = shown.point.origin, site.keys()
    try:
        first = pin or Verifier.parse(str(judging.epoch_of(said, origin).get("first")))
        if first.name != origin:
            raise Stop(
                f"The log at {site.address} is {tame(origin)}, the key is that of {first.name}."
            )
        now = look.at.isoformat(timespec="seconds")
        notes = judging.handed_on(said, origin, first)
        known = Known(site.address, origin, str(first), notes, since=now, contact=now)
        keys = known.signing()
    except (BadNote, BadPromise) as bad:
        raise Unreachable(f"{site.log}/keys: {bad}") from bad
    if judging.signed_by(shown, keys, None) is None:
        raise Stop(f"The log {origin} is not signed with the key {keys[-1]}.", code=1)
    judging.goes_on(shown, None, lambda size: None, site)
    log = folder.begin(known)
    yield look.words.say("pinned" if pin else "trusted", origin=origin, key=first)
    yield from go_on(log, known, look)


def go_on(log: LogFolder, known: Known, look: Look) -> Iterator[str]:
    """Look at a log again; yields what there is to say.

    Raises Alarm, Unreachable, and Stop when nothing could be kept or signed.
    """
    site, newest = Site(known.address), log.newest()
    _require_clock(known, newest, look)
    shown = shown_by(site)
    if shown.point.origin != known.origin:
        raise Alarm("other_log", shown, newest)
    known, key = _signed(shown, newest, known, site)
    if newest is not None and key != _key_of(newest, known):
        yield look.words.say("rotated", origin=known.origin, key=key)
    sizes = set(log.sizes())
    same = lambda size: log.kept(size) if size in sizes else None  # noqa: E731
    judging.goes_on(shown, newest, same, site)
    if look.full:
        judging.every_entry(shown, [log.kept(size) for size in sorted(sizes)], site)
        yield look.words.say("read_all", origin=known.origin, size=shown.point.size)
    note = _keep_and_sign(log, shown, newest, key, look)
    log.remember(contacted(known, look.at))
    yield _kept(known, shown, newest, look)
    yield _handed_over(site, note, look)


def _require_clock(known: Known, newest: Kept | None, look: Look) -> None:
    seen = newest.seen(look.signer.verifier) if newest else []
    if seen and seen[-1] > look.seconds:
        last = datetime.fromtimestamp(seen[-1], UTC).isoformat(timespec="seconds")
        now = look.at.isoformat(timespec="seconds")
        raise Stop(look.words.say("clock", now=now, last=last, origin=known.origin), code=1)


def _signed(shown: Kept, newest: Kept | None, known: Known, site: Site) -> tuple[Known, Verifier]:
    """The key that signed it; asked about anew when none of those we know did."""
    key = judging.signed_by(shown, known.signing(), newest)
    if key is None:
        notes = judging.handed_on(site.keys(), known.origin, known.signing()[0])
        if notes[: len(known.handovers)] == known.handovers:
            known = replace(known, handovers=notes)
            key = judging.signed_by(shown, known.signing(), newest)
    if key is None:
        raise Alarm("unknown_key", shown, newest)
    return known, key


def _key_of(kept: Kept, known: Known) -> Verifier | None:
    return next((key for key in known.signing() if key.find(kept.note)), None)


def _keep_and_sign(
    log: LogFolder, shown: Kept, newest: Kept | None, key: Verifier, look: Look
) -> Note:
    """On the disk before it is signed: a signature is a promise to remember. Returns the
    checkpoint with the log's signature and ours.
    """
    text = shown.note.text
    is_same = newest is not None and newest.note.text == text
    ours = _ours(newest, look.signer.verifier)[:1] if newest and is_same else []
    whose = (key.name, key.key_id)
    its = next(one for one in shown.note.signatures if (one.name, one.key_id) == whose)
    kept = Note(text, (its, *_others(shown, key, look.signer.verifier), *ours))
    log.keep(Kept(kept, shown.point))
    line = look.signer.sign(text, look.seconds)
    log.keep(Kept(kept.signed(line), shown.point))
    return Note(text, (its, line))


def _ours(kept: Kept, us: Verifier) -> list[Signature]:
    return [one for one in kept.note.signatures if (one.name, one.key_id) == (us.name, us.key_id)]


def _others(shown: Kept, key: Verifier, us: Verifier) -> list[Signature]:
    """Signatures of further witnesses: they may be evidence some day."""
    not_these = {(one.name, one.key_id) for one in (key, us)}
    found = [one for one in shown.note.signatures if (one.name, one.key_id) not in not_these]
    return found[:MOST_OTHERS]


def _kept(known: Known, shown: Kept, newest: Kept | None, look: Look) -> str:
    size = shown.point.size
    if newest is None:
        return look.words.say("begun", origin=known.origin, size=size)
    code = "same" if size == newest.point.size else "grown"
    more = size - newest.point.size
    return look.words.say(code, origin=known.origin, size=size, more=more)


def _handed_over(site: Site, note: Note, look: Look) -> str:
    try:
        status, said = site.hand_over(str(note).encode())
    except Unreachable as why:
        return look.words.say("not_taken", said=why)
    if status == NOT_NAMED:
        return look.words.say("unnamed", said=said, key=look.signer.verifier)
    return look.words.say("shown" if status == 200 else "not_taken", said=said or status)
