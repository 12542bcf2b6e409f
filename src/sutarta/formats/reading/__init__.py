"""Any document we can read: .docx, .odt, .html and Markdown, told apart by what they hold."""

from sutarta.formats.docx import REASONS, SENTENCES, Changes, Finding, Reading, Refused

from .kinds import ENDINGS, KINDS, Kind, kind_of
from .sandbox import read_kind, read_safely

__all__ = [
    "ENDINGS",
    "KINDS",
    "REASONS",
    "SENTENCES",
    "Changes",
    "Finding",
    "Kind",
    "Reading",
    "Refused",
    "kind_of",
    "read_kind",
    "read_safely",
]
