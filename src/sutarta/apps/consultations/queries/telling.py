"""Answers that no e-mail brings: whom to write to, whom to call, under what to paste."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Case, Max, Prefetch, Q, QuerySet, Value, When
from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import (
    Channel,
    Consultation,
    Kind,
    Outcome,
    Submission,
    Telling,
    TellingWay,
    Visibility,
)
from sutarta.apps.consultations.queries import entering, public, sealed
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.core.text import excerpt

SHORT = 300  # characters of a reason that are read out or pasted

_ANSWERED = (
    Q(answer__published_at__isnull=False)
    & Q(withdrawn_at=None, erased_at=None)
    & ~Q(visibility=Visibility.SET_ASIDE)
)
_ELSEWHERE = Q(channel=Channel.ELSEWHERE, source__isnull=False)
_NO_MAIL = Q(email="") & ~_ELSEWHERE
WAYS = {
    TellingWay.LETTER: _NO_MAIL & ~Q(post_address=""),
    TellingWay.PHONE: _NO_MAIL & Q(post_address="") & ~Q(phone=""),
    TellingWay.COMMENT: _ELSEWHERE,
}
REACHED = WAYS[TellingWay.LETTER] | WAYS[TellingWay.PHONE] | WAYS[TellingWay.COMMENT]


@dataclass(frozen=True)
class Person:
    """Somebody to tell, with everything of theirs that was answered.

    way         one of TellingWay
    told        when and by whom; None while nobody has
    """

    way: str
    submissions: Sequence[Submission]
    told: Telling | None

    @property
    def first(self) -> Submission:
        return self.submissions[0]

    @property
    def id(self) -> str:
        return f"{self.way.lower()}-{self.first.number}"

    @property
    def sentences(self) -> list[str]:
        """What to say on the telephone: two plain sentences for each submission."""
        return [outcome(one) + " " + reason(one) for one in self.submissions]

    @property
    def reply(self) -> str:
        """What to paste under their comment."""
        return second_reply(self.first)


@dataclass(frozen=True)
class Round:
    """The people of one consultation by way, and how many are told.

    unreachable   answered, with nothing by which to reach them
    """

    letters: list[Person]
    calls: list[Person]
    comments: list[Person]
    unreachable: int

    @property
    def everybody(self) -> list[Person]:
        return [*self.letters, *self.calls, *self.comments]

    @property
    def told(self) -> int:
        return sum(person.told is not None for person in self.everybody)

    @property
    def total(self) -> int:
        return len(self.everybody)


def answered(consultation: Consultation) -> QuerySet[Submission]:
    """Published answers with what is said about them, in the order of their numbers.

    Each comes with its tellings and its moderations, for `people` to read.
    """
    rows = public.submissions(consultation.group).filter(_ANSWERED, consultation=consultation)
    told = Prefetch("tellings", Telling.objects.select_related("actor").order_by("at"))
    return (
        rows.select_related("group", "consultation", "version__strategy", "answer", "source")
        .prefetch_related(told, "moderations", "answer__corrections")
        .order_by("number")
    )


def round_of(consultation: Consultation) -> Round:
    """Everybody to tell, in three queries however many they are."""
    rows = answered(consultation)
    by_way = {way: people(rows.filter(which), way) for way, which in WAYS.items()}
    unreachable = rows.filter(email="").exclude(REACHED).count()
    return Round(
        by_way[TellingWay.LETTER],
        by_way[TellingWay.PHONE],
        by_way[TellingWay.COMMENT],
        unreachable,
    )


def people(rows: Iterable[Submission], way: str) -> list[Person]:
    """One person for each postal address or telephone; every comment elsewhere stands alone.

    Each submission gets `.hidden_because`: why its text is covered or not shown, "" when it is.
    """
    held: dict[object, list[Submission]] = {}
    for one in rows:
        one.hidden_because = _hidden_because(one)
        held.setdefault(_whose(one, way), []).append(one)
    return [Person(way, theirs, _told(theirs, way)) for theirs in held.values()]


def _hidden_because(submission: Submission) -> str:
    if submission.visibility not in {Visibility.REDACTED, Visibility.HIDDEN}:
        return ""
    rows = sorted(submission.moderations.all(), key=lambda row: (row.at, row.id))
    return rows[-1].reason if rows else ""


def _whose(submission: Submission, way: str) -> object:
    if way == TellingWay.LETTER:
        words = f"{submission.author_name} {submission.organisation} {submission.post_address}"
        return " ".join(words.casefold().split())
    if way == TellingWay.PHONE:
        return "".join(filter(str.isdigit, submission.phone))[-8:] or submission.phone
    return submission.pk


def _told(theirs: Sequence[Submission], way: str) -> Telling | None:
    """The last telling when all of theirs were told; an answer corrected since is told anew."""
    found = [
        [row for row in one.tellings.all() if row.way == way and row.at >= _answered_at(one)]
        for one in theirs
    ]
    return max((rows[-1] for rows in found), key=lambda row: row.at) if all(found) else None


def _answered_at(submission: Submission) -> datetime:
    """When the answer as it reads now was given."""
    given = [row.at for row in submission.answer.corrections.all()]
    return max(given, default=datetime.min.replace(tzinfo=UTC))


def left_to_tell(group: Group) -> list[tuple[int, int]]:
    """(number of the consultation, submissions not told yet), in two queries for the group."""
    rows = Submission.objects.filter(_ANSWERED & REACHED, group=group)
    rows = rows.annotate(
        way=Case(*(When(which, then=Value(str(way))) for way, which in WAYS.items())),
        corrected=Max("answer__corrections__at"),
    )
    told = {(row.submission_id, row.way): row.at for row in Telling.objects.filter(group=group)}
    left: Counter[int] = Counter()
    for pk, number, way, corrected in rows.values_list(
        "pk", "consultation__number", "way", "corrected"
    ):
        at = told.get((pk, way))
        left[number] += at is None or (corrected is not None and corrected > at)
    return sorted((number, count) for number, count in left.items() if count)


def replies_to_paste(consultation: Consultation) -> list[Submission]:
    """Comments found elsewhere under which our first reply does not stand yet."""
    rows = entering.submissions(consultation.group).filter(
        _ELSEWHERE, consultation=consultation, source__replied_at=None, withdrawn_at=None
    )
    rows = rows.exclude(visibility=Visibility.SET_ASIDE)
    return list(rows.exclude(answer__published_at__isnull=False).order_by("number"))


def outcome(submission: Submission) -> str:
    """The first sentence: what became of it, in the language for its author."""
    with translation.override(submission.reply_language):
        said = {
            "number": wording.nr(submission.number),
            "title": sealed.title(submission),
        }
        if submission.kind == Kind.QUESTION:
            return _("You asked (%(number)s): “%(title)s”.") % said
        return SAID[submission.answer.outcome]() % said


SAID = {
    Outcome.ACCEPTED: lambda: _("Your proposal %(number)s, “%(title)s”, was accepted."),
    Outcome.PARTLY: lambda: _("Your proposal %(number)s, “%(title)s”, was accepted in part."),
    Outcome.NOT_ACCEPTED: lambda: _("Your proposal %(number)s, “%(title)s”, was not accepted."),
    Outcome.NOTED: lambda: _("Your proposal %(number)s, “%(title)s”, was noted."),
    Outcome.OUT_OF_SCOPE: lambda: _(
        "Your proposal %(number)s, “%(title)s”, is about what the strategy cannot decide."
    ),
}


def reason(submission: Submission) -> str:
    """The second sentence: the reason, cut to what can be read out."""
    return excerpt(" ".join(submission.answer.reason.split()), SHORT)


def second_reply(submission: Submission) -> str:
    """What staff paste under a comment elsewhere once it is answered."""
    with translation.override(submission.reply_language):
        said = {
            "number": wording.nr(submission.number),
            "outcome": submission.answer.get_outcome_display(),
            "reason": reason(submission),
            "link": entering.address(submission),
            "group": submission.group.short_name,
        }
        if submission.kind == Kind.QUESTION:
            return _("The answer to your question %(number)s: %(reason)s %(link)s %(group)s") % said
        return (
            _("The answer to your comment %(number)s. %(outcome)s: %(reason)s %(link)s %(group)s")
            % said
        )


def person(consultation: Consultation, way: str, number: int) -> Person | None:
    """The person to be told that way whose first submission has this number."""
    if way not in WAYS:
        return None
    found = people(answered(consultation).filter(WAYS[TellingWay(way)]), way)
    return next((one for one in found if one.first.number == number), None)


def written_to(consultation: Consultation, number: int | None) -> list[Person]:
    """Whose letters are printed: of that number alone, else of all who are not told yet."""
    found = people(answered(consultation).filter(WAYS[TellingWay.LETTER]), TellingWay.LETTER)
    if number is not None:
        return [one for one in found if one.first.number == number]
    return [one for one in found if one.told is None]
