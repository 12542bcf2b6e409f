"""Going on with the log that follows one: only when it names what it lost."""

from __future__ import annotations

import json
from typing import Any

from sutarta.cli.stop import Stop
from sutarta.cli.witnessing import judging
from sutarta.cli.witnessing.fetching import Site, Unreachable
from sutarta.cli.witnessing.folder import Kept, Known
from sutarta.cli.witnessing.words import Words
from sutarta.core.translog import (
    WIDTH,
    BadCheckpoint,
    BadNote,
    BadPromise,
    BadTile,
    Handover,
    Note,
    Tiles,
    Verifier,
    consistency,
    extends,
    includes,
    inclusion,
    leaf_hash,
)

OPENED = "log.epoch_opened"


class NotNamed(Stop):
    """The new log does not name what it lost."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The new log cannot be accepted: {why}.", code=1)


def first_act(shown: Kept, site: Site) -> dict[str, Any]:
    """The act the new log begins with, proven to be in it."""
    size = shown.point.size
    entry = site.entries(0, min(WIDTH, size))[0] if size else b""
    try:
        path = inclusion(0, size, Tiles(size, site.tile).lookup)
        is_there = includes(leaf_hash(entry), 0, size, path, shown.point.root)
        act = json.loads(entry)["act"]
    except (BadTile, ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotNamed("its first act cannot be read") from error
    if not is_there or not isinstance(act, dict) or act.get("event") != OPENED:
        raise NotNamed("it does not begin with the act that opens an epoch")
    return act


def accept(
    known: Known, newest: Kept, shown: Kept, site: Site, words: Words
) -> tuple[Verifier, str]:
    """The first key of the log that follows, and what it says of its loss. Raises Stop otherwise.

    newest   the last checkpoint we kept of the former log
    """
    facts = first_act(shown, site).get("facts")
    if not isinstance(facts, dict) or facts.get("former") != known.origin:
        raise NotNamed(f"it does not say that it follows {known.origin}")
    key = _key(facts, known)
    if key.name != shown.point.origin:
        raise NotNamed("the former key signs for another log")
    return key, _loss(facts, known, newest, site, words)


def _key(facts: dict[str, Any], known: Known) -> Verifier:
    """The key of the new log, which the former one signed for."""
    try:
        note = Note.parse(str(facts.get("handover")))
        handover = Handover.parse(note.text)
    except (BadNote, BadPromise) as bad:
        raise NotNamed("the former key does not sign for it") from bad
    if handover.origin != known.origin or known.signing()[-1].find(note) is None:
        raise NotNamed("the former key does not sign for it")
    return handover.key


def _loss(facts: dict[str, Any], known: Known, newest: Kept, site: Site, words: Words) -> str:
    """What the new log did not take over of what we saw. Raises NotNamed when it hides it."""
    size, seen = facts.get("size"), newest.point.size
    if not isinstance(size, int) or size < 0:
        raise NotNamed("it does not say how large the former log was")
    if size >= seen:
        _require_continued(facts, known, newest, site)
        return words.say("epoch_whole")
    lost = facts.get("lost")
    named = [_named(one, known) for one in lost] if isinstance(lost, list) else []
    if not any(_covers(one, newest) for one in named if one):
        raise NotNamed(f"it took over {size} acts and does not name the {seen} we saw")
    return words.say("epoch_lost", seen=seen, size=size)


def _named(said: object, known: Known) -> Kept | None:
    """A checkpoint of the former log that the new one says is lost."""
    note = said.get("checkpoint") if isinstance(said, dict) else None
    try:
        found = Kept.parse(str(note))
    except (BadNote, BadCheckpoint):
        return None
    is_its = found.point.origin == known.origin
    return found if is_its and any(key.find(found.note) for key in known.signing()) else None


def _covers(named: Kept, newest: Kept) -> bool:
    if named.point.size == newest.point.size:
        return named.point.root == newest.point.root
    return named.point.size > newest.point.size


def _require_continued(facts: dict[str, Any], known: Known, newest: Kept, site: Site) -> None:
    """The former log, as it ended, has to begin with what we saw of it."""
    size, epoch = facts["size"], judging.epoch_of(site.keys(), known.origin).get("epoch")
    try:
        root = bytes.fromhex(str(facts.get("root")))
        number = int(str(epoch))
        tiles = Tiles(size, lambda level, place, width: site.tile(level, place, width, number))
        path = consistency(newest.point.size, size, tiles.lookup)
    except (BadTile, ValueError) as bad:
        raise Unreachable(f"the former log cannot be read: {bad}") from bad
    if not extends(newest.point.size, newest.point.root, size, root, path):
        raise NotNamed("the former log is not the one we saw")
