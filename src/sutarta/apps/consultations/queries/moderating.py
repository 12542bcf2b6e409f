"""What the person who decides should look at, and what was decided before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from sutarta.apps.consultations import covering
from sutarta.apps.consultations.models import Moderation, Opening, Submission, Visibility
from sutarta.apps.consultations.queries import passages, sealed
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.core.text import Hint, points_to_one, revealing


@dataclass(frozen=True)
class Look:
    """Words of one text that may point to a person, once however often they stand there.

    label   what they may tell; cover: kind of the mark to cover them with
    """

    words: str
    label: Promise
    cover: str


def looks(submission: Submission, text: Text) -> list[Look]:
    """What to look at in the text, in its order."""
    found = dict.fromkeys((hint.words, hint.kind) for hint in _hints(submission, text))
    return [Look(words, *covering.HINTS[kind]) for words, kind in found]


def points_to_somebody(submission: Submission, text: Text) -> bool:
    """Whether the text, were it public, might still point to one person."""
    return points_to_one(_hints(submission, text))


def _hints(submission: Submission, text: Text) -> list[Hint]:
    """Hints in all parts; what the passage spoken of says itself is public already."""
    passage = passages.of(submission.version).by_id.get(submission.lineage_id)
    known = passage.text if passage else ""
    parts = (text.body, text.proposed, text.why, text.place)
    return [hint for part in parts for hint in revealing(part) if hint.words not in known]


def decisions(submission: Submission) -> QuerySet[Moderation]:
    """Every decision on what the public sees, oldest first."""
    return Moderation.objects.filter(submission=submission).order_by("at", "id")


def has_opened(actor: Any, submission: Submission) -> bool:
    """Whether the person has opened the original since the last decision on it."""
    last = decisions(submission).last()
    opened = Opening.objects.filter(submission=submission, actor=actor)
    return opened.filter(at__gte=last.at).exists() if last else opened.exists()


def needs_opening(submission: Submission, visibility: str) -> bool:
    """Whether one must have read the sealed original before one decides so."""
    if not sealed.is_sealed(submission):
        return False
    covered_before = submission.visibility == Visibility.REDACTED
    return visibility == Visibility.PUBLIC or (
        visibility == Visibility.REDACTED and not covered_before
    )


def before_set_aside(submission: Submission) -> str:
    """What the public saw before it was set aside; CHECKING when that cannot be had again.

    A covered text is not kept, and what the author has corrected since is to be read anew.
    """
    earlier = decisions(submission).exclude(visibility=Visibility.SET_ASIDE).last()
    kept = {Visibility.PUBLIC, Visibility.HIDDEN}
    if (
        earlier is None
        or earlier.visibility not in kept
        or _corrected_since(submission, earlier.at)
    ):
        return Visibility.CHECKING
    return earlier.visibility


def _corrected_since(submission: Submission, at: datetime) -> bool:
    return submission.former_texts.filter(replaced_at__gt=at).exists()
