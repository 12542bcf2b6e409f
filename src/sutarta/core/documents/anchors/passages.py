"""Blocks made comparable: folded words, a number kept apart, table, section and rarity."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from sutarta.core.documents.blocks import Block, Kind

_SIGNS = str.maketrans(
    {"„": '"', "“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'"}
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff")
)
_WORD = re.compile(r"[^\W\d_]*[-./]?\d\w*(?:[-./,]\w+)*|\w+")  # codes and dates are one word
_PROSE = re.compile(r"\(?(\d{1,3}(?:\.\d{1,3})*|[a-z])[.)]+\s+(?=\S)|\((\d{1,3}[a-z]?)\)\s*(?=\S)")
_HEADING = re.compile(
    r"((?:§+|[^\W\d]{1,12}\.?)?\s*\d{1,3}[a-z]?(?:\.\d{1,3})*[.)]?)(?=\s|$)|([ivxlc]{1,6}[.)]?)(?=\s)"
)
_FIRST_CODE = 0x10000  # above the surrogates, so that every word may stand for one character


@dataclass(frozen=True, slots=True)
class Passage:
    """One block as matching sees it.

    at       position in its version
    sort     "heading", "row", "table", "figure" or "prose"
    key      folded text without its number: equal keys are the same words
    numeral  the number in front, folded; "" for none
    words    of the key; of a table: its caption's, then every word of its rows once
    code     the words again, one character each, for fast comparison
    cells    folded texts of a row's cells, otherwise ()
    head     position of the heading above, -1 for none
    table    row only: position of its table, -1 otherwise
    block    the block itself
    """

    at: int
    sort: str
    key: str
    numeral: str
    words: tuple[str, ...]
    code: str
    cells: tuple[str, ...]
    head: int
    table: int
    block: Block

    @property
    def id(self) -> str:
        """Lineage id, "" for none."""
        return self.block.id

    @property
    def kind(self) -> Kind:
        """What sort leaves out: prose may be a paragraph, an item or a footnote."""
        return self.block.kind

    @property
    def words_key(self) -> tuple[str, str, str]:
        """Equal for passages of one sort with the same words."""
        return self.sort, self.key, self.code


class Lexicon:
    """Words of both versions: a character for each, and how much each one tells."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._blocks: Counter[str] = Counter()
        self._total = 1

    def code(self, words: Iterable[str]) -> str:
        """One character a word; the same word always gets the same one."""
        codes = self._codes
        return "".join(codes.setdefault(word, chr(_FIRST_CODE + len(codes))) for word in words)

    def count(self, code: str) -> None:
        self._blocks.update(set(code))
        self._total += 1

    def information(self) -> dict[str, float]:
        """Code of a word -> 0.1 (in every block) to 1 (in one)."""
        whole = log(self._total + 1)
        return {code: max(0.1, 1 - log(blocks) / whole) for code, blocks in self._blocks.items()}


def fold(text: str) -> str:
    """Lower case, one kind of quotes and dashes, single spaces.

    >>> fold("„Alksnių  krantas“ – 2026")
    '"alksnių krantas" - 2026'
    """
    folded = unicodedata.normalize("NFKC", text.translate(_SIGNS)).lower()
    return " ".join(folded.split())


def passages(blocks: Sequence[Block], lexicon: Lexicon) -> list[Passage]:
    """Make every block comparable; `lexicon` must be shared by both versions."""
    made: list[Passage] = []
    head = table = -1
    for at, block in enumerate(blocks):
        sort = _sort(block.kind)
        if sort != "row":
            table = at if sort == "table" else -1
        made.append(_passage(at, block, sort, head, table if sort == "row" else -1, lexicon))
        if sort == "heading":
            head = at
    _fill_tables(made, lexicon)
    for passage in made:
        lexicon.count(passage.code)
    return made


def _fill_tables(made: list[Passage], lexicon: Lexicon) -> None:
    words: dict[int, dict[str, None]] = {}
    for passage in made:
        if passage.table >= 0:
            words.setdefault(passage.table, {}).update(dict.fromkeys(passage.words))
    for at, known in words.items():
        every = tuple(dict.fromkeys((*made[at].words, *known)))
        made[at] = replace(made[at], words=every, code=lexicon.code(every))


def shingles(code: str) -> set[str]:
    """Words and pairs of neighbouring words."""
    return set(code).union(first + second for first, second in pairwise(code))


def _sort(kind: Kind) -> str:
    if kind in (Kind.HEADING, Kind.ROW, Kind.TABLE, Kind.FIGURE):
        return kind.value
    return "prose"


def _passage(at: int, block: Block, sort: str, head: int, table: int, lexicon: Lexicon) -> Passage:
    if sort == "row":
        cells = tuple(fold(cell.text) for cell in block.cells)
        words = tuple(word for cell in cells for word in _WORD.findall(cell))
        key = "\t".join(cells)
        return Passage(at, sort, key, "", words, lexicon.code(words), cells, head, table, block)
    numeral, key = _apart(fold(block.text), sort)
    if sort == "figure":
        key = f"{key} {fold(block.alt)} {block.image}".strip()
    words = tuple(_WORD.findall(key))
    numeral = numeral or fold(block.number)
    return Passage(at, sort, key, numeral, words, lexicon.code(words), (), head, table, block)


def _apart(text: str, sort: str) -> tuple[str, str]:
    """The number in front and the rest; a text that is all number has no rest.

    "heading" also takes "§ 5", "Art. 5", "II skyrius" style fronts off.
    """
    found = (_HEADING if sort == "heading" else _PROSE).match(text)
    if not found:
        return "", text
    return found.group().strip(), text[found.end() :].strip()
