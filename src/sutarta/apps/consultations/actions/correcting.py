"""Correcting a published answer: the new words stand, the old ones are kept beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import letters
from sutarta.apps.consultations.actions.answering import require_sense
from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.models import Answer, AnswerCorrection, Kind, Outcome, Submission
from sutarta.apps.consultations.queries.gates import content_digest
from sutarta.apps.consultations.rules import answering as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import queries as groups


@transaction.atomic
def correct_answer(
    *,
    actor: Any,
    submission: Submission,
    outcome: str,
    reason: str,
    changed: Sequence[str] = (),
    why: str,
    at: datetime,
) -> Answer:
    """Put new words in place of a published answer and tell its author.

    why   what was wrong; published beside the answer, with the words that stood before
    """
    submission = hold_submission(submission)
    require(rules.may_correct_answer(actor, submission, at))
    if submission.kind == Kind.QUESTION:
        outcome, changed = Outcome.NOTED, ()
    require_sense(submission, outcome, reason, changed, is_ready=True)
    if not why.strip():
        raise Refused(_("Write why the answer is corrected. It is published beside it."))
    answer = submission.answer
    said = (outcome, reason.strip(), list(dict.fromkeys(changed)))
    if said == (answer.outcome, answer.reason, answer.changed):
        raise Refused(_("Nothing is changed in the answer yet."))
    correction = _kept(answer, actor, why, at)
    answer.outcome, answer.reason, answer.changed = said
    answer.corrected_at = at
    answer.save(update_fields=["outcome", "reason", "changed", "corrected_at"])
    ledger.record(
        "answer.corrected",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[answer, correction],
        number=submission.number,
        content=content_digest([answer]),
    )
    if submission.email:
        _tell(answer, submission, why.strip(), at)
    return answer


def _kept(answer: Answer, actor: Any, why: str, at: datetime) -> AnswerCorrection:
    return AnswerCorrection.objects.create(
        group=answer.group,
        answer=answer,
        outcome=answer.outcome,
        reason=answer.reason,
        changed=answer.changed,
        why=why.strip(),
        actor=actor,
        at=at,
    )


def _tell(answer: Answer, submission: Submission, why: str, at: datetime) -> None:
    letters.post(
        group=submission.group,
        to=submission.email,
        kind="corrected",
        about=f"{answer.pk}:{at.isoformat()}",
        language=submission.language,
        at=at,
        submission=submission,
        answer=answer,
        why=why,
        own_page=letters.own_page(submission, groups.address(submission.group)),
    )
