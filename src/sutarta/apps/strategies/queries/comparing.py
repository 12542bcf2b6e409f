"""What changed between a version and the one before it, or any other one."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sutarta.apps.strategies.models import Passage, Version
from sutarta.core import documents
from sutarta.core.documents import (
    Block,
    Kind,
    Outcome,
    display_numbers,
    only_numbers_differ,
    redline,
)
from sutarta.core.documents import Change as Words

REMEMBERED = 4  # pairs of versions a process keeps; one of 1,500 passages takes about 10 MB
DRAFTS = 2  # comparisons with a draft it keeps


@dataclass(frozen=True)
class Rewording:
    """One passage whose words or place are not what they were.

    old, new   its block before and now; `old` is None for a new passage, `new` for one that
               is gone or doubtful
    shown      short number: of the new block, else of the old one
    words      redline from old to new, empty when the words are the same
    """

    outcome: str
    old: Block | None
    new: Block | None
    shown: str
    words: list[Words]

    @property
    def is_numbers(self) -> bool:
        """Whether amounts, dates or other numbers differ and not a word."""
        return bool(self.words and self.old and self.new) and only_numbers_differ(
            self.old.text, self.new.text
        )


@dataclass(frozen=True)
class Comparison:
    """A version beside the one before it.

    counts    outcome -> passages of the old version, "kept" among them; "new" -> new passages
    changes   in the order of the new version, those that are gone where they stood
    """

    before: Version
    counts: dict[str, int]
    changes: list[Rewording]


def compared(version: Version) -> Comparison | None:
    """The version beside the published one before it; None for the first."""
    older = Version.objects.filter(strategy=version.strategy_id, number__lt=version.number)
    before = older.filter(published_at__isnull=False).order_by("-number").first()
    if before is None:
        return None
    passages = {passage.old_id: passage for passage in version.passages.all()}
    fresh = _fresh(before, version, passages)
    counts = Counter(passage.outcome for passage in passages.values())
    counts[Outcome.KEPT] = len(before.document.blocks) - len(passages)
    counts["new"] = len(fresh)
    return Comparison(before, dict(counts), _changes(before, version, passages, fresh))


def beside(old: Version, new: Version) -> documents.Comparison:
    """Any two versions of one strategy as one, the older first; `new` may be the draft.

    Published versions are read and compared once, and again after words of them were withheld;
    a draft anew whenever a word of it has changed.
    """
    if old.is_published and new.is_published:
        sides = ((one.pk, one.number, one.covered_at) for one in (old, new))
        return _kept(*sides)
    ways = json.dumps(_ways(new, old.number, new.number))
    return _drafted(bytes(old.content), bytes(new.content), ways)


Side = tuple[UUID, int, datetime | None]  # key, number, when words of it were last withheld


@lru_cache(maxsize=REMEMBERED)
def _kept(old: Side, new: Side) -> documents.Comparison:
    found = Version.objects.only("content", "strategy").in_bulk([old[0], new[0]])
    ways = _ways(found[new[0]], old[1], new[1])
    return documents.compare(found[old[0]].document, found[new[0]].document, ways)


@lru_cache(maxsize=DRAFTS)
def _drafted(before: bytes, after: bytes, ways: str) -> documents.Comparison:
    older, newer = (documents.load(json.loads(content)) for content in (before, after))
    return documents.compare(older, newer, json.loads(ways))


def _ways(new: Version, older: int, newer: int) -> list[dict[str, list[str]]]:
    """For every version after `older` up to `newer`: what did not stay, and what it became."""
    ways: dict[int, dict[str, list[str]]] = {at: {} for at in range(older + 1, newer + 1)}
    rows = Passage.objects.filter(
        version__strategy=new.strategy_id, version__number__gt=older, version__number__lte=newer
    )
    for number, old_id, new_ids in rows.values_list("version__number", "old_id", "new_ids"):
        ways[number][old_id] = new_ids
    return list(ways.values())


def tally(version: Version) -> dict[str, int]:
    """How many blocks of each kind the version has; "text": paragraphs and list items together."""
    kinds = Counter(block.kind for block in version.document.blocks)
    return {**kinds, "text": kinds[Kind.PARAGRAPH] + kinds[Kind.ITEM]}


def _fresh(before: Version, version: Version, passages: dict[str, Passage]) -> set[str]:
    """Ids of blocks that nothing of the old version continues in."""
    known = {block.id for block in before.document.blocks}
    known.update(new_id for passage in passages.values() for new_id in passage.new_ids)
    return {block.id for block in version.document.blocks} - known


def _changes(
    before: Version, version: Version, passages: dict[str, Passage], fresh: set[str]
) -> list[Rewording]:
    olds = {block.id: block for block in before.document.blocks}
    order = {block.id: at for at, block in enumerate(version.document.blocks)}
    news = {block.id: block for block in version.document.blocks}
    numbers = display_numbers(before.document) | display_numbers(version.document)
    placed: list[tuple[float, Rewording]] = []
    last = -1.0
    for old in before.document.blocks:
        passage = passages.get(old.id)
        new_id = passage.new_ids[0] if passage and passage.new_ids else old.id
        last = order.get(new_id, last)
        if passage:
            change = _rewording(passage.outcome, olds[old.id], news.get(new_id), numbers)
            placed.append((last if change.new else last + 0.5, change))
    placed += [(order[new], _rewording("new", None, news[new], numbers)) for new in fresh]
    return [change for _place, change in sorted(placed, key=lambda pair: pair[0])]


def _rewording(
    outcome: str, old: Block | None, new: Block | None, numbers: dict[str, str]
) -> Rewording:
    before, after = (old.text if old else ""), (new.text if new else "")
    words = redline(before, after) if before != after else []
    shown = new or old
    return Rewording(outcome, old, new, numbers[shown.id] if shown else "", words)
