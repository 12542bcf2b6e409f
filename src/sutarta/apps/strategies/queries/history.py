"""The way of one passage through all published versions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sutarta.apps.strategies.models import Passage, Strategy, Version
from sutarta.core.documents import SCHEMA, Block, Change, Outcome, load, redline

Raw = dict[str, Any]  # a block as it is stored


@dataclass(frozen=True)
class Step:
    """The passage in one version.

    block     None when it is gone from there, or not found again without doubt
    outcome   what became of it since the version before: an Outcome, or "new" where it begins
    changes   redline from the step before; None at the beginning and where no word changed
    """

    version: Version
    block: Block | None
    text: str
    outcome: str
    changes: list[Change] | None
    note: str
    reason: str


def history(strategy: Strategy, lineage_id: str) -> list[Step]:
    """Every published version from the one where the passage begins, oldest first.

    A passage split off or merged is followed back to where its words come from, and on to
    where they went; it ends where it is gone. Empty when no version has such a passage.
    """
    versions = list(
        Version.objects.filter(strategy=strategy, published_at__isnull=False)
        .order_by("number")
        .defer("salts", "rendered")
    )
    blocks = [_raw_blocks(version) for version in versions]
    first = next((at for at, found in enumerate(blocks) if lineage_id in found), None)
    if first is None:
        return []
    rows = Passage.objects.filter(version__in=versions)
    way = _Way(blocks, [_by_old(rows, version) for version in versions])
    return _steps(versions, [*way.back(first, lineage_id), *way.on(first, lineage_id)])


def _raw_blocks(version: Version) -> dict[str, Raw]:
    """Block id -> the block as stored: of a thousand, only a few are looked at closely."""
    return {raw["id"]: raw for raw in json.loads(bytes(version.content))["blocks"]}


def _block(raw: Raw) -> Block:
    return load({"schema": SCHEMA, "blocks": [raw]}).blocks[0]


def _by_old(rows: Sequence[Passage], version: Version) -> dict[str, Passage]:
    return {row.old_id: row for row in rows if row.version_id == version.pk}


@dataclass(frozen=True)
class _Stop:
    """Where the passage stands in the version at `at`."""

    at: int
    block: Raw | None
    outcome: str


class _Way:
    def __init__(self, blocks: list[dict[str, Raw]], passages: list[dict[str, Passage]]) -> None:
        self._blocks = blocks
        self._passages = passages

    def back(self, first: int, lineage_id: str) -> list[_Stop]:
        """Stops before the version where the id first appears, oldest first."""
        sources = [
            row
            for row in self._passages[first].values()
            if lineage_id in row.new_ids and row.old_id != lineage_id
        ]
        if not sources:
            return []
        source = max(sources, key=lambda row: (row.confidence, row.old_id)).old_id
        begin = next(at for at, found in enumerate(self._blocks) if source in found)
        until_then = self.on(begin, source)[: first - begin]
        return [*self.back(begin, source), *until_then]

    def on(self, first: int, lineage_id: str) -> list[_Stop]:
        """Stops from the version where the id first appears."""
        stops = [_Stop(first, self._blocks[first][lineage_id], self._beginning(first, lineage_id))]
        for at in range(first + 1, len(self._blocks)):
            row = self._passages[at].get(lineage_id)
            outcome = row.outcome if row else Outcome.KEPT
            if row and row.new_ids and lineage_id not in self._blocks[at]:
                lineage_id = row.new_ids[0]
            block = self._blocks[at].get(lineage_id)
            stops.append(_Stop(at, block, outcome))
            if block is None:
                break
        return stops

    def _beginning(self, first: int, lineage_id: str) -> str:
        for row in self._passages[first].values():
            if lineage_id in row.new_ids and row.old_id != lineage_id:
                return row.outcome
        return "new"


def _steps(versions: Sequence[Version], stops: Sequence[_Stop]) -> list[Step]:
    steps: list[Step] = []
    for stop in stops:
        version = versions[stop.at]
        block = _block(stop.block) if stop.block else None
        text = block.text if block else ""
        changed = bool(steps) and steps[-1].text != text
        steps.append(
            Step(
                version=version,
                block=block,
                text=text,
                outcome=stop.outcome,
                changes=redline(steps[-1].text, text) if changed else None,
                note=version.note,
                reason=version.get_reason_display(),
            )
        )
    return steps
