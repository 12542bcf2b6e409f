"""The desk's pages of sheets of answers: every step without a script, and what goes wrong."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sutarta.apps.consultations.forms.surveys import ROLES, known_codes, sentence
from sutarta.apps.consultations.models import Channel, SheetState, Submission, SurveySheet
from sutarta.apps.consultations.queries import survey_plans
from sutarta.apps.people.models import Role
from tests import make, surveys
from tests.formats.sheets.making import xlsx

pytestmark = pytest.mark.django_db
NOW = make.now()
CAME = NOW - timedelta(days=2)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def its():
    return make.running(version=make.version(group=make.group(host="ours.test")))


@pytest.fixture
def who(its):
    return make.member(of=its.group, role=Role.MODERATOR)


@pytest.fixture
def desk(client, who):
    client.force_login(who, BACKEND)
    client.cookies["sutarta_language"] = "en"
    client.defaults["HTTP_HOST"] = "ours.test"
    return client


def one(number, **said):
    return surveys.row(number, CAME, **said)


def upload(desk, its, *rows):
    file = SimpleUploadedFile("Apklausa.xlsx", xlsx(surveys.HEADS, *rows))
    return desk.post(f"/desk/c/{its.number}/surveys/", {"file": file})


def chosen(sheet, **changed):
    """What the form of columns sends when nothing is changed."""
    columns = sheet.choices["columns"]
    fields = {f"column_{n}": columns.get(head, "") for n, head in enumerate(surveys.HEADS)}
    usual = {"name": sheet.name, "place": 0, "first": 1, "height": 1, "came_at": "", "order": "day"}
    return {**usual, **fields, "do": "check", **changed}


def test_from_the_file_to_the_register_and_back(desk, its):
    answer = upload(desk, its, one(1), one(2, email="blogai"), one(3, came="vakar"))
    assert answer["Location"] == "/desk/surveys/1/"
    page = desk.get("/desk/surveys/1/").content.decode()
    assert "Nuomonė 1: reikia suolų." in page
    assert 'option value="received" selected' in page

    sheet = SurveySheet.objects.get()
    assert desk.post("/desk/surveys/1/", chosen(sheet))["Location"] == "/desk/surveys/1/check/"
    page = desk.get("/desk/surveys/1/check/").content.decode()
    assert "1 row can be taken in" in page
    assert "2 rows have errors" in page

    desk.post("/desk/surveys/1/check/", {"fix-3-2": "gerai@post.example", "left": "4"})
    page = desk.get("/desk/surveys/1/check/").content.decode()
    assert "2 rows can be taken in" in page
    assert "1 row was left out here" in page

    assert desk.post("/desk/surveys/1/check/", {"do": "take"})["Location"].endswith("/done/")
    page = desk.get("/desk/surveys/1/done/").content.decode()
    assert "2 rows became proposals" in " ".join(page.split())
    assert Submission.objects.filter(channel=Channel.SURVEY).count() == 2

    desk.post("/desk/surveys/1/done/", {"why": "Ne ta apklausa."})
    page = " ".join(desk.get("/desk/surveys/1/done/").content.decode().split())
    assert "2 proposals were taken back; their numbers stay." in page
    public = desk.get("/p/1/").content.decode()
    assert "Ne ta apklausa." in public


def test_faulty_rows_go_out_as_a_workbook_and_come_back(desk, its):
    upload(desk, its, one(1), one(2, email="blogai"))
    answer = desk.get("/desk/surveys/1/faulty.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book.active[2]][:2] == [3, one(2)[0]]
    assert "name@post.lt" in book.active.cell(2, 8).value
    book.active.cell(2, 4).value = "gerai@post.example"
    out = io.BytesIO()
    book.save(out)

    file = SimpleUploadedFile("rows.xlsx", out.getvalue())
    answer = desk.post("/desk/surveys/1/check/", {"do": "again", "corrected": file})

    assert answer.status_code == 302
    assert "2 rows can be taken in" in desk.get("/desk/surveys/1/check/").content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "neither an .xlsx or .ods workbook nor a .csv"),
        (b"PK\x03\x04 cut", "damaged or cut short"),
        (b"", "There is nothing in it."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(desk, its, data, words):
    file = SimpleUploadedFile("a.xlsx", data)
    answer = desk.post(f"/desk/c/{its.number}/surveys/", {"file": file})

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_every_refusal_of_the_reader_has_its_sentence():
    assert all(str(sentence(code)) for code in known_codes())


def test_every_role_of_a_column_has_a_name():
    assert set(ROLES) == {"", *survey_plans.known_roles()}


def test_two_columns_cannot_be_the_same(desk, its):
    upload(desk, its, one(1))
    sheet = SurveySheet.objects.get()

    answer = desk.post("/desk/surveys/1/", chosen(sheet, column_5="words"))

    assert answer.status_code == 422
    assert "is said to be this already" in answer.content.decode()


@pytest.mark.parametrize("sent", [{"first": "0"}, {"place": "9"}, {"came_at": "x"}, {"name": ""}])
def test_nonsense_in_the_form_of_columns_is_named(desk, its, sent):
    upload(desk, its, one(1))

    answer = desk.post("/desk/surveys/1/", chosen(SurveySheet.objects.get(), **sent))

    assert answer.status_code == 422


def test_fixes_for_rows_that_are_not_there_change_nothing(desk, its):
    upload(desk, its, one(1, email="blogai"))

    desk.post("/desk/surveys/1/check/", {"fix-99-2": "x", "fix-2-150": "y", "fix-a-b": "z"})

    page = desk.get("/desk/surveys/1/check/").content.decode()
    assert "1 row has an error" in page


def test_the_choice_of_columns_is_remembered_for_the_same_headings(desk, its):
    upload(desk, its, one(1))
    desk.post("/desk/surveys/1/", chosen(SurveySheet.objects.get(), column_5="", name="Suolai"))
    desk.post("/desk/surveys/1/check/", {"do": "take"})

    upload(desk, its, one(1), one(2))

    second = SurveySheet.objects.get(number=2)
    assert (second.name, "Kiek jums metų?" in second.choices["columns"]) == ("Suolai", False)
    assert "1 row is in the register already" in (
        desk.get("/desk/surveys/2/check/").content.decode()
    )


def test_more_rows_than_one_waits_for_are_shown_as_progress(desk, its, monkeypatch):
    monkeypatch.setattr("sutarta.apps.consultations.views.desk.surveys.AT_ONCE", 2)
    upload(desk, its, *[one(n) for n in range(5)])

    desk.post("/desk/surveys/1/check/", {"do": "take"})

    page = " ".join(desk.get("/desk/surveys/1/done/").content.decode().split())
    assert "2 of 5 rows so far" in page
    assert SurveySheet.objects.get().state == SheetState.TAKING


def test_the_list_asks_as_often_for_one_sheet_as_for_three(desk, its, who):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert desk.get(f"/desk/c/{its.number}/surveys/").status_code == 200
        return len(found)

    surveys.taken(its, actor=who)
    asked()
    first = asked()
    for number in (2, 3):
        surveys.taken(its, actor=make.member(of=its.group), number=number)

    assert asked() == first


def test_pages_of_a_sheet_ask_as_often_for_two_rows_as_for_ten(desk, its):
    counts = []
    for number, rows in enumerate((2, 10), start=1):
        upload(desk, its, *[one(n, email="blogai") for n in range(rows)])
        desk.get(f"/desk/surveys/{number}/check/")
        with CaptureQueriesContext(connection) as found:
            desk.get(f"/desk/surveys/{number}/check/")
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_a_sheet_taken_in_has_its_own_page_alone(desk, its, who):
    surveys.took(its, one(1), actor=who, at=NOW)

    for page in ("", "check/"):
        assert desk.get(f"/desk/surveys/1/{page}")["Location"] == "/desk/surveys/1/done/"
    assert desk.post("/desk/surveys/1/check/", {"do": "take"}).status_code == 403


@pytest.mark.parametrize("page", ["", "check/", "faulty.xlsx"])
def test_nobody_else_reads_what_stands_in_a_sheet(desk, its, page):
    upload(desk, its, one(1, email="j@post.example"), one(2, email="blogai"))
    desk.force_login(make.member(of=its.group, role=Role.EDITOR), BACKEND)

    assert desk.get(f"/desk/surveys/1/{page}").status_code == 403
