"""Tracked changes inside one paragraph of somebody else's file."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sutarta.core.documents import Span, redline
from sutarta.formats.docx.looks import Looks
from sutarta.formats.docx.ooxml import W_P, W_R, W_T, Element, child, drop, q, value
from sutarta.formats.docx.styles import Styles

from .hands import Pen
from .making import w, words
from .pieces import NOTE, Finder, Piece, join_runs
from .story import MARK_ELEMENTS, MARK_ORDER, cleaned_lines

HYPERLINK = q("w:hyperlink")
GONE_TEXT = {W_T: q("w:delText"), q("w:instrText"): q("w:delInstrText")}
OFF = {"u": "none", "vertAlign": "baseline"}
FIRST_OF_LOOK = frozenset(map(q, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))
_COUNTED = re.compile(r"(?:[\d.]{1,9}|\w{1,4})[.)]?(?: |$)|[^\w\s] ")
_NUMERAL = re.compile(r"\S{1,12}(?: |$)")


@dataclass(frozen=True)
class Letter:
    """One sign of a text, with what its span says of it; a note is one sign."""

    sign: str
    span: Span


@dataclass(frozen=True)
class Step:
    """A stretch of the redline.

    kind   "same", "look" (the same words, otherwise marked), "gone" or "new"
    start, end   in the old text
    spans  what it says afterwards, for "look" and "new"
    """

    kind: str
    start: int
    end: int
    spans: tuple[Span, ...] = ()


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
        before, after = _letters(old, self.old_sign), _letters(new, self.new_sign)
        pieces = Finder(self.styles, self.looks).pieces(paragraph, is_heading=is_heading)
        aligned = _aligned(pieces, before, after, is_cell)
        writing = _Writing(self, paragraph, pen, is_heading)
        if aligned is None:
            writing.anew(after)
        else:
            start, before, after = aligned
            pieces, kept = _settled(pieces, start, before, after)
            writing.run(pieces, start, _steps(before, after, kept))
        join_runs(paragraph)

    def says(self, old: Sequence[Span], new: Sequence[Span]) -> bool:
        """Whether old words show just as the new ones do."""
        before, after = _letters(old, self.old_sign), _letters(new, self.new_sign)
        return len(before) == len(after) and all(
            one.sign == other.sign and _goes_on(one, other) and _looks_on(one, other)
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
    kinds = (W_R, q("m:oMath"))
    return [run for run in paragraph.iter(*kinds) if _above(run, *kinds) is paragraph]


def _above(run: Element, *kinds: str) -> Element:
    return next(run.iterancestors(W_P, *kinds))


def wrap(run: Element, pen: Pen, name: str) -> Element:
    """Put a run into the mark before it, where one person made both, else into a new one."""
    outer = run.getparent()
    run = outer if outer is not None and outer.tag == q("m:oMathPara") else run
    mark, before = pen.mark(name), run.getprevious()
    if before is not None and before.tag == mark.tag and _alike(before, mark):
        before.append(run)
        mark = before
    else:
        run.addprevious(mark)
        mark.append(run)
    if name == "del":
        for each in run.iter(*GONE_TEXT):
            each.tag = GONE_TEXT[str(each.tag)]
    return mark


def _alike(one: Element, other: Element) -> bool:
    return all(one.get(q(f"w:{name}")) == other.get(q(f"w:{name}")) for name in ("author", "date"))


def _is_object(run: Element) -> bool:
    return next(run.iter(*map(q, ("w:drawing", "w:pict", "w:object"))), None) is not None


def _letters(spans: Sequence[Span], sign: Callable[[str], str]) -> list[Letter]:
    found = []
    for span in spans:
        text = sign(span.note) if span.note else span.text
        found += [Letter(each, span) for each in text]
    return found


def _text(letters: Iterable[Letter]) -> str:
    return "".join(letter.sign for letter in letters)


def _aligned(
    pieces: Sequence[Piece], old: list[Letter], new: list[Letter], is_cell: bool
) -> tuple[int, list[Letter], list[Letter]] | None:
    """Where in the file's words the old text begins; None when the file says something else.

    In cells the automatic number of a paragraph is part of the text but not of the file.
    """
    file = "".join(piece.text for piece in pieces)
    file = file.replace("\t", " ") if is_cell else file
    text = "".join(NOTE if letter.span.note else letter.sign for letter in old)
    core = file.strip()
    start = len(file) - len(file.lstrip())
    if core == text:
        return start, old, new
    ahead = text.removesuffix(core)
    if not is_cell or not text.endswith(core) or not _NUMERAL.fullmatch(ahead):
        return None
    own = _NUMERAL.match(_text(new))
    is_counted = own is not None and _shape(own[0]) == _shape(ahead)
    return start, old[len(ahead) :], new[len(own[0]) :] if own and is_counted else new


def without_numeral(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Words without the number that the file counts by itself.

    >>> without_numeral((Span("12. Kelias"),))
    (Span(text='Kelias', marks=(), link='', note=''),)
    """
    if not spans or (numeral := _COUNTED.match(spans[0].text)) is None:
        return tuple(spans)
    rest = replace(spans[0], text=spans[0].text[numeral.end() :])
    return (*((rest,) if rest.text else ()), *spans[1:])


def _shape(numeral: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "a", numeral))


def _settled(
    pieces: list[Piece], start: int, old: list[Letter], new: list[Letter]
) -> tuple[list[Piece], list[int]]:
    """For every old sign its place in the new text or -1; pieces are cut where that changes."""
    kept = [-1] * len(old)
    at_old = at_new = 0
    for change in redline(_text(old), _text(new)):
        for _sign in change.text:
            if change.op == "same" and _goes_on(old[at_old], new[at_new]):
                kept[at_old] = at_new
            at_old += change.op != "new"
            at_new += change.op != "gone"
    at = -start
    for piece in pieces:
        if piece.letters is None:
            _keep_whole(kept, max(at, 0), min(at + len(piece.text), len(old)))
        at += len(piece.text)
    return pieces, kept


def _goes_on(old: Letter, new: Letter) -> bool:
    """Whether the sign can stay: where it leads cannot be tracked."""
    return _target(old.span) == _target(new.span) or old.sign.isspace()


def _looks_on(old: Letter, new: Letter) -> bool:
    return old.span.marks == new.span.marks or new.sign.isspace() or bool(new.span.note)


def _target(span: Span) -> str:
    return "" if span.link.startswith("#") else span.link


def _keep_whole(kept: list[int], start: int, end: int) -> None:
    places = kept[start:end]
    if places and places != list(range(places[0], places[0] + len(places))):
        kept[start:end] = [-1] * len(places)


def _steps(old: list[Letter], new: list[Letter], kept: Sequence[int]) -> Iterator[Step]:
    at_old = at_new = 0
    while at_old < len(old) or at_new < len(new):
        start = at_old
        while at_old < len(old) and kept[at_old] < 0:
            at_old += 1
        if at_old > start:
            yield Step("gone", start, at_old)
        until = kept[at_old] if at_old < len(old) else len(new)
        if until > at_new:
            yield Step("new", at_old, at_old, _spans(new[at_new:until]))
            at_new = until
        start = at_old
        while at_old < len(old) and kept[at_old] == at_new:
            at_old, at_new = at_old + 1, at_new + 1
        yield from _stays(old[start:at_old], new[at_new - (at_old - start) : at_new], start)


def _stays(old: list[Letter], new: list[Letter], start: int) -> Iterator[Step]:
    """Words that stay, parted by whether and how they are marked otherwise."""
    pairs = list(zip(old, new, strict=True))

    def look(pair: tuple[Letter, Letter]) -> tuple[str, ...] | None:
        before, after = (letter.span for letter in pair)
        return None if before.marks == after.marks or after.note else after.marks

    for marks, run in groupby(pairs, look):
        end = start + len(list(run))
        kind = "same" if marks is None else "look"
        yield Step(kind, start, end, () if marks is None else (Span("", marks),))
        start = end


def _spans(letters: Sequence[Letter]) -> tuple[Span, ...]:
    return tuple(
        span if span.note else replace(span, text=_text(run))
        for span, run in groupby(letters, key=lambda letter: letter.span)
    )


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
        self.put(None, None, _spans(letters), at_end=True)

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
        """The look with exactly these marks, whatever the styles say."""
        look = copy.deepcopy(base)
        style = self.scribe.styles.of(self.paragraph)
        for mark in MARK_ORDER:
            self._settle(look, mark, mark in marks, style)
        return look

    def _settle(self, look: Element, mark: str, wanted: bool, style: str) -> None:
        """Say nothing of a mark, or that it is on or off: whichever shows what is wanted."""

        def shows() -> bool:
            return mark in self.scribe.looks.of(look, style, self.is_heading).marks

        if shows() == wanted:
            return
        name, values = MARK_ELEMENTS[mark]
        for each in look.findall(q(f"w:{name}")):
            look.remove(each)
        for said in (None, values if wanted else {"val": OFF.get(name, "0")}):
            if said is not None:
                _into_look(look, w(name, **said))
            if shows() == wanted:
                return


# CT_RPr as the schema has it, as far as what is put in must know its place.
ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
    "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
    "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr",
    "shd", "fitText", "vertAlign",
)  # fmt: skip
_RANK = {q(f"w:{name}"): at for at, name in enumerate(ORDER)}


def _into_look(look: Element, element: Element) -> None:
    rank = _RANK[str(element.tag)]
    later = (at for at, each in enumerate(look) if _RANK.get(str(each.tag), len(ORDER)) > rank)
    look.insert(next(later, len(look)), element)


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
