"""Remarks of the people who worked on a Word file: what somebody decides on, one by one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property

from sutarta.apps.strategies.models import Import
from sutarta.core.documents import Change, redline
from sutarta.formats import reviewing
from sutarta.formats.reviewing import Comment, Suggestion

OUT, NOTE, SUBMISSION = "out", "note", "submission"
OUR_INITIALS = re.compile(r"[a-z]{1,3}/[0-9]{1,9}")  # keys of an export; nobody is called so
EARLIEST = 1990  # a year before which no program tracked changes; a clock that was never set


@dataclass(frozen=True)
class Remark:
    """A comment with the answers to it, or all that one person changed in one paragraph.

    key      of the remark in its file: the same however its changes were settled
    author   as in the file; at: when, None where the file does not say
    part, index   the paragraph in the file; block: its position in the import's document
    text     the comment, with the answers below it; the words of a change that cannot be seen in
             `before` and `after`
    kinds    of a change: formats.reviewing codes, the ends of a move as "move.from", "move.to"
    settled  what became of it, as in Import.settled; None while nobody decided
    """

    key: str
    author: str
    at: datetime | None
    part: str
    index: int
    block: int | None
    text: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""
    kinds: tuple[str, ...] = ()
    is_resolved: bool = False
    settled: Mapping[str, Any] | None = None

    @property
    def is_comment(self) -> bool:
        return not self.kinds

    @property
    def is_look_alone(self) -> bool:
        """Only how words look was changed."""
        return self.kinds == (reviewing.FORMATTING,)

    @property
    def is_move(self) -> bool:
        return any(kind.startswith(reviewing.MOVE) for kind in self.kinds)

    @cached_property
    def changes(self) -> list[Change]:
        """The redline from the words before to those after."""
        return redline(self.before, self.after)


@dataclass(frozen=True)
class People:
    """How many remarks of one sort, and of whom, most first."""

    count: int
    names: list[tuple[str, int]]


def of(import_: Import) -> list[Remark]:
    """All of them in the order of the file, changes before comments; what we wrote there
    ourselves and nobody answered is none.
    """
    revisions, comments = reviewing.load(import_.remarks)
    settled = import_.settled
    changes = [
        _change(f"t{at}", one, settled)
        for at, one in enumerate(reviewing.suggestions(revisions))
        if not _is_our_change(one, import_)
    ]
    roots = Counter(_root(at, comments) for at in range(len(comments)))
    return changes + [
        _comment(at, comments, settled)
        for at, count in sorted(roots.items())
        if count > 1 or not OUR_INITIALS.fullmatch(comments[at].initials)
    ]


def left(import_: Import) -> list[Remark]:
    """Those nobody decided on yet."""
    return [one for one in of(import_) if one.settled is None]


def people(remarks: Iterable[Remark]) -> People:
    """Who made them."""
    names = Counter(one.author for one in remarks)
    return People(names.total(), names.most_common())


def _is_our_change(one: Suggestion, import_: Import) -> bool:
    """Whether it is one of those that an export put in: the passage still bears its key, and its
    author is called by the number in it.
    """
    numbers = {key.rpartition("/")[2] for key in import_.keys.get(str(one.block), ())}
    return not numbers.isdisjoint(one.author.split()[-1:])


def _change(key: str, one: Suggestion, settled: Mapping[str, Any]) -> Remark:
    kinds = (
        f"{each.kind}.{each.what}" if each.kind == reviewing.MOVE else each.kind
        for each in one.revisions
    )
    return Remark(
        key=key,
        author=one.author.strip(),
        at=instant(one.date),
        part=one.part,
        index=one.index,
        block=one.block,
        # Such as words struck that somebody else had written: in neither text.
        text=one.text if one.before.strip() == one.after.strip() else "",
        before=one.before.strip(),
        after=one.after.strip(),
        kinds=tuple(dict.fromkeys(kinds)),
        settled=settled.get(key),
    )


def _comment(at: int, comments: Sequence[Comment], settled: Mapping[str, Any]) -> Remark:
    one, key = comments[at], f"c{at}"
    answers = [
        f"{each.author.strip()}: {each.text}".removeprefix(": ")
        for place, each in enumerate(comments)
        if place != at and _root(place, comments) == at
    ]
    return Remark(
        key=key,
        author=one.author.strip(),
        at=instant(one.date),
        part=one.part,
        index=one.index,
        block=one.block,
        text="\n".join([one.text, *answers]),
        quote=one.quote,
        is_resolved=one.is_resolved,
        settled=settled.get(key),
    )


def _root(at: int, comments: Sequence[Comment]) -> int:
    """The comment that began the talk; a file may claim that comments answer one another."""
    seen = set[int]()
    while at not in seen:
        seen.add(at)
        above = comments[at].replies_to
        if above is None or not 0 <= above < len(comments):
            return at
        at = above
    return min(seen)


def instant(text: str) -> datetime | None:
    """The moment a program wrote down, None when it did not or wrote nonsense.

    Word writes the hour on the wall and "Z" behind it, LibreOffice the same without; both are
    taken for the hour here. Only another offset is believed.

    >>> instant("2026-03-01T10:00:00Z") == instant("2026-03-01T10:00:00")
    True
    >>> instant("yesterday"), instant("0001-01-01T00:00:00Z")
    (None, None)
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not EARLIEST <= at.year < 9999:  # room for the hours of a zone
        return None
    if at.utcoffset():
        return at
    return timezone.make_aware(at.replace(tzinfo=None))
