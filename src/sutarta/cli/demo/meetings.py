"""A meeting two evenings ago, with what was proposed there and its minutes, and one to come."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from sutarta.apps.consultations.actions import meetings, minuting, noting, participants
from sutarta.apps.consultations.actions.meetings import Facts
from sutarta.apps.consultations.actions.participants import Person
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import Consultation, Kind, Meeting
from sutarta.cli.demo import places
from sutarta.cli.demo.desk import Staff

AGO, AHEAD = timedelta(days=2), timedelta(days=4)
TOLD = timedelta(days=11)  # before now: announced soon after the opening
TYPED_UP = timedelta(minutes=45)  # before now
PAST = {
    "title": "Susitikimas su Pušyno gyventojais",
    "place": "Alksnių miesto biblioteka, 2 aukšto salė\nLiepų g. 12, Alksniai (yra liftas)",
    "words": "Pagalba namuose: kas keičiasi nuo sausio.\nDienos centro kiemas ir apšvietimas.\n"
    "Jūsų klausimai.",
}
NEXT = {
    "title": "Susitikimas su jaunimu ir tėvais",
    "place": "Bendruomenės namai\nMokyklos g. 3, Alksniai (įėjimas su vežimėliu iš kiemo)",
    "words": "Pirmasis jaunimo darbas: ką remsime.\nVakarai bendruomenės namuose.",
}
# Passage, and what was said; noted without names.
NOTES = [
    ("6.2.1 > Ką darysime.", "Bendruomenės namuose palikite vieną kambarį, kuriame galima tiesiog "
     "pasėdėti prie arbatos, be jokio užsiėmimo."),
    ("", "Kitą kartą susitikime šeštadienį prieš pietus: vakare iš Pušyno nėra kuo grįžti."),
]  # fmt: skip
MINUTES = """Papasakojome, kas antrojoje strategijos versijoje pasikeitė ir kodėl.

Daugiausia klausta apie pagalbą namuose savaitgaliais: kas ateis, kai darbuotoja serga. \
Paaiškinome, kad pavaduos kita įstaiga; tai įrašysime aiškiau.

Sutarta: du pasiūlymai užregistruoti, atsakymai bus šiame puslapyje. Kitas susitikimas – \
bendruomenės namuose."""
CAME = {"RESIDENTS": 23, "CIVIL": 6, "PUBLIC": 5}
LISTED = [
    Person("L. K.", email="l.k@alksniai.example", wants=("INVITE", "NEWS")),
    Person("V. S.", organisation="Pušyno bendrija", sector="CIVIL"),
]


def hold(consultation: Consultation, staff: Staff, at: datetime) -> None:
    """Announce both; note, list and minute the one that is over."""
    told = max(at - TOLD, consultation.announced_at)
    past = _announced(consultation, staff, PAST, _evening(at - AGO), told)
    _note(past, staff, at - TYPED_UP)
    for person in LISTED:
        participants.add(actor=staff.moderator, meeting=past, person=person, at=at - TYPED_UP)
    minuting.prepare(
        actor=staff.moderator, meeting=past, minutes=MINUTES, attendance=CAME, at=at - TYPED_UP
    )
    minuting.publish(actor=staff.coordinator, meeting=past, at=at - TYPED_UP)
    _announced(consultation, staff, NEXT, _evening(at + AHEAD), at - TYPED_UP)


def _evening(day: datetime) -> datetime:
    return timezone.localtime(day).replace(hour=17, minute=30, second=0, microsecond=0)


def _announced(
    consultation: Consultation,
    staff: Staff,
    words: dict[str, str],
    starts_at: datetime,
    at: datetime,
) -> Meeting:
    facts = Facts(starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90), **words)
    actor = staff.coordinator
    planned = meetings.plan(actor=actor, consultation=consultation, facts=facts, at=at)
    meetings.announce(actor=actor, meeting=planned, at=at)
    planned.refresh_from_db()
    return planned


def _note(meeting: Meeting, staff: Staff, at: datetime) -> None:
    version = meeting.consultation.version
    for place, (where, says) in enumerate(NOTES, 1):
        passage = places.find(version.document, where) if where else None
        words = Words(
            kind=Kind.COMMENT if passage else Kind.GENERAL,
            body=says,
            lineage_id=passage.id if passage else "",
        )
        noting.note(
            actor=staff.moderator,
            meeting=meeting,
            words=words,
            at=at,
            request_key=f"demo meeting {meeting.number} {place}",
            said_at=meeting.starts_at + timedelta(minutes=20 * place),
            publish=True,
        )
