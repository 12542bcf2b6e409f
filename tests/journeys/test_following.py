"""A follower gets three letters and leaves; somebody says what comes after the discussion."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail as outbox

from sutarta.apps.consultations.actions import running
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.mail import actions as mail
from sutarta.apps.people import actions as people
from sutarta.apps.publishing.actions import digests
from sutarta.apps.publishing.models import Follow
from sutarta.core import deadlines
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "s.k@alksniai.example"
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@pytest.fixture
def consultation(group):
    now = make.now()
    return make.consultation(
        version=make.version(group=group),
        opens_at=now - 5 * DAY,
        announced_at=now - 5 * DAY,
        last_day=(now + 20 * DAY).date(),
    )


def _letter(at):
    """The newest letter as it left, and how many left so far."""
    mail.send_due(at)
    count = len(outbox.outbox)
    raw = outbox.outbox[-1].message().as_bytes()
    return message_from_bytes(raw, policy=policy.default), count


def _link(letter, part):
    text = letter.get_body(("plain",)).get_content()
    return re.search(rf"https?://\S+({part}\S*)", text)[1]


def _extend(consultation, at):
    running.set_deadline(
        actor=make.member(of=consultation.group),
        consultation=consultation,
        deadline=deadlines.Deadline.of(
            (at + 30 * DAY).date(), deadlines.END_OF_DAY, consultation.group.zone
        ),
        reason="Daug kas prašė daugiau laiko.",
        answers_by=(at + 50 * DAY).date(),
        at=at,
    )


@pytest.mark.parametrize("js", [False, True])
def test_a_follower_gets_three_letters_and_leaves_with_one_click(walk, consultation, js):
    way = walk(js=js)
    way.open("/")
    way.fill("El. pašto adresas", EMAIL)
    way.press("Praneškite man")
    assert way.says("Patikrinkite el. paštą")

    question, count = _letter(make.now())
    assert count == 1
    way.open(_link(question, "/follow/"))
    way.press("Taip, rašykite man")
    assert way.says("Ką seku")
    assert way.says(EMAIL)
    way.picture(f"following-mine-{js}")

    confirmed = Follow.objects.get().confirmed_at
    _extend(consultation, confirmed + HOUR)
    assert digests.write_due(confirmed + 2 * HOUR) == 1
    first, count = _letter(confirmed + 2 * HOUR)
    assert count == 2
    assert "Pratęstas terminas" in first["Subject"]
    way.open(_link(first, "/c/"))
    assert way.says("Daug kas prašė daugiau laiko.")

    ledger.record(
        "answers.published",
        group=consultation.group,
        at=confirmed + 2 * DAY,
        consultation=consultation.number,
        answers=2,
    )
    assert digests.write_due(confirmed + 3 * DAY) == 0
    assert digests.write_due(confirmed + 2 * HOUR + WEEK) == 1
    second, count = _letter(confirmed + 2 * HOUR + WEEK)
    assert count == 3
    assert "Paskelbti 2 atsakymai" in second["Subject"]

    way.open(_link(second, "/follow/.*/leave/"))
    assert Follow.objects.count() == 1
    way.press("Atsisakyti visko")
    assert way.says("Mes jums neberašome")
    assert Follow.objects.count() == 0
    way.tell(f"three letters and leaving, scripts {js}")


def test_a_reader_of_a_passage_follows_just_that(walk, consultation):
    passage = make.passage(consultation.version)
    way = walk()
    way.open(f"/s/1/1/{passage}/")
    way.press("Sekti šią pastraipą")
    assert way.says("2.1 pastraipa: Pagalba į namus")
    way.fill("El. paštas", EMAIL)
    way.press("Rašykite man")
    assert way.says("Patikrinkite el. paštą")

    question, _count = _letter(make.now())
    way.open(_link(question, "/follow/"))
    way.press("Taip, rašykite man")

    assert Follow.objects.get().lineage_id == passage
    way.tell("following one passage")


def test_staff_say_what_comes_after_and_everybody_sees_it(walk, consultation):
    group = consultation.group
    coordinator = make.member(of=group)
    secret = people.make_link(group=group, user=coordinator, at=make.now())
    desk = walk()
    desk.open(f"/in/{secret}/")
    desk.page.locator("main button").click()
    desk.open("/desk/")
    desk.pages = desk.clicks = desk.fields = 0
    desk.press("Pasakykite, kas bus po aptarimo")
    step = desk.page.get_by_role("group", name="Tvirtina visuotinis susirinkimas")
    step.get_by_label("Šis žingsnis reikalingas").check()
    step.get_by_label("Numatoma").fill("2099-12-18")
    step.get_by_label("Sprendimas arba pastaba").fill("17.30 val., kultūros namai")
    desk.fields, desk.clicks = 2, desk.clicks + 1
    desk.press("Išsaugoti")
    assert desk.says("Išsaugota.")
    desk.picture("steps-390")
    desk.tell("what comes after the consultation")

    reader = walk()
    reader.open("/")
    assert reader.says("Tvirtina visuotinis susirinkimas 2099 m. gruodžio 18 d.")
    reader.picture("home-path-390")
