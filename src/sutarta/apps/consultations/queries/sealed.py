"""What the desk may show without opening anything: what is covered or hidden is sealed."""

from __future__ import annotations

from sutarta.apps.consultations.models import Submission, Visibility
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.core.text import title_from

PARTS = ("body", "proposed", "why", "place")  # as in Text
SEALED = frozenset({Visibility.REDACTED, Visibility.HIDDEN, Visibility.SET_ASIDE})


def is_sealed(submission: Submission) -> bool:
    """Whether the words as written open only with a reason, which is written down."""
    return submission.visibility in SEALED


def original(submission: Submission) -> Text:
    """The words as they were written. For whoever checks or has opened them, and nobody else."""
    return Text.of(submission)


def public(submission: Submission) -> Text:
    """The words as they were decided to be public."""
    return Text(*(getattr(submission, f"public_{part}") for part in PARTS))


def words_for_desk(submission: Submission) -> Text:
    """The words for lists, searches, exports and pages of the desk.

    The original while it is being checked or public; once it is covered or hidden, what the
    public sees of it, which may be nothing. Former texts follow the same rule.
    """
    if is_sealed(submission):
        return public(submission)
    return original(submission)


def title(submission: Submission) -> str:
    """The beginning of what the desk may read, or the kind of submission when that is nothing."""
    words = words_for_desk(submission)
    said = words.body or words.proposed or words.why
    return title_from(said) or str(submission.get_kind_display())
