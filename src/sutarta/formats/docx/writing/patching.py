"""The author's own Word file with the words of a later version: whoever wrote it goes on in it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from sutarta.core.documents import TEXTS, Block, Cell, Document, Kind
from sutarta.formats.docx.changes import Changes
from sutarta.formats.docx.lineage import prefix
from sutarta.formats.docx.ooxml import (
    OBJECTS,
    W_P,
    W_TBL,
    W_TC,
    W_TR,
    Element,
    child,
    drop,
    q,
)
from sutarta.formats.docx.reading import read

from .bookmarks import Bookmarks, without_bookmarks
from .making import w
from .opened import NotPatched, drop_dead_references, holder_of, settle_all
from .parts import Parts
from .rewording import own_text, reword
from .rows import held

Key = tuple[str, str, int]


def patch(data: bytes, document: Document) -> bytes:
    """The file `data` saying what `document` says; every block gets its lineage id as a bookmark.

    document   made of this very file: its blocks name their paragraphs (Block.source)

    Paragraphs whose words are the same are left as they are, byte for byte but for the
    bookmark; so is every other part of the package. Words of tables are changed cell by cell.

    Tracked changes the file has stay as they are, unless `document` is what it says without
    them: then they are refused.

    Raises NotPatched for tables, pictures or notes that the file does not have; Refused for
    what is no sound .docx.
    """
    parts = Parts(data)
    changes, original = _original(data, document)
    _Patching(parts, changes, original, document).run()
    return parts.written()


def _original(data: bytes, document: Document) -> tuple[Changes, Document]:
    """As the file was read then: with tracked changes taken, or without them, whichever fits."""
    reading = read(data)
    if not any(found.code.startswith("changes.") for found in reading.findings):
        return "accept", reading.document
    wanted = {_key(block): block.text for block in document.blocks}

    def fits(read_so: Document) -> int:
        return sum(wanted.get(_key(block)) == block.text for block in read_so.blocks)

    refused = read(data, changes="reject").document
    if fits(refused) > fits(reading.document):
        return "reject", refused
    return "accept", reading.document


def _key(block: Block) -> Key | None:
    if block.source is None:
        return None
    return prefix(block.kind), block.source.part, block.source.index


class _Patching:
    """One file being changed."""

    def __init__(
        self, parts: Parts, changes: Changes, original: Document, document: Document
    ) -> None:
        self._original, self._document = original, document
        self._olds = {key: block for block in reversed(original.blocks) if (key := _key(block))}
        names = {block.source.part for block in original.blocks if block.source}
        self._roots = {name: parts.root(name) for name in sorted(names)}
        self._paragraphs = {name: list(root.iter(W_P)) for name, root in self._roots.items()}
        for name, root in self._roots.items() if changes == "reject" else ():
            settle_all(root, name, changes)
        for name, root in self._roots.items():
            drop_dead_references(root, name, parts)
        self._bookmarks = Bookmarks(self._roots.values())
        self._used: set[Key] = set()
        self._look: dict[tuple[Kind, int], Element] = {}
        self._previous: Element | None = None
        self._order = dict(self._places())
        self._furthest = -1

    def run(self) -> None:
        for block in self._document.blocks:
            key = _key(block)
            old = self._olds.get(key) if key and key not in self._used else None
            if key and old is not None:
                self._used.add(key)
                self._keep(old, block, key)
            elif key in self._used and block.kind is Kind.FIGURE:
                continue  # another picture in the same paragraph
            else:
                self._insert(block)
        for key, old in self._olds.items():
            if key not in self._used:
                self._remove(old, self._paragraph(key))

    def _places(self) -> Iterator[tuple[Element, int]]:
        """Whatever can be moved, with its place in the file; tables and rows by their first."""
        for key, block in self._olds.items():
            yield holder_of(block, self._paragraph(key)), key[2]

    def _paragraph(self, key: Key) -> Element:
        return self._paragraphs[key[1]][key[2]]

    def _keep(self, old: Block, new: Block, key: Key) -> None:
        paragraph = self._paragraph(key)
        holder = holder_of(old, paragraph)
        if new.kind in TEXTS or new.kind is Kind.FOOTNOTE:
            if old.text != new.text:
                reword(paragraph, old.spans, new.spans, keep_looks=new.kind is Kind.HEADING)
            properties = child(paragraph, "pPr")
            if properties is not None and new.kind in TEXTS:
                self._look[new.kind, new.level] = properties
        elif new.kind is Kind.ROW and old.text != new.text:
            _reword_row(holder, old.cells, new.cells)
        self._bookmarks.put(paragraph, f"{prefix(new.kind)}{new.id}")
        if new.kind is not Kind.FOOTNOTE:
            self._settle(holder)

    def _settle(self, holder: Element) -> None:
        """Move it behind what stands before it, where the file has it elsewhere."""
        place = self._order.get(holder, -1)
        before = self._previous
        apart = before is not None and holder.getparent() is before.getparent()
        if place < self._furthest and before is not None and apart and holder is not before:
            before.addnext(holder)
        self._furthest = max(self._furthest, place)
        self._previous = holder

    def _insert(self, block: Block) -> None:
        before = self._previous
        if before is None:
            raise NotPatched("nothing stands before the first block")
        if block.kind is Kind.ROW and before.tag == W_TR:
            made = copy.deepcopy(before)
            without_bookmarks(made)
            cells = tuple(Cell(((),)) for _cell in block.cells)
            _reword_row(made, cells, block.cells)
            first = next(made.iter(W_P))
        elif block.kind in TEXTS:
            look = self._look.get((block.kind, block.level))
            made = first = w("p", *([] if look is None else [copy.deepcopy(look)]))
            reword(made, (), block.spans)
        else:
            raise NotPatched(f"the file has no such {block.kind.value}")
        outer = before if made.tag == W_TR else _outside_of_tables(before)
        outer.addnext(made)
        self._bookmarks.put(first, f"{prefix(block.kind)}{block.id}")
        self._previous = made

    def _remove(self, old: Block, paragraph: Element) -> None:
        """Take it out; a paragraph that carries more than its words is only emptied."""
        holder = holder_of(old, paragraph)
        if old.kind in TEXTS:
            others = (q("w:sectPr"), *OBJECTS)
            outer = holder.getparent()
            alone = outer is not None and outer.tag == W_TC
            if alone or next(paragraph.iter(*others), None) is not None:
                reword(paragraph, old.spans, ())
            else:
                drop(holder)
        elif old.kind in (Kind.ROW, Kind.TABLE) and holder.tag in (W_TR, W_TBL):
            table = holder.getparent()
            drop(holder)
            if table is not None and table.tag == W_TBL and table.find(W_TR) is None:
                drop(table)


def _outside_of_tables(element: Element) -> Element:
    """The element, or the uppermost table it stands in."""
    return [element, *element.iterancestors(W_TBL)][-1]


def _reword_row(row: Element, olds: Sequence[Cell], news: Sequence[Cell]) -> None:
    """Change the cells that say something else; cells covered from above are passed over."""
    for cell, old, new in zip(held(row), olds, news, strict=False):
        if old.text != new.text or not old.text:
            _reword_cell(cell, old, new)


def _reword_cell(cell: Element, old: Cell, new: Cell) -> None:
    paragraphs = list(cell.iter(W_P))
    worded = [paragraph for paragraph in paragraphs if own_text(paragraph).strip()]
    if len(worded) == len(old.paragraphs) == len(new.paragraphs):
        for paragraph, before, after in zip(worded, old.paragraphs, new.paragraphs, strict=True):
            if before != after:
                reword(paragraph, before, after)
        return
    first, *others = worded or paragraphs[:1]
    for paragraph in others:
        reword(paragraph, (), ())
    for at, spans in enumerate(reversed(new.paragraphs)):
        target = first
        if at < len(new.paragraphs) - 1:
            target = copy.deepcopy(first)
            without_bookmarks(target)
            first.addnext(target)
        reword(target, (), spans)
    if not new.paragraphs:
        reword(first, (), ())
