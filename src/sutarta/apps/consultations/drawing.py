"""The words of the reading page, put together from pieces rendered at publication.

Fifteen hundred passages leave no room for a template each: fixed strings are filled and joined.
What never changes of a passage is drawn once and kept; a request adds the numbers.
Every piece of text is either escaped by `strategies.rendering` or a number of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sutarta.apps.consultations.queries import passages
from sutarta.apps.consultations.queries.passages import REMEMBERED, Part, Passages
from sutarta.apps.consultations.queries.reading import Marks
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.rendering import Piece, Rendered, heading_tag, table_name
from sutarta.apps.ui import icons, wording
from sutarta.core.documents import Kind

EMPTY = '<span class="pn"></span>'  # beside a heading that prints its number itself
MOST_PARTS = 30  # beyond that links to the next part would only be in the way
SLOT = "\0"  # where a count goes; no document holds this character


@dataclass(frozen=True)
class Frame:
    """A passage drawn but for its count.

    quiet           all of it while nobody has spoken here
    before, after   what stands around the count when somebody has
    """

    piece: Piece
    quiet: str
    before: str
    after: str


@dataclass
class Drawing:
    """One version being drawn.

    opened   id of the opened passage, "" for none
    thread   HTML of what was said about it
    """

    version: Version
    marks: Marks
    opened: str = ""
    thread: str = ""
    _said: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        version = self.version
        self._base = reverse(
            "consultations:version", args=[version.strategy.number, version.number]
        )
        self._link_to = _("Link to passage %s")
        self._comment = pgettext("invitation", "Comment")
        self._comment_on = pgettext("invitation", "on passage %s")
        self._said_on = pgettext("how many comments", "on passage %s")
        self._changed_after, self._changed = _("Changed after"), _("Changed:")
        self._reason = escape(version.get_reason_display())
        self._icons = {"comment": icons.use("comment"), "plus": icons.use("plus")}
        self._draw: Mapping[str, Callable[[Piece], str]] = {
            Kind.HEADING: self._heading,
            Kind.TABLE: self._table,
            Kind.FIGURE: self._figure,
        }

    def body(self) -> SafeString:
        """All passages in order, with links from part to part."""
        drawn: list[str] = []
        for part in _frames(self.version, self.version.covered_at, translation.get_language()):
            if isinstance(part, Frame):
                self._fill(part, drawn)
            else:
                drawn.append(part if isinstance(part, str) else self.whole(part))
        return mark_safe("".join(drawn))  # noqa: S308 - every piece is escaped where it is made

    def _fill(self, frame: Frame, drawn: list[str]) -> None:
        id = frame.piece.block["id"]
        if id == self.opened or id in self.marks.changed:
            drawn.append(self.whole(frame.piece))
        elif count := self.marks.counts.get(id):
            drawn += (frame.before, self._count(count), frame.after)
        else:
            drawn.append(frame.quiet)

    def whole(self, piece: Piece) -> str:
        """One passage with its mark, its side note and, when it is the opened one, its thread."""
        return self._draw.get(piece.block["kind"], self._paragraph)(piece)

    def _paragraph(self, piece: Piece) -> str:
        block = piece.block
        is_item = block["kind"] == Kind.ITEM
        depth = f" depth-{min(block['level'], 5)}" if is_item else ""
        note = " footnote" if block["kind"] == Kind.FOOTNOTE else ""
        words = f'<p class="text{depth}{note}">{block["html"]}</p>'
        number = self._number(block["id"], block["shown"])
        return self._para(block, number + words, " is-item" if is_item else "")

    def _heading(self, piece: Piece) -> str:
        block = piece.block
        tag = heading_tag(block["level"])
        own = "" if block["number"] else self._number(block["id"], block["shown"])
        words = f"{own or EMPTY}<{tag}>{block['html']}</{tag}>"
        repeats = block["text"].split() == self.version.strategy.title.split()
        return self._para(block, words, " is-heading is-title" if repeats else " is-heading")

    def _figure(self, piece: Piece) -> str:
        block = piece.block
        words = f'<figure class="text">{block["html"]}</figure>'
        return self._para(block, self._number(block["id"], block["shown"]) + words)

    def _para(self, block: Rendered, words: str, kind: str = "") -> str:
        id, shown = block["id"], block["shown"]
        is_open = id == self.opened
        state = " is-open" if is_open else ""
        return (
            f'<div class="para{kind}{state}" id="{id}">{words}'
            f'<div class="margin">{self._mark(id, shown)}{self._side_note(id)}</div>'
            f"{self.thread if is_open else ''}</div>"
        )

    def _table(self, piece: Piece) -> str:
        """A table scrolls inside its own frame; every row has its address and its mark."""
        block = piece.block
        id, shown = block["id"], block["shown"]
        opened = self.opened in {id, *(row["id"] for row in (*piece.heads, *piece.rows))}
        name = table_name(piece, _("Table %(number)s") % {"number": shown})
        thread = f'<div class="para is-open">{self.thread}</div>' if opened else ""
        head = "".join(f'<tr id="{row["id"]}">{row["html"]}<td></td></tr>' for row in piece.heads)
        rows = "".join(map(self._row, piece.rows))
        return (
            f'<div class="doc-table table-scroll" role="region" aria-labelledby="caption-{id}" '
            f'tabindex="0" id="{id}"><table class="ds-table">'
            f'<caption><span class="pn">{shown}</span> <span id="caption-{id}">{name}</span> '
            f"{self._mark(id, shown)}{self._side_note(id)}</caption>"
            f"{head and f'<thead>{head}</thead>'}<tbody>{rows}</tbody></table></div>{thread}"
        )

    def _row(self, row: Rendered) -> str:
        id = row["id"]
        state = ' class="is-open"' if id == self.opened else ""
        return (
            f'<tr id="{id}"{state}>{row["html"]}'
            f'<td class="row-mark">{self._mark(id, row["shown"])}{self._side_note(id)}</td></tr>'
        )

    def _number(self, id: str, shown: str) -> str:
        return f'<a class="pn" href="#{id}" aria-label="{self._link_to % shown}">{shown}</a>'

    def _mark(self, id: str, shown: str) -> str:
        """How many spoke here, or an invitation to be the first."""
        count = self.marks.counts.get(id, 0)
        address = f"{self._base}{id}/#{id}"
        state = ' aria-current="true"' if id == self.opened else ""
        if not count:
            return (
                f'<a class="mark" data-empty href="{address}"{state}>{self._icons["plus"]}'
                f'<span class="word">{self._comment}</span>'
                f'<span class="ds-sr-only"> {self._comment_on % shown}</span></a>'
            )
        return (
            f'<a class="mark" href="{address}"{state}>{self._icons["comment"]}{self._count(count)}'
            f" {self._said_on % shown}</span></a>"
        )

    def _count(self, count: int) -> str:
        if count not in self._said:
            word = ngettext("comment", "comments", count)
            self._said[count] = f'{count}<span class="ds-sr-only"> {word}'
        return self._said[count]

    def _side_note(self, id: str) -> str:
        """Why the words changed: the submissions that asked for it, else the version's reason."""
        if id not in self.marks.changed:
            return ""
        if numbers := self.marks.because.get(id):
            links = ", ".join(map(self._submission, numbers))
            return f'<p class="side-note">{self._changed_after} {links}</p>'
        return (
            f'<p class="side-note">{self._changed} '
            f'<a href="{self._base}{id}/history/">{self._reason}</a></p>'
        )

    def _submission(self, number: int) -> str:
        address = reverse("consultations:submission", args=[number])
        return f'<a href="{address}">{wording.nr(number)}</a>'


@lru_cache(maxsize=2 * REMEMBERED)  # in two languages
def _frames(
    version: Version, covered_at: datetime | None, language: str
) -> tuple[str | Frame | Piece, ...]:
    """Everything of a published version in order: links between parts, passages, tables.

    covered_at, language   the version's own and the active one; they only tell what is kept apart
    """
    held = passages.of(version)
    quiet = Drawing(version, Marks())
    spoken = Drawing(version, Marks(dict.fromkeys(held.by_id, 1)), _said={1: SLOT})
    parts = _linked(held)
    place = {part.id: at for at, part in enumerate(parts)}
    drawn: list[str | Frame | Piece] = []
    for piece in held.pieces:
        if at := place.get(piece.block["id"]):
            drawn.append(_way(parts, at - 1))
        if piece.block["kind"] == Kind.TABLE:
            drawn.append(piece)
        else:
            before, _slot, after = spoken.whole(piece).partition(SLOT)
            drawn.append(Frame(piece, quiet.whole(piece), before, after))
    if parts:
        drawn.append(_way(parts, len(parts) - 1))
    return tuple(drawn)


def _linked(held: Passages) -> tuple[Part, ...]:
    """Parts that lead to each other; a title above numbered parts is none of them."""
    parts = held.parts
    printed = {block["id"]: block["number"] for block in held.rendered}
    if len(parts) > 1 and not printed[parts[0].id] and printed[parts[1].id]:
        parts = parts[1:]
    return parts if len(parts) <= MOST_PARTS else ()


def _way(parts: tuple[Part, ...], at: int) -> str:
    before = parts[at - 1] if at else None
    after = parts[at + 1] if at + 1 < len(parts) else None
    links = ""
    if before:
        links += (
            f'<a class="more" href="#{before.id}">{icons.icon("left")}{escape(before.name)}</a>'
        )
    if after:
        links += (
            f'<a class="more" href="#{after.id}">{escape(after.name)} {icons.icon("right")}</a>'
        )
    if not links:
        return ""
    label = _("From part %(name)s") % {"name": parts[at].name}
    return f'<nav class="next-part" aria-label="{escape(label)}">{links}</nav>'
