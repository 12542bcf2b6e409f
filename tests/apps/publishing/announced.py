"""Consultations with everything a notice needs, and their notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.publishing import checking
from sutarta.apps.publishing.announcing import Announcement
from sutarta.apps.publishing.queries import notices as queries
from sutarta.apps.strategies.models import VersionReason
from tests import make
from tests.make import NOON

WHOLE = {
    "waived": [],
    "broad_terms": "Socialinė integracija čia reiškia pagalbą į namus.",
    "planned": "Dienos centras Liepų gatvėje.",
    "not_planned": "Pusiaukelės namų neplanuojama.",
    "deciders": "Visuotinis narių susirinkimas sausio 20 d.",
    "open_questions": "Centro darbo laikas.",
    "contact_name": "R. M.",
    "contact_email": "pasiulymai@alksniai.example",
    "contact_phone": "+370 600 00000",
}


def consultation(**facts: Any) -> Consultation:
    """An announced consultation of which nothing is missing, 8 days before its deadline."""
    group = facts.pop("group", None) or make.group(notice_days=7)
    if "version" not in facts and "strategy" not in facts:
        facts["version"] = make.version(group=group)
    return make.consultation(**{**WHOLE, **facts})


def second(group: Any = None, note: str = "", **facts: Any) -> Consultation:
    """The same on version 2, in which one passage is not what it was."""
    first = make.version(group=group or make.group(notice_days=7))
    after = make.reworded(
        first, make.passage(first), "Pagalba teikiama kasdien, valandos įrašytos."
    )
    type(after).objects.filter(pk=after.pk).update(note=note, reason=VersionReason.GUIDELINES)
    after.refresh_from_db()
    return consultation(version=after, **facts)


def notice(
    its: Consultation, language: str = "lt", at: datetime = NOON, **words: str
) -> Announcement:
    """The notice with those words of the group's own, read anew as a page would."""
    row = queries.consultations_of(its.group).get(pk=its.pk)
    return queries.written(row, language, at, words)


def codes(said: Announcement) -> dict[str, str]:
    """Code of every finding -> its severity."""
    return {found.code: found.severity.value for found in checking.findings(said)}
