"""Acts of the log as people read them: chosen, paged, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from sutarta.apps.consultations.models import Consultation, Submission
from sutarta.apps.consultations.queries.asking import Asked
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger.models import Entry
from sutarta.apps.publishing.queries import act_sentences as sentences
from sutarta.apps.publishing.queries.act_words import Facts
from sutarta.apps.tenants.models import Group

PER_PAGE = 50
CONTINUED = "rows.continued"
OF_SEVERAL = ("submissions.bundled", "submissions.parted")
ANSWERED = ("answers.approved", "answers.published", "report.published")  # of all at once
APART = timedelta(minutes=5)  # between the time an act states and the log's own, before it is told
LONGEST_NUMBER = 9  # digits
LARGEST = 10**LONGEST_NUMBER


@dataclass(frozen=True)
class Wanted(Asked):
    """What a visitor asks for; the fields are the names in the address.

    kind           one of `sentences.Kind`
    consultation   its number: its own acts and those on what was said in it
    number         of a submission: everything about it
    since, until   days, both included
    """

    kind: str = ""
    consultation: str = ""
    number: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def asked(cls, query: QueryDict) -> Wanted:
        given = cls.given(query, {"kind": set(sentences.Kind.values)})
        for name in ("consultation", "number"):
            given[name] = given[name] if _is_number(given[name]) else ""
        for name in ("since", "until"):
            given[name] = given[name] if _day(given[name]) else ""
        return cls(**given)

    @property
    def is_filtered(self) -> bool:
        return bool(self.address())


@dataclass(frozen=True)
class Act:
    """One act with what is told about it.

    title   of the consultation it is about, "" for none
    """

    entry: Entry
    title: str = ""

    @cached_property
    def said(self) -> dict[str, Any]:
        """The act as it was recorded."""
        return ledger.act(self.entry)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.said["facts"], **({"title": self.title} if self.title else {}))

    @property
    def sentence(self) -> str:
        return str(sentences.of(self.entry.event).sentence(self.facts))

    @property
    def kind(self) -> str:
        return str(sentences.of(self.entry.event).kind.label)

    @property
    def place(self) -> str:
        """Path of the page it is about, "" for none."""
        return sentences.of(self.entry.event).place(self.facts)

    @property
    def path(self) -> str:
        """Path of its own page; "" while it waits for its place."""
        log = self.entry.log
        return reverse("publishing:act", args=[log.number, self.entry.leaf]) if log else ""

    @property
    def is_apart(self) -> bool:
        """Whether it says another time than the one at which the log took it in."""
        taken = self.entry.sequenced_at
        return taken is not None and abs(taken - self.entry.at) > APART


def page(group: Group, wanted: Wanted, number: str) -> Page[Act]:
    """The page of acts that `wanted` asks for, newest first; a fixed number of questions."""
    keys = found(group, wanted).order_by("-at", "-id").values_list("pk", flat=True)
    paged = Paginator(keys, PER_PAGE).get_page(number)
    paged.object_list = told(group, Entry.objects.filter(pk__in=list(paged.object_list)))
    return paged


def newest(group: Group, wanted: Wanted, count: int) -> list[Act]:
    """The same for a feed, without counting them all."""
    keys = found(group, wanted).order_by("-at", "-id").values_list("pk", flat=True)
    return told(group, Entry.objects.filter(pk__in=list(keys[:count])))


def at_place(group: Group, epoch: int, leaf: int) -> Act | None:
    """The act that has this place in the log."""
    if max(epoch, leaf) > LARGEST:
        return None
    rows = Entry.objects.filter(log__number=epoch, leaf=leaf)
    return next(iter(told(group, rows)), None)


def told(group: Group, entries: QuerySet[Entry]) -> list[Act]:
    """Acts with all that their sentences need, newest first."""
    titles = dict(Consultation.objects.filter(group=group).values_list("number", "title"))
    rows = entries.filter(group=group).select_related("log").order_by("-at", "-id")
    return [Act(row, _title(row, titles)) for row in rows]


def _title(entry: Entry, titles: Mapping[int, str]) -> str:
    if not entry.event.startswith("consultation."):
        return ""
    return titles.get(ledger.facts(entry).get("number"), "")


def found(group: Group, wanted: Wanted) -> QuerySet[Entry]:
    """All that `wanted` asks for; the rest of an act's rows belongs to the act itself."""
    rows = Entry.objects.filter(group=group).exclude(event=CONTINUED)
    if wanted.kind:
        rows = rows.filter(event__in=sentences.events_of(wanted.kind))
    if wanted.number:
        rows = rows.filter(_about_submission(group, int(wanted.number)))
    if wanted.consultation:
        rows = rows.filter(_about_consultation(group, int(wanted.consultation)))
    if start := _day(wanted.since):
        rows = rows.filter(at__gte=_midnight(start))
    if end := _day(wanted.until):
        rows = rows.filter(at__lt=_midnight(end) + timedelta(days=1))
    return rows


def _about_submission(group: Group, number: int) -> Q:
    together = Entry.objects.filter(group=group, event__in=OF_SEVERAL)
    keys = [row.pk for row in together if number in _numbers(row)]
    its = Submission.objects.filter(group=group, number=number)
    page = its.annotate(page=Concat(Value("c/"), Cast("consultation__number", CharField())))
    answered = Q(about__in=page.values("page"), event__in=ANSWERED)
    return Q(about=f"p/{number}") | Q(pk__in=keys) | answered


def _numbers(entry: Entry) -> Iterable[int]:
    numbers: Iterable[int] = ledger.facts(entry).get("numbers", ())
    return numbers


def _about_consultation(group: Group, number: int) -> Q:
    its = Submission.objects.filter(group=group, consultation__number=number)
    pages = its.annotate(page=Concat(Value("p/"), Cast("number", CharField()))).values("page")
    return Q(about=f"c/{number}") | Q(about__in=pages)


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) <= LONGEST_NUMBER


def _day(said: str) -> date | None:
    """A day within a year that any reader of days can add one to."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if 2000 <= day.year < 3000 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())
