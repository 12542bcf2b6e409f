"""Words of a text: tokens, Lithuanian stems, search keys, short forms, and what reveals a person.

Search answers alike on every database because the keys are computed here and the database only
compares them.
"""

from sutarta.core.text.checkdigits import check_digit, checked
from sutarta.core.text.easy import Ease, ease
from sutarta.core.text.excerpts import count_words, excerpt, title_from
from sutarta.core.text.revealing import Hint, points_to_one, revealing
from sutarta.core.text.search import matches, search_keys, search_text, word_keys
from sutarta.core.text.words import fold, stem, tokens

__all__ = [
    "Ease",
    "Hint",
    "check_digit",
    "checked",
    "count_words",
    "ease",
    "excerpt",
    "fold",
    "matches",
    "points_to_one",
    "revealing",
    "search_keys",
    "search_text",
    "stem",
    "title_from",
    "tokens",
    "word_keys",
]
