"""Paper: forms printed with codes, what came back typed in, slips of typing put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions import entering, sealing, speaking
from sutarta.apps.consultations.actions.holding import hold_consultation, hold_submission
from sutarta.apps.consultations.models import (
    Consultation,
    OnPaper,
    PaperRun,
    Submission,
)
from sutarta.apps.consultations.queries import paper as queries
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.rules import paper as rules
from sutarta.apps.consultations.rules.paper import MOST_ON_ONE, MOST_PRINTED
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import require
from sutarta.apps.tenants import actions as tenants

SERIES = "paper"


class BadSheet(ValueError):
    """A sheet of another consultation, one that is full, or too many printed at once."""


@dataclass(frozen=True)
class About:
    """Who spoke and how to reach them, as it stands on the sheet."""

    author_name: str = ""
    organisation: str = ""
    show_name: bool = False
    email: str = ""
    phone: str = ""
    post_address: str = ""


@transaction.atomic
def print_forms(
    *, actor: Any, consultation: Consultation, language: str, count: int, at: datetime
) -> PaperRun:
    """Give out `count` consecutive numbers for forms; nobody else's sheet ever has one of them.

    Raises Refused, or BadSheet when it is none or too many at once.
    """
    require(rules.may_print(actor, consultation, at))
    if not 1 <= count <= MOST_PRINTED:
        raise BadSheet(_("Print between 1 and %(most)s forms at once.") % {"most": MOST_PRINTED})
    numbers = [tenants.take_number(consultation.group, SERIES) for _each in range(count)]
    return PaperRun.objects.create(
        group=consultation.group,
        consultation=consultation,
        language=language,
        first=numbers[0],
        count=count,
        made_by=actor,
        made_at=at,
    )


@transaction.atomic
def type_in(
    *,
    actor: Any,
    consultation: Consultation,
    at: datetime,
    sheet: UUID | None = None,
    printed: int | None = None,
    **facts: Any,
) -> Submission:
    """Enter one proposal from a sheet of paper; those of one sheet stay linked.

    sheet     the sheet others were typed in from, None for a new one
    printed   number of our form, None for other paper; one known already names its sheet
    facts     as `entering.enter` takes them

    Sent twice, taken once. Raises what `entering.enter` raises, or BadSheet.
    """
    hold_consultation(consultation)  # two people with one sheet come one after the other
    held = _held(consultation, sheet, printed)
    if len(held) >= MOST_ON_ONE:
        raise BadSheet(_("That many proposals do not stand on one sheet. Begin a new one."))
    submission = entering.enter(actor=actor, consultation=consultation, at=at, **facts)
    if OnPaper.objects.filter(submission=submission).exists():
        return submission
    row = OnPaper.objects.create(
        group=submission.group,
        submission=submission,
        sheet=held[0].sheet if held else sheet or uuid4(),
        printed=held[0].printed if held else printed,
        place=held[-1].place + 1 if held else 1,
    )
    ledger.record(
        "paper.typed_in",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[row],
        number=submission.number,
        place=row.place,
    )
    return submission


def _held(consultation: Consultation, sheet: UUID | None, printed: int | None) -> list[OnPaper]:
    """What was typed in from that sheet already."""
    group = consultation.group
    if printed is not None:
        if queries.consultation_of(group, printed) != consultation:
            raise BadSheet(_("The form with this code is not of this consultation."))
        return queries.printed_before(group, printed)
    held = queries.on_sheet(group, sheet) if sheet is not None else []
    if held and held[0].submission.consultation_id != consultation.pk:
        raise BadSheet(_("The sheet is not of this consultation."))
    return held


@transaction.atomic
def retype(*, actor: Any, submission: Submission, text: Text, about: About, at: datetime) -> bool:
    """Put right what was typed in otherwise than it stands on the paper.

    The former words stay, marked, with who replaced them. Of name and contact that were erased
    meanwhile nothing comes back from a page opened before. Returns whether anything changed.
    Raises Refused, or speaking.BadWords for an empty text.
    """
    submission = hold_submission(submission)
    require(rules.may_retype(actor, submission, at))
    speaking.require_text(submission.kind, text)
    rows: list[Any] = [submission]
    if text != Text.of(submission):
        rows.append(speaking.replace_words(submission, text, at, actor))
    is_other = asdict(about) != {name: getattr(submission, name) for name in asdict(about)}
    is_other = is_other and len(submission.author_salt) > 0
    if is_other:
        for name, value in asdict(about).items():
            setattr(submission, name, value)
        sealing.seal_author(submission)
        submission.save()
    if len(rows) == 1 and not is_other:
        return False
    log_retyped(submission, rows, at)
    return True


def log_retyped(submission: Submission, rows: Sequence[Any], at: datetime) -> None:
    """What staff had typed in otherwise than it stood there now says what it does."""
    ledger.record(
        "submission.retyped",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=rows,
        number=submission.number,
        digest=submission.digest,
        author=submission.author_digest,
        contact=submission.contact_digest,
    )
