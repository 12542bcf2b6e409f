"""Somebody else's Word file opened to be changed: which element says which passage."""

from __future__ import annotations

from dataclasses import replace

from sutarta.core.documents import Block, Document, Kind, inherit
from sutarta.formats.docx.changes import NEW, OLD, Changes, settle
from sutarta.formats.docx.dead import leave_out_dead_references
from sutarta.formats.docx.findings import Notebook
from sutarta.formats.docx.lineage import prefix
from sutarta.formats.docx.ooxml import (
    INDEX,
    W_P,
    W_TBL,
    W_TR,
    Element,
)
from sutarta.formats.docx.reading import read
from sutarta.formats.docx.tidy import number_paragraphs
from sutarta.formats.docx.tracked import FORMATTING

from .bookmarks import Bookmarks
from .formulas import tell_once
from .parts import Parts


class NotPatched(Exception):
    """The file cannot be changed in place; write a new one instead."""


class Opened:
    """One file being changed.

    document   what the file says, with the ids of the document it was made of
    numbers    gives every mark another id
    """

    def __init__(self, data: bytes, old: Document) -> None:
        """`old` is what the file says, in the ids passages are spoken of by.

        Tracked changes the file has are settled so that it says that; bookmarks of an earlier
        export are taken out, as they name other places by now.
        """
        self.parts = Parts(data)
        changes, self.document = _told_by(data, old)
        names = {block.source.part for block in self.document.blocks if block.source}
        self.names = sorted({self.parts.main, *names})
        self._paragraphs = {name: list(self.parts.root(name).iter(W_P)) for name in self.names}
        self._known = {name: set(own) for name, own in self._paragraphs.items()}
        for name in self.names:
            settle_all(self.parts.root(name), name, changes)
            drop_dead_references(self.parts.root(name), name, self.parts)
        self.bookmarks = Bookmarks(map(self.parts.root, self.names))
        self.numbers = self.bookmarks.numbers

    def paragraph(self, block: Block) -> Element:
        """The first paragraph of the block."""
        if block.source is None:
            raise NotPatched("a passage without a place in the file")
        return self._paragraphs[block.source.part][block.source.index]

    def is_own(self, paragraph: Element) -> bool:
        """Whether the paragraph was in the file before it was changed."""
        return any(paragraph in known for known in self._known.values())

    def holder(self, block: Block) -> Element:
        """What stands and falls with the block: its paragraph, its row, its table."""
        return holder_of(block, self.paragraph(block))

    def mark(self, paragraph: Element, kind: Kind, id: str) -> None:
        """Let the paragraph carry a lineage id."""
        self.bookmarks.put(paragraph, f"{prefix(kind)}{id}")


def holder_of(block: Block, paragraph: Element) -> Element:
    """What stands and falls with the block that begins with the paragraph: that one, its row or
    its table.
    """
    tag = {Kind.ROW: W_TR, Kind.TABLE: W_TBL}.get(block.kind)
    if tag is None:
        return paragraph
    above = list(paragraph.iterancestors(tag))
    return above[-1] if above else paragraph


def _told_by(data: bytes, old: Document) -> tuple[Changes, Document]:
    """How its tracked changes have to be settled to say `old`, and what it says then."""
    reading = read(data)
    changes: Changes = "accept"
    document = reading.document
    if any(found.code.startswith("changes.") for found in reading.findings):
        refused = read(data, changes="reject").document
        if _common(refused, old) > _common(document, old):
            changes, document = "reject", refused
    return changes, _named(document, old)


def _common(document: Document, old: Document) -> int:
    texts = {block.text for block in old.blocks}
    return sum(len(block.text) for block in document.blocks if block.text in texts)


def _named(document: Document, old: Document) -> Document:
    """The document with the ids of `old`: by place when both say the same, else by their words."""
    told = [[(block.kind, block.text) for block in each.blocks] for each in (document, old)]
    if told[0] != told[1]:
        return inherit(old, document, "file").document
    blocks = (
        replace(block, id=named.id, table=named.table)
        for block, named in zip(document.blocks, old.blocks, strict=True)
    )
    return replace(document, blocks=tuple(blocks))


def drop_dead_references(root: Element, name: str, parts: Parts) -> None:
    """Take out references to notes the file does not have: the reader does not speak of them."""
    leave_out_dead_references(root, name, parts.package, Notebook())


def settle_all(root: Element, name: str, changes: Changes) -> None:
    """Take or refuse every tracked change of the part, for good."""
    if next(root.iter(*NEW, *OLD, *FORMATTING), None) is None:
        return
    number_paragraphs(root)
    settle(root, name, changes, Notebook())
    tell_once(root)
    for paragraph in root.iter(W_P):
        if INDEX in paragraph.attrib:
            del paragraph.attrib[INDEX]
