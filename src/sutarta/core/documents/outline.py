"""The shape of a document: sections, what looks like a heading, printed paragraph numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sutarta.core.documents.blocks import Block, Document, Kind

_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVXL]{1,5}\.)\s+\w")
_OWN_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z])\.?(?=\s|$)")
_LONGEST_TITLE = 120  # characters


@dataclass(frozen=True)
class Section:
    """A heading and the blocks under it.

    level    of the heading, 1..9
    number   as printed, "" for none
    blocks   ids of the blocks under it up to the next heading of any level
    """

    block_id: str
    level: int
    number: str
    title: str
    blocks: tuple[str, ...]
    sections: tuple[Section, ...] = ()


def outline(document: Document) -> list[Section]:
    """Sections nested by level, in order. Blocks above the first heading are in none."""
    flat = [
        Section(head.id, head.level, head.number, head.text, tuple(block.id for block in body))
        for head, body in _parts(document)
        if head is not None
    ]
    return list(_nested(flat))


def section_of(document: Document) -> dict[str, str]:
    """Block id -> id of the heading it stands under; "" above the first one.

    A heading stands under the heading of a higher level before it.
    """
    found: dict[str, str] = {}
    above: list[Block] = []
    for block in document.blocks:
        if block.kind is Kind.HEADING:
            above = [head for head in above if head.level < block.level]
        found[block.id] = above[-1].id if above else ""
        if block.kind is Kind.HEADING:
            above.append(block)
    return found


def looks_like_heading(block: Block) -> bool:
    """Whether a paragraph was probably meant as a heading: short, without a final mark,
    and either bold throughout or numbered as "2.1 Tikslai".

    >>> from sutarta.core.documents.blocks import Span
    >>> looks_like_heading(Block(Kind.PARAGRAPH, (Span("2.1 Tikslai"),)))
    True
    """
    text = block.text.strip()
    if block.kind is not Kind.PARAGRAPH or not text or len(text) > _LONGEST_TITLE:
        return False
    if text[-1] in ".,;:!?…" or not any(character.isalpha() for character in text):
        return False
    return _bold_throughout(block) or bool(_NUMBERED.match(text))


def display_numbers(document: Document) -> dict[str, str]:
    """Block id -> short printed number, unique within this version.

    Under heading 2 stand 2.1, 2.2 and so on; row 3 of the table 2.4 is 2.4/3. A heading
    keeps the number it prints; one without gets the next free of its level, and a title
    above the numbered headings 0. Where a subheading prints 2.1 itself, paragraphs straight
    under heading 2 are 2.0.1, 2.0.2. Above the first heading: 0.1, 0.2.
    """
    free = _Free()
    numbers = _heading_numbers(document, free)
    parents = {number.rpartition(".")[0] for number in numbers.values()}
    for head, body in _parts(document):
        stem = numbers[head.id] if head is not None else "0"
        _number_body(body, f"{stem}.0." if stem in parents else f"{stem}.", numbers, free)
    return numbers


def _bold_throughout(block: Block) -> bool:
    return all("bold" in span.marks for span in block.spans if span.text.strip())


def _parts(document: Document) -> Iterator[tuple[Block | None, list[Block]]]:
    """Every heading with the blocks up to the next one; first, None with those above all."""
    head: Block | None = None
    body: list[Block] = []
    for block in document.blocks:
        if block.kind is Kind.HEADING:
            yield head, body
            head, body = block, []
        else:
            body.append(block)
    yield head, body


def _nested(flat: list[Section]) -> Iterator[Section]:
    at = 0
    while at < len(flat):
        end = at + 1
        while end < len(flat) and flat[end].level > flat[at].level:
            end += 1
        inner = tuple(_nested(flat[at + 1 : end]))
        section = flat[at]
        yield Section(
            section.block_id, section.level, section.number, section.title, section.blocks, inner
        )
        at = end


def _own_number(block: Block) -> str:
    """The number a heading prints, without its final stop; "" for none."""
    found = _OWN_NUMBER.match(block.number.strip() or "")
    if not found and not block.number:
        found = re.match(r"(\d{1,3}(?:\.\d{1,3})*)\.?(?=\s)", block.text)
    return found.group(1) if found else ""


def _heading_numbers(document: Document, free: _Free) -> dict[str, str]:
    heads = [block for block in document.blocks if block.kind is Kind.HEADING]
    own: dict[str, str] = {}
    for head in heads:
        number = _own_number(head)
        if number and free.take(number):
            own[head.id] = number
    numbers: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    for head in heads:
        path = [step for step in path if step[0] < head.level]
        stem = f"{path[-1][1]}." if path else ""
        is_title = not path and not numbers and own and head.id not in own
        if is_title and free.take("0"):
            own[head.id] = "0"
        numbers[head.id] = own.get(head.id) or free.next(stem)
        path.append((head.level, numbers[head.id]))
    return numbers


def _number_body(body: list[Block], stem: str, numbers: dict[str, str], free: _Free) -> None:
    table, row = "", 0
    for block in body:
        if block.kind is Kind.ROW:
            table = table or free.next(stem)
            row += 1
            numbers[block.id] = f"{table}/{row}"
            continue
        numbers[block.id] = free.next(stem)
        table, row = (numbers[block.id], 0) if block.kind is Kind.TABLE else ("", 0)


class _Free:
    """Numbers not given yet."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: Counter[str] = Counter()

    def take(self, number: str) -> bool:
        """Take one number; False when somebody has it."""
        was_free = number not in self._taken
        self._taken.add(number)
        return was_free

    def next(self, stem: str) -> str:
        """Take the next number that begins with `stem`."""
        while True:
            self._last[stem] += 1
            if self.take(number := f"{stem}{self._last[stem]}"):
                return number
