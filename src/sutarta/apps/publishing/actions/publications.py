"""Recording where a notice was seen published, and withdrawing a record that was wrong."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from sutarta.apps.consultations.actions.attaching import Handed
from sutarta.apps.consultations.actions.holding import hold_consultation
from sutarta.apps.consultations.models import Consultation, Deadline
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import require
from sutarta.apps.publishing.models import Publication
from sutarta.apps.publishing.queries import publications as queries
from sutarta.apps.publishing.rules import publications as rules

COPY = ("copy_name", "copy_type", "copy_path", "copy_digest", "copy_size")


@dataclass(frozen=True)
class Seen:
    """What somebody saw published: where, when, and what it cost.

    is_obligatory   counts for the length of the notice; outlets the group names always do
    cost_cents      whole euro cents, None when unknown
    """

    outlet: str
    where: str
    seen_on: date
    is_obligatory: bool = False
    order_number: str = ""
    cost_cents: int | None = None
    link: str = ""


@transaction.atomic
def record(
    *,
    actor: Any,
    consultation: Consultation,
    seen: Seen,
    at: datetime,
    deadline: Deadline | None = None,
    copy: Handed | None = None,
    copy_of: Publication | None = None,
) -> Publication:
    """Record one publication of the notice. The same again without a new copy changes nothing.

    deadline   the deadline it names; None for the one in force
    copy       the file to keep, looked through already
    copy_of    a withdrawn record whose copy proves this one, too

    Raises Refused.
    """
    hold_consultation(consultation)
    require(rules.may_record(actor, consultation, at))
    told = queries.announced_deadlines(consultation)
    named = deadline or consultation.deadline
    require(rules.may_be_seen(seen.seen_on, named, told.index(named), at))
    facts = _facts(consultation, seen, named)
    if copy is None and (found := _standing(consultation).filter(**facts).first()):
        return found
    made = Publication(group=consultation.group, recorded_by=actor, recorded_at=at, **facts)
    _keep(made, copy, copy_of)
    made.save(force_insert=True)
    _log("notice.published", made, at)
    return made


@transaction.atomic
def withdraw(*, actor: Any, publication: Publication, reason: str, at: datetime) -> None:
    """Take back a record that was wrong. It stays, with the reason, and counts no more."""
    rows = Publication.objects.select_for_update(of=("self",)).select_related(
        "group", "consultation", "deadline"
    )
    held = rows.get(pk=publication.pk)
    require(rules.may_withdraw(actor, held, at))
    held.withdrawn_at, held.withdrawn_why = at, reason
    held.save(update_fields=["withdrawn_at", "withdrawn_why"])
    _log("notice.withdrawn", held, at)


def _facts(consultation: Consultation, seen: Seen, named: Deadline) -> dict[str, Any]:
    obligatory = seen.is_obligatory or seen.outlet in consultation.group.obligatory
    facts = {**asdict(seen), "is_obligatory": obligatory}
    return {"consultation": consultation, "deadline": named, **facts}


def _standing(consultation: Consultation) -> Any:
    return queries.recorded(consultation.group).filter(consultation=consultation, withdrawn_at=None)


def _keep(made: Publication, copy: Handed | None, copy_of: Publication | None) -> None:
    if copy is None:
        for name in COPY if copy_of is not None else ():
            setattr(made, name, getattr(copy_of, name))
        return
    path = f"{made.group_id}/publications/{made.pk}{copy.clean.suffix}"
    made.copy_path = default_storage.save(path, ContentFile(copy.clean.data))
    made.copy_name, made.copy_type = copy.name, copy.clean.media_type
    made.copy_digest, made.copy_size = copy.digest, len(copy.clean.data)


def _log(event: str, publication: Publication, at: datetime) -> None:
    ledger.record(
        event,
        group=publication.group,
        at=at,
        about=f"c/{publication.consultation.number}",
        rows=[publication],
        number=publication.consultation.number,
        publication=str(publication.pk),
        outlet=publication.outlet,
        seen_on=publication.seen_on.isoformat(),
        closes_at=publication.deadline.closes_at.isoformat(),
        obligatory=publication.is_obligatory,
        copy=publication.copy_digest,
    )
