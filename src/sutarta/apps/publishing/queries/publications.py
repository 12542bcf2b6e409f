"""Where the notice of a consultation was seen, and whether it stood long enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.models import Consultation, Deadline, Stage
from sutarta.apps.consultations.queries.desk import Task
from sutarta.apps.publishing.models import Outlet, Publication
from sutarta.apps.tenants.models import Group

TOLD = {Stage.ANNOUNCED, Stage.OPEN}  # stages in which publishing again still helps


@dataclass(frozen=True)
class Standing:
    """How long the notice of the deadline in force stands, and what is left to publish.

    needed    days the group's rule asks for, 0 without a rule
    missing   obligatory outlets in which the deadline in force has not been seen
    again     publications of a former deadline that nothing newer in the same place replaces
    since     the day from which it counts: the last obligatory outlet's first one
    last_day  the last day on which proposals are in time
    """

    needed: int
    missing: tuple[Outlet, ...]
    again: tuple[Publication, ...]
    since: date | None
    last_day: date

    @property
    def days(self) -> int:
        """Days after `since`, up to and with the last day; 0 while something is missing."""
        return (self.last_day - self.since).days if self.since else 0

    @property
    def state(self) -> str:
        """Either "MISSING" while an obligatory outlet is missing, "NONE" when nothing was recorded
        and nothing is obligatory, "KEPT" or "SHORT".
        """
        if self.since is None:
            return "MISSING" if self.missing else "NONE"
        return "KEPT" if self.days >= self.needed else "SHORT"

    @property
    def short_by(self) -> int:
        return max(0, self.needed - self.days)


@dataclass(frozen=True)
class Row:
    """A publication beside what is to be said of it: codes of ui.marks."""

    publication: Publication
    marks: tuple[str, ...]


def recorded(group: Group) -> QuerySet[Publication]:
    """Every record, withdrawn ones too; the one seen last comes first."""
    found = Publication.objects.filter(group=group)
    found = found.select_related("group", "deadline", "recorded_by")
    return found.order_by("-seen_on", "-recorded_at", "-id")


def of(consultation: Consultation) -> list[Publication]:
    return list(recorded(consultation.group).filter(consultation=consultation))


def public_ones(group: Group) -> QuerySet[Publication]:
    """What anybody may open: of announced consultations, not withdrawn."""
    announced = recorded(group).exclude(consultation__announced_at=None)
    return announced.filter(withdrawn_at=None).select_related("consultation")


def announced_deadlines(consultation: Consultation) -> list[Deadline]:
    """The deadlines people could read of, oldest first: none of before the announcement but the
    last.
    """
    rows = sorted(consultation.deadlines.all(), key=lambda row: (row.set_at, row.id))
    told = consultation.announced_at
    later = [row for row in rows if told is not None and row.set_at > told]
    return [*rows[: len(rows) - len(later)][-1:], *later]


def rows(consultation: Consultation, publications: Iterable[Publication]) -> list[Row]:
    return [Row(one, marks(consultation, one)) for one in publications]


def marks(consultation: Consultation, publication: Publication) -> tuple[str, ...]:
    """What is to be said of one publication, in codes of ui.marks; of a withdrawn one only that."""
    if publication.withdrawn_at is not None:
        return ("RECORD_WITHDRAWN",)
    said = ["OBLIGATORY"] if publication.is_obligatory else []
    if publication.deadline_id != consultation.deadline.pk:
        said.append("OUTDATED")
    if publication.seen_on > last_day(publication.deadline):
        said.append("AFTER_DEADLINE")
    if publication.seen_on < _announced_on(consultation):
        said.append("BEFORE_ANNOUNCED")
    return tuple(said)


def last_day(deadline: Deadline) -> date:
    """The last local day on which something can be in time."""
    end = deadline.closes_at - timedelta(microseconds=1)
    return end.astimezone(ZoneInfo(deadline.zone)).date()


def standing(consultation: Consultation, publications: Sequence[Publication]) -> Standing:
    """Reckoned from the rows alone; what was withdrawn does not count.

    The length counts from the obligatory place that came last, and there from the first time. A
    notice seen before the announcement stands from the announcement on; one seen after the
    deadline is none. Where nothing is obligatory, the first publication counts.
    """
    group, deadline = consultation.group, consultation.deadline
    there = [one for one in publications if one.withdrawn_at is None]
    current = [one for one in there if one.deadline_id == deadline.pk]
    counted = [one for one in current if one.seen_on <= last_day(deadline)]
    missing = tuple(
        outlet for outlet in Outlet
        if outlet in group.obligatory and all(one.outlet != outlet for one in counted)
    )  # fmt: skip
    since = None if missing else _since(counted, _announced_on(consultation))
    return Standing(
        needed=group.notice_days,
        missing=missing,
        again=_again(there, current),
        since=since,
        last_day=last_day(deadline),
    )


def _since(counted: Sequence[Publication], announced_on: date) -> date | None:
    firsts: dict[tuple[str, str], date] = {}
    for one in counted:
        if one.is_obligatory:
            place = _place(one)
            firsts[place] = min(one.seen_on, firsts.get(place, one.seen_on))
    if not counted:
        return None
    since = max(firsts.values()) if firsts else min(one.seen_on for one in counted)
    return max(since, announced_on)


def _again(there: list[Publication], current: list[Publication]) -> tuple[Publication, ...]:
    """Of each place whose newest publication names a former deadline, that one."""
    done = {_place(one) for one in current}
    left: dict[tuple[str, str], Publication] = {}
    for one in sorted(there, key=lambda one: (one.seen_on, one.recorded_at)):
        if _place(one) not in done:
            left[_place(one)] = one
    return tuple(left.values())


def _place(publication: Publication) -> tuple[str, str]:
    """There is one site of the group; of newspapers and others each counts by its name."""
    name = "" if publication.outlet == Outlet.SITE else publication.where
    return publication.outlet, " ".join(name.casefold().split())


def _announced_on(consultation: Consultation) -> date:
    return consultation.announced_at.astimezone(ZoneInfo(consultation.group.zone)).date()


def known_places(group: Group) -> dict[str, str]:
    """Outlet -> the name under which it was recorded last."""
    found = Publication.objects.filter(group=group, withdrawn_at=None).order_by("recorded_at", "id")
    return dict(found.values_list("outlet", "where"))


def public_addresses(group: Group) -> list[str]:
    """Paths of proofs that hold something, for the site map."""
    numbers = public_ones(group).order_by("consultation__number")
    found = dict.fromkeys(numbers.values_list("consultation__number", flat=True))
    return [reverse("publishing:proof", args=[number]) for number in found]


def copy_path(publication: Publication, consultation: Consultation) -> str:
    return reverse("publishing:proof_copy", args=[consultation.number, publication.pk])


def tasks(group: Group, at: datetime) -> list[Task]:
    """What to publish, for the desk: notices of a former deadline first, then missing ones."""
    found = [one for one in _running(group) if one.stage(at) in TOLD]
    by_consultation: dict[object, list[Publication]] = defaultdict(list)
    for one in recorded(group).filter(consultation__in=found):
        by_consultation[one.consultation_id].append(one)
    return [
        task
        for consultation in found
        for task in _tasks_of(
            consultation, standing(consultation, by_consultation[consultation.pk])
        )
    ]


def _running(group: Group) -> QuerySet[Consultation]:
    deadlines = Prefetch("deadlines", Deadline.objects.order_by("set_at"))
    found = Consultation.objects.filter(group=group, answered_at=None)
    found = found.exclude(announced_at=None).select_related("group")
    return found.prefetch_related(deadlines).order_by("number")


def _tasks_of(consultation: Consultation, its: Standing) -> list[Task]:
    address = reverse("publishing:publications", args=[consultation.number])
    if its.again:
        count = len(its.again)
        why = ngettext(
            "%(n)s notice names the former deadline.",
            "%(n)s notices name the former deadline.",
            count,
        )
        return [Task(_("Publish the notice again"), address, count, why % {"n": count})]
    if its.missing:
        names = ", ".join(str(outlet.label) for outlet in its.missing)
        why = _("Not seen yet: %(where)s.") % {"where": names}
        return [Task(_("Record where the notice was published"), address, len(its.missing), why)]
    return []
