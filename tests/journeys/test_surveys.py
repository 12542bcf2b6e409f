"""A survey's sheet with errors is brought on a phone without a script, corrected, and undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.consultations.models import SheetState, Submission, SurveySheet
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import Role
from tests import make, surveys
from tests.formats.sheets.making import xlsx

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def staff(group):
    return make.member(of=group, role=Role.MODERATOR)


def _file():
    now = make.now()
    rows = [surveys.row(n, now - timedelta(hours=3)) for n in range(1, 8)]
    rows[2] = surveys.row(3, now - timedelta(hours=3), email="j.a@")
    rows[4] = surveys.row(5, now - timedelta(hours=3), came="vakar vakare")
    return {"name": "Suolai.xlsx", "mimeType": KIND, "buffer": xlsx(surveys.HEADS, *rows)}


def _signed_in(walk, group, staff, **how):
    found = walk(language="en", **how)
    secret = people.make_link(group=group, user=staff, at=make.now())
    found.open(f"/in/{secret}/")
    found.page.get_by_role("button").last.click()
    found.page.wait_for_load_state()
    return found


def _problems(axe, walk, width):
    """What a reader of screens stumbles over, and what is wider than the screen."""
    found = [rule["id"] for rule in axe.run(walk.page).response["violations"]]
    wide = walk.page.evaluate("document.documentElement.scrollWidth")
    return [*found, *([f"{wide} px wide"] if wide > width else [])]


@pytest.mark.parametrize(
    ("js", "width", "scheme"),
    [(False, 390, "light"), (True, 320, "dark"), (True, 1280, "light")],
)
def test_a_sheet_with_errors_is_brought_corrected_and_undone(
    walk, group, consultation, staff, axe, js, width, scheme
):
    desk = _signed_in(walk, group, staff, js=js, width=width, scheme=scheme)
    problems = []
    desk.open(f"/desk/c/{consultation.number}/")
    desk.press("Answers to a survey")
    problems += _problems(axe, desk, width) if js else []
    desk.page.get_by_label("Workbook (.xlsx, .ods) or .csv file").set_input_files(_file())
    desk.press("Show what is in it")
    assert desk.says("Nuomonė 1: reikia suolų.")
    problems += _problems(axe, desk, width) if js else []
    desk.picture(f"survey-columns-{width}")
    desk.press("Look at every row")

    assert desk.says("5 rows can be taken in")
    assert desk.says("2 rows have errors")
    problems += _problems(axe, desk, width) if js else []
    desk.picture(f"survey-check-{width}")
    desk.fill("El. paštas", "j.a@post.example")
    desk.page.get_by_label("Leave this row out").nth(1).check()
    desk.press("Keep the corrections")
    assert desk.says("6 rows can be taken in")
    desk.press("Take 6 rows into the register")

    assert desk.says("6 rows became proposals (No. 1 – No. 6)")
    problems += _problems(axe, desk, width) if js else []
    desk.picture(f"survey-done-{width}")
    desk.fill("Why is all of it taken back?", "It was the survey of last year.")
    desk.press("Take all of it back")
    assert desk.says("6 proposals were taken back; their numbers stay.")
    problems += _problems(axe, desk, width) if js else []
    desk.open("/p/1/")
    assert desk.says("It was the survey of last year.")
    assert problems == []
    assert SurveySheet.objects.get().state == SheetState.UNDONE
    assert Submission.objects.filter(withdrawn_at=None).count() == 0
    desk.tell("A survey's sheet")
