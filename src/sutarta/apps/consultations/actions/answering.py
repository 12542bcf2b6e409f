"""Answering: drafts at the desk, then all answers of a consultation published together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import letters
from sutarta.apps.consultations.actions.holding import (
    hold_all,
    hold_consultation,
    hold_submission,
)
from sutarta.apps.consultations.models import (
    Answer,
    Consultation,
    Outcome,
    Submission,
)
from sutarta.apps.consultations.queries import gates
from sutarta.apps.consultations.queries.drafts import words_of
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants import queries as groups
from sutarta.core.canonical import digest


@transaction.atomic
def draft_answer(
    *,
    actor: Any,
    submission: Submission,
    outcome: str,
    reason: str,
    changed: Sequence[str] = (),
    is_ready: bool,
    at: datetime,
) -> Answer:
    """Write or rewrite the answer to one proposal; nobody outside the desk sees it yet.

    outcome    one of models.Outcome; a draft that is not ready may leave it and the reason ""
    changed    lineage ids of the passages that change, in the version spoken of or a later one

    Raises Refused when the answer is published, or ready without outcome or reason.
    """
    submission = hold_submission(submission)
    require(rules.may_draft_answer(actor, submission, at))
    _require_sense(submission, outcome, reason, changed, is_ready)
    answer, _is_new = Answer.objects.update_or_create(
        submission=submission,
        defaults={
            "group": submission.group,
            "outcome": outcome,
            "reason": reason.strip(),
            "changed": list(dict.fromkeys(changed)),
            "is_ready": is_ready,
            "written_by": actor,
            "written_at": at,
        },
    )
    return answer


def _require_sense(
    submission: Submission, outcome: str, reason: str, changed: Sequence[str], is_ready: bool
) -> None:
    if outcome not in Outcome.values and (outcome or is_ready):
        raise Refused(_("Choose the outcome."))
    if is_ready and not reason.strip():
        raise Refused(_("Write the reason. It is published with the outcome."))
    if not set(changed) <= _known_passages(submission.version):
        raise Refused(_("One of the chosen passages is not in this strategy."))


def _known_passages(version: Version) -> set[str]:
    """Lineage ids of the version spoken of and of every later one, drafts included."""
    later = Version.objects.filter(strategy=version.strategy_id, number__gte=version.number)
    return {id for one in later for id in words_of(one)}


@transaction.atomic
def answer_question(*, actor: Any, submission: Submission, reason: str, at: datetime) -> Answer:
    """Answer a question; the answer is published at once and its author told."""
    submission = hold_submission(submission)
    require(rules.may_answer_question(actor, submission, at))
    if not reason.strip():
        raise Refused(_("Write the answer."))
    answer, _is_new = Answer.objects.update_or_create(
        submission=submission,
        defaults={
            "group": submission.group,
            "outcome": Outcome.NOTED,
            "reason": reason.strip(),
            "is_ready": True,
            "written_by": actor,
            "written_at": at,
            "published_at": at,
        },
    )
    ledger.record(
        "question.answered",
        group=submission.group,
        at=at,
        number=submission.number,
        content=_content([answer]),
    )
    if submission.email:
        _post(submission.consultation, submission.email, [submission], at)
    return answer


@transaction.atomic
def publish_answers(*, actor: Any, consultation: Consultation, at: datetime) -> int:
    """Publish every answer of a closed consultation at once; returns how many.

    Everybody who left an address gets one letter with the answers to all they proposed. A late
    proposal that came after the first publication is answered by publishing once more. Raises
    Refused with a list of what is missing.
    """
    hold_consultation(consultation)
    held = hold_all(gates.to_answer(consultation))
    gate = gates.before_publishing(consultation)
    require(rules.may_publish_answers(actor, consultation, gates.missing(gate.checks), at))
    rows = Submission.objects.filter(pk__in=held).select_related("answer", "group")
    answered = list(rows.order_by("number"))
    if not answered and consultation.answered_at is not None:
        return 0
    Answer.objects.filter(submission__in=answered).update(published_at=at)
    if consultation.answered_at is None:
        consultation.answered_at = at
        consultation.save(update_fields=["answered_at"])
    outcomes = Counter(str(submission.answer.outcome) for submission in answered)
    ledger.record(
        "answers.published",
        group=consultation.group,
        at=at,
        consultation=consultation.number,
        answers=len(answered),
        content=_content([submission.answer for submission in answered]),
        outcomes={outcome: outcomes[outcome] for outcome in Outcome.values},
    )
    _tell_everybody(consultation, answered, at)
    return len(answered)


def _content(answers: Sequence[Answer]) -> str:
    """Digest of what answers say, so that one changed afterwards is noticed."""
    return digest(
        [
            [one.submission.number, str(one.outcome), one.reason, list(one.changed)]
            for one in answers
        ]
    )


def _tell_everybody(
    consultation: Consultation, answered: Sequence[Submission], at: datetime
) -> None:
    by_address = defaultdict(list)
    for submission in answered:
        if submission.email:
            by_address[submission.email.lower()].append(submission)
    for email, theirs in by_address.items():
        _post(consultation, email, theirs, at)


def _post(
    consultation: Consultation, email: str, theirs: Sequence[Submission], at: datetime
) -> None:
    """One letter with the answers to everything in `theirs`."""
    group = consultation.group
    base = groups.address(group)
    letters.post(
        group=group,
        to=email,
        kind="answered",
        about=theirs[0].pk,
        language=theirs[-1].language,
        at=at,
        consultation=consultation,
        answers=[(one, one.answer, letters.own_page(one, base)) for one in theirs],
        public_page=letters.public_page("consultation", consultation.number, group),
    )
