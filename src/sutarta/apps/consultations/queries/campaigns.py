"""Campaigns and repeated texts among what waits for an answer: offered to staff, never decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from sutarta.apps.consultations.models import Consultation, Kind, Submission, Visibility
from sutarta.apps.consultations.queries import inbox, passages, sealed, tallies
from sutarta.apps.tenants.models import Group
from sutarta.core.similarity import (
    Campaign,
    Letter,
    Piece,
    campaigns,
    near_duplicates,
    sentences,
    unquoted,
)

REMEMBERED = 4  # consultations whose last comparison a process keeps
_HEAVY = ("content", "salts", "rendered")


@dataclass(frozen=True)
class Written:
    """One letter of an offer.

    pieces    its words as the desk may read them, in order; what is the author's own, what shared
    is_open   whether its answer may still be written
    """

    submission: Submission
    pieces: tuple[Piece, ...]
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

    passages   what they share: (the words, how many letters have them); none when the letters
               are one text with small differences
    persons    as in `queries.bundles.Bundled`
    texts      different texts, whatever their punctuation and capitals
    """

    consultation: Consultation
    passages: tuple[tuple[str, int], ...]
    letters: list[Written]
    persons: int
    texts: int

    @property
    def first(self) -> int:
        """The lowest number: names the offer in an address."""
        return int(self.letters[0].submission.number)

    @property
    def title(self) -> str:
        return sealed.title(self.letters[0].submission)

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

    Two questions at most, and one for a version that the process has not read yet.

    First campaigns: three letters or more that share passages, the words of the strategy under
    discussion left out, for anybody may quote them. Then, of the rest, texts that are nearly the
    same besides. Questions, spam, the withdrawn and the erased take no part, nor do words that
    are covered.
    """
    found: defaultdict[Consultation, list[Submission]] = defaultdict(list)
    for row in _rows(group, consultation):
        found[row.consultation].append(row)
    every = [offer for its, rows in found.items() for offer in _of(its, rows)]
    return sorted(every, key=lambda one: (one.is_together, -len(one.letters), one.first))


def around(submission: Submission) -> Offer | None:
    """The offer that a submission is in."""
    its = offers(submission.group, submission.consultation)
    return holding(its, submission.number)


def holding(its: Sequence[Offer], number: int) -> Offer | None:
    """The offer that has the submission of this number."""
    return next(
        (one for one in its if any(each.submission.number == number for each in one.letters)), None
    )


def _rows(group: Group, consultation: Consultation | None) -> QuerySet[Submission]:
    rows = Submission.objects.filter(group=group, withdrawn_at=None, erased_at=None)
    rows = rows.filter(consultation=consultation) if consultation else rows
    return (
        rows.filter(consultation__answered_at=None)
        .exclude(visibility=Visibility.SET_ASIDE)
        .exclude(kind=Kind.QUESTION)
        .select_related("consultation__version", "answer")
        .defer(*(f"consultation__version__{name}" for name in _HEAVY))
        .order_by("number")
    )


def _of(consultation: Consultation, rows: Sequence[Submission]) -> Iterator[Offer]:
    by_number = {row.number: row for row in rows}
    read = tuple((row.number, _words(row)) for row in rows)
    for found in _found(read, _quotable(consultation)):
        letters = [_written(by_number[letter.key], letter) for letter in found.letters]
        yield Offer(
            consultation,
            found.passages,
            letters,
            persons=tallies.people(one.submission for one in letters),
            texts=tallies.texts(one.submission for one in letters),
        )


@lru_cache(maxsize=REMEMBERED)
def _found(read: tuple[tuple[int, str], ...], known: tuple[str, ...]) -> tuple[Campaign[int], ...]:
    """Campaigns, then groups of near-duplicates without shared passages, of (number, words)."""
    shared = campaigns(read, known)
    taken = {letter.key for each in shared for letter in each.letters}
    words = dict(read)
    quotable = sentences(known)
    rest = near_duplicates(
        (number, unquoted(said, quotable)) for number, said in read if number not in taken
    )
    repeated = [
        Campaign((), tuple(Letter(key, (Piece(words[key], False),), 0, 0) for key in keys))
        for keys in rest
        if len(keys) > 1
    ]
    return (*shared, *repeated)


def _quotable(consultation: Consultation) -> tuple[str, ...]:
    if consultation.version is None:
        return ()
    return tuple(one.text for one in passages.of(consultation.version).by_id.values())


def _words(row: Submission) -> str:
    said = sealed.words_for_desk(row)
    return "\n\n".join(part for part in (said.body, said.proposed, said.why) if part.strip())


def _written(row: Submission, letter: Letter[int]) -> Written:
    answer = getattr(row, "answer", None)
    is_open = answer is None or answer.published_at is None
    return Written(row, letter.pieces, letter.own_words, is_open)
