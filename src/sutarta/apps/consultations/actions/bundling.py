"""Similar submissions that get one answer: put together, and taken apart again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions.holding import hold_all
from sutarta.apps.consultations.models import Bundle, Submission
from sutarta.apps.consultations.rules import sorting as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require


@transaction.atomic
def bundle(*, actor: Any, submissions: Sequence[Submission], at: datetime) -> Bundle:
    """Put submissions together; whole bundles they are in already come along.

    Each keeps its row, number and author. The answer is written for all of them; answers already
    begun stay as they are until one of them is written anew. Raises Refused.
    """
    chosen = _held(submissions)
    for one in chosen:
        require(rules.may_bundle(actor, one, at))
    if len(chosen) < 2:
        raise Refused(_("Choose at least two submissions."))
    if len({one.consultation_id for one in chosen}) > 1:
        raise Refused(_("They belong to different consultations, so each gets its own answer."))
    together = _whole(chosen)
    its = _joined(chosen, actor, at)
    if all(one.bundle_id == its.pk for one in together):
        return its
    Submission.objects.filter(pk__in=[one.pk for one in together]).update(bundle=its)
    ledger.record(
        "submissions.bundled",
        group=its.group,
        at=at,
        rows=[its, *_now(together)],
        numbers=sorted(one.number for one in together),
    )
    return its


@transaction.atomic
def leave(*, actor: Any, submission: Submission, at: datetime) -> None:
    """Take one out of its bundle; one that would be left alone is taken out with it."""
    (held,) = _held([submission])
    require(rules.may_leave_bundle(actor, held, at))
    rest = list(Submission.objects.filter(bundle=held.bundle_id).exclude(pk=held.pk))
    gone = [held, *rest] if len(rest) == 1 else [held]
    put_back(gone, {one.pk: None for one in gone}, at)


def put_back(rows: Sequence[Submission], bundles: dict[object, Any], at: datetime) -> None:
    """Give each row the bundle it is to have; the one acting has asked a rule before.

    bundles   key of a submission -> key of a bundle, or None
    """
    for one in rows:
        Submission.objects.filter(pk=one.pk).update(bundle_id=bundles[one.pk])
    ledger.record(
        "submissions.parted",
        group=rows[0].group,
        at=at,
        rows=_now(rows),
        numbers=sorted(one.number for one in rows),
    )


def _now(rows: Sequence[Submission]) -> list[Submission]:
    """The rows as they are stored by now."""
    found = Submission.objects.filter(pk__in=[one.pk for one in rows])
    return list(found.only(*Submission.LOGGED).order_by("number"))


def _held(submissions: Sequence[Submission]) -> list[Submission]:
    keys = hold_all(Submission.objects.filter(pk__in=[one.pk for one in submissions]))
    rows = Submission.objects.filter(pk__in=keys).select_related("group", "answer", "consultation")
    return list(rows.order_by("number"))


def _whole(chosen: Sequence[Submission]) -> list[Submission]:
    bundles = {one.bundle_id for one in chosen if one.bundle_id}
    along = Submission.objects.filter(bundle__in=bundles) if bundles else []
    return list({one.pk: one for one in [*chosen, *along]}.values())


def _joined(chosen: Sequence[Submission], actor: Any, at: datetime) -> Bundle:
    """The bundle of the first that has one, or a new one."""
    held = next((one.bundle_id for one in chosen if one.bundle_id), None)
    if held is not None:
        return Bundle.objects.get(pk=held)
    first = chosen[0]
    return Bundle.objects.create(
        group=first.group, consultation=first.consultation, made_by=actor, made_at=at
    )
