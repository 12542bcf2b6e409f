"""What every reader of a part needs to know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from sutarta.core.documents.blocks import Source

from .findings import Notebook, Place
from .looks import Looks
from .numbering import Numbering
from .numerals import numeral
from .ooxml import INDEX, PARA_ID, Element, child, number
from .package import Package, Relation
from .styles import Styles

SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)


@dataclass
class NoteLabels:
    """Labels of footnotes and endnotes in the order they are referred to.

    formats  "footnote" or "endnote" -> number format and first number
    """

    formats: dict[str, tuple[str, int]]
    order: dict[tuple[str, str], str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def refer(self, kind: str, identity: str, mark: str = "") -> str:
        """The label of one note: its own mark, else the next number of its kind."""
        if (kind, identity) not in self.order:
            self.order[kind, identity] = self._unique(mark or self._next(kind))
        return self.order[kind, identity]

    def _next(self, kind: str) -> str:
        style, first = self.formats.get(kind, ("decimal", 1))
        self.counts[kind] = self.counts.get(kind, first - 1) + 1
        return numeral(self.counts[kind], style) or str(self.counts[kind])

    def _unique(self, label: str) -> str:
        taken = set(self.order.values())
        copy = 2
        unique = label
        while unique in taken:
            unique, copy = f"{label}-{copy}", copy + 1
        return unique


@dataclass(frozen=True)
class Context:
    """One part being read, and what the whole file shares.

    usual_letters  size most letters of the file have, in half points
    story          what lists are counted in: the part, or its text boxes
    """

    package: Package
    styles: Styles
    looks: Looks
    numbering: Numbering
    notebook: Notebook
    labels: NoteLabels
    part: str
    relations: dict[str, Relation]
    usual_letters: int
    story: str

    def for_part(self, part: str) -> Context:
        return replace(self, part=part, relations=self.package.relations(part), story=part)

    def for_text_boxes(self) -> Context:
        return replace(self, story=f"{self.part}#text boxes")

    def printed_number(self, paragraph: Element, *, is_empty: bool) -> tuple[str, int]:
        """The automatic number of the next paragraph and its depth; "" for none.

        is_empty   whether it shows nothing; when its end is hidden too, it is not counted
        """
        style = self.styles.of(paragraph)
        if is_empty and self.looks.of(child(child(paragraph, "pPr"), "rPr"), style, False).hidden:
            return "", 0
        at = self.numbering.place(paragraph, style)
        return (self.numbering.next(at, self.story), at.depth) if at else ("", 0)

    def note(self, code: str, near: Element, **detail: str) -> None:
        """Write a finding down at the paragraph `near`."""
        self.notebook.add(code, self.place(near), **detail)

    def place(self, paragraph: Element) -> Place:
        return Place(self.part, number(paragraph.get(INDEX), -1))

    def source(self, paragraph: Element) -> Source:
        para_id = str(paragraph.get(PARA_ID, ""))
        return Source(self.part, number(paragraph.get(INDEX), -1), para_id)

    def address(self, target: str) -> str:
        """An address a reader may follow, "#bookmark" inside, "" for anything else."""
        target = target.strip()
        if target.startswith("#"):
            return target
        return target if SAFE_ADDRESS.fullmatch(target) else ""

    def relation(self, identity: str | None) -> Relation | None:
        return self.relations.get(str(identity or ""))
