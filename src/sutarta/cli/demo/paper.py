"""Two sheets of paper that came back from the library, each with several proposals."""

from __future__ import annotations

from datetime import datetime, timedelta

from sutarta.apps.consultations.actions import paper
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import Channel, Consultation, Kind
from sutarta.cli.demo import places
from sutarta.cli.demo.desk import Staff

PRINTED = 20  # forms laid out in the library
PLACE = "Bibliotekos skaitykla"
# Which of the forms; who wrote on it and where an answer reaches them; (passage, words) of each.
SHEETS = [
    (3, "A. J.", "Pušyno g. 3, Alksniai", [
        ("6.2.1 > Ką darysime.", "Bendruomenės namuose tegul būna ir skalbykla: bendrabutyje ji "
         "sugedusi nuo pavasario."),
        ("6.2.2 > Kam skirta.", "Dienos centre palikite nors vieną vakarą suaugusiems – šachmatams "
         "ir mezgimui."),
        ("", "Rašykite didesnėmis raidėmis. Strategiją skaičiau su lupa."),
    ]),
    (8, "V. Ž.", "", [
        ("6.3.1 > Ką darysime.", "Įrašykite ir malkų sunešimą: be jų ir sriuba neišverda."),
        ("6.3.3 > Ką darysime.", "Savanorių telefonas tegul veikia ir sekmadienį, tada "
         "vienišiausia."),
    ]),
]  # fmt: skip


def type_in(consultation: Consultation, staff: Staff, at: datetime) -> None:
    """Print forms at the opening; two of them came back and are typed in before `at`."""
    run = paper.print_forms(
        actor=staff.moderator, consultation=consultation, language="lt", count=PRINTED,
        at=consultation.opens_at,
    )  # fmt: skip
    for number, who, post, proposals in SHEETS:
        for place, (where, says) in enumerate(proposals, 1):
            passage = places.find(consultation.version.document, where) if where else None
            words = Words(
                kind=Kind.COMMENT if passage else Kind.GENERAL,
                body=says,
                lineage_id=passage.id if passage else "",
                author_name=who,
                post_address=post,
            )
            paper.type_in(
                actor=staff.moderator,
                consultation=consultation,
                printed=run.first + number - 1,
                words=words,
                channel=Channel.PAPER,
                received_at=at - timedelta(hours=3),
                at=at,
                request_key=f"demo paper {consultation.number} {number} {place}",
                publish=True,
            )
