"""Where the invented town told people of the discussion that is open now."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sutarta.apps.consultations.actions import attaching
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries.public import page_address
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import User
from sutarta.apps.publishing.actions import notices, publications
from sutarta.apps.publishing.models import Outlet
from sutarta.cli.demo import cutting, words

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
    (Outlet.NEWSPAPER, "Alksnių naujienos", 2, "SK-118", 4840, ""),
    (Outlet.POSTER, "Biblioteka, poliklinika ir trys parduotuvės", 3, "", 1260, ""),
]  # fmt: skip

# Language -> part of the notice -> what the group adds to it.
OWN = {
    "lt": {
        "goal": "Kad kiekvienas alksniškis pagalbą gautų arti namų, turėtų kur susitikti su kitais "
                "ir galėtų pats dalyvauti miesto gyvenime.",
        "objectives": "Sutvarkyti ir visiems pritaikyti bendruomenei skirtas vietas\n"
                      "Teikti pagalbą arčiau namų ir padėti įsitraukti",
        "programme": "2021–2027 metų Europos Sąjungos fondų investicijų programa, 4 prioritetas, "
                     "4.7 ir 4.9 konkretūs uždaviniai (ESF+ ir ERPF lėšos).",
        "involved": "Atsakė 1 204 gyventojai, keturiolikoje susitikimų dalyvavo 486 žmonės.",
        "elsewhere": "Popierinis tekstas padėtas Alksnių viešojoje bibliotekoje ir mūsų biure.",
    },
    "en": {
        "about": "What we do until 2029 so that help is near home, children and young people have "
                 "a place to be after school, and the town has a place to meet.",
        "changed": "Corrected after the ministry changed its guidelines, and after residents’ "
                   "proposals: 50,000 euros were moved from buildings to people.",
        "decides": "The board answers the proposals. The general meeting approves the strategy, "
                   "and the ministry assesses it.",
    },
}  # fmt: skip


def publish(consultation: Consultation, actor: User, at: datetime) -> None:
    """Set the group's rule, and record every publication on the day it was seen."""
    group, told = consultation.group, consultation.announced_at
    people.change_settings(actor=actor, group=group, changed=RULE, at=told)
    if consultation.strategy.title == words.TITLE:
        _add_own_words(consultation, actor, told)
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
            copy = None
            if outlet == Outlet.NEWSPAPER:
                copy = attaching.read("iškarpa.png", cutting.drawn(consultation, where, seen_at))
            publications.record(
                actor=actor, consultation=consultation, seen=seen, copy=copy, at=seen_at
            )


def _add_own_words(consultation: Consultation, actor: User, at: datetime) -> None:
    """What only the group knows of its strategy, in both languages."""
    for language in ("lt", "en"):
        notices.write(
            actor=actor, consultation=consultation, language=language, words=OWN[language], at=at
        )
