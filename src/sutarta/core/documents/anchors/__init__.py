"""Anchors that survive edits: which block of the next version continues which."""

from sutarta.core.documents.anchors.fates import Fate, Outcome, match
from sutarta.core.documents.anchors.quotes import find_quote

__all__ = ["Fate", "Outcome", "find_quote", "match"]
