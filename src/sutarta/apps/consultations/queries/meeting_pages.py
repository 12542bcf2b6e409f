"""Meetings as the public sees them: what came of each, who came as far as it may be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sutarta.apps.consultations.models import (
    AtMeeting,
    Channel,
    Consultation,
    Meeting,
    Sector,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import meetings, public, taking
from sutarta.apps.consultations.rules import small_numbers
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.formats.calendars import Event

FOLLOWED = 365  # days for which a meeting that is over stays in the calendar people follow
MAP = "https://www.openstreetmap.org/search?"  # a link people may follow; nothing is loaded


@dataclass(frozen=True)
class Came:
    """Who came, as far as it may be told.

    parts      (sector in words, how many or None when it is not told), sectors of nobody left out;
               empty when nothing is told any more
    total      None when it is not told
    is_hidden  whether something is not told
    """

    parts: tuple[tuple[str, int | None], ...]
    total: int | None
    is_hidden: bool


@dataclass(frozen=True)
class Outcome:
    """What came of the proposals noted at a meeting; those set aside as spam are not counted."""

    noted: int = 0
    answered: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Listed:
    """A meeting on a list.

    day_word   "today" or "tomorrow" in words, "" for other days
    """

    meeting: Meeting
    state: str
    day_word: str
    outcome: Outcome
    came: Came | None

    @property
    def place(self) -> str:
        """On one line."""
        return one_line(self.meeting.place)


def listed(rows: Iterable[Meeting], at: datetime) -> list[Listed]:
    """The meetings with what came of them, in the order given; two questions for any number."""
    found = list(rows)
    _ask_former(found)
    outcomes = _outcomes(found)
    return [
        Listed(row, state(row, at), day_word(row, at), outcomes.get(row.pk, Outcome()), came(row))
        for row in found
    ]


def one_line(place: str) -> str:
    """Venue and address, which stand on lines of their own, as one line.

    >>> one_line("Biblioteka\\nLiepų g. 2")
    'Biblioteka, Liepų g. 2'
    """
    return ", ".join(filter(None, map(str.strip, place.splitlines())))


def outcome(meeting: Meeting) -> Outcome:
    return _outcomes([meeting]).get(meeting.pk, Outcome())


def _outcomes(rows: Sequence[Meeting]) -> dict[object, Outcome]:
    if not rows:
        return {}
    spoken = ~Q(submission__visibility=Visibility.SET_ASIDE)
    answered = spoken & Q(submission__answer__published_at__isnull=False)
    counted = (
        AtMeeting.objects.filter(meeting__in=[row.pk for row in rows])
        .values("meeting")
        .annotate(
            noted=Count("id", filter=spoken),
            answered=Count("id", filter=answered),
            changed=Count("id", filter=answered & ~Q(submission__answer__changed=[])),
        )
    )
    return {
        row["meeting"]: Outcome(row["noted"], row["answered"], row["changed"]) for row in counted
    }


def state(meeting: Meeting, at: datetime) -> str:
    """CANCELLED, MINUTED, COMING, ON or OVER."""
    if meeting.is_cancelled:
        return "CANCELLED"
    if meeting.is_minuted:
        return "MINUTED"
    if at < meeting.starts_at:
        return "COMING"
    return "ON" if meeting.is_on(at) else "OVER"


def day_word(meeting: Meeting, at: datetime) -> str:
    """„Šiandien“, „rytoj“: how near a coming meeting is, by the group's calendar."""
    if at >= meeting.starts_at or meeting.is_cancelled:
        return ""
    days = (timezone.localdate(meeting.starts_at) - timezone.localdate(at)).days
    return {0: _("today"), 1: _("tomorrow")}.get(days, "")


def came(meeting: Meeting) -> Came | None:
    """Who came, once it is published; None before, and where nobody was counted."""
    if not meeting.is_minuted or not any(meeting.attendance.values()):
        return None
    told = _told(meeting)
    if told is None:
        return Came((), None, True)
    order = [sector for sector in Sector if told.parts.get(sector, 0) != 0]
    parts = tuple((str(sector.label), told.parts[sector]) for sector in order)
    return Came(parts, told.total, not told.is_whole)


def _told(meeting: Meeting) -> small_numbers.Told | None:
    former = [one.attendance for one in meeting.former_minutes.all()]
    return small_numbers.told_anew(meeting.attendance, former)


def _ask_former(rows: Sequence[Meeting]) -> None:
    prefetch_related_objects([row for row in rows if row.is_minuted], "former_minutes")


def noted_at(submission: Submission) -> Meeting | None:
    """The meeting at which it was noted; asked for only where it came by that channel."""
    if submission.channel != Channel.MEETING:
        return None
    rows = AtMeeting.objects.filter(submission=submission, meeting__announced_at__isnull=False)
    found = rows.select_related("meeting").first()
    return found.meeting if found else None


def about(consultation: Consultation, at: datetime) -> tuple[list[Listed], list[Listed]]:
    """Meetings about a consultation: those to come and those that were; three questions."""
    found = listed(meetings.of_consultation(consultation), at)
    ahead = [one for one in found if one.state in {"COMING", "ON"}]
    return ahead, [one for one in found if one not in ahead]


def reported(consultation: Consultation) -> list[dict[str, Any]]:
    """Meetings for the closing report, none cancelled; three questions.

    Sums over meetings are not told: a number hidden in one could be worked out from them.
    """
    rows = list(meetings.of_consultation(consultation).filter(cancelled_at=None))
    _ask_former(rows)
    outcomes = _outcomes(rows)
    return [_reported(row, outcomes.get(row.pk, Outcome())) for row in rows]


def _reported(its: Meeting, outcome: Outcome) -> dict[str, Any]:
    told = came(its)
    return {
        "number": its.number,
        "title": its.title,
        "starts_at": its.starts_at.isoformat(),
        "url": reverse("consultations:meeting", args=[its.number]),
        "is_minuted": its.is_minuted,
        "total": told.total if told else None,
        "parts": [list(part) for part in told.parts] if told else [],
        "noted": outcome.noted,
    }


def nearest(rows: Iterable[Meeting], at: datetime) -> Meeting | None:
    """Of these, announced ones, that which is on or comes next and is not cancelled."""
    ahead = [row for row in rows if row.ends_at > at and not row.is_cancelled]
    return min(ahead, key=lambda row: (row.starts_at, row.number), default=None)


def next_change(
    rows: Iterable[Meeting], consultations: Iterable[Consultation], at: datetime
) -> datetime:
    """The next instant after `at` at which a page that shows these reads differently."""
    instants = [instant for row in rows for instant in (row.starts_at, row.ends_at)]
    change = public.next_change(consultations, at)
    return min([change, *(instant for instant in instants if instant > at)])


def map_link(meeting: Meeting) -> str:
    """A search for the place on a map, "" without a place."""
    return MAP + urlencode({"query": " ".join(meeting.place.split())}) if meeting.place else ""


def followed(group: Group, at: datetime) -> list[Meeting]:
    """What the calendar of all meetings holds: those ahead, and those of the last year."""
    rows = meetings.announced(group).order_by("starts_at", "number")
    return [row for row in rows if (at - row.ends_at).days < FOLLOWED]


def event(meeting: Meeting) -> Event:
    """The meeting for a calendar, in the reader's language."""
    said = [
        meeting.words,
        meeting.link,
        meetings.page_address(meeting),
        wording.eu_line(meeting.group),
    ]
    title = meeting.title
    if meeting.is_cancelled:
        title = _("Cancelled: %(title)s") % {"title": title}
        said.insert(0, meeting.cancelled_why)
    return Event(
        uid=f"{meeting.pk}-meeting@sutarta",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        changed_at=meeting.cancelled_at or meeting.announced_at or meeting.made_at,
        title=title,
        words="\n".join(filter(None, said)),
        url=meetings.page_address(meeting),
        place=one_line(meeting.place) or meeting.link,
        is_busy=True,
        cancelled=meeting.is_cancelled,
    )


@dataclass(frozen=True)
class Moved:
    """One change of what was announced.

    fields      names of the meeting's fields that changed
    before      (beginning, end) as they were, None when they did not change
    """

    at: datetime
    fields: tuple[str, ...]
    before: tuple[datetime, datetime] | None

    @property
    def words(self) -> str:
        """What changed, in words, for a sentence that begins with the day."""
        kinds = {
            "starts_at": _("the time"),
            "ends_at": _("the time"),
            "place": _("the place"),
            "link": _("the link to join"),
            "title": _("the title"),
            "words": _("what will be spoken about"),
        }
        return ", ".join(dict.fromkeys(kinds[name] for name in self.fields if name in kinds))


def moved(meeting: Meeting) -> list[Moved]:
    """What changed since people were told, the last change first; from the log's own acts."""
    if not meeting.sequence:
        return []
    entries = ledger.acts(meeting.group, "meeting.announced", "meeting.changed")
    told = [
        (entry.at, ledger.facts(entry)) for entry in entries.filter(about=f"m/{meeting.number}")
    ]
    times = [_times(facts) for _at, facts in told]
    return [
        Moved(at, tuple(facts.get("fields", ())), before if before != now else None)
        for (at, facts), now, before in zip(told, times, times[1:], strict=False)
    ]


def _times(facts: Mapping[str, str]) -> tuple[datetime, datetime]:
    begins, ends = facts["starts_at"], facts["ends_at"]
    return datetime.fromisoformat(begins), datetime.fromisoformat(ends)


def columns() -> list[str]:
    """Headings of the table of meetings to take away."""
    return [
        _("No."), _("Title"), _("Consultation"), _("Begins"), _("Ends"), _("Place"),
        _("Cancelled"), _("People who came"), *(str(sector.label) for sector in Sector),
        _("Proposals noted"), _("Answered"), _("Changed the text"), _("Minutes"), _("Address"),
        pgettext("of data", "Licence"),
    ]  # fmt: skip


def rows(found: Iterable[Meeting], at: datetime, site: str) -> Iterator[list[Any]]:
    """A row for each meeting; a number of people that is not told is an empty cell."""
    for one in listed(found, at):
        yield _row(one, site)


def _row(one: Listed, site: str) -> list[Any]:
    its, said = one.meeting, one.outcome
    told = _told(its) if one.came else None
    return [
        its.number,
        its.title,
        its.consultation.number,
        timezone.localtime(its.starts_at),
        timezone.localtime(its.ends_at),
        ", ".join(filter(None, [one_line(its.place), its.link])),
        its.cancelled_why,
        told.total if told else None,
        *(told.parts.get(sector, 0) if told else None for sector in Sector),
        said.noted,
        said.answered,
        said.changed,
        its.minutes if its.is_minuted else "",
        site + reverse("consultations:meeting", args=[its.number]),
        taking.LICENSE,
    ]
