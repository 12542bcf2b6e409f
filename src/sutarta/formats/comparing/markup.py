"""Pieces of a paper as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from typing import Protocol

from sutarta.formats.papers import Figure, Heading, Mark, Row, Run, Table, Words

TAGS = {"bold": "b", "italic": "i", "underline": "u", "strike": "s", "sub": "sub", "sup": "sup"}
OUTSIDE = ("http://", "https://", "mailto:", "tel:")
TOP = 3  # the page itself has headings of levels 1 and 2
END = "¶"


class Said(Protocol):
    """The words for whoever hears the page."""

    @property
    def inserted(self) -> str: ...
    @property
    def removed(self) -> str: ...


class Markup:
    """Draws pieces.

    sources  SHA-256 of a picture -> its address
    """

    def __init__(self, said: Said, sources: Mapping[str, str]) -> None:
        self._tags = {"new": ("ins", said.inserted), "gone": ("del", said.removed)}
        self._sources = sources

    def piece(
        self, piece: Heading | Words | Table | Figure, rows: Mapping[str, str] | None = None
    ) -> str:
        """
        rows  anchor of a row -> HTML said in its first cell
        """
        match piece:
            case Heading():
                level = min(piece.level + TOP - 1, 6)
                return f"<h{level}>{self._numbered(piece)}</h{level}>"
            case Words():
                place = f' class="item" style="margin-left:{piece.depth * 1.5}rem"'
                return f"<p{place * piece.is_item}>{self._numbered(piece)}</p>"
            case Table():
                return self._table(piece, rows or {})
            case Figure():
                return self._figure(piece)

    def runs(self, runs: Iterable[Run]) -> str:
        """Words with their marks; what came and what went as ins and del."""
        drawn = []
        for change, together in groupby(runs, key=lambda run: run.change):
            words = "".join(map(self._run, together))
            drawn.append(self._changed(change, words) if words else "")
        return "".join(drawn)

    def _changed(self, change: Mark, words: str) -> str:
        if change not in self._tags:
            return words
        tag, said = self._tags[change]
        return (
            f'<{tag}><span class="unseen">[{escape(said)} </span>{words}'
            f'<span class="unseen">]</span></{tag}>'
        )

    def _run(self, run: Run) -> str:
        drawn = escape(run.text).replace("\n", "<br>")
        marks = (*run.marks, *(("sup",) if run.note else ()))
        for mark in marks:
            drawn = f"<{TAGS[mark]}>{drawn}</{TAGS[mark]}>" if mark in TAGS else drawn
        if run.link.startswith(OUTSIDE):
            drawn = f'<a href="{escape(run.link)}" rel="noopener">{drawn}</a>'
        return drawn

    def _numbered(self, piece: Heading | Words) -> str:
        number = f"{escape(piece.number)} " if piece.number else ""
        end = ""
        if piece.end and {run.change for run in piece.runs} != {piece.end}:
            end = self._changed(piece.end, END)
        return f"{number}{self.runs(piece.runs)}{end}"

    def _table(self, piece: Table, said: Mapping[str, str]) -> str:
        caption = f"<caption>{self.runs(piece.caption)}</caption>" if piece.caption else ""
        rows = "".join(
            f"<tr>{''.join(self._cells(row, at < piece.heads, said.get(row.anchor, '')))}</tr>\n"
            for at, row in enumerate(piece.rows)
        )
        return f'<div class="wide" tabindex="0"><table>{caption}\n{rows}</table></div>'

    def _cells(self, row: Row, is_head: bool, said: str) -> Iterator[str]:
        for cell in row.cells:
            tag = "th" if is_head or cell.header else "td"
            spans = "".join(
                f' {name}="{size}"'
                for name, size in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
                if size > 1
            )
            words = "<br>".join(map(self.runs, cell.paragraphs))
            drawn = self._changed(row.change, words) if words else ""
            yield f"<{tag}{spans}>{said}{drawn}</{tag}>"
            said = ""

    def _figure(self, piece: Figure) -> str:
        source = self._sources.get(piece.image, "")
        alt = escape(piece.alt)
        drawn = f'<img src="{source}" alt="{alt}">' if source else f"<p>[{alt}]</p>"
        caption = f"<figcaption>{self.runs(piece.caption)}</figcaption>" if piece.caption else ""
        return f"<figure>{self._changed(piece.change, drawn)}{caption}</figure>"
