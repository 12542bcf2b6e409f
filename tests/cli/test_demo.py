"""`sutarta demo`: a town and the country beside it, made by the actions people use."""

from __future__ import annotations

import resource
import time
from datetime import date, timedelta

from docx import Document

from tests.cli.conftest import sutarta
from tests.cli.test_backup import ask, everything

TOWN = "group_id = (SELECT group_id FROM tenants_host WHERE name = 'localhost')"
FIRST = f"(SELECT id FROM consultations_consultation WHERE {TOWN} AND number = 2)"
NOW = f"(SELECT id FROM consultations_consultation WHERE {TOWN} AND number = 3)"
SAID = "FROM consultations_submission WHERE consultation_id ="


def counted(data, question: str) -> dict:
    return dict(ask(data, question))


def test_two_groups_marked_as_demo_live_beside_each_other(demo_once):
    groups = "SELECT short_name, is_demo, accent <> '' FROM tenants_group ORDER BY short_name"
    hosts = "SELECT name FROM tenants_host ORDER BY name"

    assert ask(demo_once, groups) == [("Alksnių miesto VVG", 1, 0), ("Kelmynės krašto VVG", 1, 1)]
    assert [name for (name,) in ask(demo_once, hosts)] == [
        "127.0.0.1", "alksniai.localhost", "kelmyne.localhost", "localhost",
    ]  # fmt: skip


def test_people_spoke_about_version_1_in_every_way(demo_once):
    by_channel = counted(demo_once, f"SELECT channel, COUNT(*) {SAID} {FIRST} GROUP BY channel")
    by_kind = counted(demo_once, f"SELECT kind, COUNT(*) {SAID} {FIRST} GROUP BY kind")

    assert sum(by_channel.values()) >= 120
    assert set(by_channel) == {"WEB", "EMAIL", "PAPER", "PHONE", "MEETING", "ELSEWHERE"}
    assert min(by_channel.values()) >= 2
    assert set(by_kind) == {"COMMENT", "WORDING", "GENERAL", "QUESTION"}


def test_everything_that_happens_to_a_submission_happened_to_one(demo_once):
    shown = counted(demo_once, f"SELECT visibility, COUNT(*) {SAID} {FIRST} GROUP BY visibility")
    marks = f"SELECT SUM(is_late), COUNT(withdrawn_at), COUNT(erased_at) {SAID} {FIRST}"
    bundles = f"SELECT COUNT(*) {SAID} {FIRST} GROUP BY bundle_id HAVING bundle_id IS NOT NULL"

    assert shown.keys() == {"PUBLIC", "REDACTED", "HIDDEN", "SET_ASIDE"}
    assert ask(demo_once, marks) == [(3, 2, 1)]
    assert max(count for (count,) in ask(demo_once, bundles)) == 12
    assert ask(demo_once, "SELECT COUNT(*) >= 5 FROM consultations_attachment") == [(1,)]
    assert ask(demo_once, "SELECT COUNT(*) > 500 FROM consultations_support") == [(1,)]


def test_the_first_round_is_answered_reported_and_led_to_version_2(demo_once):
    versions = (
        f"SELECT number, published_at IS NOT NULL, reason FROM strategies_version WHERE {TOWN}"
    )
    rounds = f"SELECT number, answered_at IS NOT NULL FROM consultations_consultation WHERE {TOWN}"
    outcomes = (
        "SELECT a.outcome, COUNT(*) FROM consultations_answer a JOIN consultations_submission s"
        f" ON a.submission_id = s.id WHERE s.consultation_id = {FIRST} AND a.published_at"
        " IS NOT NULL GROUP BY a.outcome"
    )
    silent = (
        f"SELECT s.number {SAID.replace('submission', 'submission s')} {FIRST} AND visibility <>"
        " 'SET_ASIDE' AND withdrawn_at IS NULL AND erased_at IS NULL AND NOT EXISTS (SELECT 1 FROM"
        " consultations_answer a WHERE a.submission_id = s.id AND a.published_at IS NOT NULL)"
    )

    assert ask(demo_once, versions + " ORDER BY number") == [(1, 1, "FIRST"), (2, 1, "GUIDELINES")]
    assert ask(demo_once, rounds + " ORDER BY number") == [(1, 1), (2, 1), (3, 0)]
    assert counted(demo_once, outcomes).keys() == {
        "ACCEPTED", "PARTLY", "NOT_ACCEPTED", "NOTED", "OUT_OF_SCOPE",
    }  # fmt: skip
    assert ask(demo_once, silent) == []
    reports = "SELECT published_at IS NOT NULL FROM consultations_report WHERE consultation_id ="
    assert ask(demo_once, f"{reports} {FIRST}") == [(1,)]


def test_the_desk_has_work_to_show(demo_once):
    shown = counted(demo_once, f"SELECT visibility, COUNT(*) {SAID} {NOW} GROUP BY visibility")
    drafts = (
        "SELECT a.is_ready, COUNT(*) FROM consultations_answer a JOIN consultations_submission s"
        f" ON a.submission_id = s.id WHERE s.consultation_id = {NOW} AND a.published_at IS NULL"
        " GROUP BY a.is_ready"
    )

    assert 55 <= sum(shown.values()) <= 65
    assert shown["CHECKING"] >= 5
    assert counted(demo_once, drafts).keys() == {0, 1}


def test_the_desk_has_something_of_every_channel_to_show(demo_once):
    letters = "SELECT state, COUNT(*) FROM mail_rawletter GROUP BY state"
    sheets = "SELECT number, state, taken FROM consultations_surveysheet ORDER BY number"
    paper = "SELECT COUNT(*) FROM consultations_onpaper GROUP BY sheet ORDER BY printed"
    alike = f"SELECT COUNT(*) {SAID} {NOW} AND bundle_id IS NOT NULL GROUP BY bundle_id"

    assert counted(demo_once, letters) == {
        "TAKEN": 1,
        "TO_SORT": 1,
        "SET_ASIDE": 1,
        "UNREADABLE": 1,
    }
    assert ask(demo_once, sheets) == [(1, "TAKEN", 12), (2, "UNDONE", 3)]
    assert ask(demo_once, paper) == [(3,), (2,)]
    assert (12,) in ask(demo_once, alike)


def test_every_change_of_version_2_has_its_reason(demo_once):
    """What no person changed, such as the number of a table, says so, too."""
    changed = "SELECT COUNT(*) FROM strategies_passage WHERE outcome NOT IN ('kept', 'moved')"
    reasons = "SELECT COUNT(DISTINCT lineage_id) FROM consultations_changereason"
    causes = "SELECT cause, COUNT(*) FROM consultations_changereason GROUP BY cause"

    [(passages,)], [(explained,)] = ask(demo_once, changed), ask(demo_once, reasons)
    assert explained >= passages > 60
    by_cause = counted(demo_once, causes)
    assert by_cause.keys() == {"SUBMISSION", "GUIDELINES", "EDITING"}
    assert by_cause["SUBMISSION"] > by_cause["GUIDELINES"] > 10


def test_nothing_doubtful_is_left_in_version_2(demo_once):
    left = "SELECT COUNT(*) FROM strategies_passage WHERE outcome = 'doubtful'"

    assert ask(demo_once, left) == [(0,)]


def test_no_row_of_one_group_points_to_the_other(demo_once):
    rows = [
        ("consultations_submission", "consultations_consultation", "consultation_id"),
        ("consultations_consultation", "strategies_version", "version_id"),
        ("strategies_version", "strategies_strategy", "strategy_id"),
        ("consultations_answer", "consultations_submission", "submission_id"),
    ]
    for table, other, key in rows:
        crossing = (
            f"SELECT COUNT(*) FROM {table} a JOIN {other} b ON a.{key} = b.id"
            " WHERE a.group_id <> b.group_id"
        )
        assert ask(demo_once, crossing) == [(0,)]


def test_the_deadline_is_the_end_of_a_month_ahead(demo_once):
    of_now = f"FROM consultations_deadline WHERE consultation_id = {NOW}"
    [(last_day, wording)] = ask(demo_once, f"SELECT local_date, wording {of_now}")

    last, today = date.fromisoformat(last_day), date.fromtimestamp(time.time())  # noqa: DTZ012
    assert wording == "END_OF_DAY"
    assert (last + timedelta(days=1)).day == 1
    assert timedelta(days=7) <= last - today <= timedelta(days=39)


def test_the_second_start_is_quick_and_keeps_everything(demo):
    before = everything(demo)
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime

    done = sutarta("demo", "--no-serve", "--data", demo, "--port", 8123)

    before.pop("people_signinlink"), before.pop("sqlite_sequence")
    after = everything(demo)
    assert (done.returncode, done.stderr) == (0, "")
    assert {name: after[name] for name in before} == before
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began < 10
    assert "http://127.0.0.1:8123/\n" in done.stdout
    assert "http://kelmyne.localhost:8123/\n" in done.stdout


def test_any_word_file_will_do(tmp_path):
    word = Document()
    word.add_heading("Kalvių strategija", 1)
    word.add_paragraph("Mūsų miestui reikia daugiau suoliukų ir medžių prie gatvių.")
    word.save(tmp_path / "juodrastis.docx")

    done = sutarta(
        "demo",
        "--no-serve",
        "--data",
        tmp_path / "data",
        "--document",
        tmp_path / "juodrastis.docx",
    )

    assert (done.returncode, done.stderr) == (0, "")
    data = tmp_path / "data"
    assert ask(data, "SELECT title FROM strategies_strategy") == [("Kalvių strategija",)]
    assert ask(data, "SELECT COUNT(*) FROM consultations_submission") == [(3,)]


def test_another_document_needs_another_folder(demo, tmp_path):
    Document().save(tmp_path / "kitas.docx")

    done = sutarta("demo", "--no-serve", "--data", demo, "--document", tmp_path / "kitas.docx")

    sentence = f"There is a demo in {demo} already: name another folder with --data."
    assert (done.returncode, done.stderr) == (2, f"sutarta: {sentence}\n")


def test_a_bad_document_is_one_sentence_and_makes_no_group(tmp_path):
    (tmp_path / "bad.docx").write_bytes(b"PK no")

    done = sutarta(
        "demo", "--no-serve", "--data", tmp_path / "data", "--document", tmp_path / "bad.docx"
    )

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("sutarta: bad.docx: ")
    assert ask(tmp_path / "data", "SELECT COUNT(*) FROM tenants_group") == [(0,)]


def test_a_missing_document_is_one_sentence_and_makes_nothing(tmp_path):
    done = sutarta("demo", "--data", tmp_path / "data", "--document", tmp_path / "none.docx")

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "data").exists()


def test_the_end_of_the_month():
    from sutarta.cli.demo.making import end_of_month

    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(730)]

    assert all((end_of_month(day) + timedelta(days=1)).day == 1 for day in year)
    assert min(end_of_month(day) - day for day in year) == timedelta(days=8)
