"""Automatic numbers inside cells: after all changes are taken, Word counts what the new text says.

Where rows come or go, the file counts on by itself, and a number that is part of what a cell says
may come out as another. A paragraph that came then gets a list of its own, made like the one it was
to be in, which starts where it has to. One that was there leaves its list and says the number as a
word that came: a tracked change from one list to another is not taken back by LibreOffice 7.4. Nor
is one of depth, so a row with such a number deeper in its list is struck and put in again.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sutarta.core.documents import Block, Cell, Document, Kind
from sutarta.formats.docx.context import Context
from sutarta.formats.docx.findings import Place, Reading
from sutarta.formats.docx.numbering import Numbered, Numbering, read_back
from sutarta.formats.docx.ooxml import W_P, W_TC, W_TR, Element, child, drop, number, q
from sutarta.formats.docx.package import Package
from sutarta.formats.docx.reading import read_package

from .hands import Pen
from .inline import own_runs
from .making import w, words
from .opened import holder_of
from .paragraphs import says_something
from .scene import Scene
from .shapes import former, properties, put_list, put_numbers

NO_LIST = Numbered("0", 0)
# What ties a definition to others: of two that are tied, Word makes one.
TIES = tuple(map(q, ("w:nsid", "w:tmpl", "w:name", "w:styleLink", "w:numStyleLink", "w:pStyle")))


@dataclass(frozen=True)
class _Seen:
    """A paragraph as it is read: its automatic number, and whether it has words."""

    number: str
    is_worded: bool


@dataclass(frozen=True)
class _Told:
    """What a paragraph in a cell says by its words, and what it has to say with its number.

    row   id of the row it stands in
    """

    words: str
    wanted: str | None
    row: str

    @property
    def number(self) -> str | None:
        """The number that has to stand before the words; None when more than it differs."""
        if self.wanted == self.words:
            return ""
        if self.wanted is None or not self.wanted.endswith(self.words):
            return None
        ahead = self.wanted.removesuffix(self.words)
        return ahead.strip() if ahead.endswith(" ") or not self.words else None


def count_as_told(scene: Scene, new: Document) -> set[str]:
    """Let every automatic number in a row of `new` be the one it has there.

    Gives the ids of rows that would better come and go as a whole; see `Scene.renewed`.
    """
    main = scene.opened.parts.root(scene.opened.parts.main)
    cells = main.iter(W_TC)
    scribe = scene.scribe()
    if not any(scribe.is_counted(each) for cell in cells for each in cell.iterchildren(W_P)):
        return set()
    seen: dict[Place, _Seen] = {}

    def notice(watching: _Watching, paragraph: Element) -> str:
        shown = watching.usual(paragraph)
        seen[watching.place(paragraph)] = _Seen(shown, says_something(paragraph))
        return shown

    reading = _read(scene, notice)
    told = _told(scene, new, reading, seen)
    recount = _Recount(scene, told)
    if any(each.number not in (None, seen[place].number) for place, each in told.items()):
        _read(scene, recount.number)
    return recount.renewed


Notice = Callable[["_Watching", Element], str]


@dataclass(frozen=True)
class _Watching(Context):
    """A reader's context that asks somebody else for the number of each paragraph."""

    notice: Notice = lambda watching, paragraph: watching.usual(paragraph)

    def printed_number(self, paragraph: Element, *, is_empty: bool) -> tuple[str, int]:
        style = self.styles.of(paragraph)
        is_hidden = self.looks.of(child(child(paragraph, "pPr"), "rPr"), style, False).hidden
        return ("" if is_empty and is_hidden else self.notice(self, paragraph)), 0

    def usual(self, paragraph: Element) -> str:
        at = self.at(paragraph)
        return self.numbering.next(at, self.story) if at else ""

    def at(self, paragraph: Element) -> Numbered | None:
        return self.numbering.place(paragraph, self.styles.of(paragraph))


def _read(scene: Scene, notice: Notice) -> Reading:
    """The file as it stands by now, read as if all changes were taken."""
    package = Package(scene.opened.parts.as_it_stands())
    return read_package(package, watched=lambda context: _Watching(**vars(context), notice=notice))


def _told(
    scene: Scene, new: Document, reading: Reading, seen: dict[Place, _Seen]
) -> dict[Place, _Told]:
    """What paragraphs in rows say and have to say; rows that read otherwise are left out."""
    found = {block.id: block for block in reading.document.blocks if block.kind is Kind.ROW}
    wanted = {block.id: block for block in new.blocks if block.id in found}
    told: dict[Place, _Told] = {}
    for id, places in _places(scene, wanted.values(), seen).items():
        lines = list(_paired(found[id], wanted[id]))
        if len(lines) == len(places):
            for place, (line, line_wanted) in zip(places, lines, strict=True):
                words = line.removeprefix(seen[place].number).removeprefix(" ")
                told[place] = _Told(words, line_wanted, id)
    return told


def _paired(found: Block, wanted: Block) -> Iterator[tuple[str, str | None]]:
    """Lines of a row as it reads, each with the one it has to be; None where nobody knows.

    A line may be nothing but a number: then the cell that has no such line has "".
    """
    if len(found.cells) != len(wanted.cells):
        return
    for cell, other in zip(found.cells, wanted.cells, strict=True):
        lines, others = _lines(cell), _lines(other)
        if len(lines) == len(others):
            yield from zip(lines, others, strict=True)
        else:
            yield from ((line, None if others else "") for line in lines)


def _places(
    scene: Scene, rows: Iterable[Block], seen: dict[Place, _Seen]
) -> dict[str, list[Place]]:
    """Id of a row -> its paragraphs that say something, in the order they are read."""
    holders = {
        holder_of(row, scene.places[row.id]): row.id for row in rows if row.id in scene.places
    }
    main = scene.opened.parts.main
    paragraphs = list(scene.opened.parts.root(main).iter(W_P))
    found: dict[str, list[Place]] = {}
    for place, said in seen.items():
        if place.part == main and (said.number or said.is_worded):
            around = list(paragraphs[place.index].iterancestors(W_TR))
            if around and around[-1] in holders:
                found.setdefault(holders[around[-1]], []).append(place)
    return found


def _lines(cell: Cell) -> list[str]:
    return ["".join(span.text for span in spans) for spans in cell.paragraphs]


class _Recount:
    """Counts as the reader does, and mends each number that comes out as another."""

    def __init__(self, scene: Scene, told: dict[Place, _Told]) -> None:
        self._scene, self._told = scene, told
        main = scene.opened.parts.main
        self._paragraphs = list(scene.opened.parts.root(main).iter(W_P))
        self._made: list[str] = []
        self.renewed: set[str] = set()

    def number(self, watching: _Watching, paragraph: Element) -> str:
        """The number the paragraph has from now on."""
        place = watching.place(paragraph)
        told = self._told.get(place)
        wanted = told.number if told else None
        at = watching.at(paragraph)
        shown = watching.numbering.would_print(at, watching.story) if at else ""
        if told is None or wanted is None or shown == wanted:
            return watching.usual(paragraph)
        pen, mended = self._scene.pen(told.row), self._paragraphs[place.index]
        is_own = self._scene.opened.is_own(mended)
        there = self._list(watching, at, wanted) if at and wanted and not is_own else None
        if is_own and at and at.depth and not _is_merged(mended):
            self.renewed.add(told.row)
        _belong(mended, there or NO_LIST, pen, came=not is_own and _goes_whole(mended))
        if there is not None:
            return watching.numbering.next(there, watching.story)
        if wanted:
            _say_first(mended, f"{wanted} " if told.words else wanted, pen)
        return wanted

    def _list(self, watching: _Watching, at: Numbered, wanted: str) -> Numbered | None:
        """A list made before that goes on with this number, else a new one that starts there."""
        numbering = watching.numbering
        for made in reversed(self._made):
            there = Numbered(made, at.depth)
            if numbering.would_print(there, watching.story) == wanted:
                return there
        counts = read_back(wanted, at.depth, numbering.levels(at.num))
        definition = numbering.definition(at.num)
        if counts is None or definition is None:
            return None
        listed = self._put(numbering, definition, at.num, counts)
        self._made.append(listed)
        return Numbered(listed, at.depth)

    def _put(
        self, numbering: Numbering, definition: Element, num: str, counts: dict[int, int]
    ) -> str:
        alike = copy.deepcopy(definition)
        for level in numbering.overrides(num):
            depth = level.get(q("w:ilvl"))
            for each in alike.iterchildren(q("w:lvl")):
                if each.get(q("w:ilvl")) == depth:
                    alike.replace(each, copy.deepcopy(level))
        for each in list(alike.iter(*TIES)):
            drop(each)
        for level in alike.iterchildren(q("w:lvl")):
            count = counts.get(number(level.get(q("w:ilvl")), 0))
            if count is not None:
                for each in level.findall(q("w:start")):
                    drop(each)
                level.insert(0, w("start", val=count))
        made = put_list(self._scene.opened.parts, alike)
        numbering.learn(alike, made)
        return str(made.get(q("w:numId")))


def _belong(paragraph: Element, there: Numbered, pen: Pen, *, came: bool) -> None:
    """Let the paragraph be of a list, tracked unless it goes when the changes are refused."""
    shape = properties(paragraph)
    change = None
    if not came:
        change = pen.mark("pPrChange")
        change.append(former(shape))
    put_numbers(shape, int(there.num), there.depth)
    if change is not None:
        shape.append(change)


def _is_merged(paragraph: Element) -> bool:
    """Whether a cell of its row goes on into another row: such a row cannot be put in alone."""
    row = list(paragraph.iterancestors(W_TR))[-1]
    return next(row.iter(q("w:vMerge")), None) is not None


def _goes_whole(paragraph: Element) -> bool:
    """Whether it goes with its end: the end of the last that came may be that of the first."""
    if child(child(child(paragraph, "pPr"), "rPr"), "ins") is not None:
        return True
    rows = (child(row, "trPr") for row in paragraph.iterancestors(W_TR))
    return any(child(row, "ins") is not None for row in rows)


def _say_first(paragraph: Element, text: str, pen: Pen) -> None:
    """Put words in before all others, looking like the first of them."""
    first = next(iter(own_runs(paragraph)), None)
    look = child(first, "rPr")
    mark = pen.mark("ins")
    mark.append(w("r", None if look is None else copy.deepcopy(look), *words(text)))
    properties(paragraph).addnext(mark)
