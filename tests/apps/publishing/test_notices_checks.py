"""What holds a notice back, what only warns, and which words do it."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from sutarta.apps.publishing import checking, dating, vanishing
from sutarta.apps.publishing.announcing import Announcement, announcement
from sutarta.apps.publishing.queries import notices as queries
from sutarta.core import deadlines
from tests import make
from tests.apps.publishing import announced
from tests.make import NOON

pytestmark = pytest.mark.django_db


def test_a_whole_notice_has_nothing_against_it():
    assert announced.codes(announced.notice(announced.consultation())) == {}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"announced_at": None}, "notice.early"),
        ({"contact_name": ""}, "contact.missing"),
        ({"summary": ""}, "version.about"),
        ({"last_day": date(2026, 11, 21)}, "deadline.passed"),
        ({"answered_at": NOON}, "deadline.passed"),
    ],
)
def test_what_is_missing_stops_the_notice(facts, code):
    its = announced.consultation(**facts)

    assert announced.codes(announced.notice(its)) == {code: "REFUSE"}


def test_nobody_to_reach_stops_the_notice():
    group = make.group(notice_days=7, email="", phone="")
    its = announced.consultation(group=group, contact_email="", contact_phone="")

    assert announced.codes(announced.notice(its)) == {"contact.unreachable": "REFUSE"}


def test_no_deadline_stops_the_notice():
    its = announced.consultation(announced_at=None)
    its.deadlines.all().delete()

    found = announced.codes(announced.notice(its))

    assert found == {"notice.early": "REFUSE", "deadline.missing": "REFUSE"}


@pytest.mark.parametrize(
    ("note", "changed", "found"),
    [
        ("", "", {"version.changed": "REFUSE"}),
        ("Pataisyta pagal gaires.", "", {}),
        ("", "Pataisyta pagal gaires.", {}),
    ],
)
def test_a_later_version_says_what_changed(note, changed, found):
    its = announced.second(note=note)

    assert announced.codes(announced.notice(its, changed=changed)) == found


def test_in_another_language_the_group_says_it_anew():
    found = announced.codes(announced.notice(announced.second(note="Pataisyta."), "en"))

    assert found == {
        "version.about": "REFUSE", "version.changed": "REFUSE", "decides.missing": "WARN",
    }  # fmt: skip


@pytest.mark.parametrize("number", [" ", "XX-000", "Nr. ???", "bus vėliau"])
def test_the_project_needs_its_real_number(number):
    its = announced.consultation(
        group=make.group(notice_days=7, is_financed=True, project_number=number)
    )

    assert announced.codes(announced.notice(its)) == {"union.project": "REFUSE"}


def test_a_notice_without_the_sentence_is_refused():
    group = make.group(notice_days=7, is_financed=True, project_number="10-001-P-0001")
    said = announced.notice(announced.consultation(group=group))
    parts = tuple(part for part in said.parts if part.code != "union")

    found = announced.codes(Announcement(said.facts, said.title, parts))

    assert found == {"union.sentence": "REFUSE"}


def test_another_projects_number_is_refused():
    group = make.group(notice_days=7, is_financed=True, project_number="10-001-P-0001")
    its = announced.consultation(group=group)

    wrong = announced.notice(its, programme="Projekto Nr. 10-002-P-0001 lėšomis.")
    right = announced.notice(its, programme="Projekto Nr. 10-001-P-0001 lėšomis.")

    assert announced.codes(wrong) == {"union.other": "REFUSE"}
    assert announced.codes(right) == {}


@pytest.mark.parametrize(
    ("host", "is_demo", "found"),
    [
        ("127.0.0.1", False, {"link.machine": "REFUSE"}),
        ("localhost", False, {"link.machine": "REFUSE"}),
        ("vvg.local", False, {"link.machine": "REFUSE"}),
        ("localhost", True, {}),
        ("vvg.alksniai.test", False, {}),
    ],
)
def test_our_own_address_opens_from_elsewhere(host, is_demo, found):
    its = announced.consultation(group=make.group(host=host, is_demo=is_demo, notice_days=7))

    assert announced.codes(announced.notice(its)) == found


def test_an_unprotected_address_of_ours_is_refused_where_https_is_at_home(settings):
    its = announced.consultation()
    row = queries.consultations_of(its.group).get(pk=its.pk)
    facts = queries.facts(row, "lt", NOON, {})

    settings.HTTPS = True

    assert announced.codes(announcement(facts)) == {"link.insecure": "REFUSE"}


def test_a_mailbox_anybody_may_open_is_warned_of():
    its = announced.consultation(contact_email="alksniuvvg@gmail.com")

    assert announced.codes(announced.notice(its)) == {"contact.free": "WARN"}


@pytest.mark.parametrize(
    ("days", "left", "warned"), [(14, 8, True), (9, 8, True), (8, 8, False), (0, 8, False)]
)
def test_a_window_shorter_than_the_groups_rule_is_warned_of(days, left, warned):
    its = announced.consultation(group=make.group(notice_days=days))

    found = announced.codes(announced.notice(its))

    assert found == ({"deadline.short": "WARN"} if warned else {})


def test_a_notice_that_stood_long_enough_is_not_warned_of():
    its = announced.consultation(group=make.group(notice_days=10))
    its.publications.create(
        group=its.group, deadline=its.deadline, outlet="NEWSPAPER", where="Alksnių žinios",
        seen_on=make.LAST_DAY - timedelta(days=12), is_obligatory=True,
        recorded_by=its.made_by, recorded_at=NOON,
    )  # fmt: skip

    assert announced.codes(announced.notice(its)) == {}


WORDS = [
    ("Rašykite: [email protected]", "email.unreadable"),
    ("Rašykite: [email\xa0protected]", "email.unreadable"),
    ("Rašykite: vvg(at)alksniai.lt", "email.unreadable"),
    ("Rašykite: vvg [eta] alksniai [taškas] lt", "email.unreadable"),
    ("Rašykite: vvg eta alksniai.lt", "email.unreadable"),
    ("Su projektu galima susipažinti čia:", "link.here"),
    ("Projektą rasite čia.", "link.here"),
    ("Dokumentas – šioje nuorodoje.", "link.here"),
    ("You can read the draft here.", "link.here"),
    ("Click this link.", "link.here"),
    ("Projektas: https://drive.google.com/file/d/1aB", "link.shared"),
    ("Projektas: dropbox.com/s/x/vps.docx", "link.shared"),
    ("Anketa: https://forms.gle/abc", "link.shared"),
    ("Projektas: bit.ly/vps2026", "link.shortened"),
    ("https://www.facebook.com/groups/alksniai/", "link.social"),
    ("https://m.facebook.com/alksniai/posts/123", "link.social"),
    ("Tik čia: https://www.facebook.com/alksniai.lt", "link.only_social"),
    ("http://www.alksniai.lt/vps", "link.insecure"),
    ("https://10.0.0.7/vps", "link.machine"),
    ("http://localhost:8000/c/1/", "link.machine"),
    ("https:///c/1/", "link.broken"),
    ("paskyroje /www.facebook.com/alksniai.lt", "link.broken"),
    ("puslapyje /c/1/ rasite", "link.broken"),
]


@pytest.mark.parametrize(("words", "code"), WORDS)
def test_what_vanishes_or_cannot_be_read_is_refused(words, code):
    said = announced.notice(announced.consultation(), elsewhere=words)

    assert announced.codes(said) == {code: "REFUSE"}


@pytest.mark.parametrize(
    "words",
    [
        "Biblioteka, Liepų g. 3, darbo dienomis 9–18 val.",
        "Mes čia gyvename, ir mums čia svarbu.",
        "Savivaldybės puslapyje https://www.alksniai.lt/projektai/vps",
        "Susipažinti galima čia: https://www.alksniai.lt/projektai/vps.",
        "www.alksniai.lt/projektai/vps ir https://www.facebook.com/alksniai.lt",
        "El. paštas pasiulymai@alksniai.lt, telefonas +370 600 00000.",
        "4.7 ir/arba 4.9 uždavinys, 2021–2027 m. programa.",
        "Read it at https://www.alksniai.lt/vps or here at the library.",
    ],
)
def test_harmless_words_pass(words):
    assert announced.codes(announced.notice(announced.consultation(), elsewhere=words)) == {}


def test_the_front_of_a_site_is_warned_of():
    said = announced.notice(announced.consultation(), elsewhere="Puslapyje www.alksniai.lt.")

    assert announced.codes(said) == {"link.bare": "WARN"}


def test_a_demo_may_name_this_machine():
    group = make.group(is_demo=True, notice_days=7)
    said = announced.notice(
        announced.consultation(group=group), elsewhere="http://localhost:8000/c/1/"
    )

    assert announced.codes(said) == {}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Pasiūlymų laukiame iki lapkričio 30 d.", {}),
        ("Pasiūlymų laukiame iki 2026 m. lapkričio 30 d. 24.00 val.", {}),
        ("Pasiūlymų laukiame iki lapkričio 29 d.", {"deadline.differs": "REFUSE"}),
        ("Siūlykite iki 2023 11 30 (iki 24.00 val.).", {"deadline.differs": "REFUSE"}),
        ("Laukiame iki lapkričio 30 d. 17 val.", {"deadline.differs": "REFUSE"}),
        ("Send your proposals by 29 November 2026.", {"deadline.differs": "REFUSE"}),
        ("Atsakysime iki gruodžio 14 d.", {}),  # the promised day of the answers
        ("Centras veiks iki 2029 m. gruodžio 31 d.", {"deadline.beside": "WARN"}),
        ("Nuo namų iki centro – 2 km.", {}),
    ],
)
def test_a_day_that_is_not_the_deadline_is_found(words, found):
    said = announced.notice(announced.consultation(), closing=words)

    assert announced.codes(said) == found


def test_an_hour_that_is_left_out_is_found():
    its = announced.consultation(wording=deadlines.Wording(17))

    said = announced.notice(its, closing="Pasiūlymų laukiame iki lapkričio 30 d.")

    assert announced.codes(said) == {"deadline.differs": "REFUSE"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2023–2029 m. strategija", {}),
        ("2021–2027 metų Europos Sąjungos fondų investicijų programa", {}),
        ("2021–2027 m. vietos plėtros strategija", {"period.differs": "WARN"}),
        ("2023-2027 m. strategija", {"period.differs": "WARN"}),
    ],
)
def test_a_period_that_is_not_the_strategys_is_warned_of(words, found):
    assert announced.codes(announced.notice(announced.consultation(), goal=words)) == found


def test_the_consultations_own_words_are_looked_at_too():
    its = announced.consultation(deciders="Valdyba. Rašykite vvg(at)alksniai.lt")

    [found] = checking.findings(announced.notice(its))

    assert (found.code, found.mend, found.part) == (
        "email.unreadable", checking.Mend.CONSULTATION, "decides",
    )  # fmt: skip


def test_refusals_come_before_warnings():
    its = announced.consultation(contact_name="", contact_email="a@gmail.com", deciders="")

    found = announced.codes(announced.notice(its, at=NOON + timedelta(days=5)))

    assert list(found.values()) == ["REFUSE", "WARN", "WARN", "WARN"]


@pytest.mark.parametrize(
    "words",
    ["a" * 20_000, "a." * 10_000, "iki " * 5_000, "iki lapkričio 1 d. " * 1_000, "(at" * 6_000,
     "žiūr" * 5_000],
)  # fmt: skip
def test_endless_words_are_read_in_no_time(words):
    began = time.perf_counter()

    vanishing.doubts(words)
    dating.last_days(words, today=make.LAST_DAY, zone="Europe/Vilnius")

    assert time.perf_counter() - began < 5  # they took minutes before they were bounded


def test_every_host_has_a_reason_and_every_doubt_a_sentence():
    assert set(vanishing.FLEETING.values()) == {"shared", "shortened", "social"}
    doubted = {doubt.code for words, _ in WORDS for doubt in vanishing.doubts(words)}
    assert doubted <= set(checking.DOUBTS)
    assert set(checking.DOUBTS) - doubted == {"link.bare"}
