"""Comparing what two witnesses were shown: a log with two faces shows them to different people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sutarta.cli.witnessing.folder import Folder, Kept, LogFolder
from sutarta.cli.witnessing.words import Words
from sutarta.core.translog import Verifier

MARGIN = 600  # seconds by which two machines' clocks may differ


class Side:
    """One witness's view of one log."""

    def __init__(self, log: LogFolder, witness: Verifier) -> None:
        self.kept = {size: log.kept(size) for size in log.sizes()}
        self.witness = witness

    @property
    def newest(self) -> int:
        return max(self.kept)

    def first_above(self, size: int) -> tuple[int, Kept] | None:
        """When this witness first signed a log larger than that, and which."""
        found = [(seen[0], one) for at, one in self.kept.items()
                 if at > size and (seen := one.seen(self.witness))]  # fmt: skip
        return min(found, key=lambda pair: pair[0]) if found else None


def compare(one: Path, two: Path, words: Words) -> tuple[bool, list[str]]:
    """Whether two witnesses saw one log and no other, and what there is to say."""
    first, second = _logs(Folder(one)), _logs(Folder(two))
    shared = sorted(first.keys() & second.keys())
    if not shared:
        return True, [words.say("compare_none")]
    is_fine, said = True, []
    for origin in shared:
        found = list(_contradictions(origin, first[origin], second[origin], words))
        is_fine = is_fine and not found
        said += found or [_fine(origin, first[origin], second[origin], words)]
    return is_fine, said


def _logs(folder: Folder) -> dict[str, Side]:
    us = folder.verifier()
    return {log.known().origin: Side(log, us) for log in folder.logs() if log.sizes()}


def _contradictions(origin: str, one: Side, two: Side, words: Words) -> Iterator[str]:
    for size in sorted(one.kept.keys() & two.kept.keys()):
        mine, theirs = one.kept[size].point.root, two.kept[size].point.root
        if mine != theirs:
            roots = {"one": mine.hex()[:16], "two": theirs.hex()[:16]}
            yield words.say("compare_fork", origin=origin, size=size, **roots)
    yield from _old(origin, one, two, "first", words)
    yield from _old(origin, two, one, "second", words)


def _old(origin: str, shown_old: Side, other: Side, which: str, words: Words) -> Iterator[str]:
    """Whether one was still shown a small log when the other had seen a larger one long before."""
    size = shown_old.newest
    seen, larger = shown_old.kept[size].seen(shown_old.witness), other.first_above(size)
    if seen and larger and seen[-1] > larger[0] + MARGIN:
        yield words.say(
            "compare_old",
            origin=origin,
            which=words.say(which),
            small=size,
            large=larger[1].point.size,
            late=_said(seen[-1]),
            early=_said(larger[0]),
        )


def _fine(origin: str, one: Side, two: Side, words: Words) -> str:
    same = len(one.kept.keys() & two.kept.keys())
    return words.say("compare_fine", origin=origin, same=same, one=one.newest, two=two.newest)


def _said(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
