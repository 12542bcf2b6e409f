"""Whether what a log shows goes on from what was seen of it before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sutarta.cli.witnessing.fetching import Site, Unreachable
from sutarta.cli.witnessing.folder import Kept
from sutarta.core.translog import (
    EMPTY_ROOT,
    WIDTH,
    BadNote,
    BadPromise,
    BadTile,
    Note,
    Tiles,
    Tree,
    Verifier,
    consistency,
    extends,
    keys_in_force,
    leaf_hash,
    root_of,
)


class Alarm(Exception):
    """The log shows something it cannot show if it only ever grew.

    code    of the sentence that says what, in `words`
    shown   the checkpoint it showed; against: what we kept, or None
    facts   for the sentence
    """

    def __init__(self, code: str, shown: Kept, against: Kept | None, **facts: object) -> None:
        super().__init__(code)
        self.code, self.shown, self.against, self.facts = code, shown, against, facts


def signed_by(shown: Kept, keys: Sequence[Verifier], newest: Kept | None) -> Verifier | None:
    """The key that signed it, of those still in force when we last looked; None when none did.

    A key that was handed on signs nothing new: whoever stole it could.
    """
    last = 0
    if newest is not None:
        signing = [at for at, key in enumerate(keys) if key.find(newest.note)]
        last = signing[-1] if signing else 0
    return next((key for key in keys[last:] if key.find(shown.note)), None)


def handed_on(said: dict[str, object], origin: str, first: Verifier) -> tuple[str, ...]:
    """Notes that lead on from the key we trust, as the site has them; none where they do not.

    said    what the site tells of its keys
    first   may be a key that was itself handed on to: notes before it are left out

    Raises Unreachable when they are no notes.
    """
    notes = _notes(said, origin)
    try:
        chain = [Note.parse(note) for note in notes]
    except BadNote as bad:
        raise Unreachable(f"the keys of {origin}: {bad}") from bad
    start = next(at for at in range(len(chain) + 1) if _leads_on(first, chain[at:]))
    return notes[start:]


def _leads_on(first: Verifier, chain: Sequence[Note]) -> bool:
    try:
        keys_in_force(first, chain)
    except BadPromise:
        return False
    return True


def _notes(said: dict[str, object], origin: str) -> tuple[str, ...]:
    epoch = epoch_of(said, origin)
    notes = epoch.get("handovers")
    if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
        raise Unreachable(f"the keys of {origin} are not told")
    return tuple(notes)


def epoch_of(said: dict[str, object], origin: str) -> dict[str, object]:
    """What the site tells of the log of that name. Raises Unreachable when it tells nothing."""
    epochs = said.get("epochs")
    for one in epochs if isinstance(epochs, list) else []:
        if isinstance(one, dict) and one.get("origin") == origin:
            return one
    raise Unreachable(f"the site does not tell the keys of {origin}")


def goes_on(
    shown: Kept, newest: Kept | None, same: Callable[[int], Kept | None], site: Site
) -> None:
    """Raise Alarm when the log does not go on from the newest checkpoint we kept.

    same   gives the checkpoint we kept at a size, if any

    Raises Unreachable when the site does not show what would prove it.
    """
    now = shown.point
    if newest is None:
        _adds_up(shown, site)
        return
    old = newest.point
    if now.size < old.size:
        before = same(now.size)
        is_known = before is not None and before.point.root == now.root
        code = "went_back" if before is None or is_known else "went_back_changed"
        raise Alarm(code, shown, newest, size=now.size, former=old.size)
    if now.size == old.size:
        if now.root != old.root:
            raise Alarm("same_size", shown, newest, size=now.size)
        return
    tiles = Tiles(now.size, site.tile)
    try:
        path = consistency(old.size, now.size, tiles.lookup)
    except BadTile as bad:
        raise Unreachable(str(bad)) from bad
    if not extends(old.size, old.root, now.size, now.root, path):
        _adds_up(shown, site)
        raise Alarm("rewritten", shown, newest, size=now.size, former=old.size)


def _adds_up(shown: Kept, site: Site) -> None:
    """Raise Alarm unless the hashes the site shows give the root it signed."""
    now = shown.point
    try:
        root = root_of(now.size, Tiles(now.size, site.tile).lookup)
    except BadTile as bad:
        raise Unreachable(str(bad)) from bad
    if root != now.root:
        raise Alarm("hashes", shown, None, size=now.size)


def every_entry(shown: Kept, kept: Sequence[Kept], site: Site) -> None:
    """Raise Alarm unless all entries, read anew, give this checkpoint and all those we kept."""
    size = shown.point.size
    tiles, tree = Tiles(size, site.tile), Tree()
    for start in range(0, size, WIDTH):
        width = min(WIDTH, size - start)
        leaves = [leaf_hash(entry) for entry in site.entries(start // WIDTH, width)]
        _are_those(leaves, tiles, start, shown)
        for leaf in leaves:
            tree.append_hash(leaf)
    if (tree.root() if size else EMPTY_ROOT) != shown.point.root:
        raise Alarm("hashes", shown, None, size=size)
    for one in kept:
        if one.point.size <= size and tree.root(one.point.size) != one.point.root:
            raise Alarm("rewritten", shown, one, size=size, former=one.point.size)


def _are_those(leaves: Sequence[bytes], tiles: Tiles, start: int, shown: Kept) -> None:
    for at, leaf in enumerate(leaves, start):
        try:
            is_it = tiles.lookup(0, at) == leaf
        except BadTile as bad:
            raise Unreachable(str(bad)) from bad
        if not is_it:
            raise Alarm("entry", shown, None, leaf=at, number=at + 1)
