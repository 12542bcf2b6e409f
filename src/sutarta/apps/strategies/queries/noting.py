"""Notes of the staff beside the passages they were made on, in whatever version those are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from sutarta.apps.strategies import queries
from sutarta.apps.strategies.models import Passage, StaffNote, Strategy, Version
from sutarta.core.documents import Change, display_numbers, redline
from sutarta.core.text import excerpt

LONGEST = 160


@dataclass(frozen=True)
class Noted:
    """A note with where it stands now.

    shown     printed number of the passage, "" when it is no longer there or never had a place
    lineage   its lineage id there, "" likewise
    words     beginning of the passage
    """

    note: StaffNote
    shown: str = ""
    lineage: str = ""
    words: str = ""

    @cached_property
    def changes(self) -> list[Change]:
        """Redline of a tracked change; empty for a comment."""
        return redline(self.note.before, self.note.after)


def of(strategy: Strategy) -> QuerySet[StaffNote]:
    """All notes of a strategy in the order of their file, the newest file first."""
    rows = StaffNote.objects.filter(strategy=strategy)
    return rows.select_related("done_by", "kept_by", "file__original", "version").order_by(
        "-file__made_at", "part", "index", "key"
    )


def how_many(strategy: Strategy) -> tuple[int, int]:
    """How many wait, and how many are ticked off."""
    done = StaffNote.objects.filter(strategy=strategy, done_at__isnull=False).count()
    return StaffNote.objects.filter(strategy=strategy).count() - done, done


def placed(notes: Iterable[StaffNote], version: Version | None) -> list[Noted]:
    """Notes with their passage in `version`, such as the draft; None: they have no place yet."""
    rows = list(notes)
    if version is None:
        return [Noted(note) for note in rows]
    blocks = {block.id: block for block in version.document.blocks}
    shown = display_numbers(version.document)
    found = []
    for note, lineage in zip(rows, _now(rows, version), strict=True):
        block = blocks.get(lineage)
        if block is None:
            found.append(Noted(note))
            continue
        words = excerpt(block.text.replace("\t", " · "), LONGEST)
        found.append(Noted(note, shown.get(lineage, ""), lineage, words))
    return found


def beside(version: Version, lineage: str) -> list[Noted]:
    """Open notes that stand beside one passage of a version now."""
    waiting = of(version.strategy).filter(done_at=None).exclude(lineage_id="")
    return [one for one in placed(waiting, version) if one.lineage == lineage]


def text_of(strategy: Strategy) -> Version | None:
    """The text in which notes are looked for: the draft, else the newest published version."""
    return queries.draft_of(strategy) or queries.newest(strategy)


def _now(notes: list[StaffNote], version: Version) -> list[str]:
    """The lineage ids in `version`; a passage that was split goes on in its first part."""
    rows = Passage.objects.filter(
        version__strategy=version.strategy_id, version__number__lte=version.number
    ).values_list("version__number", "old_id", "new_ids")
    fates: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, old_id, new_ids in rows.order_by("version__number") if notes else ():
        fates[old_id].append((number, new_ids[0] if new_ids else ""))
    return [_followed(note, fates) for note in notes]


def _followed(note: StaffNote, fates: dict[str, list[tuple[int, str]]]) -> str:
    lineage, at = note.lineage_id, note.version.number if note.version else 0
    while step := next((one for one in fates.get(lineage, []) if one[0] > at), None):
        at, lineage = step
    return lineage
