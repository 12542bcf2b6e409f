"""Paragraphs and tables of a part as blocks, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field

from sutarta.core.documents.blocks import Block, Kind, Span

from .context import Context
from .drawings import Picture, missing
from .findings import PlaceMap
from .foreign import FOREIGN, tell_foreign
from .headings import guess_heading, plain_throughout
from .ooxml import W_P, W_TBL, Element, child, number, q, value, words_of
from .runs import Inline, read_inline, trim
from .styles import BODY_LEVEL
from .tables import flatten, read_table, table_place
from .tidy import is_contents_title, title_before

NOTE_MARKS = (q("w:footnoteRef"), q("w:endnoteRef"))


@dataclass
class Blocks:
    """Blocks as they are found, with the pictures and the places they came from."""

    found: list[Block] = field(default_factory=list)
    places: PlaceMap = field(default_factory=PlaceMap)
    pictures: dict[str, Picture] = field(default_factory=dict)
    title: str = ""

    def add(self, block: Block, context: Context, *paragraphs: Element) -> None:
        for paragraph in paragraphs:
            self.places.put(context.place(paragraph), len(self.found))
        self.found.append(block)

    def add_picture(self, picture: Picture, context: Context, near: Element) -> None:
        if picture.digest:
            self.pictures[picture.digest] = picture
        source = context.source(near)
        block = Block(Kind.FIGURE, image=picture.digest, alt=picture.alt, source=source)
        for code, detail in picture.findings:
            context.notebook.add(code, len(self.found), **detail)
        self.add(block, context, near)


def read_story(container: Element, context: Context, blocks: Blocks) -> None:
    """Read every paragraph and table directly in `container`."""
    for element in container:
        if element.tag == W_P:
            _paragraph(element, context, blocks)
        elif element.tag == W_TBL:
            _table(element, context, blocks)
        elif element.tag in FOREIGN:
            tell_foreign(element, context)


def _paragraph(paragraph: Element, context: Context, blocks: Blocks) -> None:
    style = context.styles.of(paragraph)
    if context.styles.is_contents(style):
        _contents_line(paragraph, context)
        return
    if _heads_contents(paragraph, context):
        return
    title = context.styles.is_title(style)
    level = 1 if title else heading_level(paragraph, style, context)
    inline = read_inline(paragraph, context, heading=bool(level))
    shown, depth = context.printed_number(paragraph, is_empty=inline.is_empty)
    if context.styles.is_missing_picture(style) and (said := _bracketed(inline)) is not None:
        blocks.add_picture(missing(said), context, paragraph)
        return
    if inline.spans:
        block = _block(paragraph, inline, level, shown, depth, context)
        guess_heading(paragraph, block, context)
        blocks.add(block, context, paragraph)
        if title and not blocks.title:
            blocks.title = " ".join(block.text.split())
    elif level and not inline.drawn:
        context.note("empty", paragraph, kind="heading", number=shown)
    _drawn(paragraph, inline, context, blocks)


def _bracketed(inline: Inline) -> str | None:
    """What stands in brackets where nothing else stands; None when more or something else does."""
    text = "".join(span.text for span in inline.spans)
    is_bare = text.startswith("[") and text.endswith("]") and not inline.drawn
    return text[1:-1].strip() if is_bare else None


def heading_level(paragraph: Element, style: str, context: Context) -> int | None:
    """1..9 when the paragraph is a heading, by its own outline level or its style's."""
    own = value(child(paragraph, "pPr"), "outlineLvl")
    if own:
        level = number(own, BODY_LEVEL)
        return level + 1 if 0 <= level < BODY_LEVEL else None
    return context.styles.heading_level(style)


def _block(
    paragraph: Element, inline: Inline, level: int | None, shown: str, depth: int, context: Context
) -> Block:
    source = context.source(paragraph)
    if level:
        spans = plain_throughout(inline.spans)
        return Block(Kind.HEADING, spans, level=level, number=shown, source=source)
    if shown:
        return Block(Kind.ITEM, inline.spans, level=depth, number=shown, source=source)
    return Block(Kind.PARAGRAPH, inline.spans, source=source)


def _heads_contents(paragraph: Element, context: Context) -> bool:
    """Whether it is the words "Turinys" right above a table of contents."""
    after = next(iter(paragraph.itersiblings(W_P)), None)
    if after is None or not context.styles.is_contents(context.styles.of(after)):
        return False
    return is_contents_title(paragraph)


def _contents_line(paragraph: Element, context: Context) -> None:
    """A line of a table of contents; only the first of a row is told."""
    before = next(iter(paragraph.itersiblings(W_P, preceding=True)), None)
    if before is not None and context.styles.is_contents(context.styles.of(before)):
        return
    lines = [words_of(paragraph)]
    for after in paragraph.itersiblings(W_P):
        if not context.styles.is_contents(context.styles.of(after)):
            break
        lines.append(words_of(after))
    if not any(lines):
        return
    lines.insert(0, title_before(paragraph))
    context.note("left_out.contents", paragraph, text="\n".join(filter(None, lines)))


def _drawn(paragraph: Element, inline: Inline, context: Context, blocks: Blocks) -> None:
    for drawn in inline.drawn:
        if isinstance(drawn, Picture):
            blocks.add_picture(drawn, context, paragraph)
            continue
        first = next(drawn.iter(W_P), paragraph)
        before = len(blocks.found)
        read_story(drawn, context.for_text_boxes(), blocks)
        if len(blocks.found) > before:
            context.note("textbox.moved", first)


def _table(table: Element, context: Context, blocks: Blocks) -> None:
    first = next(table.iter(W_P), None)
    read = read_table(table, context)
    if first is None or not any(block.text.strip() for block, _sources in read.blocks):
        if first is not None and not read.pictures:
            context.note("empty", first, kind="table")
    else:
        blocks.places.put(table_place(context.place(first)), len(blocks.found))
        for block, sources in read.blocks:
            blocks.add(block, context, *sources)
    for picture, near in read.pictures:
        blocks.add_picture(picture, context, near)


def read_note(note: Element, label: str, context: Context, blocks: Blocks) -> None:
    """A footnote or endnote as one block; its paragraphs are parted by line breaks."""
    flat = flatten(note, context)
    if flat.paragraphs and next(note.iter(*NOTE_MARKS), None) is None:
        flat.paragraphs[0] = _without_mark(flat.paragraphs[0], label)
    spans: list[Span] = []
    for paragraph in flat.paragraphs:
        spans += [Span("\n")] if spans else []
        spans += paragraph
    if not flat.sources:
        return
    source = context.source(flat.sources[0])
    blocks.add(
        Block(Kind.FOOTNOTE, tuple(spans), label=label, source=source), context, *flat.sources
    )
    for picture, near in flat.pictures:
        blocks.add_picture(picture, context, near)


def _without_mark(spans: tuple[Span, ...], label: str) -> tuple[Span, ...]:
    """The first words of a note without a mark of the author's own, which is its label.

    >>> _without_mark((Span("*", ("sup",)), Span(" Be vaikų.")), "*")
    (Span(text='Be vaikų.', marks=(), link='', note=''),)
    """
    if not spans or spans[0].text.strip() != label:
        return spans
    return trim(list(spans[1:]))
