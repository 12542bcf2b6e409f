"""What becomes of a working group's remarks: left out, notes of the staff, or submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sutarta.apps.consultations.actions import entering
from sutarta.apps.consultations.actions.speaking import BadWords, Words
from sutarta.apps.consultations.models import Channel, Submission
from sutarta.apps.consultations.queries import remarks as queries
from sutarta.apps.people.access import Refused, require
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies import remarks
from sutarta.apps.strategies import rules as strategy_rules
from sutarta.apps.strategies.models import Import
from sutarta.apps.strategies.remarks import SUBMISSION


@dataclass(frozen=True)
class Settled:
    """How many were kept as notes and left out, and the submissions in the order of the file."""

    notes: int
    out: int
    submissions: Sequence[Submission]


@transaction.atomic
def settle(*, actor: Any, import_: Import, chosen: Mapping[str, str], at: datetime) -> Settled:
    """Do with each remark what was chosen for its key: OUT, NOTE or SUBMISSION.

    A submission is entered like any other that came another way: numbered, receipted and logged,
    received when the remark was written, recorded now, checked before anybody outside reads it;
    its author stays unnamed in the register. Remarks decided on before are passed over.

    Raises Refused, when one cannot be a submission or the person may not do this; then nothing is
    done.
    """
    current = Import.objects.select_for_update().select_related("strategy").get(pk=import_.pk)
    require(strategy_rules.may_prepare(actor, current, at))
    waiting = {one.key for one in remarks.left(current)} & set(chosen)
    entered = _enter(actor, current, {k for k in waiting if chosen[k] == SUBMISSION}, at)
    rest = {key: chosen[key] for key in waiting if chosen[key] != SUBMISSION}
    strategies.settle_remarks(actor=actor, import_=current, chosen=rest, at=at)
    current.refresh_from_db(fields=["settled"])
    what = {key: {"as": SUBMISSION, "number": one.number} for key, one in entered.items()}
    strategies.mark_settled(current, what)
    notes = sum(choice == remarks.NOTE for choice in rest.values())
    return Settled(notes, len(rest) - notes, list(entered.values()))


def _enter(actor: Any, import_: Import, keys: set[str], at: datetime) -> dict[str, Submission]:
    if not keys:
        return {}
    its = queries.open_on(import_.strategy, at)
    asked = [one for one in remarks.left(import_) if one.key in keys]
    entered = {}
    for offer in queries.offers(import_, asked, its, actor, at):
        if its is None or offer.words is None or offer.remark.at is None:
            raise Refused(offer.why_not)
        try:
            entered[offer.remark.key] = entering.enter(
                actor=actor,
                consultation=its,
                words=Words(**asdict(offer.words)),
                channel=Channel.WORKGROUP,
                received_at=offer.remark.at,
                at=at,
                request_key=queries.request_key(its, offer.remark, offer.words),
            )
        except BadWords as bad:
            raise Refused(str(bad)) from bad
    return entered
