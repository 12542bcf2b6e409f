"""The closing report of a consultation: written at the desk, then published once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from sutarta.apps.consultations.actions.holding import hold_consultation
from sutarta.apps.consultations.models import Consultation, Report
from sutarta.apps.consultations.queries import gates
from sutarta.apps.consultations.queries import reporting as queries
from sutarta.apps.consultations.rules import reporting as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import require
from sutarta.core.canonical import digest


@transaction.atomic
def write_report(
    *,
    actor: Any,
    consultation: Consultation,
    what_changed: str,
    who_took_part: str,
    population: Sequence[Sequence[Any]],
    at: datetime,
) -> Report:
    """Keep what the office says in the report; its numbers come from the register by themselves.

    population   see models.Report
    """
    hold_consultation(consultation)
    report = queries.report_of(consultation)
    require(rules.may_write_report(actor, consultation, report, at))
    written, _is_new = Report.objects.update_or_create(
        consultation=consultation,
        defaults={
            "group": consultation.group,
            "what_changed": what_changed.strip(),
            "who_took_part": who_took_part.strip(),
            "population": [list(row) for row in population],
            "written_by": actor,
            "written_at": at,
        },
    )
    return written


@transaction.atomic
def publish_report(*, actor: Any, consultation: Consultation, at: datetime) -> Report:
    """Publish the report as it stands now; from then on its numbers and outcomes stay.

    Raises Refused with a list of what is missing, such as an unanswered proposal.
    """
    hold_consultation(consultation)
    report = queries.report_of(consultation)
    missing = gates.missing(queries.checks(consultation, report))
    require(rules.may_publish_report(actor, consultation, report, missing, at))
    report.content, report.published_at = queries.freeze(report), at
    report.save(update_fields=["content", "published_at"])
    ledger.record(
        "report.published",
        group=consultation.group,
        at=at,
        about=f"c/{consultation.number}",
        rows=[report],
        consultation=consultation.number,
        content=digest(report.content),
    )
    return report
