"""The proof of publication as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.publishing.models import Publication
from sutarta.apps.publishing.queries import publications as queries
from sutarta.apps.tenants import queries as tenants
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.apps.ui.marks import STATUSES


def columns(group: Group) -> list[str]:
    """The last one only for a group financed by the European Union, which says so everywhere."""
    names = [
        _("Through what"),
        _("Where"),
        _("Seen published on"),
        _("Deadline it names"),
        _("Order number"),
        _("Cost in euros"),
        _("Link"),
        _("Copy kept"),
        _("SHA-256 of the copy"),
        _("Remarks"),
        _("Withdrawn because"),
        _("Recorded by"),
        _("Recorded at"),
    ]
    return [*names, _("Financing")] if group.is_financed else names


def rows(
    consultation: Consultation, publications: Iterable[Publication]
) -> Iterator[Sequence[Any]]:
    """A row of each record, the newest first."""
    group = consultation.group
    site, zone = tenants.address(group), ZoneInfo(group.zone)
    end = [wording.eu_line(group)] if group.is_financed else []
    for one, codes in (
        (row.publication, row.marks) for row in queries.rows(consultation, publications)
    ):
        yield [
            one.get_outlet_display(),
            one.where,
            one.seen_on,
            one.deadline.closes_at.astimezone(ZoneInfo(one.deadline.zone)),
            one.order_number,
            _euros(one.cost_cents),
            one.link,
            site + queries.copy_path(one, consultation) if one.copy_path else "",
            one.copy_digest,
            "; ".join(str(STATUSES[code].word) for code in codes),
            one.withdrawn_why,
            str(one.recorded_by),
            one.recorded_at.astimezone(zone),
            *end,
        ]


def _euros(cents: int | None) -> str | None:
    """A number no spreadsheet misreads, whatever its decimal mark."""
    return None if cents is None else f"{cents // 100}.{cents % 100:02d}"
