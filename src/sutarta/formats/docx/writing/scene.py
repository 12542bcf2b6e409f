"""What every step of tracking a file's changes asks for: old passages, pens, places, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from sutarta.core.documents import TEXTS, Block, Document, Kind
from sutarta.formats.docx.context import SAFE_ADDRESS
from sutarta.formats.docx.lineage import key_name, prefix
from sutarta.formats.docx.looks import Looks
from sutarta.formats.docx.ooxml import R_ID, Element
from sutarta.formats.docx.styles import Styles
from sutarta.formats.papers.wire import cleaned

from .hands import Hand, Pen
from .holdings import drawn, sound
from .inline import Scribe
from .making import w
from .notes import Notes
from .opened import Opened
from .shapes import Shapes


class Scene:
    """One file on its way from the old text to the new one.

    olds     block id -> passage of the file, as far as the old text speaks of it
    order    block id -> its place in the file
    places   block id -> the paragraph that says it by now
    renewed  ids of rows that are struck and put in again, though their cells could be reworded
    """

    def __init__(
        self,
        opened: Opened,
        old: Document,
        new: Document,
        hand: Hand,
        hands: Mapping[str, Hand],
        pictures: Mapping[str, bytes],
        renewed: Collection[str] = (),
    ) -> None:
        self.opened = opened
        self.renewed = renewed
        parts = opened.parts
        self.styles = Styles(parts.package.optional(parts.package.related("styles")))
        self.looks = Looks(self.styles)
        self.notes = Notes(parts, opened.document, new)
        self.shapes = Shapes(parts, self.styles)
        spoken = {block.id for block in old.blocks}
        self.olds = {b.id: b for b in opened.document.blocks if b.id in spoken and b.source}
        self.order = {block.id: at for at, block in enumerate(opened.document.blocks)}
        self.places: dict[str, Element] = {}
        self._hand, self._hands, self._pictures = hand, hands, pictures
        self._names = {block.id: f"{prefix(block.kind)}{block.id}" for block in new.blocks}
        self._scribes: dict[str, Scribe] = {}
        self._copies: Counter[str] = Counter()
        self.shapes.learn(
            (block, opened.paragraph(block)) for block in self.olds.values() if block.kind in TEXTS
        )

    def pen(self, id: str) -> Pen:
        """Marks changes of the passage in the name of whoever made them."""
        return Pen(self._hands.get(id, self._hand), self.opened.numbers)

    def scribe(self, old: Block | None = None) -> Scribe:
        """Rewords paragraphs of the part the passage stands in; of the main part for None."""
        main = self.opened.parts.main
        part = old.source.part if old and old.source else main
        if part not in self._scribes:
            self._scribes[part] = Scribe(
                self.styles,
                self.looks,
                self.notes.old_sign,
                self.notes.new_sign,
                lambda address: self._link(part, address),
                self.notes.referring if part == main else _no_note,
            )
        return self._scribes[part]

    def done(self, block: Block, paragraph: Element) -> None:
        """Give a passage its bookmarks and remember where it stands."""
        self.opened.mark(paragraph, block.kind, block.id)
        hand = self._hands.get(block.id)
        if hand and hand.key:
            self._copies[hand.key] += 1
            self.opened.bookmarks.put(paragraph, key_name(hand.key, self._copies[hand.key]))
        self.places[block.id] = paragraph

    def rows_of(self, table: str) -> list[Block]:
        """The rows of an old table."""
        rows = (old for old in self.olds.values() if old.kind is Kind.ROW)
        return [row for row in rows if row.table == table]

    def picture(self, block: Block) -> Element | None:
        """A run that shows the picture of a figure; None when there is none to show."""
        data = self._pictures.get(block.image)
        found = sound(data) if data else None
        if found is None:
            return None
        kind, data, size = found
        relation = self.opened.parts.picture(data, kind)
        return w("r", drawn(relation, next(self.opened.numbers), cleaned(block.alt), size))

    def _link(self, part: str, address: str) -> Element | None:
        if address[1:] in self._names:
            return w("hyperlink", anchor=self._names[address[1:]])
        if not SAFE_ADDRESS.fullmatch(address):
            return None
        target = w("hyperlink")
        target.set(R_ID, self.opened.parts.relate(part, "hyperlink", address, outside=True))
        return target


def _no_note(_label: str) -> None:
    """Notes have no notes of their own."""
