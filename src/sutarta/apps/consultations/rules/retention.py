"""How long personal data is kept, and since when it counts. The page on privacy says the same.

The programme's own evidence (texts, answers, decisions, the log) is another matter: its end is a
date the programme names, `Group.records_until`, and holds no addresses.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from sutarta.apps.consultations.models import Consultation

# After the answers were published: contacts, names not shown, files, notes, reports, and the
# sealed words of texts that were covered, hidden or withdrawn. Until then a review may be asked
# for, an answer corrected, and a question about either be checked against what was written.
CONTACTS_KEPT = timedelta(days=365)
LETTERS_ASIDE_KEPT = timedelta(days=90)  # of what is no submission; time to notice a mistake
PARTICIPANTS_KEPT = timedelta(days=365)  # after the meeting: long enough to invite to the next
BACKUPS_KEPT = timedelta(days=14)  # copies expire; what was erased lives no longer in them


def ends_on(consultation: Consultation) -> date | None:
    """The day on which it ends; None while the answers are not published."""
    return _after(consultation.answered_at) if consultation.answered_at else None


def ends_at_the_earliest(consultation: Consultation) -> date:
    """The same, counted from the promised day while there are no answers yet."""
    return ends_on(consultation) or consultation.answers_by + CONTACTS_KEPT


def _after(answered_at: datetime) -> date:
    return timezone.localdate(answered_at + CONTACTS_KEPT)
