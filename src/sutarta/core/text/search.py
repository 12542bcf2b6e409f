"""Search keys: what a query and a text are reduced to, so that the two can meet.

People search and comment with and without Lithuanian letters, in any case. A word therefore has
a few keys, all without diacritics: the word as typed, its stem, and the stems it would have if
an ending typed without its letters („nakti“) were written in full („naktį“). Two words meet when
they share a key.
"""

from __future__ import annotations

from functools import lru_cache

from sutarta.core.text.words import fold, stem, tokens

# Endings that the stemmer knows only with their letters, as typed without them -> in full.
# The last is the genitive of short words in -ius („amžiaus“), which it leaves as it is.
_ENDINGS = (
    ("i", "į"),
    ("iu", "ių"),
    ("eje", "ėje"),
    ("ejes", "ėjęs"),
    ("emis", "ėmis"),
    ("ems", "ėms"),
    ("eliu", "ėlių"),
    ("uju", "ųjų"),
    ("aja", "ąją"),
    ("ese", "ėse"),
    ("iaus", "ius"),
)
# Before a back vowel t and d become č and dž: „naktis“, „nakčių“. Without the letters the
# stemmer cannot see it, so both are brought back here.
_SOFTENED = (("dz", "d"), ("c", "t"))


def search_keys(text: str) -> list[str]:
    """Every key of every word of `text`, in order of the words, each once.

    >>> search_keys("Savaitgaliais dirbame")
    ['savaitgaliais', 'savaitgal', 'dirbame', 'dirb']
    """
    return list(dict.fromkeys(key for token in tokens(text) for key in word_keys(token)))


@lru_cache(maxsize=50_000)
def word_keys(word: str) -> tuple[str, ...]:
    """The keys of one token: first itself without diacritics, then its possible stems.

    A query of several words asks for any key of each word; the last word, perhaps not yet typed
    to its end, also meets every key that begins with its first key.

    >>> word_keys("nakčių")
    ('nakciu', 'nakt')
    """
    stems = (_harden(fold(stem(form))) for form in _spellings(word))
    return tuple(dict.fromkeys([fold(word), *stems]))


def search_text(text: str) -> str:
    """The keys of `text` joined by spaces, for an index column.

    >>> search_text("Naktį!")
    'nakti nakt'
    """
    return " ".join(search_keys(text))


def matches(query: str, index_text: str) -> bool:
    """Whether every word of `query` meets a key of `index_text`, the last also as a beginning.

    index_text  what `search_text` gave for the searched text

    A query without words asks for nothing, so everything matches it.

    >>> matches("savaitgali", search_text("Dirbkite ir savaitgaliais"))
    True
    >>> matches("autobusas vis", search_text("Autobusų visai nėra"))
    True
    >>> matches("autobusas", search_text("Traukinių visai nėra"))
    False
    """
    wanted = [word_keys(token) for token in tokens(query)]
    held = set(index_text.split())
    if not wanted or not all(held.intersection(keys) for keys in wanted[:-1]):
        return not wanted
    beginning = wanted[-1][0]
    return not held.isdisjoint(wanted[-1]) or any(key.startswith(beginning) for key in held)


def _spellings(word: str) -> list[str]:
    """The word, and the same word with an ending written in full where it may have been bare."""
    full = [word.removesuffix(bare) + whole for bare, whole in _ENDINGS if word.endswith(bare)]
    return [word, *full]


def _harden(key: str) -> str:
    for soft, hard in _SOFTENED:
        if key.endswith(soft):
            return key.removesuffix(soft) + hard
    return key
