"""Accepted wordings that a draft has not taken up."""

from __future__ import annotations

from collections.abc import Iterable

from sutarta.apps.consultations.models import Answer
from sutarta.apps.consultations.queries import returning, wordings
from sutarta.apps.consultations.queries.comparison import Compared
from sutarta.core.documents import Pair


def untaken(compared: Compared) -> list[Answer]:
    """Answers by number of submission: about the older version, accepted, tied to no change, and
    with a passage that did not take the wording up. One question.
    """
    tied = {reason.number for change in compared.changes for reason in change.reasons}
    texts = _texts(compared.found.pairs)
    answers = wordings.accepted(compared.new.strategy_id)
    answers = answers.filter(submission__version=compared.old.pk).order_by("submission__number")
    return [
        answer
        for answer in answers
        if answer.submission.number not in tied
        and not returning.is_taken(answer, texts.get(answer.submission.lineage_id, ""))
    ]


def _texts(pairs: Iterable[Pair]) -> dict[str, str]:
    """Id in the older version -> how its passage reads in the newer one; "" where it is gone."""
    return {old.id: "\n".join(new.text for new in pair.new) for pair in pairs for old in pair.old}
