"""The author's own Word file with everything that differs as tracked changes, and comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sutarta.core.documents import TEXTS, Block, Document, Kind
from sutarta.core.documents.anchors.order import in_order
from sutarta.formats.docx.ooxml import (
    OBJECTS,
    TEXT_BOX,
    W_ID,
    W_P,
    W_TBL,
    W_TR,
    Element,
    child,
    number,
    q,
    value,
)
from sutarta.formats.docx.styles import BODY_LEVEL
from sutarta.formats.docx.tracked import visible_after

from .counting import count_as_told
from .hands import Comment, Hand, Pen
from .inline import own_runs, wrap
from .making import w
from .margin import Margin, referring
from .notes import lines
from .opened import NotPatched, Opened
from .paragraphs import as_moved, copied, put_in, retell, run_together, take_out
from .pieces import Finder
from .scene import Scene
from .shapes import former, properties, put_level
from .tabling import insert_table, retell_table, strike_table

NOTES = (q("w:footnote"), q("w:endnote"))
TURNS = 3  # a row that comes and goes as a whole may let others count otherwise


def track(
    data: bytes,
    old: Document,
    new: Document,
    *,
    hand: Hand,
    hands: Mapping[str, Hand] | None = None,
    comments: Mapping[str, Sequence[Comment]] | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The file `data`, which says `old`, with tracked changes that make it say `new`.

    hand      who made the changes
    hands     block id -> who made this one, where somebody else did
    comments  block id -> what is said in its margin, in order
    pictures  SHA-256 in hex -> bytes, for figures that only `new` has

    Blocks with the same id in both are the same passage. Whoever takes every change in Word
    gets the words of `new`, whoever refuses every one gets those of `old`. Words are struck and
    put in as `core.documents.redline` says and keep their look; a passage that stands elsewhere
    is marked as moved; rows, paragraphs and notes come and go. Styles, numbering, headers and
    all other parts stay. Every block of `new` gets its lineage id as a bookmark, and the key of
    its hand as another. Changes that were tracked in the file before are settled first, so that
    it says `old`; passages of the file that `old` does not have are left alone.

    Raises Refused for what is no sound .docx, NotPatched where the file has no place for a
    passage, ValueError for a key no bookmark can carry.
    """
    renewed: set[str] = set()
    for _turn in range(TURNS):
        scene = Scene(Opened(data, old), old, new, hand, hands or {}, pictures or {}, renewed)
        more = _Tracking(scene, new).run()
        if not more:
            break
        renewed |= more
    _comment(scene, comments or {})
    return scene.opened.parts.written()


@dataclass
class _Item:
    """A passage of the new text: a paragraph, a figure, or a table with its rows."""

    block: Block
    rows: list[Block] = field(default_factory=list)


class _Tracking:
    def __init__(self, scene: Scene, new: Document) -> None:
        self._scene, self._opened, self._new = scene, scene.opened, new
        self._olds = scene.olds
        self._items = list(_items(new))
        self._kept = {item.block.id for item in self._items if self._goes_on(item.block)}
        self._steady = self._in_order([item.block.id for item in self._items])
        self._leaving = set(self._leavers())
        self._previous: Element | None = None

    def run(self) -> set[str]:
        """Make the changes; ids of rows that rather come and go as a whole."""
        for item in self._items:
            if item.block.id in self._steady:
                self._keep(item)
            elif item.block.id not in self._kept or item.block.kind is Kind.TABLE:
                self._insert(item)
            elif item.block.kind is Kind.FIGURE:  # it has no words; where it stands is as good
                old = self._olds[item.block.id]
                self._scene.done(item.block, self._opened.paragraph(old))
            else:
                self._move(item.block)
        for block in self._new.blocks:
            if block.kind is Kind.FOOTNOTE:
                self._note(block)
        self._take_out()
        main = self._opened.parts.main
        names = [main, *(name for name in self._opened.names if name != main)]
        roots = [self._opened.parts.root(name) for name in names]
        self._scene.notes.settle(roots)
        for root in roots:
            run_together(root)
        return count_as_told(self._scene, self._new)

    def _goes_on(self, block: Block) -> bool:
        old = self._olds.get(block.id)
        if old is None:
            return False
        return old.kind is block.kind or (old.kind in TEXTS and block.kind in TEXTS)

    def _in_order(self, ids: Sequence[str]) -> set[str]:
        """Those of the new passages that go on in the order they had."""
        places = {self._scene.order[id]: at for at, id in enumerate(ids) if id in self._kept}
        return {ids[places[at]] for at in in_order(places)}

    def _leavers(self) -> Iterator[Element]:
        """What is taken out of its place: gone or moved."""
        for block in self._olds.values():
            if block.kind in (*TEXTS, Kind.TABLE) and block.id not in self._steady:
                yield self._opened.holder(block)

    def _keep(self, item: _Item) -> None:
        block, old = item.block, self._olds[item.block.id]
        paragraph = self._opened.paragraph(old)
        holder = self._opened.holder(old)
        if block.kind in TEXTS:
            self._retell(paragraph, old, block)
            self._scene.shapes.pass_by(block, paragraph)
        elif block.kind is Kind.TABLE:
            retell_table(holder, block, item.rows, self._scene)
        elif block.image != old.image:
            self._change_picture(paragraph, block)
        self._scene.done(block, paragraph)
        self._previous = holder

    def _retell(self, paragraph: Element, old: Block, new: Block) -> None:
        pen, scribe = self._scene.pen(new.id), self._scene.scribe(old)
        is_heading = old.kind is Kind.HEADING
        if not scribe.says(old.spans, new.spans):
            scribe.reword(paragraph, old.spans, new.spans, pen, is_heading=is_heading)
        if (old.kind, old.level) != (new.kind, new.level):
            self._reshape(paragraph, new, pen)

    def _reshape(self, paragraph: Element, new: Block, pen: Pen) -> None:
        """Let a paragraph be of another kind or level, as a tracked change of its look."""
        shape = properties(paragraph)
        before = former(shape)
        rest = [each for each in shape if each.tag in (q("w:rPr"), q("w:sectPr"))]
        for each in list(shape):
            shape.remove(each)
        shape.extend(self._scene.shapes.of(new))
        wanted = new.level if new.kind is Kind.HEADING else 0
        if self._level(paragraph) != wanted:
            put_level(shape, wanted)
        change = pen.mark("pPrChange")
        change.append(before)
        shape.extend([*rest, change])

    def _level(self, paragraph: Element) -> int:
        own = value(child(paragraph, "pPr"), "outlineLvl")
        if own:
            level = number(own, BODY_LEVEL)
            return level + 1 if 0 <= level < BODY_LEVEL else 0
        styles = self._scene.styles
        return styles.heading_level(styles.of(paragraph)) or 0

    def _move(self, block: Block) -> None:
        old, pen = self._olds[block.id], self._scene.pen(block.id)
        paragraph = self._opened.paragraph(old)
        made = copied(paragraph)
        self._scene.notes.copy_within(made)
        self._retell(made, old, block)
        as_moved(made, pen)
        self._put(made)
        name = f"move{next(self._opened.numbers)}"
        _frame(made, *pen.between("moveToRange", name))
        take_out(paragraph, self._scene.scribe(old), pen, "moveFrom")
        _frame(paragraph, *pen.between("moveFromRange", name))
        self._scene.done(block, made)

    def _insert(self, item: _Item) -> None:
        block, pen, scribe = item.block, self._scene.pen(item.block.id), self._scene.scribe()
        if block.kind is Kind.TABLE:
            made = insert_table(block, item.rows, self._scene)
        elif block.kind is Kind.FIGURE:
            made = self._figure(block, pen)
        else:
            made = put_in(self._scene.shapes.of(block), block.spans, scribe, pen)
        if made is not None:
            self._put(made)
        if made is not None and block.kind is not Kind.TABLE:
            self._scene.done(block, made)

    def _put(self, made: Element) -> None:
        """Behind what stands before it, outside of tables and text boxes, and behind what goes."""
        before = self._previous
        if before is None:
            self._first().addprevious(made)
        else:
            around = list(before.iterancestors(W_P))
            before = around[-1] if around else before
            while (after := visible_after(before)) is not None and after in self._leaving:
                before = after
            before.addnext(made)
        self._previous = made

    def _first(self) -> Element:
        body = child(self._opened.parts.root(self._opened.parts.main), "body")
        found = None if body is None else next(body.iterchildren(W_P, W_TBL), None)
        if found is None:
            raise NotPatched("nothing stands in the file")
        return found

    def _note(self, block: Block) -> None:
        """A note that came has its words already; one that stays is told them."""
        made, old = self._scene.notes.made.get(block.label), self._olds.get(block.id)
        if made is not None:
            self._scene.done(block, made)
            return
        if old is None or old.kind is not Kind.FOOTNOTE:
            return
        paragraph = self._opened.paragraph(old)
        outer = next(paragraph.iterancestors(*NOTES), None)
        if outer is not None and old.spans != block.spans:
            before, after = (list(filter(None, lines(each.spans))) for each in (old, block))
            scribe, pen = self._scene.scribe(old), self._scene.pen(block.id)
            retell(outer, before, after, scribe, pen, is_cell=True)
        self._scene.done(block, paragraph)

    def _change_picture(self, paragraph: Element, block: Block) -> None:
        pen, drawings = self._scene.pen(block.id), _drawings(paragraph)
        is_described = self._is_described(paragraph)
        made = self._scene.picture(block) if drawings or is_described else None
        if made is None:
            return
        mark = pen.mark("ins")
        mark.append(made)
        if is_described:
            self._scene.scribe().strike(paragraph, pen, drawn=False)
            paragraph.append(mark)
        else:
            wrap(drawings[-1], pen, "del").addnext(mark)

    def _is_described(self, paragraph: Element) -> bool:
        """Whether words stand there in the place of a picture nobody had."""
        return self._scene.styles.is_missing_picture(self._scene.styles.of(paragraph))

    def _figure(self, block: Block, pen: Pen) -> Element | None:
        made = self._scene.picture(block)
        if made is None:
            return None
        mark = pen.mark("ins")
        mark.append(made)
        paragraph = put_in(w("pPr"), (), self._scene.scribe(), pen)
        paragraph.append(mark)
        return paragraph

    def _take_out(self) -> None:
        """Strike what is gone; what was moved has been marked where it stood."""
        for block in self._olds.values():
            is_moved = block.id in self._kept and block.kind is not Kind.TABLE
            if block.id in self._steady or is_moved:
                continue
            pen, paragraph = self._scene.pen(block.id), self._opened.paragraph(block)
            if block.kind is Kind.TABLE:
                strike_table(block, self._scene)
            elif block.kind in TEXTS:
                take_out(paragraph, self._scene.scribe(block), pen)
                self._scene.places.setdefault(block.id, paragraph)
            elif block.kind is Kind.FIGURE and self._is_described(paragraph):
                take_out(paragraph, self._scene.scribe(block), pen)
            elif block.kind is Kind.FIGURE:
                for run in _drawings(paragraph):
                    wrap(run, pen, "del")


def _items(document: Document) -> Iterator[_Item]:
    """Every passage but notes; rows stand with their table."""
    table: _Item | None = None
    for block in document.blocks:
        if block.kind is Kind.ROW and table is not None:
            table.rows.append(block)
            continue
        if table is not None:
            yield table
            table = None
        if block.kind is Kind.TABLE:
            table = _Item(block)
        elif block.kind not in (Kind.FOOTNOTE, Kind.ROW):
            yield _Item(block)
    if table is not None:
        yield table


def _frame(paragraph: Element, start: Element, end: Element) -> None:
    """Put a range of moved words around the paragraph's words and its end."""
    at = 0 if child(paragraph, "pPr") is None else 1
    paragraph.insert(at, start)
    paragraph.addnext(end)


def _drawings(paragraph: Element) -> list[Element]:
    """Runs of pictures, not yet struck; text boxes are not among them, as they hold passages."""
    drawn = (run for run in own_runs(paragraph) if next(run.iter(*OBJECTS), None) is not None)
    plain = (run for run in drawn if next(run.iter(TEXT_BOX), None) is None)
    return [run for run in plain if next(run.iterancestors(q("w:del")), None) is None]


def _comment(scene: Scene, comments: Mapping[str, Sequence[Comment]]) -> None:
    """Put comments beside the passages; those on notes stand where the note is referred to."""
    margin = Margin(scene.opened.parts, Finder(scene.styles, scene.looks).pieces)
    for id, said in comments.items():
        paragraphs = _spoken(scene, id)
        for comment in said if paragraphs else ():
            margin.say(comment, paragraphs)


def _spoken(scene: Scene, id: str) -> list[Element]:
    """The paragraphs a comment on the passage may stand at."""
    paragraph = scene.places.get(id)
    if paragraph is None:
        return []
    note = next(paragraph.iterancestors(*NOTES), None)
    if note is not None:
        kind = "footnote" if note.tag == q("w:footnote") else "endnote"
        main = scene.opened.parts.root(scene.opened.parts.main)
        found = referring(main, kind, str(note.get(W_ID)))
        return [] if found is None else [found]
    row = next(paragraph.iterancestors(W_TR), None)
    return [paragraph] if row is None else list(row.iter(W_P))
