"""Two sheets of a survey's answers: one taken in, one taken back because it was the wrong file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from sutarta.apps.consultations.actions import moderating, survey_taking, surveys
from sutarta.apps.consultations.models import Consultation, Submission, SurveySheet, Visibility
from sutarta.cli.demo.desk import Staff

HEADINGS = [
    "Laiko žymė", "Vardas, pavardė", "El. paštas", "Ką reikėtų keisti?", "Kodėl?",
    "Ar sutinkate rodyti vardą?",
]  # fmt: skip
OF_FEEDBACK = [*HEADINGS[:3], "Kas patiko?", "Kas nepatiko?", HEADINGS[5]]
NAME = "Apklausa bibliotekoje.csv"
WRONG = "Renginio atsiliepimai.csv"
WHY = "Įkeltas ne tas failas: tai atsiliepimai apie bibliotekos vakarą, ne apie strategiją."
LEFT_TO_CHECK = 3  # of the last rows, which nobody has looked at yet
Answer = tuple[str, str, str, str]
ANSWERS: list[Answer] = [
    ("A. B.", "Daugiau suolų prie upės tako", "Vyresniems sunku eiti be poilsio", "Ne"),
    ("I. M.", "Apšviesti taką prie malūno", "Vakare tamsu ir nejauku", "Taip"),
    ("", "Šiukšliadėžių prie bendruomenės namų", "", ""),
    ("L. T.", "Dienos centre palikti kambarį tyliai ruošti pamokas", "Namuose nėra kur", "Taip"),
    ("", "Savanorių telefoną užrašyti stambiai ir iškabinti laiptinėse", "Ne visi turi internetą",
     ""),
    ("P. S.", "Amatų dirbtuvę atidaryti ir šeštadieniais", "Darbo dienomis dirbame", "Taip"),
    ("", "Psichologo valandas vakarais", "Dieną iš darbo neišleidžia", "Ne"),
    ("Z. K.", "Mokyti naudotis telefonu po vieną, o ne grupėje", "Grupėje gėda klausti", "Taip"),
    ("", "Bendruomenės namuose reikia vystymo stalo", "Ateiname su kūdikiais", ""),
    ("N. R.", "Jaunimo praktiką paskelbti iki gegužės", "Vėliau visi jau turi planų", "Taip"),
    ("", "Dviračių stovus prie visų keturiolikos vietų", "", ""),
    ("H. J.", "Pasakyti, kas atsakys, jei rodikliai nebus pasiekti", "To tekste neradau", "Ne"),
]  # fmt: skip
FEEDBACK: list[Answer] = [
    ("", "Buvo per karšta", "", ""),
    ("", "Puiki muzika, ačiū", "", ""),
    ("", "Kitą kartą daugiau arbatos", "", ""),
]


def take_in(consultation: Consultation, staff: Staff, at: datetime) -> None:
    """Within two hours before `at`: the right sheet, the wrong one, and that one back again."""
    minutes = timedelta(minutes=1)
    since = consultation.opens_at
    answers = _written(HEADINGS, ANSWERS, since)
    first = _taken(consultation, staff, NAME, answers, at - 110 * minutes)
    _publish(first, staff, at - 80 * minutes)
    feedback = _written(OF_FEEDBACK, FEEDBACK, since + 5 * minutes)
    wrong = _taken(consultation, staff, WRONG, feedback, at - 70 * minutes)
    survey_taking.undo(actor=staff.moderator, sheet=wrong, why=WHY, at=at - 60 * minutes)
    survey_taking.take_back(sheet=wrong, at=at - 60 * minutes)


def _taken(
    consultation: Consultation, staff: Staff, name: str, data: bytes, at: datetime
) -> SurveySheet:
    actor = staff.moderator
    sheet = surveys.bring(actor=actor, consultation=consultation, file_name=name, data=data, at=at)
    surveys.confirm(actor=actor, sheet=sheet, at=at)
    survey_taking.take(sheet=sheet, at=at)
    return sheet


def _written(headings: Sequence[str], answers: Sequence[Answer], since: datetime) -> bytes:
    """As survey programs export it; the answers came one every nine hours."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(headings)
    for place, (who, what, why, agrees) in enumerate(answers, 1):
        came = since + place * timedelta(hours=9, minutes=17)
        rows.writerow([f"{came:%Y-%m-%d %H:%M:%S}", who, "", what, why, agrees])
    return text.getvalue().encode("utf-8-sig")


def _publish(sheet: SurveySheet, staff: Staff, at: datetime) -> None:
    rows = Submission.objects.filter(survey_row__sheet=sheet).order_by("number")
    for submission in list(rows)[:-LEFT_TO_CHECK]:
        moderating.moderate(
            actor=staff.moderator, submission=submission, visibility=Visibility.PUBLIC,
            seen=submission.digest, at=at,
        )  # fmt: skip
