"""The draft as it will look, with a way to correct every block: drawn from fixed strings.

Fifteen hundred blocks leave no room for a template each. Every piece of text is either escaped
by `rendering` or a word of ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sutarta.apps.strategies.rendering import Piece, Rendered, heading_tag, table_name
from sutarta.apps.ui import icons
from sutarta.core.documents import Kind
from sutarta.core.text import excerpt, fold

BLOCKS_ON_A_PAGE = 250
HITS = 30


@dataclass(frozen=True)
class Heading:
    """A line of the contents; `page` counts from 1."""

    block: Rendered
    page: int


@dataclass(frozen=True)
class Hit:
    """A block that holds what was looked for."""

    id: str
    shown: str
    page: int
    words: str


@dataclass(frozen=True)
class Galley:
    """The pieces of a draft, parted into pages; tables are not cut."""

    pages: list[list[Piece]]

    @property
    def headings(self) -> list[Heading]:
        return [
            Heading(piece.block, page)
            for page, pieces in enumerate(self.pages, 1)
            for piece in pieces
            if piece.block["kind"] == Kind.HEADING
        ]

    def page_of(self, block_id: str) -> int:
        """The page a block stands on; 1 for one that is nowhere."""
        return next((page for page, block in self._blocks() if block["id"] == block_id), 1)

    def found(self, asked: str) -> list[Hit]:
        """The block of that very number, else those that hold the words."""
        blocks = list(self._blocks())
        exact = [(page, block) for page, block in blocks if block["shown"] == asked.rstrip(".")]
        words = fold(asked.lower())
        hits = exact or [
            (page, block) for page, block in blocks if words in fold(block["text"].lower())
        ]
        return [
            Hit(block["id"], block["shown"], page, excerpt(block["text"].replace("\t", " · "), 120))
            for page, block in hits[:HITS]
        ]

    def _blocks(self) -> Iterator[tuple[int, Rendered]]:
        for page, pieces in enumerate(self.pages, 1):
            for piece in pieces:
                for block in (piece.block, *piece.heads, *piece.rows):
                    yield page, block


def parted(pieces: list[Piece]) -> Galley:
    """Pages of about BLOCKS_ON_A_PAGE blocks."""
    pages: list[list[Piece]] = [[]]
    size = 0
    for piece in pieces:
        if size >= BLOCKS_ON_A_PAGE:
            pages.append([])
            size = 0
        pages[-1].append(piece)
        size += 1 + len(piece.heads) + len(piece.rows)
    return Galley(pages)


def drawn(pieces: list[Piece], changed: Collection[str], *, may_edit: bool) -> SafeString:
    """One page of the draft.

    changed   ids of blocks that are not as in the published version
    """
    pen = _Pen(changed, may_edit)
    return mark_safe("".join(map(pen.piece, pieces)))  # noqa: S308 - escaped where it is made


class _Pen:
    def __init__(self, changed: Collection[str], may_edit: bool) -> None:
        self._changed, self._may_edit = changed, may_edit
        edit, mark = _("Correct it"), _("changed here")
        self._link = (
            f'<a class="mark" href="%s/">{icons.use("pencil")}<span class="word">{edit}</span>'
            '<span class="ds-sr-only"> %s</span></a>'
        )
        self._mark = f'<span class="tag">{mark}</span>'
        self._table_of = _("Table %(number)s")

    def piece(self, piece: Piece) -> str:
        block = piece.block
        match block["kind"]:
            case Kind.TABLE:
                return self._table(piece)
            case Kind.HEADING:
                tag = heading_tag(block["level"])
                own = "" if block["number"] else block["shown"]
                words = f"<{tag}>{block['html']}</{tag}>"
                return self._para(block, words, " is-heading", own)
            case Kind.FIGURE:
                return self._para(block, f'<figure class="text">{block["html"]}</figure>')
            case Kind.ITEM:
                depth = min(block["level"], 5)
                words = f'<p class="text depth-{depth}">{block["html"]}</p>'
                return self._para(block, words, " is-item")
        note = " footnote" if block["kind"] == Kind.FOOTNOTE else ""
        return self._para(block, f'<p class="text{note}">{block["html"]}</p>')

    def _para(self, block: Rendered, words: str, kind: str = "", shown: str | None = None) -> str:
        number = block["shown"] if shown is None else shown
        return (
            f'<div class="para{kind}" id="{block["id"]}"><span class="pn">{number}</span>'
            f'{words}<div class="margin">{self._side(block)}</div></div>'
        )

    def _table(self, piece: Piece) -> str:
        block = piece.block
        id, shown = block["id"], block["shown"]
        name = table_name(piece, self._table_of % {"number": shown})
        head = "".join(map(self._row, piece.heads))
        return (
            f'<div class="doc-table table-scroll" role="region" aria-labelledby="caption-{id}" '
            f'tabindex="0" id="{id}"><table class="ds-table"><caption><span class="pn">{shown}'
            f'</span> <span id="caption-{id}">{name}</span> {self._side(block)}</caption>'
            f"{head and f'<thead>{head}</thead>'}"
            f"<tbody>{''.join(map(self._row, piece.rows))}</tbody></table></div>"
        )

    def _row(self, row: Rendered) -> str:
        side = f'<td class="row-mark">{self._side(row)}</td>'
        return f'<tr id="{row["id"]}">{row["html"]}{side}</tr>'

    def _side(self, block: Rendered) -> str:
        link = self._link % (block["id"], block["shown"]) if self._may_edit else ""
        return link + (self._mark if block["id"] in self._changed else "")
