"""Keeping colleagues' remarks as notes of the staff, and ticking them off."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from sutarta.apps.people.access import require
from sutarta.apps.people.models import User
from sutarta.apps.strategies import remarks, rules
from sutarta.apps.strategies.models import Import, StaffNote, Version
from sutarta.apps.strategies.remarks import NOTE, OUT, Remark
from sutarta.core.documents import Document

DONE_KEPT = timedelta(days=365)  # since somebody ticked it off
NOTES_KEPT = timedelta(days=730)  # whatever became of it
LONGEST_NAME = 200


@transaction.atomic
def settle_remarks(
    *, actor: User, import_: Import, chosen: Mapping[str, str], at: datetime
) -> list[StaffNote]:
    """Leave remarks out or keep them as notes: key -> remarks.OUT or NOTE. The new notes.

    What was decided on before stays as it was, and keys of no remark are passed over, so doing it
    twice changes nothing; what an earlier edition of the file said at the same instant in the same
    words is a note already. No act of the log: what colleagues wrote to one another concerns nobody
    else, and no word of the strategy changes.
    """
    current = Import.objects.select_for_update().get(pk=import_.pk)
    require(rules.may_prepare(actor, current, at))
    waiting = {one.key: one for one in remarks.left(current) if one.key in chosen}
    told = _told_before(current)
    notes = [
        _note(current, one, actor, at)
        for one in waiting.values()
        if chosen[one.key] == NOTE and (one.at is None or _words(one) not in told)
    ]
    StaffNote.objects.bulk_create(notes)
    place_notes(current)
    mark_settled(current, {key: {"as": chosen[key]} for key in waiting})
    return notes


def mark_settled(import_: Import, what: Mapping[str, Mapping[str, Any]]) -> None:
    """Write down what became of remarks; the caller holds the row."""
    import_.settled = {**import_.settled, **what}
    import_.save(update_fields=["settled"])


@transaction.atomic
def offer_again(*, actor: User, import_: Import, at: datetime) -> None:
    """Put what was left out before a person once more."""
    current = Import.objects.select_for_update().get(pk=import_.pk)
    require(rules.may_prepare(actor, current, at))
    kept = {key: what for key, what in current.settled.items() if what["as"] != OUT}
    current.settled = kept
    current.save(update_fields=["settled"])


def tick(*, actor: User, note: StaffNote, done: bool, at: datetime) -> None:
    """Tick a note off, or take that back; who did it first stays written."""
    require(rules.may_tick(actor, note.strategy, at))
    rows = StaffNote.objects.filter(pk=note.pk)
    if done:
        rows.filter(done_at=None).update(done_at=at, done_by=actor)
    else:
        rows.update(done_at=None, done_by=None)


def place_notes(import_: Import) -> None:
    """Tell the notes of a file the passages they stand beside, once there is a draft of it."""
    draft = Version.objects.filter(
        strategy=import_.strategy_id, published_at=None, original=import_.original_id
    ).first()
    if draft is None:
        return
    places = _places(draft.document)
    notes = list(StaffNote.objects.filter(file=import_, version=None, index__gte=0))
    for note in notes:
        note.lineage_id = _nearest(places.get(note.part, []), note.index)
        note.version = draft
    StaffNote.objects.bulk_update(notes, ["lineage_id", "version"])


def forget_notes(at: datetime) -> int:
    """Remove notes a year after they were ticked off, others two years after they were kept.

    They name colleagues, and no public act rests on them. Returns how many.
    """
    over = Q(done_at__lte=at - DONE_KEPT) | Q(kept_at__lte=at - NOTES_KEPT)
    count, _by_model = StaffNote.objects.filter(over).delete()
    return count


def forget_remarks(at: datetime) -> int:
    """Empty what was read of colleagues in a file, a year after its preview was closed.

    Returns how many files.
    """
    closed = Import.objects.filter(closed_at__lte=at - DONE_KEPT)
    return closed.exclude(remarks={}, findings=[]).update(remarks={}, findings=[])


def _told_before(import_: Import) -> set[tuple[object, ...]]:
    """Notes that were kept of other files of the strategy."""
    rows = StaffNote.objects.filter(strategy=import_.strategy_id).exclude(file=import_)
    return set(rows.values_list("author_name", "written_at", "text", "quote", "before", "after"))


def _words(one: Remark) -> tuple[object, ...]:
    return (one.author[:LONGEST_NAME], one.at, one.text, one.quote, one.before, one.after)


def _note(import_: Import, one: Remark, actor: User, at: datetime) -> StaffNote:
    return StaffNote(
        group=import_.group,
        strategy=import_.strategy,
        file=import_,
        key=one.key,
        part=one.part[-255:],
        index=one.index,
        author_name=one.author[:LONGEST_NAME],
        written_at=one.at,
        text=one.text,
        quote=one.quote,
        before=one.before,
        after=one.after,
        kept_by=actor,
        kept_at=at,
    )


def _places(document: Document) -> dict[str, list[tuple[int, str]]]:
    """Part of the file -> paragraphs with the lineage id of their block, in order."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for block in document.blocks:
        if block.source is not None:
            found[block.source.part].append((block.source.index, block.id))
    return {part: sorted(places) for part, places in found.items()}


def _nearest(places: list[tuple[int, str]], index: int) -> str:
    """The block of a paragraph, else of the one before it, else of the first; "" for none."""
    at = bisect_right([place for place, _id in places], index) - 1
    return places[max(at, 0)][1] if places else ""
