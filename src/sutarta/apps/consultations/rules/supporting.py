"""Who may agree with somebody's proposal, and when."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Kind, Submission
from sutarta.apps.people.access import ALLOWED, Verdict


def may_support(submission: Submission, at: datetime) -> Verdict:
    """Anybody, a proposal that everybody reads, while its consultation is open.

    Taking it back is asked of nobody: it may be done at any time.
    """
    if not submission.is_read:
        return Verdict(False, _("Its words are not published, so nobody can agree with them."))
    if submission.kind == Kind.QUESTION:
        return Verdict(False, _("A question gets an answer; there is nothing to agree with."))
    if not submission.consultation.is_open(at):
        return Verdict(False, _("One can agree only while the discussion is open."))
    return ALLOWED
