"""Campaigns: letters that share passages, each shortened, shuffled or with words of its own.

Two sentences copied word for word are no chance; one may be a quotation. Letters therefore belong
together when they share two passages, of twenty words and a fifth of the letter in all, or one
that is half of the letter.
They are gathered around the letter that shares most, not chained from one to the next; then what
several of them share is taken as the campaign's text, and every letter is compared with that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, groupby
from typing import Generic, TypeVar

from sutarta.core.similarity.duplicates import NearDuplicates
from sutarta.core.similarity.passages import passages

AT_LEAST = 3  # letters
SAME = 88  # per cent: a sentence copied with a slip; another phrase in it makes it another
WORDS, PASSAGES = 20, 2  # shared by a letter with the others
ALONE = 8  # words shared, when they are half of the letter
HALF = Fraction(1, 2)
FIFTH = Fraction(1, 5)
COMMON = Fraction(1, 10)  # of the letters; a passage that fewer share is not the campaign's

MOST = Fraction(2, 3)  # of the letters with a passage; an opening that everybody uses is nobody’s
OFTEN = Fraction(1, 3)  # of the letters with the rarer of two passages: they go together

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Piece:
    """A stretch of a letter: from the campaign's text, or the author's own."""

    text: str
    is_shared: bool


@dataclass(frozen=True)
class Letter(Generic[Key]):
    """One letter of a campaign; its pieces joined are the letter as it was written.

    shared_words, own_words   how many words stand in either; greetings and names are own words
    """

    key: Key
    pieces: tuple[Piece, ...]
    shared_words: int
    own_words: int


@dataclass(frozen=True)
class Campaign(Generic[Key]):
    """Letters that share passages, in the order they were given.

    passages   the campaign's text as the first letter that has each wrote it, and how many
               letters have it; in the order of their places in the letters
    """

    passages: tuple[tuple[str, int], ...]
    letters: tuple[Letter[Key], ...]


@dataclass(frozen=True)
class _Stretch:
    """A sentence with its words, and the number of the passage when other letters have it too."""

    text: str
    words: int
    passage: int | None


_Read = Sequence[_Stretch]  # a letter, its stretches end to end


def campaigns(
    letters: Iterable[tuple[Key, str]], known: Iterable[str] = (), at_least: int = AT_LEAST
) -> list[Campaign[Key]]:
    """Every campaign among the letters, the largest first, at a tie the earlier one.

    letters    (key, text), each key once
    known      texts that anybody may quote, such as the draft under discussion: passages like
               theirs are no sign of a campaign
    at_least   letters of a campaign, 2 or more

    A letter is in one campaign at most: the one it shares most words with. The same letters in
    the same order give the same answer on every machine. Raises ValueError when `at_least` is
    below 2 or a key comes twice.

    >>> said = "Prašome neuždaryti mūsų kaimo bibliotekos ir kitais metais."
    >>> [found] = campaigns([(1, f"{said} Joje skaitau."), (2, f"Sveiki! {said}"), (3, said)])
    >>> found.passages[0][1], [letter.own_words for letter in found.letters]
    (3, [2, 1, 0])
    """
    if at_least < 2:
        raise ValueError("a campaign has at least 2 letters")
    read = _read(list(letters), known, at_least)
    lengths = {one.passage: one.words for each in read.values() for one in each if one.passage}
    held = _held(read.values())
    texts = [text for members in _gathered(read) for text in _texts(read, members, held)]
    grouped = [
        (text, keys)
        for text, keys in _shared_out(read, _united(texts, lengths))
        if len(keys) >= at_least
    ]
    order = {key: place for place, key in enumerate(read)}
    grouped.sort(key=lambda each: (-len(each[1]), order[each[1][0]]))
    return [_campaign(read, text, keys) for text, keys in grouped]


def _read(
    letters: Sequence[tuple[Key, str]], known: Iterable[str], at_least: int
) -> dict[Key, _Read]:
    """Each letter, its passages numbered from 1 where `at_least` letters have them."""
    if len({key for key, _text in letters}) < len(letters):
        raise ValueError("a key comes twice")
    index: NearDuplicates[tuple[int, int]] = NearDuplicates(SAME)
    for source, text in enumerate(known, start=1):
        _cut(index, -source, text)
    cuts = [_cut(index, source, text) for source, (_key, text) in enumerate(letters, start=1)]
    shared: dict[tuple[int, int], int] = {}
    for number, places in enumerate(index.groups(), start=1):
        is_known = places[0][0] < 0
        if not is_known and len({source for source, _at in places}) >= at_least:
            shared |= dict.fromkeys(places, number)
    return {
        key: [_Stretch(said, words, shared.get((source, at))) for at, (said, words) in cut]
        for source, ((key, _text), cut) in enumerate(zip(letters, cuts, strict=True), start=1)
    }


def _cut(
    index: NearDuplicates[tuple[int, int]], source: int, text: str
) -> list[tuple[int, tuple[str, int]]]:
    """The sentences of a text and their words, by place; those that tell are put in the index."""
    found = list(enumerate(passages(text)))
    for at, one in found:
        if one.is_telling:
            index.add((source, at), text[one.start : one.end])
    return [(at, (text[one.start : one.end], one.words)) for at, one in found]


def _weights(letter: _Read) -> dict[int, int]:
    """Passage -> its words in this letter."""
    return {one.passage: one.words for one in letter if one.passage}


def _belongs(shared: Sequence[int], letter: _Read) -> bool:
    """Whether so many words in each of the shared passages are too many for chance."""
    words, whole = sum(shared), sum(one.words for one in letter)
    if words < ALONE or words < FIFTH * whole:
        return False
    return words >= HALF * whole or (len(shared) >= PASSAGES and words >= WORDS)


def _gathered(read: Mapping[Key, _Read]) -> list[list[Key]]:
    """Letters around the one that shares most with anybody, that one first."""
    weights = {key: _weights(letter) for key, letter in read.items()}
    groups: dict[Key, list[Key]] = {}
    holders: defaultdict[int, list[Key]] = defaultdict(list)
    for key in sorted(read, key=lambda one: -sum(weights[one].values())):
        found: defaultdict[Key, list[int]] = defaultdict(list)
        for passage, words in weights[key].items():
            for first in holders[passage]:
                found[first].append(words)
        near = [first for first in groups if first in found and _belongs(found[first], read[key])]
        if near:
            groups[max(near, key=lambda one: sum(found[one]))].append(key)
        elif _belongs([*weights[key].values()], read[key]):
            groups[key] = [key]
            for passage in weights[key]:
                holders[passage].append(key)
    return list(groups.values())


def _texts(
    read: Mapping[Key, _Read], members: Sequence[Key], held: Counter[int]
) -> list[frozenset[int]]:
    """What a tenth of the members share, at least two, and few letters besides; in its parts.

    held   passage -> how many letters have it at all

    A part is a set of passages that go together: somebody who copied from two campaigns does not
    make one of them.
    """
    inside = _held(read[key] for key in members)
    common = {
        passage
        for passage, number in inside.items()
        if number >= 2 and number >= COMMON * len(members) and number >= MOST * held[passage]
    }
    classes = _classes([_weights(read[key]).keys() & common for key in members])
    together: Counter[tuple[int, int]] = Counter()
    for key in members:
        together.update(combinations(sorted(classes.keys() & _weights(read[key]).keys()), 2))
    parts = {one: {*alike} for one, alike in classes.items()}
    for (one, other), number in sorted(together.items()):
        if number >= OFTEN * min(inside[one], inside[other]) and parts[one] is not parts[other]:
            parts[one] |= parts[other]
            for passage in parts[other]:
                parts[passage] = parts[one]
    return [frozenset(part) for one, part in parts.items() if one == min(part)]


def _classes(letters: Sequence[Collection[int]]) -> dict[int, list[int]]:
    """The first of the passages that exactly the same letters have -> all of them.

    They go together whatever else does. Copies of one long letter are one class, so that pairs of
    their passages, a million of a thousand sentences, need not be counted.
    """
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for place, letter in enumerate(letters):
        for passage in letter:
            holders[passage].append(place)
    alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for passage in sorted(holders):
        alike[tuple(holders[passage])].append(passage)
    return {each[0]: each for each in alike.values()}


def _held(letters: Iterable[_Read]) -> Counter[int]:
    return Counter(passage for letter in letters for passage in _weights(letter))


def _united(texts: Sequence[frozenset[int]], lengths: Mapping[int, int]) -> list[frozenset[int]]:
    """Texts, the longest first; one that is half contained in another is taken into it."""

    def long(text: frozenset[int]) -> int:
        return sum(lengths[one] for one in text)

    whole: list[frozenset[int]] = []
    for text in sorted(filter(None, texts), key=lambda one: (-long(one), sorted(one))):
        home = next((n for n, one in enumerate(whole) if long(one & text) >= HALF * long(text)), -1)
        if home < 0:
            whole.append(text)
        else:
            whole[home] |= text
    return whole


def _shared_out(
    read: Mapping[Key, _Read], texts: Sequence[frozenset[int]]
) -> list[tuple[frozenset[int], list[Key]]]:
    """Each letter to the text it shares most words with, to the first of several."""
    taken: list[list[Key]] = [[] for _ in texts]
    for key, letter in read.items():
        weights = _weights(letter)
        shared = [[words for one, words in weights.items() if one in text] for text in texts]
        near = [place for place, words in enumerate(shared) if _belongs(words, letter)]
        if near:
            taken[max(near, key=lambda place: sum(shared[place]))].append(key)
    return list(zip(texts, taken, strict=True))


def _campaign(
    read: Mapping[Key, _Read], text: frozenset[int], keys: Sequence[Key]
) -> Campaign[Key]:
    said: dict[int, str] = {}
    places: defaultdict[int, list[int]] = defaultdict(list)
    for key in keys:
        for place, one in enumerate(read[key]):
            if one.passage in text:
                said.setdefault(one.passage, " ".join(one.text.split()))
                places[one.passage].append(place)
    order = sorted(said, key=lambda one: (Fraction(sum(places[one]), len(places[one])), one))
    return Campaign(
        tuple((said[one], len(places[one])) for one in order),
        tuple(_letter(key, read[key], text) for key in keys),
    )


def _letter(key: Key, letter: _Read, text: frozenset[int]) -> Letter[Key]:
    words = dict.fromkeys((True, False), 0)
    for one in letter:
        words[one.passage in text] += one.words
    stretches = groupby(letter, key=lambda one: one.passage in text)
    pieces = (Piece("".join(one.text for one in each), shared) for shared, each in stretches)
    return Letter(key, tuple(pieces), words[True], words[False])
