"""Anchors that survive edits: which block of the next version continues which."""

from sutarta.core.documents.anchors.fates import Fate, Outcome, match
from sutarta.core.documents.anchors.quotes import QuotePlace, find_quote, follow_quote

__all__ = ["Fate", "Outcome", "QuotePlace", "find_quote", "follow_quote", "match"]
