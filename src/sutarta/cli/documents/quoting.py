"""Words marked in passages of an old version, found again in a new one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sutarta.cli.documents.files import read_bytes
from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.core.documents import Fate

AROUND = 60  # characters around the words that are kept when none were given
ABOUT = "JSON: [{block, quote, before, after}, ...]; says where the words stand now"


@dataclass(frozen=True)
class Quote:
    """Words marked in one passage; `before` and `after` are what stood around them."""

    block: Any
    words: str
    before: str
    after: str


def read_quotes(file: Path, texts: Mapping[str, str]) -> list[Quote]:
    """The quotes of a file. `texts` are the old passages by name. Raises Stop."""
    try:
        rows = json.loads(read_bytes(file))
    except (ValueError, RecursionError) as error:
        raise Stop(f"{file.name}: This is not JSON.") from error
    if not isinstance(rows, list):
        raise Stop(f"{file.name}: A JSON list of quotes is expected.")
    return [_quote(row, place, file, texts) for place, row in enumerate(rows, 1)]


def named(name: Any) -> str:
    """A name as a key of JSON: text as it is, anything else as JSON writes it."""
    return name if isinstance(name, str) else json.dumps(name, ensure_ascii=False)


def found(quote: Quote, fate: Fate, names: Sequence[Any], texts: Sequence[str]) -> dict[str, Any]:
    """Where the words stand now; `found` is null when they are lost, though `new` may hold."""
    from sutarta.core.documents import follow_quote

    place = follow_quote(quote.words, quote.before, quote.after, fate, texts)
    spot = place and {"block": names[place.new], "start": place.start, "end": place.end}
    return {
        "block": quote.block,
        "quote": quote.words,
        "outcome": fate.outcome.value,
        "new": [names[new] for new in fate.new if names[new] is not None],
        "found": spot,
    }


def _quote(row: object, place: int, file: Path, texts: Mapping[str, str]) -> Quote:
    if not isinstance(row, dict):
        raise Stop(f"{file.name}: Quote {place} is no JSON object.")
    block, words = row.get("block"), row.get("quote")
    parts = words, row.get("before", ""), row.get("after", "")
    if not all(isinstance(part, str) for part in parts) or not str(words).strip():
        raise Stop(f"{file.name}: Quote {place} has no words, or something else than words.")
    if block is None or named(block) not in texts:
        raise Stop(f"{file.name}: Quote {place} is of no passage of the old version.")
    if row.get("before") or row.get("after"):
        return Quote(block, *map(str, parts))
    return Quote(block, str(words), *_around(str(words), texts[named(block)]))


def _around(words: str, text: str) -> tuple[str, str]:
    """What stands around words that stand once in their passage."""
    if text.count(words) != 1:
        return "", ""
    before, after = text.split(words)
    return before[-AROUND:], after[:AROUND]
