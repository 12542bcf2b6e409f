"""Campaigns and repeated texts among what waits for an answer: offered to staff, never decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from sutarta.apps.consultations.models import (
    Comparison,
    Consultation,
    Kind,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import comparing, inbox, sealed, sketches, tallies
from sutarta.apps.consultations.queries.comparing import Found
from sutarta.apps.consultations.queries.public import HEAVY_VERSION
from sutarta.apps.tenants.models import Group
from sutarta.core.similarity import Piece


@dataclass(frozen=True)
class Written:
    """One letter of an offer.

    pieces    its words as the desk may read them, in order; what is the author's own, what
              shared; () until `opened` has read them
    spans     where the shared ones stand
    is_open   whether its answer may still be written
    """

    submission: Submission
    pieces: tuple[Piece, ...]
    spans: Sequence[Sequence[int]]
    own_words: int
    is_open: bool

    @property
    def tick(self) -> str:
        """As in `queries.inbox.Row`."""
        return f"{self.submission.number}:{self.submission.digest[: inbox.SEEN]}"

    @property
    def is_checking(self) -> bool:
        return self.submission.visibility == Visibility.CHECKING


@dataclass(frozen=True)
class Offer:
    """Letters of one consultation that may get one answer; each keeps its row and its author.

    places     of the passages they share: (number of the letter, start, end, how many letters
               have it); none when the letters are one text with small differences
    passages   (the words, how many letters have them), once `opened` has read them
    persons    as in `queries.bundles.Bundled`
    texts      different texts, whatever their punctuation and capitals
    title      the beginning of the first letter
    """

    consultation: Consultation
    places: Sequence[Sequence[int]]
    letters: list[Written]
    persons: int
    texts: int
    title: str = ""
    passages: tuple[tuple[str, int], ...] = ()

    @property
    def is_campaign(self) -> bool:
        return bool(self.places)

    @property
    def first(self) -> int:
        """The lowest number: names the offer in an address."""
        return int(self.letters[0].submission.number)

    @property
    def open(self) -> list[Written]:
        return [one for one in self.letters if one.is_open]

    @property
    def checking(self) -> int:
        """How many the public does not see yet, because nobody has looked at them."""
        return sum(one.is_checking for one in self.letters)

    @property
    def own(self) -> int:
        """How many add something of their own."""
        return sum(one.own_words > 0 for one in self.letters)

    @property
    def is_together(self) -> bool:
        """Whether all that wait for an answer are in one group already."""
        bundles = {one.submission.bundle_id for one in self.open}
        return len(bundles) <= 1 and None not in bundles


def offers(group: Group, consultation: Consultation | None = None) -> list[Offer]:
    """Every offer of the consultations that are not answered yet, or of one; the largest first.

    As the last comparison found them, which the worker makes as letters come; what was corrected,
    covered, taken back or erased since is left out until the next one. Before the first one they
    are compared now. Questions, spam, the withdrawn and the erased take no part, nor do words
    that are covered. `comparing.found` says what belongs together.
    """
    found = _found(group, consultation)
    numbers = {letter[0] for its in found.values() for each in its for letter in each["letters"]}
    rows = _rows(group, found).filter(number__in=numbers)
    by_number = {row.number: row for row in rows.only(*_LIGHT)}
    every = [
        offer
        for its, them in found.items()
        for each in them
        if (offer := _offer(its, each, by_number)) is not None
    ]
    return _titled(sorted(every, key=lambda one: (one.is_together, -len(one.letters), one.first)))


def around(submission: Submission) -> Offer | None:
    """The offer that a submission is in."""
    found = _found(submission.group, submission.consultation)
    for its, them in found.items():
        for each in them:
            numbers = [letter[0] for letter in each["letters"]]
            if submission.number in numbers:
                rows = _rows(submission.group, [its]).filter(number__in=numbers).only(*_LIGHT)
                offer = _offer(its, each, {row.number: row for row in rows})
                return holding([offer] if offer else [], submission.number)
    return None


def holding(its: Sequence[Offer], number: int) -> Offer | None:
    """The offer that has the submission of this number."""
    return next(
        (one for one in its if any(each.submission.number == number for each in one.letters)), None
    )


def opened(offer: Offer) -> Offer:
    """The same with the words of its letters."""
    keys = [one.submission.pk for one in offer.letters]
    read = {row.number: row for row in Submission.objects.filter(pk__in=keys)}
    rows = {number: sketches.words(row) for number, row in read.items()}
    letters = [
        replace(one, pieces=tuple(_pieces(rows[one.submission.number], one.spans)))
        for one in offer.letters
    ]
    passages = tuple(
        (" ".join(rows[number][start:end].split()), count)
        for number, start, end, count in offer.places
        if number in rows
    )
    title = sealed.title(read[letters[0].submission.number])
    return replace(offer, title=title, letters=letters, passages=passages)


def letters(consultation: Consultation) -> QuerySet[Submission]:
    """Those that are compared."""
    return _rows(consultation.group, [consultation])


_LIGHT = (
    *sketches.STATE,
    "consultation", "language", "channel", "organisation", "author_name", "email", "bundle",
    "answer__published_at",
)  # fmt: skip


def _rows(group: Group, consultations: Iterable[Consultation]) -> QuerySet[Submission]:
    rows = Submission.objects.filter(
        group=group, consultation__in=list(consultations), withdrawn_at=None, erased_at=None
    )
    rows = rows.exclude(visibility=Visibility.SET_ASIDE).exclude(kind=Kind.QUESTION)
    return rows.select_related("answer").order_by("number")


def _found(group: Group, asked: Consultation | None) -> dict[Consultation, Found]:
    """Of every consultation that is not answered, or of one that is not."""
    its = Consultation.objects.filter(group=group, answered_at=None)
    its = its.filter(pk=asked.pk) if asked else its
    its = its.select_related("version").defer(*HEAVY_VERSION)
    made = dict(
        Comparison.objects.filter(consultation__in=its).values_list("consultation", "found")
    )
    # values_list tells the stored value as the field reads it.
    every = list(its.order_by("number"))
    read: defaultdict[object, list[Submission]] = defaultdict(list)
    if fresh := [one for one in every if one.pk not in made]:
        for row in _rows(group, fresh):
            read[row.consultation_id].append(row)
    return {
        one: made[one.pk] if one.pk in made else comparing.found(one, read[one.pk])
        for one in every
        if one.pk in made or read[one.pk]
    }


def _offer(
    consultation: Consultation, each: dict[str, Any], by_number: dict[int, Submission]
) -> Offer | None:
    """None when too few of its letters say still what they said."""
    written = []
    for number, state, _shared, own, spans in each["letters"]:
        row = by_number.get(number)
        if row is not None and sketches.state(row) == state:
            written.append(Written(row, (), spans, own, _is_open(row)))
    if len(written) < 2:
        return None
    there = {one.submission.number for one in written}
    return Offer(
        consultation,
        [place for place in each["passages"] if place[0] in there],
        written,
        persons=tallies.people(one.submission for one in written),
        texts=min(each["texts"], len(written)),
    )


def _titled(its: Sequence[Offer]) -> list[Offer]:
    firsts = [offer.letters[0].submission.pk for offer in its]
    rows = Submission.objects.filter(pk__in=firsts) if firsts else []
    titles = {row.pk: sealed.title(row) for row in rows}
    return [replace(one, title=titles[one.letters[0].submission.pk]) for one in its]


def _is_open(row: Submission) -> bool:
    answer = getattr(row, "answer", None)
    return answer is None or answer.published_at is None


def _pieces(said: str, spans: Sequence[Sequence[int]]) -> Iterator[Piece]:
    at = 0
    for start, end in spans:
        if start > at:
            yield Piece(said[at:start], False)
        yield Piece(said[start:end], True)
        at = end
    if at < len(said):
        yield Piece(said[at:], False)
