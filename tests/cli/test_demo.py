"""`sutarta demo`: one town, made by the actions people use."""

from __future__ import annotations

import time
from datetime import date, timedelta

from docx import Document

from tests.cli.conftest import sutarta
from tests.cli.test_backup import ask, everything


def test_everything_is_there(demo_once):
    assert ask(demo_once, "SELECT is_demo, municipality FROM tenants_group") == [
        (1, "Alksnių miesto savivaldybė")
    ]
    assert ask(demo_once, "SELECT name FROM tenants_host ORDER BY name") == [
        ("127.0.0.1",),
        ("localhost",),
    ]
    assert ask(demo_once, "SELECT number, digest <> '' FROM strategies_version") == [
        (1, 1),
        (2, 1),
    ]
    assert ask(demo_once, "SELECT COUNT(*) FROM consultations_submission") == [(21,)]
    assert ask(demo_once, "SELECT COUNT(*) FROM consultations_answer") == [(15,)]
    waiting = "SELECT COUNT(*) FROM consultations_submission WHERE visibility = 'CHECKING'"
    assert ask(demo_once, waiting) == [(3,)]


def test_the_first_round_is_answered_reported_and_led_to_version_2(demo_once):
    published = "SELECT number, published_at IS NOT NULL FROM {} ORDER BY number"
    answered = "SELECT number, answered_at IS NOT NULL FROM consultations_consultation"
    open_ = (
        "SELECT COUNT(*) FROM consultations_submission s JOIN consultations_consultation c"
        " ON s.consultation_id = c.id LEFT JOIN consultations_answer a ON a.submission_id = s.id"
        " WHERE c.number = 1 AND s.visibility <> 'SET_ASIDE' AND a.published_at IS NULL"
    )

    assert ask(demo_once, published.format("strategies_version")) == [(1, 1), (2, 1)]
    assert ask(demo_once, answered + " ORDER BY number") == [(1, 1), (2, 0)]
    assert ask(demo_once, open_) == [(0,)]
    assert ask(demo_once, "SELECT published_at IS NOT NULL FROM consultations_report") == [(1,)]


def test_those_who_said_the_same_and_those_who_agree_are_there(demo_once):
    together = "SELECT COUNT(*) FROM consultations_submission WHERE bundle_id IS NOT NULL"
    agreed = "SELECT COUNT(*) > 50 FROM consultations_support"

    assert ask(demo_once, together) == [(4,)]
    assert ask(demo_once, agreed) == [(1,)]


def test_every_change_of_version_2_has_its_reason(demo_once):
    changed = "SELECT COUNT(*) FROM strategies_passage WHERE outcome NOT IN ('kept', 'moved')"
    reasons = "SELECT COUNT(DISTINCT lineage_id) FROM consultations_changereason"

    [(passages,)], [(explained,)] = ask(demo_once, changed), ask(demo_once, reasons)
    assert explained >= passages > 5


def test_the_deadline_is_the_end_of_a_month_ahead(demo_once):
    newest = "SELECT local_date, wording FROM consultations_deadline ORDER BY set_at DESC LIMIT 1"
    [(last_day, wording)] = ask(demo_once, newest)

    last, today = date.fromisoformat(last_day), date.fromtimestamp(time.time())  # noqa: DTZ012
    assert wording == "END_OF_DAY"
    assert (last + timedelta(days=1)).day == 1
    assert timedelta(days=7) <= last - today <= timedelta(days=39)


def test_the_second_start_is_quick_and_keeps_everything(demo):
    before = everything(demo)
    started = time.monotonic()

    done = sutarta("demo", "--no-serve", "--data", demo, "--port", 8123)

    before.pop("people_signinlink"), before.pop("sqlite_sequence")
    after = everything(demo)
    assert (done.returncode, done.stderr) == (0, "")
    assert {name: after[name] for name in before} == before
    assert time.monotonic() - started < 10
    assert "http://127.0.0.1:8123/\n" in done.stdout


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
    from sutarta.cli.demo.founding import end_of_month

    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(730)]

    assert all((end_of_month(day) + timedelta(days=1)).day == 1 for day in year)
    assert min(end_of_month(day) - day for day in year) == timedelta(days=8)
