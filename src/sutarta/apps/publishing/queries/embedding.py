"""What the frame for other sites tells of a consultation, and the line that puts it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Consultation, Submission
from sutarta.apps.consultations.queries import counts, public
from sutarta.apps.tenants import queries as tenants
from sutarta.apps.tenants.models import Group

HEIGHT = 480  # pixels: enough at a width of 300
FRAME = (
    '<iframe src="{src}" title="{title}" width="100%" height="{height}" loading="lazy" '
    'referrerpolicy="no-referrer"></iframe>'
)


@dataclass(frozen=True)
class Tally:
    """Submissions of one consultation: every one that came, and those with a published answer."""

    received: int
    answered: int


def current(group: Group, at: datetime) -> Consultation | None:
    """The consultation to show when none is named."""
    return public.current(public.announced(group).order_by("opens_at"), at)


def tally(consultation: Consultation) -> Tally:
    answered = Count("id", filter=~counts.ASIDE & counts.ANSWERED)
    found = Submission.objects.filter(Q(consultation=consultation))
    return Tally(**found.aggregate(received=Count("id"), answered=answered))


def addresses(consultation: Consultation | None, group: Group) -> dict[str, str]:
    """Whole addresses, as a frame's links leave the site around it."""
    site = tenants.address(group)
    if consultation is None:
        return {"home": site + "/"}
    about = site + reverse("consultations:consultation", args=[consultation.number])
    if consultation.version is None:
        return {"home": site + "/", "about": about, "text": about}
    numbers = [consultation.version.strategy.number, consultation.version.number]
    text = site + reverse("consultations:version", args=numbers)
    return {"home": site + "/", "about": about, "text": text}


def line(group: Group, language: str, consultation: Consultation | None = None) -> str:
    """The one line of HTML that another site puts on its page."""
    name = "publishing:embed_one" if consultation else "publishing:embed"
    path = reverse(name, args=[consultation.number] if consultation else [])
    with translation.override(language):
        title = _("%(group)s: public discussion") % {"group": group.short_name}
    query = "" if language == group.language else f"?lang={language}"
    return FRAME.format(
        src=escape(tenants.address(group) + path + query), title=escape(title), height=HEIGHT
    )
