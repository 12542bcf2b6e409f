"""Reporting a public text, asking for a review of what was hidden, and settling either."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import letters
from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.models import (
    Objection,
    ObjectionKind,
    ObjectionReason,
    Submission,
)
from sutarta.apps.consultations.queries import objections as queries
from sutarta.apps.consultations.rules import moderating as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.mail import limits
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import queries as groups

LONGEST = 2_000  # characters
REPORTS_AN_HOUR = 10  # from one network


@transaction.atomic
def report(
    *, submission: Submission, reason: str, said: str, network: str, at: datetime
) -> Objection:
    """A reader reports a public text. Nothing is hidden by it: a person looks at it first.

    network   where the reader writes from; beyond REPORTS_AN_HOUR it is refused

    The same words about the same text, not settled yet, are one report. Raises Refused.
    """
    submission = hold_submission(submission)
    require(rules.may_report(submission))
    if reason not in ObjectionReason.values:
        raise Refused(_("Choose what is wrong."))
    if reason == ObjectionReason.OTHER and not said.strip():
        raise Refused(_("Write what is wrong."))
    alike = {"kind": ObjectionKind.REPORT, "reason": reason, "said": said.strip()[:LONGEST]}
    earlier = submission.objections.filter(settled_at=None, **alike).first()
    if earlier is not None:
        return earlier
    if network and not limits.may_act("report", network, REPORTS_AN_HOUR, at):
        raise Refused(_("Too many reports came from your network in this hour. Try again later."))
    return _object(submission, alike, at)


@transaction.atomic
def ask_review(*, submission: Submission, said: str, at: datetime) -> Objection:
    """The author asks that somebody looks again at what was covered, hidden or set aside."""
    submission = hold_submission(submission)
    decision, asked = queries.last_decision(submission), queries.last_review(submission)
    require(rules.may_ask_review(submission, decision, asked))
    if not said.strip():
        raise Refused(_("Write why you do not agree."))
    facts = {"kind": ObjectionKind.REVIEW, "said": said.strip()[:LONGEST]}
    return _object(submission, facts, at)


@transaction.atomic
def settle(
    *, actor: Any, objection: Objection, upheld: bool, explanation: str, at: datetime
) -> Objection:
    """Close a report or a review with words; the author of a reviewed text gets a letter.

    upheld   whether something changes because of it. A review is upheld after it was decided
             anew what the public sees: the words alone change nothing

    Raises Refused, among others for whoever made the decision under review.
    """
    hold_submission(objection.submission)
    objection = Objection.objects.select_related("group", "submission__group").get(pk=objection.pk)
    decided_by = queries.decided_by(objection)
    others = queries.others(objection.group, decided_by, at)
    require(rules.may_settle(actor, objection, decided_by, others, at))
    if not explanation.strip():
        raise Refused(_("Write how you decided and why."))
    is_review = objection.kind == ObjectionKind.REVIEW
    if upheld and is_review and not queries.decided_since(objection):
        raise Refused(_("First decide again what the public sees, then say here that you did."))
    objection.settled_at, objection.settled_by = at, actor
    objection.settled_with, objection.upheld = explanation.strip(), upheld
    objection.save()
    ledger.record(
        "objection.settled",
        group=objection.group,
        at=at,
        about=f"p/{objection.submission.number}",
        rows=[objection],
        number=objection.submission.number,
        kind=str(objection.kind),
        upheld=upheld,
    )
    if is_review:
        _tell_author(objection)
    return objection


def _object(submission: Submission, facts: dict[str, Any], at: datetime) -> Objection:
    row = Objection.objects.create(group=submission.group, submission=submission, at=at, **facts)
    ledger.record(
        "submission.objected",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[row],
        number=submission.number,
        kind=str(row.kind),
    )
    return row


def _tell_author(objection: Objection) -> None:
    submission = objection.submission
    if not submission.email:
        return
    letters.post(
        group=submission.group,
        to=submission.email,
        kind="review_settled",
        about=objection.pk,
        language=submission.language,
        at=objection.settled_at,
        submission=submission,
        objection=objection,
        own_page=letters.own_page(submission, groups.address(submission.group)),
    )
