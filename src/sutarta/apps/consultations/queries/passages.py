"""The passages of a published version: numbers, words, HTML and parts, read once and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from uuid import UUID

from sutarta.apps.strategies import rendering
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.rendering import Piece, Rendered
from sutarta.core.documents import Kind

REMEMBERED = 16  # versions a process keeps; one of 1,500 passages takes about 2 MB


@dataclass(frozen=True)
class Passage:
    """One addressable passage as it is cited.

    number   short printed number, unique within the version
    kind     core.documents.Kind
    place    position in the version, from 0
    part     id of the part (uppermost heading) it stands under, "" above the first
    depth    how deep the heading above it lies, or it itself as a heading; 0 above the first
    """

    id: str
    number: str
    kind: str
    text: str
    place: int
    part: str
    depth: int = 0


@dataclass(frozen=True)
class Part:
    """An uppermost heading with everything under it, itself included.

    sections   the headings one level below: (id, name)
    """

    id: str
    name: str
    ids: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Passages:
    """Every passage of one version, in order."""

    rendered: tuple[Rendered, ...]
    by_id: Mapping[str, Passage]

    @cached_property
    def pieces(self) -> list[Piece]:
        """Blocks as they stand on a page: a table together with its rows."""
        return rendering.grouped(self.rendered)

    @cached_property
    def by_number(self) -> dict[str, Passage]:
        return {passage.number: passage for passage in self.by_id.values()}

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Uppermost headings; empty when the version has none."""
        held: dict[str, list[Rendered]] = {}
        for block in self.rendered:
            if part := self.by_id[block["id"]].part:
                held.setdefault(part, []).append(block)
        return tuple(_part(blocks) for blocks in held.values())


def of(version: Version | None) -> Passages:
    """The passages of a published version, read from the database once and again only after
    words of it were withheld.

    Needs and ideas are told without a version: that has no passages.
    """
    return _kept(version.pk, version.covered_at) if version else NOTHING


NOTHING = Passages((), {})


@lru_cache(maxsize=REMEMBERED)
def _kept(pk: UUID, covered_at: datetime | None) -> Passages:
    rendered = rendering.restored(Version.objects.only("rendered").get(pk=pk))
    by_id: dict[str, Passage] = {}
    part, depth = "", 0
    for place, block in enumerate(rendered):
        if block["kind"] == Kind.HEADING:
            depth = block["level"]
            part = block["id"] if depth == 1 else part
        by_id[block["id"]] = Passage(
            block["id"], block["shown"], block["kind"], block["text"], place, part, depth
        )
    return Passages(tuple(rendered), by_id)


def _part(blocks: list[Rendered]) -> Part:
    below = (block for block in blocks if block["kind"] == Kind.HEADING and block["level"] == 2)
    return Part(
        blocks[0]["id"],
        _name(blocks[0]),
        tuple(block["id"] for block in blocks),
        tuple((block["id"], _name(block)) for block in below),
    )


def _name(heading: Rendered) -> str:
    return f"{heading['number']} {heading['text']}".strip()
