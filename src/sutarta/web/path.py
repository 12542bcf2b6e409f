"""The strategy's path: what was done, where we are, who still decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sutarta.apps.consultations.models import Consultation, Stage, Submission, Visibility
from sutarta.apps.strategies.models import Step, Version, VersionReason
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording

DONE, HERE, NEXT = "done", "here", "next"
OF_ITS_OWN = {VersionReason.GUIDELINES, VersionReason.AMENDMENT}  # reasons people should see


@dataclass(frozen=True)
class Stop:
    """One station of the path. state: "done", "here" or "next"; days: when, in words."""

    title: str
    state: str
    days: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Counts:
    """What the stops are told with: submissions of each consultation, changes of each version."""

    submissions: Mapping[UUID, int]
    changed: Mapping[UUID, int]


def submissions_of(group: Group) -> dict[UUID, int]:
    """Consultation -> how many submissions it got, in one question; spam is not counted."""
    rows = Submission.objects.filter(group=group).exclude(visibility=Visibility.SET_ASIDE)
    counted = rows.order_by().values("consultation").annotate(count=Count("id"))
    return dict(counted.values_list("consultation", "count"))


def path(
    versions: Iterable[Version],
    consultations: Sequence[Consultation],
    steps: Iterable[Step],
    counts: Counts,
    at: datetime,
) -> list[Stop]:
    """All stops in order. We are where people speak now, else at the first that is not done.

    versions, consultations   of one strategy, public, oldest first
    """
    stops = [
        stop for one in consultations if one.is_idea_call for stop in _discussion(one, counts, at)
    ]
    for version in versions:
        about = [one for one in consultations if one.version_id == version.pk]
        if not about or version.reason in OF_ITS_OWN:
            stops.append(_version(version, counts, at))
        stops += [stop for one in about for stop in _discussion(one, counts, at)]
    return _located([*stops, *(_step(step, at) for step in steps)])


def _located(stops: Sequence[Stop]) -> list[Stop]:
    if any(stop.state == HERE for stop in stops):
        return list(stops)
    here = next((at for at, stop in enumerate(stops) if stop.state == NEXT), None)
    return [replace(stop, state=HERE) if at == here else stop for at, stop in enumerate(stops)]


def _version(version: Version, counts: Counts, at: datetime) -> Stop:
    numbers = [version.strategy.number, version.number]
    changed = counts.changed.get(version.pk, 0)
    passages = ngettext("%(n)s passage changed", "%(n)s passages changed", changed)
    if version.reason in OF_ITS_OWN:
        title, note = version.get_reason_display(), passages % {"n": changed} if changed else ""
    else:
        title = _("Version %(number)s published") % {"number": version.number}
        note = version.get_reason_display()
    day = said_day(timezone.localdate(version.published_at), at)
    return Stop(title, DONE, day, note, reverse("consultations:version", args=numbers))


def _discussion(one: Consultation, counts: Counts, at: datetime) -> list[Stop]:
    """The talk and the answers to it."""
    stage = one.stage(at)
    page = reverse("consultations:consultation", args=[one.number])
    state = {Stage.ANNOUNCED: NEXT, Stage.OPEN: HERE}.get(stage, DONE)
    begins, ends = timezone.localdate(one.opens_at), wording.last_day(one.deadline.closes_at)
    talk = Stop(
        _talk(one), state, said_days(begins, ends, at),
        _received(one, counts.submissions.get(one.pk, 0), stage), page,
    )  # fmt: skip
    answered = one.answered_at
    day = said_day(timezone.localdate(answered) if answered else one.answers_by, at)
    when = day if answered else _("by %(day)s") % {"day": day}
    answers = Stop(_answers(one), DONE if answered else NEXT, when, "", page if answered else "")
    return [talk, answers]


def _talk(one: Consultation) -> str:
    if one.is_idea_call:
        return _("Needs and ideas gathered")
    return _("Discussion of version %(number)s") % {"number": one.version.number}


def _answers(one: Consultation) -> str:
    return _("Answers to all ideas") if one.is_idea_call else _("Answers to all proposals")


def _received(one: Consultation, count: int, stage: str) -> str:
    if not count:
        return ""
    if one.is_idea_call:
        words = ngettext("%(n)s idea", "%(n)s ideas", count)
    elif stage == Stage.OPEN:
        words = ngettext("so far %(n)s proposal", "so far %(n)s proposals", count)
    else:
        words = ngettext("%(n)s proposal", "%(n)s proposals", count)
    return words % {"n": count}


def _step(step: Step, at: datetime) -> Stop:
    """What a body decides or decided; its own remark stands below."""
    day = step.done_on or step.planned_on
    return Stop(
        step.get_kind_display(),
        DONE if step.done_on else NEXT,
        said_day(day, at) if day else "",
        step.note,
        step.link,
    )


def said_day(day: date, at: datetime) -> str:
    """„gruodžio 14 d.“; with its year when it is not that of `at`."""
    same_year = day.year == timezone.localdate(at).year
    return wording.local_day(day) if same_year else wording.local_date(day)


def said_days(first: date, last: date, at: datetime) -> str:
    """„lapkričio 2–30 d.“, or both days whole when they are in different months."""
    if first == last:
        return said_day(first, at)
    if (first.year, first.month) != (last.year, last.month):
        return f"{said_day(first, at)} – {said_day(last, at)}"
    month = dateformat.format(last, pgettext("month beside a range of days", "F"))
    said = pgettext("range of days", "%(first)s–%(last)s %(month)s") % {
        "first": first.day,
        "last": last.day,
        "month": month,
    }
    same_year = last.year == timezone.localdate(at).year
    if not same_year:
        said = pgettext("range of days with its year", "%(days)s %(year)s") % {
            "days": said,
            "year": last.year,
        }
    return said.replace("~", wording.NBSP)
