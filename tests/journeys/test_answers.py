"""From texts and drafts to published answers and the closing report, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sutarta.apps.consultations.models import (
    Answer,
    AnswerCorrection,
    BoardApproval,
    Bundle,
    Report,
    StandardText,
    Visibility,
)
from sutarta.apps.mail.models import Letter
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
NOW = make.now()


@pytest.fixture
def closed(group):
    """A closed consultation with two proposals, both moderated."""
    consultation = make.consultation(
        version=make.version(group=group),
        opens_at=NOW - timedelta(days=30),
        announced_at=NOW - timedelta(days=30),
        last_day=(NOW - timedelta(days=3)).date(),
    )
    for body, email in (("Rašykite valandas.", "j.b@alksniai.example"), ("Ir šventes.", "")):
        make.submission(consultation=consultation, at=NOW - timedelta(days=20), body=body,
                        email=email, visibility=Visibility.PUBLIC)  # fmt: skip
    Letter.objects.all().delete()
    return consultation


def _sign_in(way, group, role=Role.COORDINATOR, **facts):
    who = make.member(of=group, role=role, **facts)
    secret = people.make_link(group=group, user=who, at=make.now())
    way.open(f"/in/{secret}/")
    way.press("Prisijungti")
    return who


@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_keep_a_text_put_it_in_and_answer_a_bundle(walk, group, closed, js):
    bundle = Bundle.objects.create(
        group=group, consultation=closed, made_by=make.user(), made_at=NOW
    )
    closed.submissions.update(bundle=bundle)
    way = walk(js=js, width=1280)
    _sign_in(way, group)
    way.open("/desk/texts/")
    way.fill("Pavadinimas", "Perduota")
    text = "{nr} apie {passage} pastraipą perdavėme savivaldybei."
    way.page.locator("textarea[name=text]").fill(text)
    way.fields += 1
    way.press("Išsaugoti tekstą")

    way.open("/desk/p/1/")
    assert way.says("Šis atsakymas tinka ir dar 1 panašiam pasiūlymui: Nr. 2")
    way.choose("Atsižvelgta iš dalies")
    way.page.get_by_label("Įterpti tekstą").select_option("Perduota")
    way.fields += 1
    way.page.get_by_role("button", name="Įterpti").click()
    reason = way.page.get_by_label("Priežastis, skelbiama viešai")
    expect(reason).to_have_value("Nr. 1 apie 2.1 pastraipą perdavėme savivaldybei.")
    if js:
        _types_and_sees_it_saved(way, reason)
    way.picture(f"answer-1280-{'js' if js else 'nojs'}")
    way.press("Atsakymas parengtas")
    way.tell("keep a text, put it in, answer two similar proposals")

    assert StandardText.objects.count() == 1
    assert list(Answer.objects.values_list("is_ready", "outcome")) == [(True, "PARTLY")] * 2
    assert js == all("Ačiū." in one.reason for one in Answer.objects.all())


def _types_and_sees_it_saved(way, reason):
    def is_kept(answer):
        return "Ačiū" in (answer.request.post_data or "") and answer.status == 200

    with way.page.expect_response(is_kept):
        reason.press_sequentially(" Ačiū.")
    way.page.get_by_text("Išsaugota").wait_for()


@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_a_second_person_and_the_board_approve_then_all_is_published(walk, group, closed, js):
    group.four_eyes = group.board_approves = True
    group.save()
    writer = make.member(of=group, role=Role.MODERATOR)
    for one in closed.submissions.all():
        make.answer(one, published_at=None, written_by=writer)
    way = walk(js=js, width=1280)
    _sign_in(way, group)

    way.open(f"/desk/c/{closed.number}/")
    way.press("antras žmogus patvirtino 0 iš 2 atsakymų")
    way.picture("approvals-1280")
    way.choose("Nr. 1")
    way.choose("Nr. 2")
    way.press("Patvirtinti pažymėtus")
    way.open(f"/desk/c/{closed.number}/")
    way.press("valdyba pritarė atsakymams")
    way.page.locator("input[name=decided_on]").fill((NOW - timedelta(days=1)).date().isoformat())
    way.fields += 1
    way.fill("Sprendimas", "V-12")
    way.press("Valdyba pritarė 2 atsakymams")
    way.press("Peržiūrėti ir skelbti 2 atsakymus")
    way.picture("look-through-1280")
    assert way.says("1 žmogus gaus el. laišką.")
    way.press("Skelbti 2 atsakymus")
    way.tell("approve two answers, write down the board's approval, look through, publish")

    assert BoardApproval.objects.count() == 1
    assert Answer.objects.exclude(published_at=None).count() == 2
    assert Letter.objects.filter(kind="answered").count() == 1


@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_report_what_people_said_and_what_was_done_and_correct_an_answer(walk, group, closed, js):
    for one in closed.submissions.all():
        make.answer(one, changed=[one.lineage_id], published_at=NOW)
    closed.answered_at = NOW
    closed.save()
    way = walk(js=js, width=1280)
    _sign_in(way, group)

    way.open("/desk/")
    way.press("Paskelbti baigiamąją ataskaitą")
    way.fill("Kas pasikeitė", "Įrašėme valandas: dabar aišku, kada ateis pagalba.")
    way.fill("Kas dalyvavo", "Kalbėjo du žmonės iš Gluosnių kvartalo.")
    way.fill("Kas čia gyvena ir kas dalyvavo", "Vyresni nei 65 m.; 5200; 2")
    way.press("Išsaugoti ir pažiūrėti")
    way.picture("report-desk-1280")
    assert way.says("mažiau nei 5")
    way.press("Paskelbti ataskaitą")
    way.tell("write and publish the closing report")

    resident = walk()
    resident.open(f"/c/{closed.number}/")
    resident.press("Jūs sakėte – mes padarėme")
    resident.picture("report-390")
    assert resident.says("Įrašėme valandas: dabar aišku")
    assert resident.says("Rašykite valandas.")
    resident.tell("read the closing report")
    assert Report.objects.exclude(published_at=None).count() == 1

    way.open("/desk/p/1/")
    way.press("Taisyti atsakymą")
    way.fill("Priežastis, skelbiama viešai", "Įrašėme ir savaitgalius.")
    way.fill("Kodėl atsakymas taisomas?", "Pamiršome savaitgalius.")
    way.press("Paskelbti pataisymą dabar")
    way.tell("and correct a published answer")
    assert AnswerCorrection.objects.count() == 1
    assert Letter.objects.filter(kind="corrected").count() == 1
    resident.open("/p/1/")
    assert resident.says("Pamiršome savaitgalius.")
