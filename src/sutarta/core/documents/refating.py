"""What became of every passage once a person has corrected the draft by hand.

Ids are sure here, so nothing is guessed: a block that keeps its id is the same passage. Only where
words went when a paragraph was split or merged has to be remembered: these are the ties.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from sutarta.core.documents.anchors.fates import Outcome
from sutarta.core.documents.anchors.order import in_order
from sutarta.core.documents.anchors.passages import Lexicon, passages
from sutarta.core.documents.blocks import Block, Document
from sutarta.core.documents.editing import Edit
from sutarta.core.text import tokens

Ties = dict[str, list[str]]  # id in the version before -> other ids its words went to
_SHARE = 0.5  # of a block's words that must have come from another one, or gone to it


@dataclass(frozen=True)
class Became:
    """What became of a passage: ids in the draft, the one that carries it on first."""

    outcome: Outcome
    new_ids: tuple[str, ...] = ()


def refate(
    before: Document,
    draft: Document,
    ties: Mapping[str, Sequence[str]],
    doubtful: Collection[str] = (),
) -> dict[str, Became]:
    """Id in `before` -> what became of it in `draft`; what was kept is left out.

    ties       other ids its words went to; those not in the draft count for nothing
    doubtful   ids nobody has decided on: they stay doubtful while nothing else is known

    The same documents and ties always give the same answer.
    """
    olds = {block.id: at for at, block in enumerate(before.blocks)}
    news = {block.id: at for at, block in enumerate(draft.blocks)}
    stayed = set(in_order({olds[id]: news[id] for id in olds.keys() & news.keys()}))
    live = {id: _live(id, ties.get(id, ()), news) for id in olds}
    joined = {id for old in olds if old not in news for id in live[old]}
    joined |= {id for old in olds for id in live[old] if id in olds and id != old}
    found = {}
    for id, at in olds.items():
        places = live[id]
        if id not in news:
            found[id] = _elsewhere(places, id in doubtful)
        elif len(places) > 1:
            found[id] = Became(Outcome.SPLIT, places)
        elif id in joined:
            found[id] = Became(Outcome.MERGED, places)
        elif not _same_words(before.blocks[at], draft.blocks[news[id]]):
            found[id] = Became(Outcome.REWORDED, places)
        elif at not in stayed:
            found[id] = Became(Outcome.MOVED, places)
    return found


def ties_after(
    ties: Mapping[str, Sequence[str]], edits: Sequence[Edit], former: Collection[str]
) -> Ties:
    """The ties once `edits` were made together.

    former   ids of the version before

    A new block that took half its words or more from a block written anew is a part of it; a
    block whose words went into another one lives on there; one that is put back takes its
    words out of there again.
    """
    known = {old: list(ids) for old, ids in ties.items()}
    written = [(edit.before, edit.after) for edit in edits if edit.before and edit.after]
    put = {edit.after.id: edit.after for edit in edits if edit.after and not edit.before}
    taken = {edit.before.id: edit.before for edit in edits if edit.before and not edit.after}
    for old, new in written:
        for block in _only(put, taken):
            if _went(block, new, old):
                _part(known, block.id, old.id, former)
        for block in _only(taken, put):
            if _went(block, old, new):
                _tie(known, _sources(known, block.id, former), new.id)
    return {old: ids for old, ids in known.items() if ids}


def _live(id: str, ties: Sequence[str], news: Mapping[str, int]) -> tuple[str, ...]:
    """Where a passage stands in the draft: itself first, then in order."""
    others = sorted({tie for tie in ties if tie in news and tie != id}, key=news.__getitem__)
    return (id, *others) if id in news else tuple(others)


def _elsewhere(places: tuple[str, ...], is_doubtful: bool) -> Became:
    if places:
        return Became(Outcome.MERGED, places)
    return Became(Outcome.DOUBTFUL if is_doubtful else Outcome.GONE)


def _same_words(old: Block, new: Block) -> bool:
    """As matching sees it: kinds of quotes, spaces and the number in front do not count."""
    if old == new:
        return True
    lexicon = Lexicon()
    return passages([old], lexicon)[0].key == passages([new], lexicon)[0].key


def _only(these: Mapping[str, Block], those: Mapping[str, Block]) -> list[Block]:
    """Blocks that are not merely moved."""
    return [block for id, block in these.items() if id not in those]


def _went(part: Block, away: Block, into: Block) -> bool:
    """Whether words of `part` are in `into`, and more of them than in `away`."""
    share = _share(part, into)
    return share >= _SHARE and share > _share(part, away)


def _share(part: Block, whole: Block) -> float:
    words = tokens(part.text)
    return LCSseq.similarity(words, tokens(whole.text)) / len(words) if words else 0.0


def _sources(known: Mapping[str, Sequence[str]], id: str, former: Collection[str]) -> list[str]:
    """Passages of the version before whose words stand in the block `id`."""
    own = [id] if id in former else []
    return own + [old for old, ids in known.items() if id in ids and old != id]


def _part(known: Ties, part: str, whole: str, former: Collection[str]) -> None:
    sources = _sources(known, part, former)
    if not sources:
        _tie(known, _sources(known, whole, former), part)
    for old in sources:  # put back: its words left `whole` again
        known[old] = [id for id in known.get(old, []) if id != whole]


def _tie(known: Ties, olds: Iterable[str], id: str) -> None:
    for old in olds:
        ids = known.setdefault(old, [])
        if id not in ids and id != old:
            ids.append(id)
