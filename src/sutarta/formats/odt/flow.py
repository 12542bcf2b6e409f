"""Paragraphs, lists and tables of a text as blocks, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sutarta.core.documents.blocks import Cell, Span
from sutarta.formats.building import Row
from sutarta.formats.docx.drawings import Picture

from . import objects, tables
from .inline import MARKS, Inline, Sheet
from .names import PARAGRAPHS, Element, H, count, get, position, q, shown
from .numbering import Counter, Level

NUMBERED, HIDING = q("text:numbered-paragraph"), q("text:hidden-paragraph")
ELSEWHERE = q("text:section-source")
LIST, ITEM, LIST_HEADER = q("text:list"), q("text:list-item"), q("text:list-header")
CONTENTS = frozenset(
    q(f"text:{name}")
    for name in ("table-of-content", "illustration-index", "table-index", "object-index")
)
SILENT = frozenset(
    {
        q("text:sequence-decls"), q("text:variable-decls"), q("text:user-field-decls"),
        q("text:dde-connection-decls"), q("office:forms"), q("text:soft-page-break"),
        q("text:index-title-template"), q("text:bibliography-source"),
        q("text:alphabetical-index-source"), q("text:user-index-source"),
    }
)  # fmt: skip
TAB = str.maketrans("\t", " ")


@dataclass
class Flat:
    """The paragraphs of a cell or note, where structure is pressed flat."""

    paragraphs: list[tuple[Span, ...]] = field(default_factory=list)
    pictures: list[tuple[Picture, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Items:
    """Where in a list a paragraph stands."""

    counter: Counter
    levels: dict[int, Level]
    style: str
    depth: int


class Flow:
    """One stream of passages: the text's own, or that of a cell or note when `flat` is given."""

    def __init__(self, sheet: Sheet, flat: Flat | None = None) -> None:
        self.sheet = sheet
        self.story = sheet.story
        self.flat = flat
        self.items: Items | None = None
        # The item whose first paragraph has not come yet; it is that one's number.
        self.item: Element | None = None

    def walk(self, container: Element) -> None:
        """Read every passage directly in `container`."""
        for each in container:
            if each.tag in PARAGRAPHS:
                self._paragraph(each)
            elif each.tag == LIST:
                self._list(each)
            elif each.tag == NUMBERED:
                self._numbered(each)
            elif each.tag == tables.TABLE:
                self._table(each)
            elif each.tag in CONTENTS:
                self._contents(each)
            elif each.tag in objects.DRAWN:
                self._drawn([each], position(each))
            elif each.tag in MARKS:
                self.story.mark(get(each, "text:name"), position(each))
            elif isinstance(each.tag, str) and each.tag not in SILENT:
                self._other(each)

    def _other(self, element: Element) -> None:
        """A section, an index or anything else that holds passages."""
        if get(element, "text:display") == "none":
            if text := shown(element):
                self.story.note("left_out.hidden", position(element), text=text)
            return
        source = element.find(ELSEWHERE)
        if source is not None and not shown(element):
            name = get(source, "xlink:href").rsplit("/", 1)[-1]
            kind = "embedded document"
            self.story.note("object.unreadable", position(element), kind=kind, name=name)
        self.walk(element)

    def _contents(self, element: Element) -> None:
        lines = [shown(each) for each in element.iter(q("text:p"))]
        text = "\n".join(filter(None, lines))
        place = position(element)
        self.story.note("left_out.contents", place, lines=str(len(lines)), text=text)

    def _is_hidden(self, paragraph: Element) -> bool:
        """Whether a field in it hides it; its words are told."""
        fields = paragraph.iter(HIDING)
        if not any(get(each, "text:is-hidden") == "true" for each in fields):
            return False
        if text := shown(paragraph):
            self.story.note("left_out.hidden", position(paragraph), text=text)
        return True

    def _paragraph(self, element: Element) -> None:
        place = position(element)
        style = get(element, "text:style-name")
        styles = self.sheet.styles
        if styles.is_contents(style):
            self.story.note("left_out.contents", place, text=shown(element))
            return
        if self._is_hidden(element):
            return
        is_title = styles.is_title(style)
        level = count(element, "text:outline-level", 1) if element.tag == H else int(is_title)
        inline = Inline(element, place, self.sheet, heading=bool(level))
        spans = inline.line.done()
        number, depth = self._number(element, bool(spans))
        if self.flat is not None:
            self._flat_paragraph(spans, number)
        elif level:
            if spans or not inline.drawn:
                self.story.heading(spans, level, place, number)
        else:
            is_caption = styles.is_caption(style)
            self.story.paragraph(spans, place, number, depth, may_head=not is_caption)
        if is_title and not self.story.title:
            self.story.title = "".join(span.text for span in spans if not span.note)
        self._drawn(inline.drawn, place)

    def _flat_paragraph(self, spans: tuple[Span, ...], number: str) -> None:
        if self.flat is None or not (spans or number):
            return
        if number:
            spans = (Span(f"{number} " if spans else number), *spans)
        flat = (replace(each, text=each.text.translate(TAB)) for each in spans)
        self.flat.paragraphs.append(tuple(flat))

    def _number(self, element: Element, has_words: bool) -> tuple[str, int]:
        """The number printed before a paragraph, and its depth; an empty one shows none."""
        if self.items is not None:
            item, self.item = self.item, None
            if item is None:
                return "", 0
            start = count(item, "text:start-value", -1)
            depth, own = self.items.depth, get(item, "text:style-override")
            levels = self.sheet.numbering.levels(own) if own else self.items.levels
            return self.items.counter.next(depth, levels, None if start < 0 else start), depth
        if element.tag == H and get(element, "text:is-list-header") != "true":
            depth = count(element, "text:outline-level", 1) - 1
            restarts = get(element, "text:restart-numbering") == "true"
            first = count(element, "text:start-value", 1) if restarts else None
            numbering = self.sheet.numbering
            return numbering.headings.next(depth, numbering.outline, first), 0
        return "", 0

    def _numbered(self, element: Element) -> None:
        """A paragraph with the number of a list it does not stand in."""
        kept = self.items, self.item
        style = get(element, "text:style-name")
        counter = self.sheet.numbering.apart(get(element, "text:list-id") or style)
        depth = max(count(element, "text:level", 1) - 1, 0)
        self.items = Items(counter, self.sheet.numbering.levels(style), style, depth)
        self.item = element
        self.walk(element)
        self.items, self.item = kept

    def _list(self, element: Element) -> None:
        above, item = self.items, self.item
        style = get(element, "text:style-name") or (above.style if above else "")
        levels = self.sheet.numbering.levels(style)
        if above is None:
            counter = self.sheet.numbering.begin(element, style)
            self.items = Items(counter, levels, style, 0)
        else:
            self.items = Items(above.counter, levels, style, above.depth + 1)
        for each in element:
            if each.tag in (ITEM, LIST_HEADER):
                self.item = each if each.tag == ITEM else None
                self.walk(each)
        self.items, self.item = above, item if above is None else None

    def _table(self, table: Element) -> None:
        if self.flat is not None:
            own = [row for row, _header in tables.rows(table)]
            wide = max((sum(1 for _cell in tables.cells(row)) for row in own), default=0)
            self.story.note("table.nested", position(table), rows=str(len(own)), columns=str(wide))
            for row in own:
                for cell in tables.cells(row):
                    self.walk(cell)
            return
        self._data_table(table)

    def _data_table(self, table: Element) -> None:
        pictures: list[tuple[Picture, int]] = []
        read = []
        for row, header in tables.rows(table):
            if tables.is_hidden(row):
                if text := shown(row):
                    self.story.note("left_out.hidden", position(row), text=text)
                continue
            read.append(Row(position(row), header=header))
            for cell in tables.cells(row):
                flat = flatten(cell, self.sheet)
                pictures += flat.pictures
                columns, down = tables.span(cell, "columns"), tables.span(cell, "rows")
                paragraphs = tuple(flat.paragraphs)
                read[-1].cells.append(Cell(paragraphs, columns, down, header))
            for cell in tables.covered(row):
                if text := shown(cell):
                    self.story.note("left_out.hidden", position(cell), text=text)
        caption = tables.caption(table)
        place = position(table)
        if not pictures or any(cell.text for row in read for cell in row.cells):
            self.story.table(read, place, (Span(caption),) if caption else ())
        for picture, at in pictures:
            self.story.figure(picture, at)

    def _drawn(self, elements: list[Element], place: int) -> None:
        """Pictures as figures, the words of boxes and shapes as paragraphs."""
        for element in elements:
            if element.tag in (objects.GROUP, objects.LINK):
                self._drawn([each for each in element if each.tag in objects.DRAWN], place)
            elif (picture := self._picture(element)) is not None:
                self._figure(picture, place)
            elif element.tag in objects.OTHERS:
                self.story.note("object.unreadable", place, kind=objects.OTHERS[str(element.tag)])
            else:
                self._box(element, place)

    def _picture(self, element: Element) -> Picture | None:
        """A picture, or a figure that keeps the place of a chart."""
        held = element.find(objects.OBJECT)
        if held is not None:
            alternative = objects.alternative(element)
            text = objects.words(element, self.sheet.package)
            detail = {"kind": "chart" if text else "object", "text": text, "alt": alternative}
            return Picture(alternative or text, findings=(("object.unreadable", detail),))
        for inner in element:
            if inner.tag in objects.OTHERS:
                return None
        return objects.picture(element, self.sheet.package)

    def _figure(self, picture: Picture, place: int) -> None:
        if self.flat is None:
            self.story.figure(picture, place)
        else:
            self.flat.pictures.append((picture, place))

    def _box(self, element: Element, place: int) -> None:
        """The words of a text box or shape, after the paragraph it is anchored to."""
        inner = next((each for each in element if each.tag in objects.OTHERS), None)
        if inner is not None:
            kind = objects.OTHERS[str(inner.tag)]
            self.story.note("object.unreadable", place, kind=kind)
            return
        kept, self.items, self.item = (self.items, self.item), None, None
        if shown(element) or next(element.iter(objects.IMAGE), None) is not None:
            self.story.note("textbox.moved", place)
            boxes = element.findall(objects.TEXT_BOX) or [element]
            for box in boxes:
                self.walk(box)
        elif element.tag not in objects.LINES and element.tag != objects.FRAME:
            alternative = objects.alternative(element)
            self.story.note("object.unreadable", place, kind="shape", alt=alternative)
        self.items, self.item = kept


def flatten(element: Element, sheet: Sheet) -> Flat:
    """The paragraphs of a cell or note."""
    flat = Flat()
    Flow(sheet, flat).walk(element)
    return flat
