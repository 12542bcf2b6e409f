"""What can still be followed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.people.access import ALLOWED, Verdict


def may_follow(consultation: Consultation | None) -> Verdict:
    """Anybody follows anything public; of a consultation that is reported nothing more will come.

    consultation   None where a strategy or a passage is meant
    """
    report = getattr(consultation, "report", None) if consultation else None
    if report is not None and report.published_at is not None:
        return Verdict(
            False,
            _("This discussion is over and reported: no more news of it will come. "
              "Follow the strategy instead."),
        )  # fmt: skip
    return ALLOWED
