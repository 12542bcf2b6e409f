"""The author's own Word file with everything that differs as tracked changes, and comments."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sutarta.core.documents import Block, Document, Kind
from sutarta.core.documents.anchors.order import in_order
from sutarta.formats.docx.context import SAFE_ADDRESS
from sutarta.formats.docx.lineage import key_name, prefix
from sutarta.formats.docx.looks import Looks
from sutarta.formats.docx.ooxml import (
    R_ID,
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
from sutarta.formats.docx.styles import BODY_LEVEL, Styles
from sutarta.formats.docx.tracked import visible_after
from sutarta.formats.papers.wire import cleaned

from .hands import Comment, Hand, Pen
from .holdings import drawn, sound
from .inline import Scribe, own_runs, wrap
from .making import w
from .margin import Margin, referring
from .notes import Notes, lines
from .opened import TEXTS, NotPatched, Opened
from .paragraphs import as_moved, copied, put_in, retell, take_out
from .pieces import Finder
from .rows import fits, new_table, retell_row, row_like, strike_row
from .shapes import Shapes, properties, put_level

DRAWN = frozenset(map(q, ("w:drawing", "w:pict", "w:object")))


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
    opened = Opened(data, old)
    tracking = _Tracking(opened, old, new, hand, hands or {}, pictures or {})
    tracking.run()
    tracking.comment(comments or {})
    return opened.parts.written()


@dataclass
class _Item:
    """A passage of the new text: a paragraph, a figure, or a table with its rows."""

    block: Block
    rows: list[Block] = field(default_factory=list)


class _Tracking:
    def __init__(
        self,
        opened: Opened,
        old: Document,
        new: Document,
        hand: Hand,
        hands: Mapping[str, Hand],
        pictures: Mapping[str, bytes],
    ) -> None:
        self._opened, self._new = opened, new
        self._hand, self._hands, self._pictures = hand, hands, pictures
        parts = opened.parts
        self._styles = Styles(parts.package.optional(parts.package.related("styles")))
        self._looks = Looks(self._styles)
        self._notes = Notes(parts, opened.document, new)
        self._scribes: dict[str, Scribe] = {}
        self._shapes = Shapes(parts, self._styles)
        known = {block.id for block in old.blocks}
        self._olds = {b.id: b for b in opened.document.blocks if b.id in known and b.source}
        self._order = {block.id: at for at, block in enumerate(opened.document.blocks)}
        self._items = list(_items(new))
        self._marks = {block.id: f"{prefix(block.kind)}{block.id}" for block in new.blocks}
        self._kept = {item.block.id for item in self._items if self._goes_on(item.block)}
        self._steady = self._in_order([item.block.id for item in self._items])
        self._moved = {
            id for id in self._kept - self._steady if self._olds[id].kind is not Kind.TABLE
        }
        self._leaving = set(self._leavers())
        self._copies: Counter[str] = Counter()
        self._previous: Element | None = None
        self.places: dict[str, Element] = {}

    def run(self) -> None:
        self._shapes.learn(
            (block, self._opened.paragraph(block))
            for block in self._olds.values()
            if block.kind in TEXTS
        )
        for item in self._items:
            if item.block.id in self._steady:
                self._keep(item)
            elif item.block.id in self._kept and item.block.kind in TEXTS:
                self._move(item.block)
            elif item.block.id in self._kept and item.block.kind is Kind.FIGURE:
                self._done(item.block, self._opened.paragraph(self._olds[item.block.id]))
            else:
                self._insert(item)
        for block in self._new.blocks:
            if block.kind is Kind.FOOTNOTE and block.label in self._notes.made:
                self._done(block, self._notes.made[block.label])
            elif block.kind is Kind.FOOTNOTE and block.id in self._olds:
                self._retell_note(block)
        self._take_out_leavers()
        main = self._opened.parts.main
        names = [main, *(name for name in self._opened.names if name != main)]
        self._notes.settle([self._opened.parts.root(name) for name in names])

    def _goes_on(self, block: Block) -> bool:
        old = self._olds.get(block.id)
        if old is None:
            return False
        return old.kind is block.kind or (old.kind in TEXTS and block.kind in TEXTS)

    def _in_order(self, ids: Sequence[str]) -> set[str]:
        """Those of the new passages that go on in the order they had."""
        places = {self._order[id]: at for at, id in enumerate(ids) if id in self._kept}
        return {ids[places[at]] for at in in_order(places)}

    def _leavers(self) -> Iterator[Element]:
        """What is taken out of its place: gone or moved."""
        for block in self._olds.values():
            whole = block.kind in (*TEXTS, Kind.TABLE)
            if whole and block.id not in self._steady:
                yield self._opened.holder(block)

    def _pen(self, id: str) -> Pen:
        return Pen(self._hands.get(id, self._hand), self._opened.numbers)

    def _scribe(self, block: Block | None) -> Scribe:
        part = block.source.part if block and block.source else self._opened.parts.main
        if part not in self._scribes:

            def link(address: str) -> Element | None:
                if address[1:] in self._marks:
                    return w("hyperlink", anchor=self._marks[address[1:]])
                if not SAFE_ADDRESS.fullmatch(address):
                    return None
                target = w("hyperlink")
                relate = self._opened.parts.relate
                target.set(R_ID, relate(part, "hyperlink", address, outside=True))
                return target

            note = self._notes.referring if part == self._opened.parts.main else _no_note
            self._scribes[part] = Scribe(
                self._styles, self._looks, self._notes.old_sign, self._notes.new_sign, link, note
            )
        return self._scribes[part]

    def _done(self, block: Block, paragraph: Element) -> None:
        """Give a passage its bookmarks and remember where it stands."""
        self._opened.mark(paragraph, block.kind, block.id)
        key = self._hands.get(block.id, self._hand).key
        if key and block.id in self._hands:
            self._copies[key] += 1
            self._opened.bookmark(paragraph, key_name(key, self._copies[key]))
        self.places[block.id] = paragraph

    def _keep(self, item: _Item) -> None:
        block, old = item.block, self._olds[item.block.id]
        paragraph = self._opened.paragraph(old)
        holder = self._opened.holder(old)
        if block.kind in TEXTS:
            self._retell(paragraph, old, block)
            self._shapes.pass_by(block, paragraph)
        elif block.kind is Kind.TABLE:
            self._retell_table(holder, item)
        elif block.image != old.image and block.image in self._pictures:
            self._change_picture(paragraph, block)
        self._done(block, paragraph)
        self._previous = holder

    def _retell(self, paragraph: Element, old: Block, new: Block) -> None:
        pen, scribe = self._pen(new.id), self._scribe(old)
        is_heading = old.kind is Kind.HEADING
        if not scribe.says(old.spans, new.spans):
            scribe.reword(paragraph, old.spans, new.spans, pen, is_heading=is_heading)
        if (old.kind, old.level) != (new.kind, new.level):
            self._reshape(paragraph, new, pen)

    def _reshape(self, paragraph: Element, new: Block, pen: Pen) -> None:
        """Let a paragraph be of another kind or level, as a tracked change of its look."""
        shape = properties(paragraph)
        former = copy.deepcopy(shape)
        for each in list(former):
            if each.tag in (q("w:rPr"), q("w:sectPr"), q("w:pPrChange")):
                former.remove(each)
        rest = [each for each in shape if each.tag in (q("w:rPr"), q("w:sectPr"))]
        for each in list(shape):
            shape.remove(each)
        shape.extend(self._shapes.of(new))
        wanted = new.level if new.kind is Kind.HEADING else 0
        if self._level(paragraph) != wanted:
            put_level(shape, wanted)
        change = pen.mark("pPrChange")
        change.append(former)
        shape.extend([*rest, change])

    def _level(self, paragraph: Element) -> int:
        own = value(child(paragraph, "pPr"), "outlineLvl")
        if own:
            level = number(own, BODY_LEVEL)
            return level + 1 if 0 <= level < BODY_LEVEL else 0
        return self._styles.heading_level(self._styles.of(paragraph)) or 0

    def _move(self, block: Block) -> None:
        old, pen = self._olds[block.id], self._pen(block.id)
        paragraph = self._opened.paragraph(old)
        made = copied(paragraph)
        self._notes.copy_within(made)
        self._retell(made, old, block)
        as_moved(made, pen)
        self._put(made)
        name = f"move{next(self._opened.numbers)}"
        _frame(made, *pen.between("moveToRange", name))
        take_out(paragraph, self._scribe(old), pen, "moveFrom")
        _frame(paragraph, *pen.between("moveFromRange", name))
        self._done(block, made)

    def _insert(self, item: _Item) -> None:
        block, pen = item.block, self._pen(item.block.id)
        if block.kind is Kind.TABLE:
            self._insert_table(item, pen)
            return
        if block.kind is Kind.FIGURE:
            made = self._figure(block, pen)
            if made is None:
                return
        else:
            made = put_in(self._shapes.of(block), block.spans, self._scribe(None), pen)
        self._put(made)
        self._done(block, made)

    def _insert_table(self, item: _Item, pen: Pen) -> None:
        made = new_table([item.block, *item.rows], self._scribe(None), pen)
        if made is None:
            return
        self._put(made)
        for row, element in zip(item.rows, made.findall(W_TR), strict=False):
            self._done(row, next(element.iter(W_P)))
        self._done(item.block, next(made.iter(W_P)))

    def _put(self, made: Element) -> None:
        """Behind what stands before it, outside of tables and text boxes, and behind what goes."""
        before = self._previous
        if before is None:
            self._first().addprevious(made)
        else:
            boxed = list(before.iterancestors(W_P))
            before = boxed[-1] if boxed else before
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

    def _retell_table(self, element: Element, item: _Item) -> None:
        rows = [row for row in item.rows if self._is_row_of(row, item.block)]
        places = {self._order[row.id]: at for at, row in enumerate(rows)}
        steady = {rows[places[at]].id for at in in_order(places)}
        gone = {
            self._opened.holder(old): self._pen(old.id)
            for old in self._rows_of(item.block.id)
            if old.id not in steady
        }
        last: Element | None = None
        for row in item.rows:
            pen, old = self._pen(row.id), self._olds.get(row.id)
            if old is not None and row.id in steady:
                last = self._opened.holder(old)
                if fits(last, old, row):
                    retell_row(last, old, row, self._scribe(old), pen)
                    self._done(row, self._opened.paragraph(old))
                    continue
                gone[last] = pen
            pattern = last if last is not None else element.find(W_TR)
            if pattern is None:
                raise NotPatched("a table without rows")
            made = row_like(pattern, row.cells, self._scribe(None), pen)
            if last is None:
                pattern.addprevious(made)
            else:
                while (after := visible_after(last)) is not None and after in gone:
                    last = after
                last.addnext(made)
            last = made
            self._done(row, next(made.iter(W_P)))
        for holder, pen in gone.items():
            strike_row(holder, pen)

    def _is_row_of(self, row: Block, table: Block) -> bool:
        old = self._olds.get(row.id)
        return old is not None and old.kind is Kind.ROW and old.table == table.id

    def _retell_note(self, block: Block) -> None:
        old = self._olds[block.id]
        paragraph = self._opened.paragraph(old)
        outer = next(paragraph.iterancestors(q("w:footnote"), q("w:endnote")), None)
        if old.kind is not Kind.FOOTNOTE or outer is None:
            return
        if old.spans != block.spans:
            told = [list(filter(None, lines(each.spans))) for each in (old, block)]
            retell(outer, *told, self._scribe(old), self._pen(block.id), is_cell=True)
        self._done(block, paragraph)

    def _change_picture(self, paragraph: Element, block: Block) -> None:
        pen = self._pen(block.id)
        drawn = [run for run in own_runs(paragraph) if next(run.iter(*DRAWN), None) is not None]
        made = self._drawn(block)
        if made is None or not drawn:
            return
        mark = pen.mark("ins")
        mark.append(made)
        wrap(drawn[-1], pen, "del").addnext(mark)

    def _figure(self, block: Block, pen: Pen) -> Element | None:
        made = self._drawn(block)
        if made is None:
            return None
        mark = pen.mark("ins")
        mark.append(made)
        paragraph = put_in(w("pPr"), (), self._scribe(None), pen)
        paragraph.append(mark)
        return paragraph

    def _drawn(self, block: Block) -> Element | None:
        data = self._pictures.get(block.image)
        picture = sound(data) if data else None
        if picture is None:
            return None
        kind, data, size = picture
        relation = self._opened.parts.picture(data, kind)
        return w("r", drawn(relation, next(self._opened.numbers), cleaned(block.alt), size))

    def _take_out_leavers(self) -> None:
        for block in self._olds.values():
            if block.id in self._steady or block.id in self._moved:
                continue
            pen, paragraph = self._pen(block.id), self._opened.paragraph(block)
            if block.kind is Kind.TABLE:
                for row in self._rows_of(block.id):
                    strike_row(self._opened.holder(row), pen)
            elif block.kind in TEXTS:
                take_out(paragraph, self._scribe(block), pen)
                self.places.setdefault(block.id, paragraph)
            elif block.kind is Kind.FIGURE:
                for run in own_runs(paragraph):
                    if next(run.iter(*DRAWN), None) is not None and _is_bare(run):
                        wrap(run, pen, "del")

    def _rows_of(self, table: str) -> list[Block]:
        olds = self._olds.values()
        return [old for old in olds if old.kind is Kind.ROW and old.table == table]

    def comment(self, comments: Mapping[str, Sequence[Comment]]) -> None:
        """Put comments beside the passages; those on notes stand where the note is referred to."""
        finder = Finder(self._styles, self._looks)
        margin = Margin(self._opened.parts, finder.pieces)
        for id, said in comments.items():
            paragraphs = self._spoken(id)
            for comment in said:
                if paragraphs:
                    margin.say(comment, paragraphs)

    def _spoken(self, id: str) -> list[Element]:
        """The paragraphs a comment on the passage may stand at."""
        paragraph = self.places.get(id)
        if paragraph is None:
            return []
        note = next(paragraph.iterancestors(q("w:footnote"), q("w:endnote")), None)
        if note is not None:
            kind = "footnote" if note.tag == q("w:footnote") else "endnote"
            main = self._opened.parts.root(self._opened.parts.main)
            found = referring(main, kind, str(note.get(W_ID)))
            return [] if found is None else [found]
        row = next(paragraph.iterancestors(W_TR), None)
        return [paragraph] if row is None else list(row.iter(W_P))


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


def _is_bare(run: Element) -> bool:
    """Whether it draws no text box, whose words are passages of their own."""
    return (
        next(run.iter(TEXT_BOX), None) is None and next(run.iterancestors(q("w:del")), None) is None
    )


def _no_note(_label: str) -> None:
    return None
