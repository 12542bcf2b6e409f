"""The log after the killing: every act in it once, every checkpoint still true."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from sutarta.apps.consultations.models import Attachment, Submission
from sutarta.apps.consultations.queries import receipts
from sutarta.apps.ledger import queries
from sutarta.apps.ledger.models import Checkpoint, Entry, Log, Tile
from sutarta.apps.ledger.queries import logs, proofs
from sutarta.apps.mail.models import Letter
from sutarta.core import translog


def faults(seen: Sequence[str]) -> Iterator[str]:
    """A sentence for everything that is not as it must be.

    seen   checkpoints (signed notes) that were read while the killing went on, in that order
    """
    yield from _acts_and_rows()
    yield from _letters()
    for log in Log.objects.all():
        yield from _log(log, seen)


def _acts_and_rows() -> Iterator[str]:
    """No row without its act, no act without its row, and none of them twice."""
    acts = Counter(
        str(queries.facts(entry)["digest"])
        for entry in Entry.objects.filter(event="submission.received")
    )
    rows = Counter(Submission.objects.values_list("digest", flat=True))
    if acts != rows:
        yield f"{len(rows - acts)} rows without their act, {len(acts - rows)} acts without a row."
    files = Entry.objects.filter(event="attachment.added").count()
    if files != Attachment.objects.count():
        yield f"{files} acts of files, and {Attachment.objects.count()} files."


def _letters() -> Iterator[str]:
    """A receipt went out to everybody who left an address, and to nobody else."""
    wanted = {receipts.letter_key(row) for row in Submission.objects.exclude(email="")}
    posted = set(Letter.objects.filter(kind="submission.receipt").values_list("key", flat=True))
    if wanted != posted:
        yield f"{len(wanted - posted)} letters missing, {len(posted - wanted)} too many."


def _log(log: Log, seen: Sequence[str]) -> Iterator[str]:
    entries = list(Entry.objects.filter(log=log).order_by("leaf"))
    if [entry.leaf for entry in entries] != list(range(log.size)):
        yield "The log has gaps, or a leaf twice."
    if Entry.objects.filter(group=log.group, leaf=None).exists():
        yield "An act still waits for its place."
    yield from _checkpoints(log, _roots(entries), seen)
    stored = Tile.objects.filter(log=log)
    if {(tile.level, tile.number) for tile in stored} != {
        (level, number) for level, number, _width in translog.tiles_of(log.size)
    }:
        yield "The log has other tiles than a log of its size."
    yield from _proofs(entries)


def _roots(entries: Sequence[Entry]) -> list[bytes]:
    """The root after every leaf, computed from what the acts say."""
    tree, roots = translog.Tree(), [translog.EMPTY_ROOT]
    for entry in entries:
        tree.append(proofs.leaf(entry))
        roots.append(tree.root())
    return roots


def _checkpoints(log: Log, roots: Sequence[bytes], seen: Sequence[str]) -> Iterator[str]:
    """Each is signed and has the root of its size; those seen before are among them, in order."""
    verifier, held = logs.verifier(log), list(Checkpoint.objects.filter(log=log).order_by("size"))
    for one in held:
        note = translog.Note.parse(one.note)
        said = translog.Checkpoint.parse(note.text)
        if verifier.find(note) is None:
            yield f"The checkpoint of {one.size} acts is not signed."
        if said.size >= len(roots) or roots[said.size] != said.root:
            yield f"The checkpoint of {one.size} acts is not true any more."
    if held and held[-1].size != log.size:
        yield "The newest act stands under no checkpoint."
    times = [one.signed_at for one in held]
    if times != sorted(times):
        yield "A checkpoint is younger than one before it."
    sizes = [translog.Checkpoint.parse(translog.Note.parse(note).text).size for note in seen]
    if sizes != sorted(sizes) or not set(seen) <= {one.note for one in held}:
        yield "A checkpoint that was seen is not there any more."


def _proofs(entries: Sequence[Entry]) -> Iterator[str]:
    """Promises and proofs of some acts, the newest among them."""
    for entry in entries[:: max(1, len(entries) // 50)] + entries[-1:]:
        proof = proofs.proof(entry)
        note = translog.Note.parse(proof.checkpoint)
        said = translog.Checkpoint.parse(note.text)
        leaf = translog.leaf_hash(proofs.leaf(entry))
        if not translog.includes(leaf, entry.leaf, said.size, proof.path, said.root):
            yield f"Act {entry.leaf} has no proof."
        promised = translog.Note.parse(proofs.promise(entry))
        digest = translog.Promise.parse(promised.text).digest
        if digest != translog.act_digest(json.loads(bytes(entry.body))):
            yield f"Act {entry.leaf} is not what was promised."
        if logs.verifier(entry.log).find(promised) is None:
            yield f"The promise of act {entry.leaf} is not signed."
