"""Texts that say the same in nearly the same words, and campaigns of letters that share passages.

Nothing here judges or merges: it finds what may belong together, for a person to look at.

A text is compared as its words, without case, punctuation and diacritics. *Likeness* of two texts
is twice their longest common subsequence of characters by the sum of their lengths, in per cent.
A *near-duplicate* of a text is at least LIKE per cent like it. A *passage* is a sentence of six
words or more; a *campaign* is a set of letters that share passages, whatever each adds of its own.
"""

from sutarta.core.similarity.campaigns import Campaign, Letter, Piece, campaigns
from sutarta.core.similarity.duplicates import LIKE, Likeness, NearDuplicates, near_duplicates
from sutarta.core.similarity.passages import Passage, passages, sentences, unquoted
from sutarta.core.similarity.words import plain_words, shingles

__all__ = [
    "LIKE",
    "Campaign",
    "Letter",
    "Likeness",
    "NearDuplicates",
    "Passage",
    "Piece",
    "campaigns",
    "near_duplicates",
    "passages",
    "plain_words",
    "sentences",
    "shingles",
    "unquoted",
]
