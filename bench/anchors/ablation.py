"""What each signal brings: the same blocks, with one of them taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from bench.anchors import table
from bench.anchors.material import Triple
from sutarta.core.documents.anchors import confidence, fates, likely, passages, tables
from sutarta.core.documents.anchors.passages import Lexicon
from sutarta.core.documents.anchors.surroundings import Surroundings


def _nothing(*_given: object, **_named: object) -> None:
    """Instead of a step."""


def _no_parts(*_given: object) -> dict[int, tuple[int, float]]:
    return {}


def _no_number(text: str, _sort: str) -> tuple[str, str]:
    return "", text


def _no_share(*_given: object) -> float:
    return 0.0


def _all_alike(lexicon: Lexicon) -> dict[str, float]:
    return dict.fromkeys(lexicon._blocks, 0.6)


Change = tuple[object, str, object]
WITHOUT: dict[str, Sequence[Change]] = {
    "numbers apart from the words": [(passages, "_apart", _no_number)],
    "tables paired as a whole": [(fates, "pair_tables", _nothing)],
    "tables that became one": [(tables, "pair_merged_tables", _nothing)],
    "the better claim": [(fates, "yield_to_rivals", _nothing)],
    "names in the first cell of rows": [(fates, "pair_named_rows", _nothing)],
    "order between sure pairs": [(fates, "pair_in_order", _nothing)],
    "rarity of words": [(Lexicon, "information", _all_alike)],
    "surroundings": [(Surroundings, "context", _no_share)],
    "the section": [(Surroundings, "_same_section", _no_share)],
    "what stands under a heading": [
        (Surroundings, "content", _no_share),
        (fates, "pair_headings", _nothing),
    ],
    "splits and merges": [(fates, "joined", _no_parts)],
    "words held whole": [
        (fates, "pair_held", _nothing),
        (fates, "pair_held_in_gaps", _nothing),
    ],
    "gaps filled": [(fates, "pair_fillings", _nothing)],
    "the last of equal words": [(fates, "pair_remaining", _nothing)],
    "look-alikes doubted": [(fates, "leave_lookalikes", _nothing)],
    "unsure pairs doubted": [(confidence, "ACCEPTED", 0.0)],
    "surest first, in rounds": [(likely, "_ROUNDS", (likely.LEAST,))],
    "gone: the likeliest is taken": [
        (likely, "LEAST", 0.3),
        (likely, "_ROUNDS", (*likely._ROUNDS, 0.5, 0.4, 0.3)),
        (likely, "_DOUBTFUL", 0.3),
        (confidence, "ACCEPTED", 0.0),
        (fates, "leave_lookalikes", _nothing),
    ],
}


def report(triples: Sequence[Triple]) -> None:
    columns = f"{'hard: right  false missed':>26}{'removed: orphaned':>19}"
    print(f"\n{'without':<34}{columns}{'untouched false':>17}")
    whole = table.score(triples)
    _line("nothing: all as it is", whole)
    for name, changes in WITHOUT.items():
        with _changed(changes):
            _line(name, table.score(triples))


def _line(name: str, found: table.Score) -> None:
    removed = table.share(found.edits["deleted"], "right")
    untouched = table.share(found.edits["untouched"], "false")
    print(f"{name:<34}{table.shares(found.hard):>26}{removed:>19.1f}{untouched:>17.2f}")


@contextmanager
def _changed(changes: Sequence[Change]) -> Iterator[None]:
    with ExitStack() as stack:
        for where, name, other in changes:
            stack.enter_context(patch.object(where, name, other))
        yield
