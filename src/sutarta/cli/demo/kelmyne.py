"""A rural group beside the town: another tenant, with a short strategy and few people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sutarta.apps.people import actions as people
from sutarta.apps.tenants.models import Group
from sutarta.cli.demo import desk, making, speaking, voice
from sutarta.cli.demo.making import Plan
from sutarta.cli.demo.speaking import Round

HOST = "kelmyne.localhost"
BUNDLED = "kelmyne-1.docx"
ACCENT = "#5b3f8c"
BEGUN = timedelta(days=9)  # version 1 was published so long ago
OPENED = timedelta(days=6)  # before today
GROUP = {
    "name": "Kelmynės krašto vietos veiklos grupė",
    "short_name": "Kelmynės krašto VVG",
    "municipality": "Kelmynės rajono savivaldybė",
    "email": "rasykite@kelmyne.example",
    "phone": "+370 600 00100",
    "address": "Aikštės g. 2, Kelmynė",
    "office_hours": "II ir IV 10–15 val.",
    "accent": ACCENT,
}
STAFF = [{"email": "vadove@kelmyne.example", "name": "G. T.", "role": "COORDINATOR"}]
TITLE = "Kelmynės krašto 2024–2029 m. vietos plėtros strategija"
NOTE = "Pirmasis projektas. Jį rašėme kaimų sueigose, ne kabinete."
CONSULTATION = "Kelmynės krašto strategijos projekto aptarimas"
CONTACT = {
    "contact_name": "G. T.",
    "contact_email": "rasykite@kelmyne.example",
    "contact_phone": "+370 600 00100",
}
SUMMARY = {
    "summary": (
        "Septynios seniūnijos, vienas autobusas ir daug sumanymų. Perskaitykite, ką iki 2029 metų "
        "norime padaryti, ir pasakykite, kas parašyta ne taip, kaip yra Jūsų kaime."
    ),
    "broad_terms": (
        "„Paslauga“ čia reiškia tai, ką žmogus iš tikrųjų gauna kieme ar prie durų, o ne tai, kas "
        "įrašyta į įstaigos nuostatus."
    ),
    "planned": "Pavėžėjimas pagal skambutį, kaimų namų atgaivinimas, vietos gaminių parduotuvėlė.",
    "not_planned": "Neplanuojame kelių remonto ir naujų pastatų.",
    "deciders": "Į pasiūlymus atsako valdyba, strategiją tvirtina visuotinis narių susirinkimas.",
    "waived": ("open_questions",),
}


def found(at: datetime, say: Callable[[str], None]) -> Group:
    """The group, its strategy and the discussion that is open now."""
    say("A rural group beside it")
    begun = at - BEGUN
    group = people.found_group(hosts=[HOST], at=begun - timedelta(days=40), is_demo=True, **GROUP)
    staff = making.admit(group, STAFF, begun - timedelta(days=30))
    version = making.publish(group, staff, making.bundled(BUNDLED, TITLE, NOTE), begun)
    today = making.today(group, at)
    plan = Plan(CONSULTATION, today - OPENED, making.end_of_month(today), SUMMARY, CONTACT)
    voices = voice.read("kelmyne")
    round_ = Round(making.hold(staff, version, plan), staff, at)
    said = speaking.speak(round_, voices)
    desk.write_answers(round_.consultation, voices, said, staff, at, at)
    return group
