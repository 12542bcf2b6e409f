"""A document as safe HTML, block by block; pages put the pieces together.

Written by escaping here, never by passing markup through: nothing a Word file holds can
become a tag, an attribute or a script.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypedDict

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.fields import UnknownSchema
from sutarta.core.documents import Block, Cell, Document, Kind, Span, display_numbers

SCHEMA = "sutarta.rendered/1"
TAGS = {
    "bold": "strong",
    "italic": "em",
    "strike": "s",
    "sub": "sub",
    "sup": "sup",
    "underline": "u",
}
# How a paragraph begins that names a table: 2 lentelė. Lėšos; 1 priedo 3 lentelė; Table 4.
_NAMES_A_TABLE = re.compile(r"(?:\d+\s\w+\s)?\d+\.?\s+lentelė\b|table\s+\d", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)


class Rendered(TypedDict):
    """One block, ready to be put on a page.

    level    heading: depth from 1 without gaps, so its tag is h{level + 1} (see `heading_tag`);
             list item: depth from 0; otherwise 0
    number   as the Word file prints it, "" for none; already inside `html`
    shown    short number unique in the version: "2.4", "2.4/3"
    html     what goes inside the block's own tag: for a table its caption, for a row its cells,
             for a figure the picture and its caption
    text     the words alone
    table    row only: id of its table
    header   row only: whether it stands in the table's head
    """

    id: str
    kind: str
    level: int
    number: str
    shown: str
    html: str
    text: str
    table: str
    header: bool


@dataclass
class Piece:
    """A block on a page; a table comes with its rows.

    said   table only: the words right above it that name it, such as "2 lentelė. Lėšos"
    """

    block: Rendered
    said: str = ""
    heads: list[Rendered] = field(default_factory=list)
    rows: list[Rendered] = field(default_factory=list)


def render(document: Document, picture_address: Callable[[str], str]) -> list[Rendered]:
    """Every block of the document in order; blocks need ids.

    picture_address   SHA-256 of a picture in hex -> its address
    """
    with translation.override(document.language):
        return list(_Renderer(document, picture_address).all())


def public_pictures(version: Version) -> Callable[[str], str]:
    """Addresses of pictures on the public site; they are permanent, so they are stored."""
    return f"{version.path}picture/{{}}/".format


def stored(rendered: Sequence[Rendered]) -> str:
    """As Version.rendered keeps it."""
    kept = {"schema": SCHEMA, "blocks": rendered}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def restored(version: Version) -> list[Rendered]:
    """The blocks of a published version, as they were rendered at publication."""
    kept = json.loads(version.rendered)
    if kept["schema"] != SCHEMA:
        raise UnknownSchema(f"{version}: {kept['schema']!r}")
    blocks: list[Rendered] = kept["blocks"]
    return blocks


def grouped(rendered: Sequence[Rendered]) -> list[Piece]:
    """Blocks with the rows of a table under their table.

    Rows of the head are those at the very beginning; one further down stays in its place.
    """
    pieces: list[Piece] = []
    for block in rendered:
        if block["kind"] != Kind.ROW or not pieces or pieces[-1].block["kind"] != Kind.TABLE:
            pieces.append(Piece(block, _said_above(block, pieces)))
            continue
        table = pieces[-1]
        in_head = block["header"] and not table.rows
        (table.heads if in_head else table.rows).append(block)
    return pieces


def _said_above(block: Rendered, pieces: Sequence[Piece]) -> str:
    if block["kind"] != Kind.TABLE or not pieces:
        return ""
    above = pieces[-1].block
    is_name = above["kind"] == Kind.PARAGRAPH and _NAMES_A_TABLE.match(above["text"])
    return above["text"] if is_name else ""


def table_name(piece: Piece, otherwise: str) -> str:
    """What a table is called, as HTML; only heard where the paragraph above says it already."""
    if piece.said and not piece.block["html"]:
        return f'<span class="ds-sr-only">{escape(piece.said)}</span>'
    return piece.block["html"] or escape(otherwise)


def heading_tag(level: int) -> str:
    """h2 for the first level: h1 is the page's own.

    >>> heading_tag(1), heading_tag(9)
    ('h2', 'h6')
    """
    return f"h{min(level + 1, 6)}"


class _Renderer:
    def __init__(self, document: Document, picture_address: Callable[[str], str]) -> None:
        self._document = document
        self._picture_address = picture_address
        self._ids = {block.id for block in document.blocks}
        self._notes = {
            block.label: block.id for block in document.blocks if block.kind is Kind.FOOTNOTE
        }
        self._references: Counter[str] = Counter()  # footnote id -> references met so far
        self._above: list[int] = []  # levels of the headings above

    def all(self) -> Iterator[Rendered]:
        numbers = display_numbers(self._document)
        for block in self._document.blocks:
            yield Rendered(
                id=block.id,
                kind=block.kind.value,
                level=self._level(block),
                number=block.number,
                shown=numbers[block.id],
                html=self._html(block),
                text=block.text,
                table=block.table,
                header=block.header,
            )

    def _level(self, block: Block) -> int:
        if block.kind is not Kind.HEADING:
            return block.level
        while self._above and self._above[-1] >= block.level:
            self._above.pop()
        self._above.append(block.level)
        return len(self._above)

    def _html(self, block: Block) -> str:
        match block.kind:
            case Kind.ROW:
                return "".join(self._cell(cell, block.header) for cell in block.cells)
            case Kind.FIGURE:
                return self._figure(block)
            case Kind.FOOTNOTE:
                return f"{self._back_link(block)} {self._spans(block.spans)}"
            case Kind.HEADING if block.number:
                return f'<span class="hn">{escape(block.number)}</span>{self._spans(block.spans)}'
            case Kind.ITEM if block.number:
                return f'<span class="bullet">{escape(block.number)}</span> ' + self._spans(
                    block.spans
                )
        return self._spans(block.spans)

    def _cell(self, cell: Cell, in_head: bool) -> str:
        is_header = (in_head or cell.header) and bool(cell.text.strip())
        tag = "th" if is_header else "td"
        scope = f' scope="{"col" if in_head else "row"}"' if is_header else ""
        spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        return f"<{tag}{scope}{spans}>{self._paragraphs(cell)}</{tag}>"

    def _paragraphs(self, cell: Cell) -> str:
        written = [self._spans(spans) for spans in cell.paragraphs]
        return written[0] if len(written) == 1 else "".join(f"<p>{text}</p>" for text in written)

    def _figure(self, block: Block) -> str:
        caption = self._spans(block.spans)
        alt = block.alt or ("" if caption else _("A picture without a description"))
        if block.image:
            address = escape(self._picture_address(block.image))
            picture = f'<img src="{address}" alt="{escape(alt)}" loading="lazy">'
        else:
            unread = block.alt or _("Here is something that only the Word file shows.")
            picture = f'<p class="no-picture">{escape(unread)}</p>'
        return picture + (f"<figcaption>{caption}</figcaption>" if caption else "")

    def _back_link(self, block: Block) -> str:
        label, note = escape(block.label), escape(block.id)
        if not self._references[note]:
            return f'<span class="note-label">{label}</span>'
        return f'<a class="note-label" role="doc-backlink" href="#ref-{note}">{label}</a>'

    def _spans(self, spans: Sequence[Span]) -> str:
        """Neighbours with the same link are one link."""
        return "".join(
            self._linked(link, "".join(map(self._span, run)))
            for link, run in groupby(spans, key=lambda span: "" if span.note else span.link)
        )

    def _span(self, span: Span) -> str:
        text = escape(span.text).replace("\n", "<br>")
        if span.note in self._notes:
            return self._reference(escape(self._notes[span.note]), text)
        for mark in span.marks:
            text = f"<{TAGS[mark]}>{text}</{TAGS[mark]}>"
        return text

    def _reference(self, note: str, label: str) -> str:
        self._references[note] += 1
        count = self._references[note]
        own = f"ref-{note}" if count == 1 else f"ref-{note}-{count}"
        return f'<sup><a id="{own}" href="#{note}" role="doc-noteref">{label}</a></sup>'

    def _linked(self, link: str, inner: str) -> str:
        if link.startswith("#") and link[1:] in self._ids:
            return f'<a href="{escape(link)}">{inner}</a>'
        if _OUTSIDE.fullmatch(link):
            return f'<a href="{escape(link)}" rel="nofollow noopener">{inner}</a>'
        return inner
