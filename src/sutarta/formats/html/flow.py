"""Walks a page and makes paragraphs of what flows through it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from lxml import etree

from sutarta.core.documents.blocks import Cell, Span
from sutarta.formats.building import Line, Row, Story
from sutarta.formats.docx.context import NoteLabels
from sutarta.formats.docx.drawings import Picture
from sutarta.formats.docx.numbering import BULLET
from sutarta.formats.docx.symbols import in_font
from sutarta.formats.reviewing import Comment

from . import lists, objects, tables
from .looks import Look, Looks, is_hidden
from .notes import Notes
from .page import CONTROLS, SILENT, after, at, words

Element = etree._Element

BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
        "main", "menu", "nav", "ol", "optgroup", "p", "pre", "section", "summary", "table",
        "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
LISTS = frozenset({"ol", "ul", "menu", "dir"})
CONTENTS = re.compile(r"toc|table of contents ?\d*", re.IGNORECASE)
CONTENTS_LINE = re.compile(r"msotoc\d|contents\d", re.IGNORECASE)
EDGES = {"header": "left_out.header", "footer": "left_out.footer"}
TAB = str.maketrans("\t", " ")


@dataclass(frozen=True)
class Sheet:
    """The page being read, and what all its flows share."""

    story: Story
    looks: Looks
    notes: Notes
    comments: dict[str, str]
    labels: NoteLabels = field(default_factory=lambda: NoteLabels({}))


@dataclass
class Flat:
    """The paragraphs of a cell or note, where structure is pressed flat."""

    paragraphs: list[tuple[Span, ...]] = field(default_factory=list)
    pictures: list[tuple[Picture, int]] = field(default_factory=list)


class Flow:
    """One stream of paragraphs: the page's own, or that of a cell or note when `flat` is given."""

    def __init__(self, sheet: Sheet, flat: Flat | None = None) -> None:
        self.sheet = sheet
        self.story = sheet.story
        self.flat = flat
        self.line = Line()
        self.place = 0
        self.level = 0
        self.number = ("", 0)
        self.block: Element | None = None
        self.lists: list[lists.List] = []
        self.drawn: list[tuple[Picture, int]] = []
        self.caption: tuple[Span, ...] = ()

    def walk(self, element: Element, look: Look) -> None:
        """Read what is inside, in order."""
        self._say(element.text, look)
        for each in element:
            name = str(each.tag)
            inner = self.sheet.looks.of(each, look)
            if name in BLOCKS and not self._is_left_out(each, name):
                with self._block(each):
                    self._inside_block(each, name, inner)
            elif name not in BLOCKS and not self._is_left_out(each, name):
                self._inline(each, name, inner)
            self._say(each.tail, look)

    def _say(self, text: str | None, look: Look) -> None:
        if text:
            text = in_font(text, look.font)
            self.line.say(text, look.marks, look.link, as_is=look.as_is)

    @contextmanager
    def _block(self, element: Element) -> Iterator[None]:
        """The words of a block are parted from those before and after it."""
        self.flush()
        before, self.block, self.place = self.block, element, at(element)
        self._mark(element)
        yield
        self.flush()
        self.block, self.place = before, after(element)

    def _mark(self, element: Element) -> None:
        for name in (element.get("id"), element.get("name")):
            if name:
                self.story.mark(str(name), self.place)

    def flush(self) -> None:
        """End the paragraph, if there are words or pictures for one."""
        spans = self.line.done()
        number, depth = self.number
        if spans and not number and self._is_word_item():
            number, spans = lists.parted(spans)
        if spans:
            self.number = ("", 0)
            self._paragraph(spans, number, depth)
        drawn, self.drawn = self.drawn, []
        for picture, place in drawn:
            if self.flat is None:
                self.story.figure(picture, place, self._take_caption())
            else:
                self.flat.pictures.append((picture, place))

    def _is_word_item(self) -> bool:
        return self.block is not None and str(self.block.get("class", "")).startswith("MsoList")

    def _take_caption(self) -> tuple[Span, ...]:
        caption, self.caption = self.caption, ()
        return caption

    def _paragraph(self, spans: tuple[Span, ...], number: str, depth: int) -> None:
        if self.flat is not None:
            if number:
                spans = (Span(f"{number} "), *spans)
            flat = (replace(each, text=each.text.translate(TAB)) for each in spans)
            self.flat.paragraphs.append(tuple(flat))
        elif self.level:
            self.story.heading(spans, self.level, self.place, number)
        else:
            self.story.paragraph(spans, self.place, number, depth)

    def _is_left_out(self, element: Element, name: str) -> bool:
        """Whether an element is not read here; what a reader would miss is told."""
        if not isinstance(element.tag, str) or name in SILENT:
            return True
        if element in self.sheet.notes.holders or element in self.sheet.notes.backs:
            return element not in self.sheet.notes.references and self._is_note_part(element)
        if is_hidden(element):
            return self._tell("left_out.hidden", element)
        if name in CONTROLS:
            return self._tell("left_out.page", element)
        if name == "div" and str(element.get("title", "")) in EDGES:
            return self._tell(EDGES[str(element.get("title"))], element)
        return name in BLOCKS and self._is_contents(element)

    def _is_note_part(self, element: Element) -> bool:
        """A note is read later; the way back from it says nothing."""
        return element in self.sheet.notes.holders or len(words(element)) <= 8

    def _tell(self, code: str, element: Element) -> bool:
        self.story.left_out(code, at(element), words(element))
        return True

    def _is_contents(self, element: Element) -> bool:
        line = CONTENTS_LINE.match(str(element.get("class", "")))
        frame = CONTENTS.fullmatch(str(element.get("id", ""))) or CONTENTS.fullmatch(
            str(element.get("class", ""))
        )
        if frame or element.get("role") == "doc-toc":
            lines = str(sum(1 for _line in element.iter("p", "li")))
            self.story.note("left_out.contents", at(element), lines=lines, text=words(element))
            return True
        if line:
            before = element.getprevious()
            is_told = before is not None and CONTENTS_LINE.match(str(before.get("class", "")))
            text = "\n".join(filter(None, map(words, _contents_lines(element))))
            if not is_told and words(element):
                self.story.note("left_out.contents", at(element), text=text)
        return bool(line)

    def _inside_block(self, element: Element, name: str, look: Look) -> None:
        if name == "table":
            self._table(element, look)
        elif name in LISTS:
            style = self.sheet.looks.style(element)
            self.lists.append(lists.begin(element, style, len(self.lists)))
            self.walk(element, look)
            self.lists.pop()
        elif name == "li":
            self._item(element, look)
        elif name == "figure":
            self._figure(element, look)
        elif level := _heading_level(element, name):
            self._heading(element, level, look)
        else:
            depth = lists.word_depth(self.sheet.looks.style(element))
            self.number = ("", depth) if depth is not None else self.number
            self.walk(element, look)

    def _heading(self, element: Element, level: int, look: Look) -> None:
        self.level = level
        before = len(self.story.found)
        self.walk(element, look)
        has_drawn = bool(self.drawn)
        self.flush()
        self.level = 0
        if self.flat is None and len(self.story.found) == before and not has_drawn:
            self.story.heading((), level, at(element))
        if "MsoTitle" in str(element.get("class", "")) and not self.story.title:
            self.story.title = words(element)

    def _item(self, element: Element, look: Look) -> None:
        around = self.lists[-1] if self.lists else lists.begin(element, {}, 0)
        number = around.number(element, self.sheet.looks.style(element))
        self.number = (number, around.depth)
        self.walk(element, look)
        self.flush()
        self.number = ("", 0)

    def _figure(self, element: Element, look: Look) -> None:
        """A picture with its caption; any other figure is read as it stands."""
        caption = element.find("figcaption")
        shown = list(element.iter("img", *objects.OBJECTS))
        if caption is not None and len(shown) == 1 and self.flat is None:
            self.caption = tuple(_joined(flatten(caption, self.sheet).paragraphs))
            tail, text = caption.tail or "", " "
            caption.clear()
            caption.text, caption.tail = text, tail
        self.walk(element, look)
        self.flush()
        self.story.paragraph(self._take_caption(), at(element))

    def _inline(self, element: Element, name: str, look: Look) -> None:
        self._mark(element)
        holder = self.sheet.notes.references.get(element)
        if holder is not None:
            mark = words(element).strip("[]()")
            self.line.refer(self.sheet.labels.refer("footnote", str(at(holder)), mark))
        elif name == "br":
            self._break(look)
        elif name == "img":
            picture = objects.picture(element)
            self.drawn += [] if picture is None else [(picture, self.place)]
        elif name in objects.OBJECTS:
            self.story.note("object.unreadable", self.place, **objects.detail(element))
        elif name == "math":
            text = objects.equation(element)
            self._say(text, look)
            self.story.note("equation.as_text", self.place, text=text)
        elif element.get("class") == "msocomanchor":
            self._comment(element)
        elif "ignore" in self.sheet.looks.style(element).get("mso-list", ""):
            shown = BULLET if look.font else lists.word_number(words(element))
            self.number = (shown, self.number[1])
        elif name == "rt":
            self._say("(", look)
            self.walk(element, look)
            self._say(")", look)
        else:
            self.walk(element, look)

    def _break(self, look: Look) -> None:
        """Two line breaks in a row part paragraphs."""
        twice = self.line.is_broken
        if twice and not look.as_is and not self.level:
            self.flush()
        elif not self.line.blank or look.as_is:
            self.line.say("\n", as_is=True)

    def _comment(self, element: Element) -> None:
        name = str(element.get("href", "")).lstrip("#")
        author = words(element).strip("[]").rstrip("0123456789")
        text = self.sheet.comments.get(name, "")
        self.story.note("comment", self.place, author=author, text=text)
        self.story.notebook.review.comments.append(
            Comment(author=author, date="", text=text, part=self.story.part, index=self.place)
        )

    def _table(self, table: Element, look: Look) -> None:
        self._say(tables.stray_words(table), look)
        for stray in tables.strays(table):
            with self._block(stray):
                self.walk(stray, self.sheet.looks.of(stray, look))
        if self.flat is None and not tables.is_layout(table):
            self._data_table(table)
            return
        own = list(tables.rows(table))
        wide = max((len(tables.cells(row)) for row in own), default=0)
        if self.flat is None and len(own) * wide > 1:
            self.story.note("table.layout", at(table), rows=str(len(own)))
        elif self.flat is not None:
            self.story.note("table.nested", self.place, rows=str(len(own)), columns=str(wide))
        for element in (*table.iterchildren("caption"), *(c for r in own for c in tables.cells(r))):
            with self._block(element):
                self.walk(element, self.sheet.looks.of(element, look))

    def _data_table(self, table: Element) -> None:
        caption: list[tuple[Span, ...]] = []
        for element in table.iterchildren("caption"):
            caption += flatten(element, self.sheet).paragraphs
        pictures: list[tuple[Picture, int]] = []
        read = []
        for row in tables.rows(table):
            read.append(Row(at(row), header=tables.is_header(row)))
            for cell in tables.cells(row):
                flat = flatten(cell, self.sheet)
                pictures += flat.pictures
                read[-1].cells.append(
                    Cell(
                        tuple(flat.paragraphs),
                        colspan=tables.span(cell, "colspan"),
                        rowspan=tables.span(cell, "rowspan"),
                        header=read[-1].header or cell.tag == "th",
                    )
                )
        self.story.table(read, at(table), tuple(_joined(caption)))
        for picture, place in pictures:
            self.story.figure(picture, place)


def _contents_lines(first: Element) -> Iterator[Element]:
    """A line of a table of contents and those that follow it without a break."""
    yield first
    for each in first.itersiblings():
        if not CONTENTS_LINE.match(str(each.get("class", ""))):
            return
        yield each


def flatten(element: Element, sheet: Sheet) -> Flat:
    """The paragraphs of a cell, note or caption."""
    flat = Flat()
    flow = Flow(sheet, flat)
    flow.place = at(element)
    flow.walk(element, sheet.looks.of(element, Look()))
    flow.flush()
    return flat


def _joined(paragraphs: list[tuple[Span, ...]]) -> Iterator[Span]:
    for count, paragraph in enumerate(paragraphs):
        yield from (Span("\n"),) if count else ()
        yield from paragraph


def _heading_level(element: Element, name: str) -> int:
    """1..9 for a heading, 0 for anything else."""
    if len(name) == 2 and name[0] == "h" and name[1].isdigit():
        return int(name[1])
    if element.get("role") == "heading":
        level = str(element.get("aria-level", "2"))
        return int(level) if level.isdigit() else 2
    return 1 if str(element.get("class", "")).startswith("MsoTitle") else 0
