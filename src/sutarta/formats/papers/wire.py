"""A paper as plain JSON values, short names, for the typesetter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from .paper import (
    Break,
    Figure,
    Heading,
    Levels,
    Paper,
    Piece,
    Remark,
    Row,
    Run,
    Runs,
    Table,
    Words,
    anchors,
    plain,
    text_of,
)
from .tables import Placed, place, widths

# Letters no font draws: control characters, and what only steers others.
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
CAPTION = 140  # letters
END = "¶"
_OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)


def cleaned(text: str) -> str:
    """Without letters that cannot be drawn; tabs and odd line ends become blanks."""
    return _UNSEEN.sub(" ", text)


def spoken(value: Any) -> Any:
    """Plain values with every text cleaned and on one line; dictionaries keep their names."""
    if isinstance(value, str):
        return cleaned(value).replace("\n", " ")
    if isinstance(value, (list, tuple)):
        return [spoken(each) for each in value]
    if isinstance(value, dict):
        return {name: spoken(each) for name, each in value.items()}
    return value


def dump(paper: Paper) -> dict[str, Any]:
    """Everything but the pictures."""
    writer = _Writer(paper)
    return {
        "title": cleaned(paper.title).replace("\n", " "),
        "language": paper.language,
        "author": cleaned(paper.author),
        "made_at": [paper.made_at.year, paper.made_at.month, paper.made_at.day],
        "bare": paper.bare,
        "anchor": paper.title_anchor,
        "running": cleaned(paper.running),
        "lead": [cleaned(line) for line in paper.lead],
        "contents": paper.contents,
        "emblem": _emblem(paper),
        "pieces": writer.grouped(_with_legend(paper)),
    }


def _with_legend(paper: Paper) -> Sequence[Piece]:
    return (Words(paper.legend), *paper.pieces) if paper.legend else paper.pieces


def _emblem(paper: Paper) -> dict[str, str] | None:
    if paper.emblem is None:
        return None
    found = paper.emblem
    return {"sentence": found.sentence, "project": found.project, "alt": found.alt}


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._anchors = set(anchors(paper.pieces)) | ({paper.title_anchor} - {""})
        self._taken: set[str] = {""}
        self._noted: set[str] = set()
        self._levels = Levels()

    def grouped(self, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
        """Pieces in order; neighbouring list items become one list with lists inside."""
        written: list[dict[str, Any]] = []
        open_lists: list[tuple[int, list[dict[str, Any]]]] = []
        for piece, follower in zip_longest(pieces, pieces[1:]):
            if not (isinstance(piece, Words) and piece.is_item):
                open_lists = []
                written.append(self._piece(piece) | _sticky(piece, follower))
                continue
            while open_lists and open_lists[-1][0] > piece.depth:
                open_lists.pop()
            if not open_lists:
                open_lists = [(piece.depth, [])]
                written.append({"k": "list", "items": open_lists[-1][1]})
            elif open_lists[-1][0] < piece.depth:
                below: list[dict[str, Any]] = []
                open_lists[-1][1][-1]["below"] = below
                open_lists.append((piece.depth, below))
            open_lists[-1][1].append(self._piece(piece))
        return written

    def _piece(self, piece: Piece) -> dict[str, Any]:
        if isinstance(piece, Break):
            return {"k": "break"}
        said: dict[str, Any] = {"anchor": self._own(piece.anchor), "shown": piece.shown}
        match piece:
            case Heading():
                said |= {
                    "k": "heading",
                    "level": self._levels.of(piece.level),
                    "number": cleaned(piece.number),
                }
                said |= {"runs": self._runs(_with_end(piece)), "remarks": self._said_of(piece)}
            case Words():
                said |= {"k": "words", "number": cleaned(piece.number), "look": piece.look}
                said |= {"runs": self._runs(_with_end(piece)), "remarks": self._said_of(piece)}
            case Figure():
                said |= {"k": "figure", "image": piece.image, "alt": cleaned(piece.alt)}
                said |= {"caption": self._runs(piece.caption)}
            case Table():
                grid = place(piece.rows, piece.heads)
                rows = [self._row(row, here) for row, here in zip(piece.rows, grid, strict=True)]
                said |= {"k": "table", "heads": piece.heads, "weights": widths(grid), "rows": rows}
                said |= {"caption": self._runs(piece.caption)}
                said |= {"remarks": self._remarks(piece.remarks)}
        return {name: value for name, value in said.items() if value not in ("", [], None)}

    def _said_of(self, piece: Heading | Words) -> list[list[list[dict[str, Any]]]]:
        """Its remarks; of a passage that moved here first where it stood."""
        said = (plain(piece.move.said),) if piece.move and piece.move.side == "to" else ()
        return self._remarks([*([Remark(said)] if said else []), *piece.remarks])

    def _remarks(self, remarks: Sequence[Remark]) -> list[list[list[dict[str, Any]]]]:
        return [[self._runs(runs) for runs in remark.paragraphs] for remark in remarks]

    def _row(self, row: Row, placed: Sequence[Placed]) -> dict[str, Any]:
        cells = [self._cell(each) for each in placed]
        return {"cells": cells, "anchor": self._own(row.anchor), "change": row.change}

    def _cell(self, placed: Placed) -> dict[str, Any]:
        cell = placed.cell
        said: dict[str, Any] = {"p": [self._runs(runs) for runs in cell.paragraphs]}
        said |= {"x": placed.column, "y": placed.row}
        said |= {"colspan": cell.colspan, "rowspan": placed.rows}
        return said | ({"header": True} if cell.header else {})

    def _own(self, anchor: str) -> str:
        """The anchor the first time it is met: a label is one place's."""
        if anchor in self._taken:
            return ""
        self._taken.add(anchor)
        return anchor

    def _runs(self, runs: Sequence[Run]) -> list[dict[str, Any]]:
        return [self._run(run) for run in runs if run.text]

    def _run(self, run: Run) -> dict[str, Any]:
        said: dict[str, Any] = {"t": cleaned(run.text)}
        if run.marks:
            said["m"] = list(run.marks)
        if run.change:
            said["c"] = run.change
        if run.link and (_OUTSIDE.fullmatch(run.link) or run.link[1:] in self._anchors):
            said["l"] = run.link
        if run.note and run.note not in self._paper.notes:
            said["m"] = [*said.get("m", []), "sup"]
        if run.note in self._paper.notes:
            said["n"] = run.note
            if run.note not in self._noted:  # its words stand where it is first referred to
                self._noted.add(run.note)
                said["w"] = self._runs(self._paper.notes[run.note])
        return said


def _with_end(piece: Heading | Words) -> Runs:
    """The runs, with a sign for an end that came or went while the words around it stayed."""
    if not piece.end or {run.change for run in piece.runs} == {piece.end}:
        return piece.runs
    return (*piece.runs, Run(END, change=piece.end))


def _sticky(piece: Piece, follower: Piece | None) -> dict[str, bool]:
    """A short line above a table or picture is its caption and stays with it."""
    is_line = isinstance(piece, Words) and len(text_of(piece.runs)) <= CAPTION
    return {"sticky": True} if is_line and isinstance(follower, Table | Figure) else {}
