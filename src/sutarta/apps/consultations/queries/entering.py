"""Where staff may enter what came another way, and the words they give people in return."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Consultation, Stage, Submission
from sutarta.apps.consultations.queries import public
from sutarta.apps.tenants import queries as groups
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording


def taking(group: Group, at: datetime) -> list[Consultation]:
    """Consultations that have opened: those that run first, then the newest."""
    opened = public.announced(group).filter(opens_at__lte=at).order_by("-number")
    return sorted(opened, key=lambda one: one.stage(at) is not Stage.OPEN)


def submissions(group: Group) -> QuerySet[Submission]:
    """Submissions with where they were said and who wrote them down."""
    return public.submissions(group).select_related(
        "group", "consultation", "version__strategy", "answer", "source", "entered_by"
    )


def address(submission: Submission) -> str:
    """The public page of the submission, whole, as it is given out on paper."""
    base = groups.address(submission.group)
    return base + reverse("consultations:submission", args=[submission.number])


def spoken(url: str) -> str:
    """An address as one reads it out or copies it from paper."""
    return url.removeprefix("https://").removeprefix("http://").removesuffix("/")


def first_reply(submission: Submission) -> str:
    """What staff paste under a comment found elsewhere, in its own language if we speak it."""
    with translation.override(submission.reply_language):
        return _(
            "Thank you. Your comment is registered as %(number)s: %(link)s "
            "We will answer it publicly by %(day)s, with a reason. %(group)s"
        ) % {
            "number": wording.nr(submission.number),
            "link": address(submission),
            "day": wording.local_date(submission.consultation.answers_by),
            "group": submission.group.short_name,
        }
