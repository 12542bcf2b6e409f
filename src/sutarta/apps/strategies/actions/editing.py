"""Correcting a draft in place, a block at a time; every correction can be taken back.

Nothing of it goes to the public log: a draft is private, and publishing tells what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.people.models import User
from sutarta.apps.strategies import queries, rules, sentences
from sutarta.apps.strategies.models import (
    BlockEdit,
    Passage,
    Strategy,
    Version,
    VersionReason,
)
from sutarta.core.canonical import canonical_bytes
from sutarta.core.documents import (
    Became,
    Block,
    CannotEdit,
    Document,
    Edit,
    Outcome,
    dump,
    dump_block,
    editing,
    refate,
    ties_after,
)

Ask = Callable[[Document, int], Sequence[Edit]]


class Changed(Exception):
    """Somebody changed the block since it was looked at; `now` is None when it is gone."""

    def __init__(self, now: Block | None) -> None:
        super().__init__("the block is not what was seen")
        self.now = now


@transaction.atomic
def start_draft_from(
    *, actor: User, version: Version, reason: VersionReason, note: str, at: datetime
) -> Version:
    """A private draft with the very words and lineage ids of the newest published version."""
    strategy = Strategy.objects.select_for_update().get(pk=version.strategy_id)
    require(rules.may_start_from(actor, version, at))
    draft = Version.objects.create(
        group=strategy.group,
        strategy=strategy,
        number=version.number + 1,
        reason=reason,
        note=note,
        original=version.original,
        content=version.content,
        made_by=actor,
        made_at=at,
    )
    ledger.record(
        "version.drafted",
        group=strategy.group,
        at=at,
        strategy=strategy.number,
        version=draft.number,
        original=draft.original.digest,
    )
    return draft


def edit_block(
    *,
    actor: User,
    version: Version,
    lineage_id: str,
    blocks: Sequence[Block],
    seen: str,
    at: datetime,
) -> str:
    """Write the block anew; further `blocks` follow it. Returns its lineage id.

    seen   `queries.seen` of the block that was looked at

    Raises Changed when it is another one by now. The same words change nothing.
    """
    seed = _seed(version, at)
    return _correct(
        actor,
        version,
        lineage_id,
        seen,
        at,
        lambda document, place: editing.rewrite(document, place, blocks, seed),
    )


def add_blocks(
    *,
    actor: User,
    version: Version,
    lineage_id: str,
    blocks: Sequence[Block],
    after: bool,
    at: datetime,
) -> str:
    """Put new blocks before or after one. Returns the lineage id of the first new one."""
    seed = _seed(version, at)
    return _correct(
        actor,
        version,
        lineage_id,
        None,
        at,
        lambda document, place: editing.insert(document, place, blocks, seed, after=after),
    )


def remove_block(
    *, actor: User, version: Version, lineage_id: str, seen: str, at: datetime
) -> None:
    """Take a block out; a table goes with its rows. Raises Changed."""
    _correct(actor, version, lineage_id, seen, at, editing.remove)


def move_block(*, actor: User, version: Version, lineage_id: str, down: bool, at: datetime) -> None:
    """Let a block change places with its neighbour."""
    _correct(
        actor,
        version,
        lineage_id,
        None,
        at,
        lambda document, place: editing.move(document, place, down=down),
    )


def merge_block(*, actor: User, version: Version, lineage_id: str, seen: str, at: datetime) -> None:
    """Join a paragraph or list item and the next one. Raises Changed."""
    _correct(actor, version, lineage_id, seen, at, editing.merge)


@transaction.atomic
def undo(*, actor: User, version: Version, edit: BlockEdit, at: datetime) -> None:
    """Take back everything that was done together with `edit`; that is a correction too."""
    draft = _held(actor, version, at)
    act = list(draft.edits.filter(actor=edit.actor, at=edit.at).order_by("id"))
    later = draft.edits.filter(id__gt=act[-1].pk).order_by("id")
    made = [queries.edit_of(row) for row in act]
    since = [queries.edit_of(row) for row in later]
    with _sentences():
        _make(draft, actor, at, editing.undone(draft.document, made, since))


@transaction.atomic
def _correct(
    actor: User, version: Version, lineage_id: str, seen: str | None, at: datetime, ask: Ask
) -> str:
    """Make what is asked for, under the lock. Returns the id of the block it begins with."""
    draft = _held(actor, version, at)
    document = draft.document
    place = editing.place_of(document, lineage_id)
    if place is None:
        raise Changed(None)
    if seen is not None and queries.seen(document.blocks[place]) != seen:
        raise Changed(document.blocks[place])
    with _sentences():
        edits = ask(document, place)
        _make(draft, actor, at, edits)
    first = edits[0] if edits else None
    return first.after.id if first and first.after and not first.before else lineage_id


class _sentences:  # noqa: N801 - used as a function
    """What the document does not allow, told to the person."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, CannotEdit):
            raise Refused(sentences.CANNOT_EDIT[error.code]) from error


def _held(actor: User, version: Version, at: datetime) -> Version:
    """The draft under a lock: two people's corrections come one after the other."""
    draft = Version.objects.select_for_update().get(pk=version.pk)
    require(rules.may_edit(actor, draft, at))
    return draft


def _seed(version: Version, at: datetime) -> str:
    return f"{version.strategy_id}/{version.number}/{at.isoformat()}"


def _make(draft: Version, actor: User, at: datetime, edits: Sequence[Edit]) -> None:
    """Store the draft as corrected, the corrections, and what became of passages."""
    if not edits:
        return
    document = editing.apply(draft.document, edits)
    draft.content = canonical_bytes(dump(document))
    draft.save(update_fields=["content"])
    rows = [_row(draft, actor, at, edit) for edit in edits]
    for key, row in zip(sorted(row.pk for row in rows), rows, strict=True):
        row.pk = key
    BlockEdit.objects.bulk_create(rows)
    before = queries.newest(draft.strategy)
    if before is not None:
        _refate(draft, before.document, document, edits)


def _row(draft: Version, actor: User, at: datetime, edit: Edit) -> BlockEdit:
    return BlockEdit(
        group=draft.group,
        version=draft,
        lineage_id=edit.after.id if edit.after else edit.before.id if edit.before else "",
        place=edit.place,
        before=dump_block(edit.before) if edit.before else None,
        after=dump_block(edit.after) if edit.after else None,
        actor=actor,
        at=at,
    )


def _refate(draft: Version, before: Document, document: Document, edits: Sequence[Edit]) -> None:
    """Bring the passages up to date; what a person decided keeps who decided it."""
    rows = {row.old_id: row for row in draft.passages.all()}
    ties = ties_after(_ties(rows), edits, {block.id for block in before.blocks})
    doubtful = {old for old, row in rows.items() if row.outcome == Outcome.DOUBTFUL}
    became = refate(before, document, ties, doubtful)
    for old, row in rows.items():
        if old not in became and row.decided_at is not None:
            became[old] = Became(Outcome.REWORDED, (old,))
    draft.passages.exclude(old_id__in=became).delete()
    fresh = [Passage(group=draft.group, version=draft, old_id=old, confidence=1.0)
             for old in became if old not in rows]  # fmt: skip
    kept = [row for old, row in rows.items() if old in became]
    changed = [row for row in kept if _told(row, became[row.old_id], ties)]
    for row in fresh:
        _told(row, became[row.old_id], ties)
    Passage.objects.bulk_create(fresh)
    Passage.objects.bulk_update(changed, ["outcome", "new_ids", "ties"])


def _ties(rows: dict[str, Passage]) -> dict[str, list[str]]:
    """Where words went, by the ids that blocks bear now."""
    tied = {row.own_id: row.old_id for row in rows.values() if row.own_id}
    return {
        old: [
            now
            for id in dict.fromkeys((*row.ties, *row.new_ids))
            if (now := tied.get(id, id)) != old
        ]
        for old, row in rows.items()
    }


def _told(row: Passage, became: Became, ties: dict[str, list[str]]) -> bool:
    """Write on the row what became of its passage; whether that is news."""
    news = (str(became.outcome), list(became.new_ids), ties.get(row.old_id, []))
    was = (row.outcome, row.new_ids, row.ties)
    row.outcome, row.new_ids, row.ties = news
    return news != was
