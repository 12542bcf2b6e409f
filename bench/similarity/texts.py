"""Short texts with labelled near-duplicates among them: real ones, joined ones, invented ones."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
LABELLED = SHARED / "comments" / "injected-near-duplicates.csv"
SHORTEST = 40  # characters
CLUSTER = 6  # one original and five variants
INJECTED = 10  # one text in so many is an injected variant or its original
MOST_INJECTED = 10_000
BEGINNINGS = ("Dear Sir or Madam, ", "To whom it may concern: ", "I agree: ", "Laba diena, ")
ENDINGS = (
    " Thank you, A. N.",
    " Sincerely, J. S., B. G.",
    " Regards, a resident",
    " Pagarbiai, V. P.",
)


@dataclass(frozen=True)
class Labelled:
    """Texts, and for each the number of its cluster; texts of one cluster are near-duplicates."""

    name: str
    texts: list[str]
    clusters: list[int]


def joined() -> Labelled:
    """The set that lies with the comments: its texts share whole sentences on purpose."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Labelled(
        "sentences shared", [row["text"] for row in rows], [int(row["cluster"]) for row in rows]
    )


def mixed(size: int, seed: int = 7) -> Labelled:
    """Real comments, injected variants, and texts invented word by word for the rest.

    One text in ten belongs to an injected cluster, at most 10,000; an invented text follows the
    pairs of words of the real ones. The same seed gives the same texts in the same order.
    """
    chance = random.Random(seed)
    real = comments()
    chance.shuffle(real)
    injected = min(size // INJECTED, MOST_INJECTED) // CLUSTER
    plain = size - injected * CLUSTER
    base = real[: min(plain + injected, len(real))]
    base += _invented(real, max(0, plain + injected - len(base)), chance)
    pairs = [(text, number) for number, text in enumerate(base)]
    for number in chance.sample([n for n, text in enumerate(base) if " " in text], injected):
        pairs += [(_variant(base[number], chance), number) for _ in range(CLUSTER - 1)]
    chance.shuffle(pairs)
    name = "real comments" if plain + injected <= len(real) else "real and invented"
    return Labelled(name, [text for text, _ in pairs], [number for _, number in pairs])


def comments() -> list[str]:
    """Every distinct real comment of 40 characters and more, sorted."""
    found = set()
    for path in sorted(
        [*SHARED.glob("polis/*/comments.csv"), *SHARED.glob("comments/*/comments.csv")]
    ):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {row["comment-body"].strip() for row in csv.DictReader(file)}
    return sorted(text for text in found if len(text) >= SHORTEST)


def _invented(real: list[str], wanted: int, chance: random.Random) -> list[str]:
    """Texts whose every pair of neighbouring words stands in a real one of the same kind."""
    follows: defaultdict[str, list[str]] = defaultdict(list)
    starts, lengths = [], []
    for words in (text.split() for text in real):
        if len(words) < 6:
            continue
        starts.append(words[0])
        lengths.append(len(words))
        for one, after in pairwise(words):
            follows[one].append(after)
    found: set[str] = set()
    while len(found) < wanted:
        words = [chance.choice(starts)]
        for _ in range(chance.choice(lengths) - 1):
            words.append(chance.choice(follows[words[-1]] or starts))
        text = " ".join(words)
        if len(text) >= SHORTEST:
            found.add(text)
    return sorted(found)


def _variant(text: str, chance: random.Random) -> str:
    """2 to 8 % of the words deleted, repeated or misspelt; half framed; one in seven shouted."""
    words = text.split()
    for _ in range(max(1, round(len(words) * chance.uniform(0.02, 0.08)))):
        _edit(words, chance)
    varied = " ".join(words)
    if chance.random() < 0.25:
        varied = chance.choice(BEGINNINGS) + varied
    if chance.random() < 0.25:
        varied += chance.choice(ENDINGS)
    return varied.upper() if chance.random() < 0.15 else varied


def _edit(words: list[str], chance: random.Random) -> None:
    at, kind = chance.randrange(len(words)), chance.choice(("delete", "repeat", "swap"))
    if kind == "delete" and len(words) > 3:
        del words[at]
    elif kind == "repeat":
        words.insert(chance.randrange(len(words) + 1), words[at])
    elif len(words[at]) > 3:
        spot = chance.randrange(len(words[at]) - 1)
        word = words[at]
        words[at] = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
