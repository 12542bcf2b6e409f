"""Papers: what is printed or handed over as a file, before anybody says PDF or Word."""

from .paper import (
    Break,
    Cell,
    Emblem,
    Figure,
    Heading,
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
from .pieces import notes_of, pieces_of, runs_of

__all__ = [
    "Break",
    "Cell",
    "Emblem",
    "Figure",
    "Heading",
    "Paper",
    "Piece",
    "Remark",
    "Row",
    "Run",
    "Runs",
    "Table",
    "Words",
    "anchors",
    "notes_of",
    "pieces_of",
    "plain",
    "runs_of",
    "text_of",
]
