"""The desk's list of submissions: saved filters, search, one row each, neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, F, Q, QuerySet, When

from sutarta.apps.consultations.models import Answer, Kind, Submission, Tag, Visibility
from sutarta.apps.consultations.queries import passages, sealed, translations
from sutarta.apps.tenants.models import Group
from sutarta.core.deadlines import public_holidays, working_day
from sutarta.core.text import matches, search_text

_ALIVE = Q(withdrawn_at=None, erased_at=None)
_UNANSWERED = Q(answer__isnull=True) | Q(answer__is_ready=False)
_ANSWERABLE = _ALIVE & ~Q(visibility=Visibility.SET_ASIDE) & Q(answer__published_at=None)
FILTERS: dict[str, Q] = {
    "moderate": _ALIVE & Q(visibility=Visibility.CHECKING),
    "answer": _ALIVE & ~Q(visibility__in=[Visibility.CHECKING, Visibility.SET_ASIDE]) & _UNANSWERED,
    "nobody": _ANSWERABLE & Q(assigned_to=None),
    "drafts": _ALIVE & Q(answer__is_ready=False, answer__published_at=None),
    "ready": _ALIVE & Q(answer__is_ready=True, answer__published_at=None),
    "questions": _ANSWERABLE & Q(kind=Kind.QUESTION),
    "sensitive": _ALIVE & Q(visibility__in=[Visibility.REDACTED, Visibility.HIDDEN]),
    "foreign": translations.untranslated(),
    "late": Q(is_late=True),
    "unconfirmed": Q(confirmed_at=None),
    "aside": Q(visibility=Visibility.SET_ASIDE),
    "all": Q(),
}
TAG = "tag:"  # what the name of a filter by tag begins with
FIRST = "moderate"
SEEN = 16  # digits of a digest that tell one text from the next
CHECK_WITHIN = 2  # working days
LITHUANIA = "Europe/Vilnius"  # the zone of groups whose public holidays are known


@dataclass(frozen=True)
class Row:
    """One line of the list.

    state   CHECKING, WAITING, DRAFT, READY, ANSWERED, WITHDRAWN or SET_ASIDE
    place   printed number of the passage spoken of, or the part of the territory; "" for none
    tags    names of its tags
    """

    submission: Submission
    title: str
    place: str
    state: str
    is_overdue: bool
    tags: list[str]

    @property
    def tick(self) -> str:
        """What ticking it sends: its number and the beginning of the text that was seen."""
        return f"{self.submission.number}:{self.submission.digest[:SEEN]}"


def submissions(group: Group) -> QuerySet[Submission]:
    """Submissions of the group, newest first, with what a row shows.

    .lacks_translation   as in `translations.untranslated`
    """
    return (
        Submission.objects.filter(group=group)
        .select_related("version", "answer", "consultation", "assigned_to", "ward")
        .defer("version__content", "version__salts", "version__rendered")
        .annotate(lacks_translation=translations.lacking())
        .order_by("-number")
    )


def filters(group: Group, actor: Any, at: datetime) -> dict[str, Q]:
    """Every saved filter but those by tag, in the order of the tabs."""
    overdue = FILTERS["moderate"] & Q(recorded_at__lt=overdue_before(at, group.zone))
    rest = dict(FILTERS)
    first = {name: rest.pop(name) for name in ("moderate", "answer")}
    return {**first, "mine": _ANSWERABLE & Q(assigned_to=actor.pk), "overdue": overdue, **rest}


def found(
    group: Group, chosen: str, words: str = "", known: Mapping[str, Q] = FILTERS
) -> QuerySet[Submission]:
    """What a filter and a search let through; an unknown filter is the first one.

    known   from `filters`, for those that depend on the person and the moment
    """
    if chosen.startswith(TAG):
        rows = submissions(group).filter(taggings__tag__name=chosen.removeprefix(TAG))
    else:
        rows = submissions(group).filter(known.get(chosen, FILTERS[FIRST]))
    words = words.strip()
    if not words:
        return rows
    digits = words.lower().removeprefix("nr.").removeprefix("no.").strip()
    if digits.isdecimal() and len(digits) < 10:
        return rows.filter(number=int(digits))
    return rows.filter(pk__in=_speaking_of(rows, words))


def _speaking_of(rows: QuerySet[Submission], words: str) -> list[object]:
    """Keys of submissions whose words, as the desk may read them, or author match."""
    is_sealed = Q(visibility__in=sealed.SEALED)
    readable = [
        Case(When(is_sealed, then=F(f"public_{part}")), default=F(part)) for part in sealed.PARTS
    ]
    texts = rows.values_list("pk", *readable, "author_name", "organisation", "email")
    said = [(pk, " ".join(parts)) for pk, *parts in texts]
    said += translations.speaking(rows)
    return [pk for pk, text in said if matches(words, search_text(text))]


def counts(group: Group, known: Mapping[str, Q] = FILTERS) -> dict[str, int]:
    """Filter -> how many, in one query."""
    # Names of their own, because "answer" is also the name of a join.
    asked = {f"n_{name}": Count("id", filter=wanted) for name, wanted in known.items() if wanted}
    found = Submission.objects.filter(group=group).aggregate(**asked, n_all=Count("id"))
    return {name: found[f"n_{name}"] for name in known}


def tags(group: Group) -> dict[str, int]:
    """Every tag ever used here -> how many submissions have it, by name."""
    rows = Tag.objects.filter(group=group).annotate(count=Count("taggings"))
    return {tag.name: tag.count for tag in rows.order_by("name")}


def rows(chosen: Iterable[Submission], group: Group, at: datetime) -> list[Row]:
    """A row each. A queryset brings the tags along in two queries more."""
    if isinstance(chosen, QuerySet):
        chosen = chosen.prefetch_related("taggings__tag")
    limit = overdue_before(at, group.zone)
    return [
        Row(
            submission=one,
            title=title(one),
            place=place(one),
            state=state(one),
            is_overdue=state(one) == "CHECKING" and one.recorded_at < limit,
            tags=sorted(row.tag.name for row in one.taggings.all()),
        )
        for one in chosen
    ]


def title(submission: Submission) -> str:
    """The beginning of what the desk may read, for lists."""
    return sealed.title(submission)


def place(submission: Submission) -> str:
    """The printed number of the passage spoken of; of an idea the part of the territory."""
    if submission.ward is not None:
        return submission.ward.name
    passage = passages.of(submission.version).by_id.get(submission.lineage_id)
    return passage.number if passage else ""


def state(submission: Submission) -> str:
    """What the desk has to do with it, as one code."""
    answer: Answer | None = getattr(submission, "answer", None)
    if submission.withdrawn_at is not None:
        return "WITHDRAWN"
    if submission.erased_at is not None:
        return "ERASED"
    if answer is not None and answer.published_at is not None:
        return "ANSWERED"
    if submission.visibility in {Visibility.SET_ASIDE, Visibility.CHECKING}:
        return str(submission.visibility)
    if answer is None:
        return "WAITING"
    return "READY" if answer.is_ready else "DRAFT"


def neighbours(chosen: QuerySet[Submission], number: int) -> tuple[int | None, int | None]:
    """Numbers before and after `number` in the list, whether or not it is itself in it."""
    numbers = chosen.values_list("number", flat=True)
    newer = numbers.filter(number__gt=number).order_by("number").first()
    older = numbers.filter(number__lt=number).order_by("-number").first()
    return newer, older


def overdue_before(at: datetime, zone: str) -> datetime:
    """What was received before this instant should have been checked by now.

    What came on one day is to be checked by the end of the second working day after it.
    Saturdays, Sundays and, in Lithuania, public holidays are no working days.
    """
    local = ZoneInfo(zone)
    day, left = at.astimezone(local).date(), CHECK_WITHIN
    while left:
        day -= timedelta(days=1)
        left -= working_day(day, public_holidays(day.year) if zone == LITHUANIA else ())
    midnight = datetime(day.year, day.month, day.day, tzinfo=local)
    return midnight.astimezone(UTC)
