"""The words of one paragraph as they stand in a file: runs of one piece each, to be cut."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field

from sutarta.formats.docx.equations import linear
from sutarta.formats.docx.looks import Looks
from sutarta.formats.docx.ooxml import (
    W_P,
    W_R,
    W_T,
    Element,
    child,
    font_of,
    has_own_mark,
    q,
    symbol_of,
)
from sutarta.formats.docx.runs import MATH, REFERENCES
from sutarta.formats.docx.styles import Styles
from sutarta.formats.docx.symbols import in_font, symbol

from .making import XML_SPACE

NOTE = "\ufdd0"  # stands for a reference to a note; no letter is called so
SIGNS = {
    q("w:tab"): "\t", q("w:ptab"): "\t", q("w:br"): "\n", q("w:cr"): "\n",
    q("w:noBreakHyphen"): "\N{NON-BREAKING HYPHEN}",
}  # fmt: skip
OTHERS = frozenset(map(q, ("w:pPr", "w:del", "w:moveFrom", "mc:AlternateContent", "w:ruby")))
W_RPR, FIELD_SIGN = q("w:rPr"), q("w:fldChar")
_FLAT = str.maketrans("\n\r\t", "   ")


@dataclass(eq=False)
class Field:
    """A field whose result the piece belongs to; `end` is the run that closes it."""

    is_shown: bool = False
    end: Element | None = None


@dataclass(eq=False)
class Piece:
    """Words that stand alone in one run.

    text    as the reader says it; NOTE for a reference to a note
    run     the run, or the formula
    letters the w:t that can be cut, None for what has to stay whole
    field   the outermost field it is shown by
    """

    text: str
    run: Element
    letters: Element | None = None
    field: Field | None = None

    def cut(self, at: int) -> Piece:
        """Keep the words before `at`; those after it become a piece of their own."""
        if self.letters is None:
            raise ValueError("this piece has to stay whole")
        run = copy.deepcopy(self.run)
        self.run.addnext(run)
        letters = next(run.iterchildren(W_T))
        rest = Piece(self.text[at:], run, letters, self.field)
        words = self.letters.text or ""
        for element, part in ((self.letters, words[:at]), (letters, words[at:])):
            element.text = part
            element.set(XML_SPACE, "preserve")
        self.text = self.text[:at]
        return rest


@dataclass
class Finder:
    """Finds the pieces of paragraphs of one file."""

    styles: Styles
    looks: Looks
    _fields: list[Field] = field(default_factory=list)

    def pieces(self, paragraph: Element, *, is_heading: bool = False) -> list[Piece]:
        """Every piece a reader sees, in order; runs are parted so that each holds one."""
        for run in list(paragraph.iter(W_R)):
            if next(run.iterancestors(W_P)) is paragraph:
                part_run(run)
        self._fields = []
        style = self.styles.of(paragraph)
        return list(self._within(paragraph, style, is_heading))

    def _within(self, element: Element, style: str, is_heading: bool) -> Iterator[Piece]:
        for each in element:
            if each.tag == W_R:
                look = self.looks.of(child(each, "rPr"), style, is_heading)
                yield from () if look.hidden else self._of_run(each)
            elif each.tag in MATH:
                yield from self._piece(" ".join(linear(each).split()), each)
            elif each.tag not in OTHERS:
                yield from self._within(each, style, is_heading)

    def _of_run(self, run: Element) -> Iterator[Piece]:
        leaf = next((each for each in run if each.tag != W_RPR), None)
        if leaf is None:
            return
        if leaf.tag == FIELD_SIGN:
            self._follow(str(leaf.get(q("w:fldCharType"), "")), run)
        elif leaf.tag == W_T:
            text = in_font((leaf.text or "").translate(_FLAT), font_of(child(run, "rPr")))
            yield from self._piece(text, run, leaf)
        elif leaf.tag == q("w:sym"):
            stated = symbol_of(leaf, font_of(child(run, "rPr")))
            yield from self._piece(symbol(*stated) if stated else "", run)
        elif leaf.tag in REFERENCES:
            yield from self._piece(NOTE, run)
        elif leaf.tag in MATH:
            yield from self._piece(" ".join(linear(leaf).split()), run)
        else:
            yield from self._piece(SIGNS.get(str(leaf.tag), ""), run)

    def _piece(self, text: str, run: Element, letters: Element | None = None) -> Iterator[Piece]:
        if text and all(each.is_shown for each in self._fields):
            yield Piece(text, run, letters, self._fields[0] if self._fields else None)

    def _follow(self, sign: str, run: Element) -> None:
        if sign == "begin":
            self._fields.append(Field())
        elif self._fields and sign == "separate":
            self._fields[-1].is_shown = True
        elif self._fields and sign == "end":
            self._fields.pop().end = run


def part_run(run: Element) -> None:
    """Give everything the run holds a run of its own, alike but for the content.

    The words after a note's own mark are part of that mark.
    """
    content = [each for each in run if each.tag != W_RPR]
    if any(each.tag in REFERENCES and has_own_mark(each) for each in content):
        return
    for each in reversed(content[1:]):
        alone = run.makeelement(W_R)
        alone.attrib.update(run.attrib)
        if (look := child(run, "rPr")) is not None:
            alone.append(copy.deepcopy(look))
        alone.append(each)
        run.addnext(alone)


def join_runs(paragraph: Element) -> None:
    """Make neighbouring runs one again where nothing tells them apart."""
    for run in list(paragraph.iter(W_R)):
        before = run.getprevious()
        if before is None or before.tag != W_R or _kind(before) != _kind(run):
            continue
        for each in list(run):
            if each.tag != W_RPR:
                _append(before, each)
        run.getparent().remove(run)  # type: ignore[union-attr]


def _append(run: Element, each: Element) -> None:
    last = run[-1] if len(run) else None
    if last is not None and last.tag == each.tag and each.tag in (W_T, q("w:delText")):
        last.text = (last.text or "") + (each.text or "")
        last.set(XML_SPACE, "preserve")
    else:
        run.append(each)


def _kind(run: Element) -> tuple[object, ...]:
    look = child(run, "rPr")
    told = () if look is None else _told(look)
    return tuple(sorted(run.attrib.items())), told


def _told(element: Element) -> tuple[object, ...]:
    inner = tuple(_told(each) for each in element)
    return str(element.tag), tuple(sorted(element.attrib.items())), inner
