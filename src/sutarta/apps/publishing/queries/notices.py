"""What a notice is made of."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.tenants import queries as groups
from sutarta.core import deadlines
from sutarta.core.deadlines.grammar import Language
from sutarta.formats.calendars import Event


def language_of(code: str | None) -> Language:
    """The one of our two languages that comes nearest."""
    return "en" if (code or "").startswith("en") else "lt"


def page(consultation: Consultation) -> str:
    """The whole public address of the consultation."""
    base = groups.address(consultation.group)
    return base + reverse("consultations:consultation", args=[consultation.number])


def event(consultation: Consultation) -> Event:
    """The deadline in force as an event, in the reader's language."""
    rows = list(consultation.deadlines.all())
    deadline, address = consultation.deadline, page(consultation)
    until = deadlines.say(deadline.value, language_of(get_language()))
    words = _("%(group)s takes proposals until %(until)s. Read the text and speak here: %(link)s")
    said = {"group": consultation.group.name, "until": until, "link": address}
    return Event(
        uid=f"{consultation.pk}-deadline@sutarta",
        sequence=len(rows) - 1,
        ends_at=deadline.closes_at,
        changed_at=deadline.set_at,
        title=_("Deadline: %(title)s") % {"title": consultation.title},
        words=words % said,
        url=address,
    )
