"""Word files (.docx) in: blocks with numbers, findings with places, refusals with reasons."""

from .changes import Changes
from .findings import SENTENCES, Finding, Reading
from .reading import read
from .safe import REASONS, Refused

__all__ = [
    "REASONS",
    "SENTENCES",
    "Changes",
    "Finding",
    "Reading",
    "Refused",
    "read",
]
