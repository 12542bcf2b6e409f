"""Rows of a sheet become submissions, some at a time; and all of them are taken back again.

Both go on where they stopped: what is in the register already is not taken again, what is
withdrawn already is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import entering, letters, surveys, translating
from sutarta.apps.consultations.actions.entering import Origin
from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.actions.speaking import BadWords, Words
from sutarta.apps.consultations.models import (
    Channel,
    SheetState,
    Submission,
    SurveyRow,
    SurveySheet,
)
from sutarta.apps.consultations.queries import survey_drafts, survey_plans
from sutarta.apps.consultations.queries.survey_plans import KNOWN, NEW, Planned
from sutarta.apps.consultations.rules import surveys as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import gathering
from sutarta.apps.tenants import queries as groups

AT_ONCE = 50  # rows of one transaction: nobody waits long for the next number
T = TypeVar("T")


def go_on(at: datetime) -> int:
    """Finish every sheet that waits, of all groups; returns how many. Safe at any time.

    One that fails holds up no other: it is tried again the next time. Raises what the first of
    them failed with, once all had their turn.
    """
    found, failed = list(survey_plans.unfinished()), []
    for sheet in found:
        finish = take if sheet.state == SheetState.TAKING else take_back
        try:
            finish(sheet=sheet, at=at)
        except Exception as error:  # noqa: BLE001 - raised below
            failed.append(error)
    if failed:
        raise failed[0]
    return len(found)


def take(*, sheet: SurveySheet, at: datetime, most: int | None = None) -> bool:
    """Take rows of a confirmed sheet, `most` at most; returns whether all of it is done.

    What is refused now, for the consultation or the person has changed meanwhile, is left.
    Raises survey_drafts.Lost when its cells are gone: staff give it up.
    """

    def waiting(its: SurveySheet) -> list[Planned]:
        return survey_plans.plan(its, survey_drafts.draft_of(its), at).of(NEW)

    try:
        return _work(sheet, SheetState.TAKING, waiting, _take, _finish, at, most)
    except survey_drafts.Lost:
        if survey_plans.sheets(sheet.group).get(pk=sheet.pk).state == SheetState.TAKING:
            raise
        return True  # somebody else has just finished it


@transaction.atomic
def undo(*, actor: Any, sheet: SurveySheet, why: str, at: datetime) -> None:
    """Say that all of it is to be taken back; `take_back` does it. Raises Refused without a reason.

    Nothing vanishes: every submission keeps its number and is marked as taken back, with `why`,
    which the public reads; what is answered already stays.
    """
    sheet = surveys.held(sheet)
    require(rules.may_undo(actor, sheet, at))
    if not why.strip():
        raise Refused(_("Write why. It stands beside every submission of the sheet."))
    sheet.state, sheet.undo_by, sheet.undo_why = SheetState.UNDOING, actor, why.strip()
    sheet.save(update_fields=["state", "undo_by", "undo_why"])


def take_back(*, sheet: SurveySheet, at: datetime, most: int | None = None) -> bool:
    """Take back its submissions, `most` at most; returns whether all of it is done."""

    def waiting(its: SurveySheet) -> list[SurveyRow]:
        return list(survey_plans.to_take_back(its))

    return _work(sheet, SheetState.UNDOING, waiting, _take_back, _finish_undoing, at, most)


@transaction.atomic
def give_up(*, actor: Any, sheet: SurveySheet, at: datetime) -> None:
    """End the taking in of a sheet whose cells are lost with what is in the register of it.

    It is then a sheet like any that was taken in, and may be taken back. Raises Refused.
    """
    sheet = surveys.held(sheet)
    require(rules.may_give_up(actor, sheet, survey_drafts.is_kept(sheet), at))
    planned = sheet.taken
    sheet.taken = SurveyRow.objects.filter(sheet=sheet).count()
    sheet.left += max(0, planned - sheet.taken)
    sheet.state, sheet.made_at, sheet.path = SheetState.TAKEN, at, ""
    sheet.save()
    _record_made(sheet, "import.given_up", at)


def _work(
    sheet: SurveySheet,
    state: str,
    waiting: Callable[[SurveySheet], list[T]],
    step: Callable[[SurveySheet, Sequence[T], datetime], None],
    finish: Callable[[SurveySheet, datetime], None],
    at: datetime,
    most: int | None,
) -> bool:
    """Do `step` with what waits, some of it in each transaction; `finish` when nothing is left.

    Returns whether nothing is left, as for a sheet that is not in that state any more.
    """
    sheet = survey_plans.sheets(sheet.group).get(pk=sheet.pk)
    if sheet.state != state:
        return True
    found = waiting(sheet)
    now = found[:most]
    for start in range(0, len(now), AT_ONCE):
        step(sheet, now[start : start + AT_ONCE], at)
    if len(now) < len(found):
        return False
    finish(sheet, at)
    return True


def _take(sheet: SurveySheet, rows: Sequence[Planned], at: datetime) -> None:
    """All of them; one by one when somebody takes in the same answers with another sheet."""
    try:
        _take_together(sheet, rows, at)
    except IntegrityError:
        for row in rows:
            with suppress(IntegrityError):
                _take_together(sheet, [row], at)


@transaction.atomic
def _take_together(sheet: SurveySheet, rows: Sequence[Planned], at: datetime) -> None:
    """Whoever takes in the same sheet waits here, and finds the rows there."""
    if surveys.held(sheet).state != SheetState.TAKING:
        return
    keys = [one.key for one in rows]
    known = set(survey_plans.there(sheet).filter(key__in=keys).values_list("key", flat=True))
    with gathering.rows():
        for one in rows:
            if one.key not in known:
                _take_one(sheet, one, at)


def _take_one(sheet: SurveySheet, planned: Planned, at: datetime) -> None:
    said = planned.said
    if said is None:
        return
    try:
        submission = entering.enter(
            actor=sheet.made_by,
            consultation=sheet.consultation,
            words=Words(**said.words),
            channel=Channel.SURVEY,
            received_at=said.received_at,
            at=at,
            request_key=f"survey:{sheet.pk}:{planned.key}",
            origin=Origin(place=sheet.name),
            left_out=said.note,
            language=said.language,
        )
    except (Refused, BadWords):
        return  # said before anything of it was stored
    SurveyRow(
        group=sheet.group,
        sheet=sheet,
        submission=submission,
        row=planned.row.number,
        key=planned.key,
        content=planned.content,
    ).insert()


@transaction.atomic
def _finish(sheet: SurveySheet, at: datetime) -> None:
    sheet = surveys.held(sheet)
    if sheet.state != SheetState.TAKING:
        return
    counts = survey_plans.plan(sheet, survey_drafts.draft_of(sheet), at).counts
    sheet.taken = SurveyRow.objects.filter(sheet=sheet).count()
    # Somebody may have taken in the same answers with another sheet meanwhile.
    sheet.known = max(sheet.known, counts.get(KNOWN, 0) - sheet.taken)
    sheet.left += counts.get(NEW, 0)
    sheet.state, sheet.made_at = SheetState.TAKEN, at
    sheet.save()
    _record_made(sheet, "import.made", at)
    transaction.on_commit(lambda: surveys.forget(sheet))


def _record_made(sheet: SurveySheet, event: str, at: datetime) -> None:
    ledger.record(
        event,
        group=sheet.group,
        at=at,
        about=f"c/{sheet.consultation.number}",
        rows=[sheet],
        number=sheet.number,
        consultation=sheet.consultation.number,
        digest=sheet.digest,
        taken=sheet.taken,
        known=sheet.known,
        changed=sheet.changed,
        left=sheet.left,
    )


@transaction.atomic
def _take_back(sheet: SurveySheet, rows: Sequence[SurveyRow], at: datetime) -> None:
    if surveys.held(sheet).state != SheetState.UNDOING:
        return
    for row in rows:
        submission = hold_submission(row.submission)
        # Asked once more now that it is held: it may have been answered or erased meanwhile.
        if survey_plans.to_take_back(sheet).filter(pk=row.pk).exists():
            _withdraw(sheet, submission, at)
            SurveyRow.objects.filter(pk=row.pk).update(released_at=at)


def _withdraw(sheet: SurveySheet, submission: Submission, at: datetime) -> None:
    submission.withdrawn_at, submission.withdrawn_why = at, sheet.undo_why
    submission.keys = ""
    submission.save(update_fields=["withdrawn_at", "withdrawn_why", "keys"])
    ledger.record(
        "submission.taken_back",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[submission],
        gone=translating.forget(submission),
        number=submission.number,
        sheet=sheet.number,
    )
    if submission.email:
        letters.post(
            group=submission.group,
            to=submission.email,
            kind="taken_back",
            about=submission.pk,
            language=submission.language,
            at=at,
            submission=submission,
            own_page=letters.own_page(submission, groups.address(submission.group)),
        )


@transaction.atomic
def _finish_undoing(sheet: SurveySheet, at: datetime) -> None:
    sheet = surveys.held(sheet)
    if sheet.state != SheetState.UNDOING:
        return
    sheet.state, sheet.undone_at = SheetState.UNDONE, at
    sheet.save(update_fields=["state", "undone_at"])
    back = SurveyRow.objects.filter(sheet=sheet, released_at__isnull=False).count()
    ledger.record(
        "import.undone",
        group=sheet.group,
        at=at,
        about=f"c/{sheet.consultation.number}",
        rows=[sheet],
        number=sheet.number,
        consultation=sheet.consultation.number,
        taken_back=back,
        kept=sheet.taken - back,
    )
