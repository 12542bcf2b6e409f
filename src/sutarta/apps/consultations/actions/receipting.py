"""The receipt as a file in its letter: put in once the log has taken the submission in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import translation

from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import proving, receipts
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail import queries as letters
from sutarta.apps.mail.models import Letter

PATIENCE = timedelta(minutes=5)  # after which a letter leaves with the log's promise alone
AT_ONCE = 200


def enclose_receipts(at: datetime) -> int:
    """Put receipts into the letters that wait for them; returns into how many."""
    waiting = letters.waiting_for_file(receipts.LETTER)[:AT_ONCE]
    return sum(_enclose(letter, at) for letter in waiting)


def _enclose(letter: Letter, at: datetime) -> bool:
    key = receipts.submission_of_letter(letter.key)
    rows = Submission.objects.select_related("group", "consultation", "version", "ward")
    submission = rows.filter(group=letter.group_id, pk=key).first()
    if submission is None:
        mail.enclose(letter, "")
        return False
    if proving.is_waiting(submission) and at < letter.created_at + PATIENCE:
        return False
    with translation.override(letter.language):
        mail.enclose(letter, proving.written(submission))
    return True
