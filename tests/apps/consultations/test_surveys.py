"""Answers to surveys: what a row says, what is taken once, what is corrected, what is undone."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation

from sutarta.apps.consultations.actions import survey_taking
from sutarta.apps.consultations.actions import surveys as actions
from sutarta.apps.consultations.models import (
    Channel,
    Kind,
    Note,
    SheetState,
    Submission,
    SurveyRow,
    SurveySheet,
)
from sutarta.apps.consultations.queries import showing, survey_drafts, survey_plans
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.formats import sheets as formats
from sutarta.formats.tables import write_xlsx
from tests import make, surveys
from tests.formats.sheets.making import separated, xlsx

pytestmark = pytest.mark.django_db
NOW = make.now()
CAME = NOW - timedelta(days=2)
HELP = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."
REST = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def its():
    return make.running(version=make.version(HELP, REST, group=make.group()))


@pytest.fixture
def who(its):
    return make.member(of=its.group, role=Role.MODERATOR)


def one(number, **said):
    return surveys.row(number, CAME, **said)


def brought(its, who, *rows, **more):
    return surveys.brought(its, *rows, actor=who, at=NOW, **more)


def took(its, who, *rows, **more):
    return surveys.took(its, *rows, actor=who, at=NOW, **more)


def planned(sheet):
    return survey_plans.plan(sheet, survey_drafts.draft_of(sheet), NOW)


def facts_of(event):
    leaf = json.loads(bytes(Entry.objects.get(event=event).body))
    return leaf["facts"]


def of_file(its, who, *rows, columns=None):
    """A sheet with other headings, its columns chosen by hand."""
    facts = {"consultation": its, "file_name": "a.xlsx", "data": xlsx(*rows), "at": NOW}
    sheet = actions.bring(actor=who, **facts)
    if columns:
        sheet.choices = {**sheet.choices, "columns": columns}
        sheet.save()
    return sheet


def test_a_row_becomes_a_submission_with_its_questions_and_its_own_hour(its, who):
    took(its, who, one(5, name="J. Ą.", email="j.a@post.example", agrees="Taip", words="Suolų!"))

    found = Submission.objects.get()
    assert found.body == "Suolų!\n\nKiek jums metų? 30–39"
    assert (found.channel, found.kind, found.author_name) == (Channel.SURVEY, Kind.GENERAL, "J. Ą.")
    assert (found.show_name, found.entered_by, found.source.place) == (True, who, "Apklausa")
    assert f"{found.received_at:%H:%M}" == f"{CAME:%H:%M}" or found.received_at < CAME
    assert Letter.objects.filter(to="j.a@post.example").count() == 1


@pytest.mark.parametrize(
    ("agrees", "shown"),
    [("Taip", True), ("Sutinku, kad rodytų", True), ("yes", True), ("TRUE", True), ("1", True),
     ("Ne", False), ("", False), ("Nesutinku", False), ("gal", False), ("Taip pat nenoriu", False),
     ("Sutinku, bet be vardo", False), ("Sutinku, kad nebūtų rodomas", False),
     ("Yes, but not by name", False), ("Sutinku tik anonimiškai", False)],
)  # fmt: skip
def test_only_who_plainly_agrees_is_named(its, who, agrees, shown):
    took(its, who, one(1, agrees=agrees))

    assert Submission.objects.get().show_name is shown


def test_an_organisation_nobody_agreed_to_publish_is_a_note_of_the_staff(its, who):
    heads = ("Vardas", "Organizacija", "Nuomonė", "Sutinku, kad vardas būtų rodomas")
    sheet = of_file(its, who, heads, ("J", "UAB „Tiltas“", "Taip", ""), ("K", "VšĮ", "Ne", "Taip"))
    actions.confirm(actor=who, sheet=sheet, at=NOW)
    survey_taking.take(sheet=sheet, at=NOW)

    first, second = Submission.objects.order_by("number")
    assert (first.organisation, second.organisation) == ("", "VšĮ")
    assert Note.objects.get().text == "Organizacija: UAB „Tiltas“"


def test_a_wording_for_a_passage_is_one_and_another_proposal_is_part_of_the_words(its, who):
    heads = ("Punktas", "Nuomonė", "Siūloma formuluotė", "Kodėl?")
    rows = (("savaitgaliais", "", "Pagalba teikiama visada.", "Ligos"),
            ("", "Gerai", "Daugiau suolų", "Nėra kur sėsti"))  # fmt: skip
    sheet = of_file(its, who, heads, *rows)
    wording, general = (row.said.words for row in planned(sheet).rows)

    assert (wording["kind"], wording["proposed"], wording["why"]) == (
        Kind.WORDING, "Pagalba teikiama visada.", "Ligos",
    )  # fmt: skip
    assert wording["lineage_id"]
    assert general["kind"] == Kind.GENERAL
    assert general["body"] == "Gerai\n\nSiūloma formuluotė: Daugiau suolų\nKodėl? Nėra kur sėsti"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": "", "age": ""}, "There are no words in it."),
        ({"email": "j.a@"}, "Write the whole e-mail address, such as name@post.lt."),
        ({"came": "vakar"}, "This is no date and hour, such as 2026-11-10 09:00."),
        ({"came": "2031-01-01 10:00"}, "This time is still ahead. Write when it came."),
        ({"name": "A" * 121}, "At most 120 characters."),
        ({"words": "a" * 20_001}, "The text is too long."),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(its, who, said, sentence):
    found = planned(brought(its, who, one(1), one(2, **said)))

    assert found.counts == {"NEW": 1, "FAULTY": 1}
    assert [fault.sentence for fault in found.of("FAULTY")[0].faults] == [sentence]
    assert found.of("FAULTY")[0].row.number == 3


def test_before_the_opening_nothing_can_have_come(its, who):
    early = f"{its.opens_at - timedelta(days=2):%Y-%m-%d} 10:00"

    (row,) = planned(brought(its, who, one(1, came=early))).rows

    assert row.fate == "FAULTY"


def test_a_day_without_an_hour_counts_from_its_beginning(its, who):
    day = its.opens_at.date() + timedelta(days=1)

    (row,) = planned(brought(its, who, one(1, came=f"{day}"))).rows

    assert row.said.received_at.astimezone(its.opens_at.tzinfo).date() in {
        day, day - timedelta(days=1),
    }  # fmt: skip


def test_the_same_sheet_again_adds_nothing_and_a_longer_one_only_what_is_new(its, who):
    took(its, who, one(1), one(2))
    again = brought(its, who, one(1), one(2), one(3), name="Apklausa (1).xlsx")

    assert again.name == "Apklausa"  # known by its headings
    assert planned(again).counts == {"KNOWN": 2, "NEW": 1}
    actions.confirm(actor=who, sheet=again, at=NOW)
    survey_taking.take(sheet=again, at=NOW)
    again.refresh_from_db()
    assert (again.taken, again.known, Submission.objects.count()) == (1, 2, 3)


def test_the_same_cells_under_another_name_are_no_new_answers(its, who):
    took(its, who, one(1))
    again = brought(its, who, one(1))
    SurveySheet.objects.filter(pk=again.pk).update(name="Visai kita")
    again.refresh_from_db()

    assert planned(again).counts == {"KNOWN": 1}


def test_an_answer_changed_meanwhile_is_named_and_not_overwritten(its, who):
    took(its, who, one(1, words="Seni žodžiai"))

    (row,) = planned(brought(its, who, one(1, words="Nauji žodžiai"))).rows

    assert (row.fate, row.number) == ("CHANGED", 1)
    assert Submission.objects.get().body.startswith("Seni žodžiai")


def test_two_people_who_say_the_same_are_two(its, who):
    heads = ("Ką manote?",)
    sheet = of_file(its, who, heads, ("Taip",), ("Taip",))
    assert planned(sheet).counts == {"NEW": 2}

    actions.confirm(actor=who, sheet=sheet, at=NOW)
    survey_taking.take(sheet=sheet, at=NOW)

    later = of_file(its, who, heads, ("Taip",), ("Taip",), ("Taip",))
    assert planned(later).counts == {"KNOWN": 2, "NEW": 1}


def test_an_own_number_of_the_row_tells_it_whatever_else_changes(its, who):
    heads = ("Nr.", "Nuomonė")
    took_ = of_file(its, who, heads, ("7", "Taip"))
    actions.confirm(actor=who, sheet=took_, at=NOW)
    survey_taking.take(sheet=took_, at=NOW)

    later = of_file(its, who, heads, ("8", "Taip"), ("7", "Ne"))

    assert [row.fate for row in planned(later).rows] == ["NEW", "CHANGED"]


def test_faults_are_corrected_by_typing_or_left_out(its, who):
    sheet = brought(its, who, one(1, email="blogai"), one(2, words="", age=""), one(3))
    actions.correct(
        actor=who, sheet=sheet, fixes={2: {2: "gerai@post.example"}}, left_out=[3], at=NOW
    )
    sheet.refresh_from_db()

    assert [row.fate for row in planned(sheet).rows] == ["NEW", "LEFT", "NEW"]
    actions.confirm(actor=who, sheet=sheet, at=NOW)
    survey_taking.take(sheet=sheet, at=NOW)
    sheet.refresh_from_db()
    assert (sheet.taken, sheet.left) == (2, 1)
    # A later file with the same mistake is the same answer still.
    later = brought(its, who, one(1, email="blogai"))
    assert planned(later).counts == {"KNOWN": 1}


def test_faults_are_corrected_by_the_file_of_faulty_rows(its, who):
    sheet = brought(its, who, one(1, email="blogai"), one(2))
    heads = ("Eilutė", *surveys.HEADS, "Kas negerai")
    row = ("2", *one(1, email="gerai@post.example"), "")

    count = actions.correct_by_file(actor=who, sheet=sheet, data=xlsx(heads, row), at=NOW)

    sheet.refresh_from_db()
    assert count == 1
    assert planned(sheet).counts == {"NEW": 2}


def test_another_file_corrects_nothing(its, who):
    sheet = brought(its, who, one(1, email="blogai"))

    with pytest.raises(Refused, match="not the file of rows"):
        actions.correct_by_file(actor=who, sheet=sheet, data=xlsx(("A", "B"), (1, 2)), at=NOW)


def test_nothing_is_in_the_register_before_it_is_confirmed(its, who):
    sheet = brought(its, who, one(1))

    survey_taking.go_on(NOW)

    assert (Submission.objects.count(), sheet.state) == (0, SheetState.LOOKED_AT)


def test_a_sheet_without_a_row_to_take_is_not_confirmed(its, who):
    with pytest.raises(Refused, match="no row that could be taken"):
        actions.confirm(actor=who, sheet=brought(its, who, one(1, came="vakar")), at=NOW)


def test_the_log_names_how_many_and_the_file_and_the_cells_are_gone(
    its, who, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sheet = took(its, who, one(1), one(2, came="vakar"))

    sheet.refresh_from_db()
    facts = facts_of("import.made")
    assert facts == {
        "number": 1, "consultation": its.number, "digest": sheet.digest,
        "taken": 1, "known": 0, "changed": 0, "left": 1,
    }  # fmt: skip
    assert sheet.path == ""
    assert "Nuomonė 1" not in str(facts)


def test_the_same_file_gives_another_fingerprint_each_time_so_that_nobody_can_guess_it(its, who):
    first, second = brought(its, who, one(1)), brought(its, who, one(1))

    assert first.digest != second.digest


def test_a_crash_half_way_goes_on_where_it_stopped(its, who, monkeypatch):
    monkeypatch.setattr(survey_taking, "AT_ONCE", 2)
    sheet = brought(its, who, *[one(n) for n in range(5)])
    actions.confirm(actor=who, sheet=sheet, at=NOW)

    assert survey_taking.take(sheet=sheet, at=NOW, most=2) is False
    assert Submission.objects.count() == 2
    assert survey_taking.go_on(NOW) == 1
    assert survey_taking.go_on(NOW) == 0

    sheet.refresh_from_db()
    assert (sheet.taken, Submission.objects.count(), SurveyRow.objects.count()) == (5, 5, 5)


def test_undoing_marks_every_submission_with_the_reason_and_keeps_the_numbers(its, who):
    sheet = took(its, who, one(1, email="j@post.example"), one(2))
    survey_taking.undo(actor=who, sheet=sheet, why="Ne ta apklausa.", at=NOW)
    survey_taking.go_on(NOW)

    sheet.refresh_from_db()
    rows = Submission.objects.order_by("number")
    assert [row.number for row in rows] == [1, 2]
    assert {row.withdrawn_why for row in rows} == {"Ne ta apklausa."}
    assert {showing.state(row) for row in rows} == {"WITHDRAWN"}
    assert sheet.state == SheetState.UNDONE
    assert facts_of("import.undone") == {
        "number": 1, "consultation": its.number, "taken_back": 2, "kept": 0,
    }  # fmt: skip
    assert Entry.objects.filter(event="submission.taken_back").count() == 2
    assert Letter.objects.filter(to="j@post.example", text__contains="Ne ta apklausa.").exists()


def test_after_undoing_the_same_answers_may_be_taken_again(its, who):
    sheet = took(its, who, one(1))
    survey_taking.undo(actor=who, sheet=sheet, why="Klaida", at=NOW)
    survey_taking.go_on(NOW)

    again = took(its, who, one(1))

    assert (again.taken, Submission.objects.filter(withdrawn_at=None).count()) == (1, 1)


def test_what_is_answered_stays_and_is_counted(its, who):
    sheet = took(its, who, one(1), one(2))
    make.answer(Submission.objects.get(number=1))
    survey_taking.undo(actor=who, sheet=sheet, why="Klaida", at=NOW)

    survey_taking.go_on(NOW)

    assert Submission.objects.get(number=1).withdrawn_at is None
    facts = facts_of("import.undone")
    assert (facts["taken_back"], facts["kept"]) == (1, 1)


def test_undoing_needs_a_reason_and_a_moderator(its, who):
    sheet = took(its, who, one(1))
    editor = make.member(of=its.group, role=Role.EDITOR)

    with pytest.raises(Refused, match="Write why"):
        survey_taking.undo(actor=who, sheet=sheet, why=" ", at=NOW)
    with pytest.raises(Refused, match="Your role"):
        survey_taking.undo(actor=editor, sheet=sheet, why="Klaida", at=NOW)


def test_cells_that_nobody_takes_in_are_removed_after_a_week(its, who, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sheet = brought(its, who, one(1))
    path = sheet.path

    assert actions.forget_old(NOW + timedelta(days=6)) == 0
    assert actions.forget_old(NOW + timedelta(days=8)) == 1

    sheet.refresh_from_db()
    assert not default_storage.exists(path)
    with pytest.raises(Refused, match="kept for a week"):
        actions.confirm(actor=who, sheet=sheet, at=NOW)


def test_a_file_that_cannot_be_read_leaves_nothing(its, who):
    facts = {"actor": who, "consultation": its, "file_name": "a.xlsx", "at": NOW}

    with pytest.raises(formats.Refused):
        actions.bring(**facts, data=b"\x89PNG\r\n\x1a\n\x00")

    assert SurveySheet.objects.count() == 0


def test_a_question_and_answer_of_a_csv_from_google(its, who):
    day = f"{CAME:%Y/%m/%d}"
    heads = ("Timestamp", "Username", "What is your opinion?", "Where do you live?")
    rows = [(f"{day} 9:0{n}:03 AM GMT+2", f"a{n}@post.example", f"Good {n}", "Town") for n in "12"]
    data = separated(heads, *rows)
    sheet = actions.bring(actor=who, consultation=its, file_name="f.csv", data=data, at=NOW)

    first = planned(sheet).rows[0]

    assert first.said.words["email"] == "a1@post.example"
    assert first.said.words["body"] == "Good 1\n\nWhere do you live? Town"
    assert f"{first.said.received_at:%H:%M:%S}" == "07:01:03"


def test_two_thousand_rows_in_one_sheet(its, who, capsys):
    rows = [one(n, came=f"{CAME:%Y-%m-%d %H}:{n // 60 % 60:02}:{n % 60:02}") for n in range(2000)]
    began = time.process_time()
    sheet = brought(its, who, *rows)
    looked = time.process_time()
    actions.confirm(actor=who, sheet=sheet, at=NOW)
    survey_taking.take(sheet=sheet, at=NOW)
    done = time.process_time()

    with capsys.disabled():
        print(f"\n2,000 rows: {looked - began:.1f} s to look at, {done - looked:.1f} s to take in")
    assert Submission.objects.count() == 2000
    assert done - looked < 60


def test_signs_no_database_keeps_are_left_out_of_cells(its, who):
    filler = [[f"Nuomonė {n}: reikia suolų ir takų prie upės."] for n in range(300)]
    data = separated(["Pastabos"], *filler, ["Su\0olų\x07!"])
    sheet = actions.bring(actor=who, consultation=its, file_name="a.csv", data=data, at=NOW)

    assert planned(sheet).rows[-1].said.words["body"] == "Suolų!"


def test_a_sheet_that_fails_holds_up_no_other(its, who, monkeypatch):
    bad, good = brought(its, who, one(1)), brought(its, who, one(2))
    for number, sheet in enumerate([bad, good]):
        actions.confirm(actor=who, sheet=sheet, at=NOW + timedelta(seconds=number))
    bad.refresh_from_db()
    default_storage.delete(bad.path)

    with pytest.raises(survey_drafts.Lost):
        survey_taking.go_on(NOW + timedelta(minutes=1))

    good.refresh_from_db()
    assert good.state == SheetState.TAKEN


def test_cells_end_also_after_a_crash(
    its, who, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path  # others' files of the same age are no strays
    took_in = took(its, who, one(1))  # killed before the cells were removed
    waits = brought(its, who, one(2))
    actions.confirm(actor=who, sheet=waits, at=NOW)
    stray = default_storage.save("surveys/20200101000000-0.json", ContentFile(b"{}"))
    assert took_in.path

    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_old(NOW + timedelta(days=8))

    waits.refresh_from_db()
    there = [default_storage.exists(path) for path in (took_in.path, stray, waits.path)]
    assert there == [False, False, True]


def test_what_was_answered_while_the_sheet_is_taken_back_stays(its, who, monkeypatch):
    sheet = took(its, who, one(1))
    survey_taking.undo(actor=who, sheet=sheet, why="Klaida", at=NOW)
    hold = survey_taking.hold_submission
    monkeypatch.setattr(
        survey_taking, "hold_submission", lambda row: make.answer(row) and hold(row)
    )

    survey_taking.go_on(NOW)

    assert Submission.objects.get().withdrawn_at is None


def test_what_was_erased_does_not_come_back_with_the_next_sheet(its, who):
    sheet = took(its, who, one(1), one(2))
    survey_taking.undo(actor=who, sheet=sheet, why="Klaida", at=NOW)
    survey_taking.go_on(NOW)
    Submission.objects.filter(number=1).update(erased_at=NOW, body="")

    again = took(its, who, one(1), one(2))

    assert again.taken == 1
    assert "Nuomonė 1" not in Submission.objects.get(number=3).body


def test_what_looks_like_a_formula_comes_back_as_it_was(its, who):
    row = one(1, email="blogai", words="- suolai\n- takai")
    sheet = brought(its, who, row)
    heads = ("Eilutė", *surveys.HEADS, "Kas negerai")
    data = write_xlsx(heads, [["2", *one(1, email="", words="- suolai\n- takai"), ""]], "Eilutės")

    actions.correct_by_file(actor=who, sheet=sheet, data=data, at=NOW)

    sheet.refresh_from_db()
    assert planned(sheet).rows[0].said.words["body"].startswith("- suolai")


def test_a_reason_longer_than_a_field_is_told_and_not_left_in_silence(its, who):
    heads = ("Punktas", "Nuomonė", "Siūloma formuluotė", "Kodėl?")
    sheet = of_file(its, who, heads, ("savaitgaliais", "", "Pagalba visada.", "Ligos " * 4_000))

    assert [fault.sentence for fault in planned(sheet).rows[0].faults] == ["The text is too long."]
