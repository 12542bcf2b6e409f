"""Pieces of a paper as the body of a Word file, with what else of the package they need."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from sutarta.formats.docx.lineage import FIGURE_MARK, MARK, TABLE_MARK
from sutarta.formats.docx.ooxml import R_ID, Element
from sutarta.formats.papers import (
    Break,
    Figure,
    Heading,
    Mark,
    Paper,
    Piece,
    Remark,
    Run,
    Table,
    Words,
    anchors,
)
from sutarta.formats.papers.wire import cleaned

from . import styles
from .holdings import Holdings
from .making import w, words
from .tables import table

_OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
MARK_ELEMENTS: dict[str, tuple[str, dict[str, str]]] = {
    "bold": ("b", {}),
    "italic": ("i", {}),
    "strike": ("strike", {}),
    "underline": ("u", {"val": "single"}),
    "sub": ("vertAlign", {"val": "subscript"}),
    "sup": ("vertAlign", {"val": "superscript"}),
}
COLOURS = {"gone": "A3121F", "new": "0B6B3A"}
MARK_ORDER = ("bold", "italic", "strike", "underline", "sub", "sup")  # as the schema has them


class Story:
    """Writes one paper; what is not in the body itself goes into `holdings`."""

    def __init__(self, paper: Paper, holdings: Holdings) -> None:
        self._paper = paper
        self._holdings = holdings
        self._places = dict(_places(paper))

    def body(self) -> Iterator[Element]:
        """Title, lead and every piece, in order."""
        paper = self._paper
        if not paper.bare:
            yield self._paragraph((Run(paper.title),), styles.TITLE, paper.title_anchor)
        for line in paper.lead:
            yield self._paragraph((Run(line),), styles.LEAD)
        if paper.legend and not paper.tracked:
            yield self._paragraph(paper.legend, "")
        breaks = False
        for piece in paper.pieces:
            if isinstance(piece, Break):
                breaks = True
                continue
            made = list(self._piece(piece))
            if breaks and made:
                _break_before(made[0])
            breaks = False
            yield from made

    def _piece(self, piece: Piece) -> Iterator[Element]:
        tracked = self._paper.tracked
        match piece:
            case Heading():
                style = styles.heading(piece.level)
                made = self._paragraph(
                    piece.runs, style, piece.anchor, piece.remarks, end=piece.end
                )
                if piece.number:
                    self._count(made, piece.number, 0, is_hung=False)
                yield from self._ranged(made, piece)
            case Words():
                yield from self._ranged(self._words(piece), piece)
            case Table():
                if piece.caption:
                    yield self._paragraph(piece.caption, styles.CAPTION)
                yield from table(piece, self._cell, self._holdings.change if tracked else None)
                if piece.remarks:
                    yield self._paragraph((), "", "", piece.remarks)
                else:
                    yield self._paragraph((), styles.META)
            case Figure():
                yield from self._figure(piece)

    def _words(self, piece: Words) -> Element:
        look = {"lead": styles.LEAD, "meta": styles.META, "quote": styles.QUOTE}.get(piece.look, "")
        if not piece.is_item:
            runs = _numbered(piece.number, piece.runs)
            return self._paragraph(runs, look, piece.anchor, piece.remarks, end=piece.end)
        made = self._paragraph(piece.runs, styles.LIST, piece.anchor, piece.remarks, end=piece.end)
        self._count(made, piece.number, min(piece.depth, 8), is_hung=True)
        return made

    def _count(self, paragraph: Element, number: str, depth: int, *, is_hung: bool) -> None:
        """Let Word print the number, so that it is not taken for words when it is read again."""
        listed = self._holdings.list_of(cleaned(number), depth, is_hung=is_hung)
        paragraph[0].insert(1, w("numPr", w("ilvl", val=depth), w("numId", val=listed)))

    def _ranged(self, paragraph: Element, piece: Heading | Words) -> Iterator[Element]:
        """The paragraph, between marks that name it where it is one of the places of a move."""
        yield paragraph
        if piece.move and self._paper.tracked:
            start, end = self._holdings.moved(piece.move.side, f"move_{piece.move.name}")
            paragraph.insert(1, start)
            yield end

    def _figure(self, piece: Figure) -> Iterator[Element]:
        change = piece.change if self._paper.tracked else ""
        drawing = self._holdings.drawing(piece.image, cleaned(piece.alt))
        if drawing is None:
            runs = (Run(f"[{piece.alt}]", change=change),)
            made = self._paragraph(runs, styles.MISSING)
            _begin_with(made, self._mark(FIGURE_MARK, piece.anchor))
            yield made
        else:
            made = w("p", w("pPr", w("keepNext")), *self._mark(FIGURE_MARK, piece.anchor))
            run = w("r", drawing)
            made.append(_with(self._holdings.change(change), [run]) if change else run)
            if change:
                made[0].append(w("rPr", self._holdings.change(change)))
            yield made
        if piece.caption:
            yield self._paragraph(piece.caption, styles.CAPTION)

    def _cell(self, runs: Sequence[Run], row: str, of: str, end: Mark = "") -> Element:
        """A paragraph of a cell; the first one of a row bears its mark, that of a table both."""
        made = self._paragraph(runs, styles.CELL, row, end=end)
        _begin_with(made, self._mark(TABLE_MARK, of))
        return made

    def _paragraph(
        self,
        runs: Sequence[Run],
        style: str,
        anchor: str = "",
        remarks: Sequence[Remark] = (),
        *,
        end: Mark | None = None,
    ) -> Element:
        """
        end  what became of the paragraph's end; None: the same as of all its words
        """
        changes = {run.change for run in runs if run.text}
        if end is None and len(changes) == 1:
            end = changes.pop()
        properties = w("pPr", w("pStyle", val=style) if style else None)
        made = w("p", properties, *self._mark(MARK, anchor))
        numbers = [self._holdings.comment(map(self.runs, each.paragraphs)) for each in remarks]
        made.extend(w("commentRangeStart", id=number) for number in numbers)
        made.extend(self.runs(runs, whole=bool(end)))
        for number in numbers:
            made.append(w("commentRangeEnd", id=number))
            mark = w("rPr", w("rStyle", val=styles.COMMENT_MARK))
            made.append(w("r", mark, w("commentReference", id=number)))
        if self._paper.tracked and end:
            properties.append(w("rPr", self._holdings.change(end, whole=True)))
        return made

    def _mark(self, prefix: str, anchor: str) -> list[Element]:
        return self._holdings.bookmark(f"{prefix}{anchor}") if anchor else []

    def runs(self, runs: Sequence[Run], *, whole: bool = False) -> Iterator[Element]:
        """Runs with links and tracked changes around those that belong together.

        whole  whether the paragraph's end came or went, too
        """
        for (change, link), same in groupby(runs, key=lambda run: (run.change, run.link)):
            made = [self._run(run, link) for run in same if cleaned(run.text)]
            if change and made and self._paper.tracked:
                made = [_with(self._holdings.change(change, whole=whole), made)]
            target = self._link(link)
            if target is not None and made:
                made = [_with(target, made)]
            yield from made

    def _link(self, link: str) -> Element | None:
        if link.startswith("#"):
            place = self._places.get(link[1:])
            return w("hyperlink", anchor=place) if place else None
        if not _OUTSIDE.fullmatch(link):
            return None
        target = w("hyperlink")
        target.set(R_ID, self._holdings.address(link))
        return target

    def _run(self, run: Run, link: str) -> Element:
        notes = self._paper.notes
        if run.note in notes and not run.change:
            return self._holdings.reference(run.note, lambda: self.runs(notes[run.note]))
        marks = {*run.marks, *({"sup"} if run.note else ())}
        tracked = self._paper.tracked
        quoted = run.change if run.change in COLOURS and not tracked else ""
        marks |= {"gone": {"strike"}, "new": {"underline"}}.get(quoted, set())
        properties = mark_elements(marks)
        if quoted:
            properties.append(w("color", val=COLOURS[quoted]))
        if link and self._link(link) is not None:
            properties.insert(0, w("rStyle", val=styles.LINK))
        name = "delText" if tracked and run.change == "gone" else "t"
        return w("r", w("rPr", *properties), *words(cleaned_lines(run.text), name))


def cleaned_lines(text: str) -> str:
    """Without what XML cannot hold; tabs stay.

    >>> cleaned_lines("a\\tb\\x00")
    'a\\tb '
    """
    return "\t".join(cleaned(piece) for piece in text.split("\t"))


def mark_elements(marks: Collection[str]) -> list[Element]:
    """What a w:rPr says of these marks, in the order of the schema."""
    known = (MARK_ELEMENTS[mark] for mark in MARK_ORDER if mark in marks)
    return [w(name, **values) for name, values in known]


def _places(paper: Paper) -> Iterator[tuple[str, str]]:
    """Every anchor a link may lead to, with the bookmark that stands there."""
    if paper.title_anchor:
        yield paper.title_anchor, f"{MARK}{paper.title_anchor}"
    for anchor in anchors(paper.pieces):
        yield anchor, f"{MARK}{anchor}"
    for piece in paper.pieces:
        if isinstance(piece, Table | Figure) and piece.anchor:
            prefix = TABLE_MARK if isinstance(piece, Table) else FIGURE_MARK
            yield piece.anchor, f"{prefix}{piece.anchor}"


def _numbered(number: str, runs: Sequence[Run]) -> tuple[Run, ...]:
    """The number in front, come or gone with the words where all of them did."""
    changes = {run.change for run in runs if run.text}
    change = changes.pop() if len(changes) == 1 else ""
    return (Run(f"{number} ", change=change), *runs) if number else tuple(runs)


def _with(element: Element, children: Sequence[Element]) -> Element:
    element.extend(children)
    return element


def _begin_with(paragraph: Element, marks: Sequence[Element]) -> None:
    """Put marks in front of all the paragraph says."""
    for mark in reversed(marks):
        paragraph.insert(1, mark)


def _break_before(element: Element) -> None:
    for properties in element.iter(w("pPr").tag):
        at = 1 if len(properties) and properties[0].tag == w("pStyle").tag else 0
        properties.insert(at, w("pageBreakBefore"))
        return
