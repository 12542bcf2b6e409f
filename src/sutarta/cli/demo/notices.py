"""Where the invented town told people of the discussion that is open now."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import User
from sutarta.apps.publishing.actions import publications
from sutarta.apps.publishing.models import Outlet
from sutarta.apps.publishing.queries.publications import page_address

RULE = {
    "notice_days": 14,
    "obligatory": [Outlet.MUNICIPALITY.value, Outlet.NEWSPAPER.value],
    "embed_hosts": ["savivaldybe.localhost", "www.alksniai.example"],
}
# Through what, where, days after the announcement, order number, cents, link
SEEN = [
    (Outlet.SITE, "VVG svetainė", 0, "", None, ""),
    (Outlet.MUNICIPALITY, "Alksnių miesto savivaldybės svetainė", 0, "", 0,
     "https://www.alksniai.example/naujienos/strategijos-aptarimas"),
    (Outlet.NEWSPAPER, "Alksnių žinios", 2, "SK-118", 4840, ""),
    (Outlet.POSTER, "Biblioteka, poliklinika ir trys parduotuvės", 3, "", 1260, ""),
]  # fmt: skip


def publish(consultation: Consultation, actor: User, at: datetime) -> None:
    """Set the group's rule, and record every publication on the day it was seen."""
    group, told = consultation.group, consultation.announced_at
    people.change_settings(actor=actor, group=group, changed=RULE, at=told)
    for outlet, where, days, order, cents, link in SEEN:
        seen_at = told + timedelta(days=days, hours=1)
        if seen_at <= at:
            own = page_address(consultation) if outlet == Outlet.SITE else ""
            seen = publications.Seen(
                outlet=outlet.value,
                where=where,
                seen_on=seen_at.astimezone(ZoneInfo(group.zone)).date(),
                order_number=order,
                cost_cents=cents,
                link=own or link,
            )
            publications.record(actor=actor, consultation=consultation, seen=seen, at=seen_at)
