"""Whether the stored tree follows from the acts, and the signatures from the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sutarta.apps.ledger.models import Checkpoint, Log, Tile
from sutarta.apps.ledger.queries import logs
from sutarta.apps.ledger.queries.auditing.book import Book
from sutarta.apps.ledger.queries.auditing.findings import Finding
from sutarta.apps.tenants.models import Group
from sutarta.core import translog
from sutarta.core.translog import Note, Tree, Verifier

OPENED = "log.epoch_opened"


def findings(group: Group, book: Book) -> Iterator[Finding]:
    """Everything about leaves, tiles, checkpoints, keys and epochs."""
    epochs = list(Log.objects.filter(group=group).order_by("number"))
    chains = {log.pk: _chain(log) for log in epochs}
    trees = {log.pk: tree(log, book) for log in epochs}
    for log in epochs:
        stored = _stored(log)
        yield from _leaves(log, book, stored)
        yield from _tiles(log, trees[log.pk], stored)
        yield from _stamps(log, book)
        yield from _signed(log, trees[log.pk], chains[log.pk])
    for former, log in pairwise(epochs):
        yield from _epoch(former, log, trees[former.pk], chains, book)
    if len([log for log in epochs if log.ended_at is None]) != (1 if epochs else 0):
        yield Finding("log.in_force", epochs[-1].origin)


def tree(log: Log, book: Book) -> Tree:
    """The tree as the entries give it. Of an entry that is not there the stored hash stands in,
    so that one that is missing does not spoil what stands after it.
    """
    stored, found = _stored(log), Tree()
    leaves = book.leaves[log.pk]
    for index in range(_reach(log, book, stored)):
        found.append_hash(leaves.get(index) or _stored_leaf(stored, index) or bytes(32))
    return found


def _reach(log: Log, book: Book, stored: dict[tuple[int, int], bytes]) -> int:
    """How many leaves there can be: a size written in by hand is not counted up to."""
    tiles = sum(len(hashes) for (level, _number), hashes in stored.items() if level == 0)
    last = max(book.leaves[log.pk], default=-1)
    known: int = max(tiles // translog.HASH, last + 1)
    return min(int(log.size), known)


def against(log: Log, found: Tree, note: str) -> Iterator[Finding]:
    """What a checkpoint that somebody else kept says against the log as it is."""
    signed = Note.parse(note)
    said = translog.Checkpoint.parse(signed.text)
    facts = {"size": said.size, "ours": log.size}
    if not any(key.find(signed) for key in _chain(log)[0]):
        yield Finding("kept.unsigned", said.origin, facts)
    elif said.size > len(found):
        yield Finding("kept.longer", said.origin, facts)
    elif found.root(said.size) != said.root:
        yield Finding("kept.other", said.origin, facts)


def _stored(log: Log) -> dict[tuple[int, int], bytes]:
    rows = Tile.objects.filter(log=log).values_list("level", "number", "hashes")
    return {(level, number): bytes(hashes) for level, number, hashes in rows}


def _stored_leaf(stored: dict[tuple[int, int], bytes], index: int) -> bytes:
    number, column = divmod(index, translog.WIDTH)
    start = column * translog.HASH
    return stored.get((0, number), b"")[start : start + translog.HASH]


def _leaves(log: Log, book: Book, stored: dict[tuple[int, int], bytes]) -> Iterator[Finding]:
    leaves = book.leaves[log.pk]
    if log.size > (reach := _reach(log, book, stored)):
        yield Finding("log.size", log.origin, {"size": log.size, "leaves": reach})
    for index in range(reach):
        facts = {"leaf": index}
        if index not in leaves:
            yield Finding("leaf.missing", log.origin, facts)
        elif leaves[index] != _stored_leaf(stored, index):
            yield Finding("leaf.other", log.origin, facts)
    yield from (
        Finding("leaf.beyond", log.origin, {"leaf": index})
        for index in sorted(leaves)
        if index >= log.size
    )


def _tiles(log: Log, found: Tree, stored: dict[tuple[int, int], bytes]) -> Iterator[Finding]:
    """Of the leaves' own tiles each hash was compared already; here the rest of the tree."""
    due = set()
    for level, number, width in translog.tiles_of(len(found)):
        due.add((level, number))
        first = number * translog.WIDTH
        hashes = [found.lookup(8 * level, first + column) for column in range(width)]
        kept = stored.get((level, number), b"")
        if len(kept) != width * translog.HASH or (level and kept != b"".join(hashes)):
            yield Finding("tile.other", log.origin, {"level": level, "number": number})
    for level, number in sorted(set(stored) - due):
        yield Finding("tile.beyond", log.origin, {"level": level, "number": number})


def _stamps(log: Log, book: Book) -> Iterator[Finding]:
    times = [time for _index, time in sorted(book.stamps[log.pk].items())]
    for index, (earlier, later) in enumerate(pairwise(times)):
        if later < earlier:
            yield Finding("leaf.earlier", log.origin, {"leaf": index + 1})
    if times and log.sequenced_at != times[-1]:
        yield Finding("log.time", log.origin)


def _signed(
    log: Log, found: Tree, chain: tuple[Sequence[Verifier], Sequence[Finding]]
) -> Iterator[Finding]:
    keys, doubts = chain
    yield from doubts
    rows = list(Checkpoint.objects.filter(log=log).order_by("size"))
    for row in rows:
        facts = {"size": row.size}
        if not _is_itself(row, log):
            yield Finding("checkpoint.columns", log.origin, facts)
        elif not any(key.find(Note.parse(row.note)) for key in keys):
            yield Finding("checkpoint.unsigned", log.origin, facts)
        elif row.size > len(found) or found.root(row.size).hex() != row.root:
            yield Finding("checkpoint.other", log.origin, facts)
    for earlier, later in pairwise(rows):
        if later.signed_at < earlier.signed_at:
            yield Finding("checkpoint.earlier", log.origin, {"size": later.size})
    if log.size and (not rows or rows[-1].size != log.size):
        yield Finding("checkpoint.none", log.origin, {"size": log.size})


def _is_itself(row: Checkpoint, log: Log) -> bool:
    """Whether the columns say what the note says, and that of this log."""
    try:
        said = translog.Checkpoint.parse(Note.parse(row.note).text)
    except (translog.BadNote, translog.BadCheckpoint):
        return False
    return (said.origin, said.size, said.root.hex()) == (log.origin, row.size, row.root)


def _chain(log: Log) -> tuple[Sequence[Verifier], Sequence[Finding]]:
    """The keys that may have signed, each handed on by the one before."""
    rows = logs.keys(log)
    if not rows:
        return [], [Finding("key.none", log.origin)]
    first = Verifier.parse(rows[0].public)
    try:
        notes = [Note.parse(row.handover) for row in rows[1:]]
        keys = translog.keys_in_force(first, notes)
    except (translog.BadNote, translog.BadPromise):
        return [first], [Finding("key.chain", log.origin)]
    if [str(key) for key in keys] != [row.public for row in rows]:
        return [first], [Finding("key.chain", log.origin)]
    return keys, []


def _epoch(
    former: Log,
    log: Log,
    ended: Tree,
    chains: dict[object, tuple[Sequence[Verifier], Sequence[Finding]]],
    book: Book,
) -> Iterator[Finding]:
    """The first act of an epoch names how far the one before went, and is handed its key."""
    act = book.first.get(log.pk)
    if act is None or act.event != OPENED:
        yield Finding("epoch.unnamed", log.origin, {"former": former.origin})
        return
    said = act.facts
    as_was = (former.origin, former.size, ended.root().hex())
    if (said.get("former"), said.get("size"), said.get("root")) != as_was:
        yield Finding("epoch.other", log.origin, {"former": former.origin})
    note = str(said.get("handover", ""))
    if not _hands_over(note, chains[former.pk][0], chains[log.pk][0]):
        yield Finding("epoch.key", log.origin, {"former": former.origin})


def _hands_over(note: str, former: Sequence[Verifier], fresh: Sequence[Verifier]) -> bool:
    try:
        signed = Note.parse(note)
        handover = translog.Handover.parse(signed.text)
    except (translog.BadNote, translog.BadPromise):
        return False
    is_signed = bool(former) and former[-1].find(signed) is not None
    return is_signed and bool(fresh) and handover.key == fresh[0]
