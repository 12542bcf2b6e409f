"""Sheets of paper: their codes, what stood on each, and what somebody typed in today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from sutarta.apps.consultations.models import (
    SHOWN,
    Channel,
    Consultation,
    OnPaper,
    PaperRun,
    Submission,
)
from sutarta.apps.consultations.queries import entering
from sutarta.apps.people.models import User
from sutarta.apps.tenants.models import Group
from sutarta.core.text import check_digit, checked

DIGITS = 4  # of a sheet's number, at least
LATEST = 30  # of what was typed in today
BY_HAND = (Channel.PAPER, Channel.MEETING)


def code(number: int) -> str:
    """The number of a sheet as it is printed, with its check digit.

    >>> code(42)
    '0042-7'
    """
    return f"{number:0{DIGITS}d}-{check_digit(number)}"


def number_of(typed: str) -> int | None:
    """The number of the sheet with that code, however it was typed; None for a slip.

    >>> number_of("427"), number_of("0042 - 7"), number_of("0024-7")
    (42, 42, None)
    """
    return checked(re.sub(r"[\s–-]", "", typed))


def runs(consultation: Consultation) -> list[PaperRun]:
    """What was printed for the consultation, the newest first, with `.came_back`: how many."""
    rows = PaperRun.objects.filter(consultation=consultation)
    found = list(rows.select_related("made_by").order_by("-first"))
    back = OnPaper.objects.filter(submission__consultation=consultation, place=1)
    numbers = set(back.exclude(printed=None).values_list("printed", flat=True))
    for run in found:
        run.came_back = len(numbers.intersection(range(run.first, run.last + 1)))
    return found


def consultation_of(group: Group, printed: int) -> Consultation | None:
    """The consultation whose form has that number; None when we printed none with it."""
    rows = PaperRun.objects.filter(group=group, first__lte=printed)
    run = rows.select_related("consultation").order_by("-first").first()
    return run.consultation if run is not None and printed <= run.last else None


def printed_before(group: Group, printed: int) -> list[OnPaper]:
    """What was typed in from the sheet with that number, in order."""
    return list(_rows(group).filter(printed=printed))


def on_sheet(group: Group, sheet: UUID) -> list[OnPaper]:
    """What was typed in from that sheet, in order."""
    return list(_rows(group).filter(sheet=sheet))


def same_sheet(
    submissions: Iterable[Submission], *, is_public: bool = False
) -> dict[object, list[int]]:
    """Key of a submission -> numbers of the others from its sheet of paper; in one query.

    submissions   of one group
    is_public     only among those whose words the public reads

    What was erased or taken back is tied to nothing any more: one sheet is one author.
    """
    keys = [one.pk for one in submissions]
    first = OnPaper.objects.filter(submission__in=keys)
    rows = OnPaper.objects.filter(sheet__in=first.values("sheet"), group__in=first.values("group"))
    rows = rows.filter(submission__erased_at=None, submission__withdrawn_at=None)
    if is_public:
        rows = rows.filter(submission__visibility__in=SHOWN)
    told = list(rows.order_by("place").values_list("sheet", "submission", "submission__number"))
    asked, found = set(keys), {}
    for sheet, key, _number in told:
        if key not in asked:
            continue
        others = [number for other, one, number in told if other == sheet and one != key]
        if others:
            found[key] = others
    return found


def typed_today(group: Group, actor: User, at: datetime) -> list[Submission]:
    """What that person typed in from paper and meetings since midnight, the newest first.

    With where each stood on paper, and its consultation.
    """
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    rows = entering.submissions(group).filter(
        entered_by=actor, channel__in=BY_HAND, recorded_at__gte=midnight
    )
    return list(rows.select_related("on_paper").order_by("-recorded_at", "-number")[:LATEST])


def _rows(group: Group) -> QuerySet[OnPaper]:
    rows = OnPaper.objects.filter(group=group).order_by("place")
    return rows.select_related("submission__consultation", "submission__version")
