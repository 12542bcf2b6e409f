"""Approving answers before they are published: by a second person, by the board."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions.holding import hold_all, hold_consultation
from sutarta.apps.consultations.models import Answer, BoardApproval, Consultation, Submission
from sutarta.apps.consultations.queries import answers, gates
from sutarta.apps.consultations.rules import answering as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, Verdict, require
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui.wording import nr


@transaction.atomic
def approve_answers(
    *, actor: Any, group: Group, seen: Mapping[int, str], at: datetime
) -> list[Answer]:
    """Approve answers that somebody else wrote; all of them or none.

    seen   number of a submission -> queries.answers.edition of the answer that was read

    Raises Refused, naming the number, when a rule says no or an answer was rewritten meanwhile.
    """
    found = _held(group, seen)
    for answer in found:
        _require(answer, rules.may_approve(actor, answer, at))
        if answers.edition(answer) != seen[answer.submission.number]:
            _require(answer, Verdict(False, _("it was rewritten meanwhile. Read it again.")))
        answer.approved_by, answer.approved_at = actor, at
        answer.save(update_fields=["approved_by", "approved_at"])
    return found


@transaction.atomic
def take_back_approvals(
    *, actor: Any, group: Group, numbers: list[int], at: datetime
) -> list[Answer]:
    """Undo approvals of answers that are not published yet; all of them or none."""
    found = _held(group, numbers)
    for answer in found:
        _require(answer, rules.may_take_back_approval(actor, answer, at))
        answer.approved_by = answer.approved_at = None
        answer.save(update_fields=["approved_by", "approved_at"])
    return found


def _held(group: Group, numbers: Any) -> list[Answer]:
    """The answers to submissions with these numbers, held until the transaction ends."""
    wanted = Submission.objects.filter(group=group, number__in=list(numbers))
    held = hold_all(wanted)
    rows = Answer.objects.filter(submission__in=held).select_related("submission", "group")
    return list(rows.order_by("submission__number"))


def _require(answer: Answer, verdict: Verdict) -> None:
    if not verdict:
        raise Refused(f"{nr(answer.submission.number)}: {verdict.reason}")


@transaction.atomic
def record_board(
    *, actor: Any, consultation: Consultation, decided_on: date, resolution: str, at: datetime
) -> BoardApproval:
    """Write down that the board approved the answers as they stand now.

    An answer changed afterwards, or one more, must be approved anew: the gate says so.
    """
    hold_consultation(consultation)
    hold_all(gates.to_answer(consultation))
    gate = gates.before_publishing(consultation)
    require(rules.may_record_board(actor, consultation, gate.proposals, gate.ready, at))
    today = at.astimezone(ZoneInfo(consultation.group.zone)).date()
    require(rules.was_then(decided_on, today))
    if not resolution.strip():
        raise Refused(_("Write which resolution it was, such as its number."))
    content = gates.content_digest(answers.prepared(consultation))
    approval = BoardApproval.objects.create(
        group=consultation.group,
        consultation=consultation,
        decided_on=decided_on,
        resolution=resolution.strip(),
        content=content,
        recorded_by=actor,
        recorded_at=at,
    )
    ledger.record(
        "answers.approved",
        group=consultation.group,
        at=at,
        about=f"c/{consultation.number}",
        rows=[approval],
        consultation=consultation.number,
        answers=gate.ready,
        decided_on=decided_on.isoformat(),
        content=content,
    )
    return approval
