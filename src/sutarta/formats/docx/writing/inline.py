"""Tracked changes inside one paragraph of somebody else's file."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sutarta.core.documents import Span
from sutarta.formats.docx.looks import Looks
from sutarta.formats.docx.ooxml import (
    OBJECTS,
    TEXT_BOX,
    W_P,
    W_R,
    W_T,
    Element,
    child,
    drop,
    q,
    value,
)
from sutarta.formats.docx.runs import MATH
from sutarta.formats.docx.styles import Styles

from .formulas import told_twice
from .hands import Pen
from .making import w, words
from .marking import marked
from .pieces import Finder, Piece, join_runs
from .steps import Letter, Step, aligned, goes_on, letters_of, looks_on, settled, spans_of, steps
from .story import cleaned_lines

HYPERLINK = q("w:hyperlink")
GONE_TEXT = {W_T: q("w:delText"), q("w:instrText"): q("w:delInstrText")}
FIRST_OF_LOOK = frozenset(map(q, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))


@dataclass
class Scribe:
    """What rewording the paragraphs of one part needs to know of the file.

    sign   label of a note in the old or the new text -> the sign both say it by
    link   an empty w:hyperlink to an address, None for one that cannot be followed
    note   a run that refers to a note which only the new text has, None for none
    """

    styles: Styles
    looks: Looks
    old_sign: Callable[[str], str]
    new_sign: Callable[[str], str]
    link: Callable[[str], Element | None]
    note: Callable[[str], Element | None]

    def reword(
        self,
        paragraph: Element,
        old: Sequence[Span],
        new: Sequence[Span],
        pen: Pen,
        *,
        is_heading: bool = False,
        is_cell: bool = False,
    ) -> None:
        """Strike what is gone and put in what is new, so that `old` reads as `new`."""
        before, after = letters_of(old, self.old_sign), letters_of(new, self.new_sign)
        pieces = Finder(self.styles, self.looks).pieces(paragraph, is_heading=is_heading)
        found = aligned(pieces, before, after, is_cell)
        writing = _Writing(self, paragraph, pen, is_heading)
        if found is None:
            writing.anew(after)
        else:
            start, before, after = found
            kept = settled(pieces, start, before, after)
            writing.run(pieces, start, steps(before, after, kept))
        join_runs(paragraph)

    def says(self, old: Sequence[Span], new: Sequence[Span]) -> bool:
        """Whether old words show just as the new ones do."""
        before, after = letters_of(old, self.old_sign), letters_of(new, self.new_sign)
        return len(before) == len(after) and all(
            one.sign == other.sign and goes_on(one, other) and looks_on(one, other)
            for one, other in zip(before, after, strict=True)
        )

    def is_counted(self, paragraph: Element) -> bool:
        """Whether the file numbers the paragraph by itself."""
        shapes = [child(paragraph, "pPr")]
        shapes += [
            child(style.element, "pPr") for style in self.styles.chain(self.styles.of(paragraph))
        ]
        lists = (value(child(shape, "numPr"), "numId") for shape in shapes)
        return next(filter(None, lists), "0") != "0"

    def strike(self, paragraph: Element, pen: Pen, name: str = "del", *, drawn: bool) -> None:
        """Take out all its words; with `drawn`, pictures and other objects too."""
        for run in own_runs(paragraph):
            if drawn or not _is_object(run):
                wrap(run, pen, name)

    def write(self, paragraph: Element, spans: Sequence[Span], pen: Pen, name: str = "ins") -> None:
        """Let an empty paragraph say `spans`, as something put in."""
        _Writing(self, paragraph, pen, is_heading=False, name=name).put(None, None, spans)


def own_runs(paragraph: Element) -> list[Element]:
    """Runs and formulas of the paragraph itself, not those of text boxes in it."""
    kinds = (W_R, *MATH)
    return [run for run in paragraph.iter(*kinds) if _above(run, *kinds) is paragraph]


def _above(run: Element, *kinds: str) -> Element:
    return next(run.iterancestors(W_P, *kinds))


def wrap(run: Element, pen: Pen, name: str) -> Element:
    """Put a run or formula into the mark before it, where one person made both, else a new one."""
    if run.tag in MATH:
        run = told_twice(run, "delText" if name == "del" else "t")
    mark, before = pen.mark(name), run.getprevious()
    if before is not None and before.tag == mark.tag and _alike(before, mark):
        before.append(run)
        mark = before
    else:
        run.addprevious(mark)
        mark.append(run)
    if name == "del":
        for each in run.iter(*GONE_TEXT):
            if _box(each) is _box(run):  # words of a text box in it are struck with the box
                each.tag = GONE_TEXT[str(each.tag)]
    return mark


def _box(element: Element) -> Element | None:
    return next(element.iterancestors(TEXT_BOX), None)


def _alike(one: Element, other: Element) -> bool:
    return all(one.get(q(f"w:{name}")) == other.get(q(f"w:{name}")) for name in ("author", "date"))


def _is_object(run: Element) -> bool:
    return next(run.iter(*OBJECTS), None) is not None


@dataclass
class _Writing:
    """One paragraph being reworded; `name` is the mark of what is put in."""

    scribe: Scribe
    paragraph: Element
    pen: Pen
    is_heading: bool
    name: str = "ins"

    def run(self, pieces: Sequence[Piece], start: int, steps: Iterable[Step]) -> None:
        """Carry out the steps; `start` is where in the file's words the old text begins."""
        waiting, at = list(pieces), -start
        last: Piece | None = None
        for step in steps:
            while waiting and at < step.start:
                last = _take(waiting, step.start - at)
                at += len(last.text)
            if step.kind == "new":
                self.put(last, waiting[0] if waiting else None, step.spans)
            while waiting and at < step.end:
                last = _take(waiting, step.end - at)
                at += len(last.text)
                if step.kind == "gone":
                    wrap(last.run, self.pen, "del")
                elif step.kind == "look":
                    self._mark(last.run, step.spans[0].marks)

    def anew(self, letters: Sequence[Letter]) -> None:
        """Strike whatever the paragraph says and write all of it again behind that."""
        self.scribe.strike(self.paragraph, self.pen, drawn=False)
        self.put(None, None, spans_of(letters), at_end=True)

    def put(
        self,
        before: Piece | None,
        after: Piece | None,
        spans: Sequence[Span],
        *,
        at_end: bool = False,
    ) -> None:
        """Put words in between two pieces of the paragraph."""
        place = None if at_end else _place(before, after, self.paragraph)
        is_link = place is not None and next(place.iterancestors(HYPERLINK), None) is not None
        made = list(self._made(self._base(before, after), spans, is_link=is_link))
        if place is None:
            self.paragraph.extend(made)
        elif before is None:
            for each in made:
                place.addprevious(each)
        else:
            for each in reversed(made):
                place.addnext(each)

    def _made(self, base: Element, spans: Sequence[Span], *, is_link: bool) -> Iterator[Element]:
        """New words in their marks; `is_link` when they stand in a link already."""
        for link, run in groupby(spans, key=lambda span: "" if is_link else span.link):
            mark = self.pen.mark(self.name)
            mark.extend(each for span in run for each in self._runs(span, base))
            target = self.scribe.link(link) if link else None
            if target is not None:
                target.append(mark)
            yield mark if target is None else target

    def _runs(self, span: Span, base: Element) -> Iterator[Element]:
        reference = self.scribe.note(span.note) if span.note else None
        if reference is not None:
            yield reference
            return
        marks = tuple(sorted({*span.marks, *({"sup"} if span.note else ())}))
        look = self._look(base, marks)
        yield w("r", look, *words(cleaned_lines(span.text)))

    def _base(self, before: Piece | None, after: Piece | None) -> Element:
        """How the words around look; those of a link only when there are no others."""
        near = [
            piece.run
            for piece in (before, after)
            if piece is not None and piece.letters is not None
        ]
        plain = [run for run in near if next(run.iterancestors(HYPERLINK), None) is None]
        if plain or near:
            found = child((plain or near)[0], "rPr")
        else:
            found = child(child(self.paragraph, "pPr"), "rPr")
        look = w("rPr") if found is None else copy.deepcopy(found)
        for each in list(look):
            if each.tag in FIRST_OF_LOOK or each.tag == q("w:rPrChange"):
                look.remove(each)
        return look

    def _mark(self, run: Element, marks: tuple[str, ...]) -> None:
        """Let the run look as marked, as a tracked change of its look."""
        if run.tag != W_R:
            return
        former = child(run, "rPr")
        before = w("rPr") if former is None else copy.deepcopy(former)
        look = self._look(before, marks)
        change = self.pen.mark("rPrChange")
        change.append(before)
        look.append(change)
        if former is not None:
            drop(former)
        run.insert(0, look)

    def _look(self, base: Element, marks: tuple[str, ...]) -> Element:
        style = self.scribe.styles.of(self.paragraph)
        return marked(base, marks, lambda look: self.scribe.looks.of(look, style, self.is_heading))


def _take(waiting: list[Piece], length: int) -> Piece:
    """The next piece, cut to `length` where it is longer."""
    piece = waiting.pop(0)
    if len(piece.text) > length and piece.letters is not None:
        waiting.insert(0, piece.cut(length))
    return piece


def _place(before: Piece | None, after: Piece | None, paragraph: Element) -> Element | None:
    """The element behind which (before the first piece: ahead of which) new words belong.

    It stands outside of whatever ends between the two pieces: a link, a field, a mark.
    """
    if before is None:
        return None if after is None else _outermost(after.run, None, paragraph)
    element = before.run
    ends = before.field is not None and (after is None or after.field is not before.field)
    if ends and before.field is not None and before.field.end is not None:
        element = before.field.end
    return _outermost(element, None if after is None else after.run, paragraph)


def _outermost(element: Element, other: Element | None, paragraph: Element) -> Element:
    while (parent := element.getparent()) is not None and parent is not paragraph:
        if other is not None and any(above is parent for above in other.iterancestors()):
            break
        element = parent
    return element
