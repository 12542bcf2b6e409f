"""The database is away while somebody sends a form: one press sends it again."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from sutarta.apps.consultations.actions import supporting
from sutarta.apps.consultations.intake import handing
from sutarta.apps.consultations.models import Submission, Support, Visibility
from tests import make
from tests.journeys.test_moderating import no_faults

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "Pastatykite suoliukų prie ežero: „nėra kur prisėsti“ <vyresniems>."


def away(*arguments: object, **facts: object) -> None:
    raise OperationalError("database is locked")


@pytest.mark.parametrize("js", [False, True])
def test_what_was_typed_goes_out_with_one_press(walk, consultation, monkeypatch, axe, js):
    way = walk(js=js)
    way.open(f"/c/{consultation.number}/say/?kind=general")
    way.fill("Jūsų pasiūlymas", SAID)
    way.press("Toliau: peržiūrėti ir pateikti")
    with monkeypatch.context() as trouble:
        trouble.setattr(handing, "submit", away)
        way.press("Pateikti ir gauti numerį")
        assert way.says("Šį kartą nepavyko")
        assert way.page.get_by_label("Ką parašėte").first.input_value() == SAID
        if js:
            no_faults(way, axe, "away")
            way.page.emulate_media(color_scheme="dark")
            no_faults(way, axe, "away-dark")
    way.press("Siųsti dar kartą")

    assert way.says("Nr. 1")
    assert [one.body for one in Submission.objects.all()] == [SAID]
    way.tell("sent again after the database was away")


def test_a_button_in_the_page_says_it_too(walk, consultation, monkeypatch):
    make.submission(consultation=consultation, visibility=Visibility.PUBLIC, at=make.now())
    way = walk(js=True)
    way.open("/p/1/")
    with monkeypatch.context() as trouble:
        trouble.setattr(supporting, "agree", away)
        way.page.get_by_role("button", name="Pritariu").first.click()
        way.page.get_by_role("button", name="Siųsti dar kartą").wait_for()
    way.press("Siųsti dar kartą")
    way.page.wait_for_url("**/p/1/**")

    assert Support.objects.count() == 1
