"""Which other submissions of a consultation say much the same: proposed, never decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from sutarta.apps.consultations.models import Consultation, Kind, Submission, Visibility
from sutarta.apps.consultations.queries import sealed, sketches

AT_MOST = 5
AT_LEAST = Fraction(7, 20)
NEARLY = Fraction(3, 4)
SHARED = 3  # words in common, at least
COMMON = 12  # texts from which on a word that half of them have says nothing
_STATE = (*sketches.STATE, "sketch__of", "sketch__stems")


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


@dataclass(frozen=True)
class Found:
    """shown: the most alike; nearly: how many are at least NEARLY like it."""

    shown: list[Similar]
    nearly: int


def to(submission: Submission) -> list[Similar]:
    """Up to five others of the consultation, the most alike first, ties by number.

    Each text is the set of its word stems of four letters or more. With A and B the two sets,

        likeness = (|A ∩ B| / min(|A|, |B|) + |A ∩ B| / |A ∪ B|) / 2,

    the mean of containment (a short one says what a long one says among other things) and of
    Jaccard's index (both say the same and no more). Proposed from 0.35 and three shared words on.
    Among twelve texts or more, words that stand in half of them are left out. Words under cover
    take no part; questions, spam, the withdrawn and the erased are not proposed.
    """
    return found(submission).shown


def found(submission: Submission) -> Found:
    """The same, and how many say nearly the same as it; known the moment it has come."""
    rows = [row for row in _others(submission.consultation) if row.pk != submission.pk]
    mine = Submission.objects.select_related("sketch").only(*_STATE).get(pk=submission.pk)
    words = _telling(sketches.of(submission.group, [mine, *rows]))
    own = words[submission.pk]
    alike = [
        (likeness, row)
        for row in rows
        if len(own & words[row.pk]) >= SHARED
        and (likeness := _likeness(own, words[row.pk])) >= AT_LEAST
    ]
    alike.sort(key=lambda each: (-each[0], each[1].number))
    return Found(
        _shown(submission, alike[:AT_MOST]), sum(likeness >= NEARLY for likeness, _row in alike)
    )


def _shown(submission: Submission, alike: list[tuple[Fraction, Submission]]) -> list[Similar]:
    read = Submission.objects.in_bulk([row.pk for _likeness, row in alike])
    return [
        Similar(read[row.pk], sealed.title(read[row.pk]), likeness, _are_together(submission, row))
        for likeness, row in alike
        if row.pk in read
    ]


def _others(consultation: Consultation) -> list[Submission]:
    rows = Submission.objects.filter(
        consultation=consultation, withdrawn_at=None, erased_at=None
    ).exclude(visibility=Visibility.SET_ASIDE)
    rows = rows.exclude(kind=Kind.QUESTION).select_related("sketch")
    return list(rows.only(*_STATE, "bundle").order_by("number"))


def _telling(words: dict[object, frozenset[int]]) -> dict[object, frozenset[int]]:
    if len(words) < COMMON:
        return words
    counts = Counter(word for one in words.values() for word in one)
    usual = {word for word, count in counts.items() if 2 * count >= len(words)}
    return {pk: one - usual for pk, one in words.items()}


def _likeness(a: frozenset[int], b: frozenset[int]) -> Fraction:
    shared = len(a & b)
    return (Fraction(shared, min(len(a), len(b))) + Fraction(shared, len(a | b))) / 2


def _are_together(one: Submission, other: Submission) -> bool:
    return one.bundle_id is not None and one.bundle_id == other.bundle_id
