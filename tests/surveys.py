"""Sheets of answers to surveys, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sutarta.apps.consultations.actions import survey_taking
from sutarta.apps.consultations.actions import surveys as actions
from sutarta.apps.consultations.models import Consultation, SheetState, SurveySheet
from sutarta.apps.people.models import User
from tests.formats.sheets.making import xlsx
from tests.make import NOON

HEADS = ("Laiko žymė", "Vardas", "El. paštas", "Ar sutinkate rodyti vardą?", "Jūsų pastabos",
         "Kiek jums metų?")  # fmt: skip


def row(number: int, at: datetime, **said: str) -> tuple[str, ...]:
    """A faultless answer; keywords: came, name, email, agrees, words, age."""
    usual = {
        "came": f"{at:%Y-%m-%d %H:%M}:{number % 60:02}",
        "name": f"A. {number}",
        "email": "",
        "agrees": "Ne",
        "words": f"Nuomonė {number}: reikia suolų.",
        "age": "30–39",
    }
    return tuple({**usual, **said}.values())


def brought(
    its: Consultation, *rows: Any, actor: User, at: datetime, name: str = "Apklausa.xlsx"
) -> SurveySheet:
    """A sheet of those rows, looked at and not taken in."""
    data = xlsx(HEADS, *rows)
    return actions.bring(actor=actor, consultation=its, file_name=name, data=data, at=at)


def took(its: Consultation, *rows: Any, actor: User, at: datetime, **more: Any) -> SurveySheet:
    """A sheet whose rows are in the register."""
    sheet = brought(its, *rows, actor=actor, at=at, **more)
    actions.confirm(actor=actor, sheet=sheet, at=at)
    survey_taking.take(sheet=sheet, at=at)
    sheet.refresh_from_db()
    return sheet


def taken(its: Consultation, *, actor: User, **facts: Any) -> SurveySheet:
    """The row of a sheet alone, without submissions."""
    usual = {
        "number": 1, "state": SheetState.TAKEN, "name": "Apklausa", "file_name": "apklausa.csv",
        "digest": "0" * 64, "made_by": actor, "uploaded_at": NOON, "made_at": NOON,
    }  # fmt: skip
    return SurveySheet.objects.create(group=its.group, consultation=its, **{**usual, **facts})
