"""`sutarta documents anchors`: what became of every passage of an old version in a new one."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sutarta.cli.documents import quoting
from sutarta.cli.documents.files import read, read_bytes, spare
from sutarta.cli.documents.saying import as_json, say
from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.core.documents import Block, Fate
    from sutarta.formats.blocklist import BlockList

T = TypeVar("T")
HELP = "find the passages of an old version in a new one"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("old", type=Path, nargs="?", metavar="OLD", help="a document or block list")
    parser.add_argument("new", type=Path, nargs="?", metavar="NEW", help="the same, a later one")
    parser.add_argument("--pair", type=Path, metavar="FILE", help="JSON with the keys old and new")
    parser.add_argument("--full", action="store_true", help="outcome, confidence and candidates")
    parser.add_argument("--quotes", type=Path, metavar="FILE", help=quoting.ABOUT)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write JSON there, counts here")


@dataclass(frozen=True)
class Side:
    """One version: its blocks, and for each what it is called in the answer and its words."""

    blocks: tuple[Block, ...]
    names: tuple[Any, ...]
    texts: tuple[str, ...]

    def named(self, values: Iterable[T]) -> dict[str, T]:
        """What there is for each block, by its name as JSON has keys."""
        pairs = zip(self.names, values, strict=True)
        return {quoting.named(name): value for name, value in pairs if name is not None}


def run(arguments: Namespace) -> int:
    from sutarta.core.documents import match

    if arguments.out is not None:
        spare(arguments.out, arguments.old, arguments.new, arguments.pair, arguments.quotes)
    old, new = _sides(arguments)
    quotes = arguments.quotes and quoting.read_quotes(arguments.quotes, old.named(old.texts))
    fates = old.named(match(old.blocks, new.blocks))
    said: Any
    if quotes is None:
        tell = _full if arguments.full else _plain
        said = {name: tell(fate, new.names) for name, fate in fates.items()}
    else:
        where = [fates[quoting.named(one.block)] for one in quotes]
        said = list(map(partial(quoting.found, names=new.names, texts=new.texts), quotes, where))
    return _answer(arguments, said, fates.values())


def _answer(arguments: Namespace, said: Any, fates: Iterable[Fate]) -> int:
    if arguments.out is None:
        say(as_json(said))
        return 0
    try:
        arguments.out.write_text(as_json(said, "utf-8") + "\n", encoding="utf-8")
    except OSError as error:
        raise Stop(f"{arguments.out} cannot be written: {error.strerror}.") from error
    say("\n".join(_counts(fates)))
    return 0


def _sides(arguments: Namespace) -> tuple[Side, Side]:
    if arguments.pair is not None:
        if arguments.old is not None:
            raise Stop("Name either OLD and NEW, or --pair FILE.")
        return _pair(arguments.pair)
    if arguments.new is None:
        raise Stop("Name two versions, OLD and NEW, or --pair FILE.")
    return _side(arguments.old), _side(arguments.new)


def _pair(file: Path) -> tuple[Side, Side]:
    try:
        both = json.loads(read_bytes(file))
    except (ValueError, RecursionError) as error:
        raise Stop(f"{file.name}: This is not JSON.") from error
    if not isinstance(both, dict) or not {"old", "new"} <= both.keys():
        raise Stop(f"{file.name}: JSON with the keys old and new is expected.")
    return _listed(both["old"], file), _listed(both["new"], file)


def _side(file: Path) -> Side:
    if file.suffix.lower() == ".json":
        try:
            return _listed(json.loads(read_bytes(file)), file)
        except (ValueError, RecursionError) as error:
            raise Stop(f"{file.name}: This is not JSON.") from error
    blocks = read(file).document.blocks
    return Side(blocks, tuple(block.id for block in blocks), tuple(one.text for one in blocks))


def _listed(value: object, file: Path) -> Side:
    from sutarta.formats import blocklist

    try:
        found: BlockList = blocklist.read(value)
    except blocklist.BadList as error:
        raise Stop(f"{file.name}: {error}") from error
    return Side(found.blocks, found.names, tuple(map(blocklist.text_of, found.blocks)))


def _plain(fate: Fate, names: tuple[Any, ...]) -> Any:
    """The new id, or null for what is gone or doubtful."""
    return next(iter(_named(fate.new, names)), None)


def _full(fate: Fate, names: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "outcome": fate.outcome.value,
        "new": _named(fate.new, names),
        "confidence": fate.confidence,
        "candidates": [
            {"new": names[place], "likeliness": score}
            for place, score in fate.candidates
            if names[place] is not None
        ],
    }


def _named(places: Iterable[int], names: tuple[Any, ...]) -> list[Any]:
    return [names[place] for place in places if names[place] is not None]


def _counts(fates: Iterable[Fate]) -> Iterator[str]:
    counts = Counter(fate.outcome.value for fate in fates)
    yield f"{counts.total()} passages"
    yield from (f"{count:6} {outcome}" for outcome, count in counts.most_common())
