"""Which other submissions of a consultation say much the same: proposed, never decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from sutarta.apps.consultations.models import Consultation, Kind, Submission, Visibility
from sutarta.apps.consultations.queries import sealed
from sutarta.core.text import tokens, word_keys

AT_MOST = 5
AT_LEAST = Fraction(7, 20)
SHARED = 3  # words in common, at least
COMMON = 12  # texts from which on a word that half of them have says nothing
_TEXTS = (
    "number", "kind", "visibility", "body", "proposed", "why", "place",
    "public_body", "public_proposed", "public_why", "public_place", "bundle",
)  # fmt: skip


@dataclass(frozen=True)
class Similar:
    """One proposed: how alike, from 0 to 1, and whether they are bundled already."""

    submission: Submission
    title: str
    likeness: Fraction
    is_together: bool

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)


def to(submission: Submission) -> list[Similar]:
    """Up to five others of the consultation, the most alike first, ties by number.

    Each text is the set of its word stems of four letters or more. With A and B the two sets,

        likeness = (|A ∩ B| / min(|A|, |B|) + |A ∩ B| / |A ∪ B|) / 2,

    the mean of containment (a short one says what a long one says among other things) and of
    Jaccard's index (both say the same and no more). Proposed from 0.35 and three shared words on.
    Among twelve texts or more, words that stand in half of them are left out. Words under cover
    take no part; questions, spam, the withdrawn and the erased are not proposed.
    """
    rows = list(_others(submission.consultation))
    words = {row.pk: _words(row) for row in rows}
    words[submission.pk] = _words(submission)
    words = _telling(words)
    mine = words[submission.pk]
    found = [
        Similar(row, sealed.title(row), likeness, _are_together(submission, row))
        for row in rows
        if row.pk != submission.pk
        and len(mine & words[row.pk]) >= SHARED
        and (likeness := _likeness(mine, words[row.pk])) >= AT_LEAST
    ]
    found.sort(key=lambda one: (-one.likeness, one.submission.number))
    return found[:AT_MOST]


def _others(consultation: Consultation) -> list[Submission]:
    rows = Submission.objects.filter(
        consultation=consultation, withdrawn_at=None, erased_at=None
    ).exclude(visibility=Visibility.SET_ASIDE)
    return list(rows.exclude(kind=Kind.QUESTION).only(*_TEXTS).order_by("number"))


def _words(submission: Submission) -> frozenset[str]:
    said = sealed.words_for_desk(submission)
    parts = (said.body, said.proposed, said.why)
    found = (word_keys(token)[-1] for part in parts for token in tokens(part))
    return frozenset(stem for stem in found if len(stem) >= 4)


def _telling(words: dict[object, frozenset[str]]) -> dict[object, frozenset[str]]:
    if len(words) < COMMON:
        return words
    counts = Counter(word for one in words.values() for word in one)
    usual = {word for word, count in counts.items() if 2 * count >= len(words)}
    return {pk: one - usual for pk, one in words.items()}


def _likeness(a: frozenset[str], b: frozenset[str]) -> Fraction:
    shared = len(a & b)
    return (Fraction(shared, min(len(a), len(b))) + Fraction(shared, len(a | b))) / 2


def _are_together(one: Submission, other: Submission) -> bool:
    return one.bundle_id is not None and one.bundle_id == other.bundle_id
