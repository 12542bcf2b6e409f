"""The sheet on which those who come to a meeting sign in, in the words of one language."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sutarta.apps.consultations.models import Meeting, Sector
from sutarta.apps.consultations.papers import framing
from sutarta.apps.consultations.queries import meeting_pages
from sutarta.apps.consultations.rules.retention import PARTICIPANTS_KEPT
from sutarta.apps.ui import wording
from sutarta.formats.paperforms import SignInSheet

ROWS = (20, 40, 60)


def sign_in(meeting: Meeting, language: str, rows: int, at: datetime) -> SignInSheet:
    """The sheet with that many rows; `at` stands in the file's properties."""
    with translation.override(language):
        return _sheet(meeting, language, rows, at)


def _sheet(meeting: Meeting, language: str, rows: int, at: datetime) -> SignInSheet:
    group = meeting.group
    return SignInSheet(
        heading=_("List of those who come"),
        title=meeting.title,
        language=language,
        author=group.name,
        made_at=at,
        facts=tuple(_facts(meeting)),
        privacy=_privacy(meeting),
        marks_say=_("For whom you speak:"),
        marks=tuple((letter, str(Sector(code).label)) for code, letter in _letters().items()),
        number=_("No."),
        name=_("Name"),
        organisation=_("Organisation, if you speak for one"),
        contact=_("E-mail or telephone"),
        consents=(_("Write to me: minutes and answers"), _("Invite me to the next meeting")),
        signature=_("Signature"),
        page=_("page {page} of {pages}"),
        rows=rows,
        emblem=framing.emblem(group),
    )


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    when = wording.local_span(meeting.starts_at, meeting.ends_at)
    weekday = wording.local_weekday(meeting.starts_at)
    facts = [(_("When:"), f"{when} ({weekday})")]
    if meeting.place:
        facts.append((_("Where:"), meeting_pages.one_line(meeting.place)))
    return facts


def _privacy(meeting: Meeting) -> str:
    """What the list is for, until when it is kept, and whom to ask."""
    group = meeting.group
    ends = timezone.localdate(meeting.ends_at + PARTICIPANTS_KEPT)
    said = {
        "day": wording.local_date(ends),
        "whom": ", ".join(filter(None, [group.email, group.phone])) or group.name,
    }
    return (
        _(
            "This list shows how many people came and for whom they speak. Names and contacts are "
            "not published. You may leave any column empty; we write to you only if you tick it, "
            "and destroy the list by %(day)s. To ask, or to be taken off the list: %(whom)s."
        )
        % said
    )


def _letters() -> dict[str, str]:
    """Code of Sector -> the letter beside its box, from the first letters of its words."""
    return {
        Sector.RESIDENTS: pgettext("sector in a letter", "R"),
        Sector.CIVIL: pgettext("sector in a letter", "A"),
        Sector.BUSINESS: pgettext("sector in a letter", "B"),
        Sector.PUBLIC: pgettext("sector in a letter", "M"),
        Sector.OTHER: pgettext("sector in a letter", "O"),
    }
