"""Meetings as every reader sees them: narrow and wide, light and dark, without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.consultations.models import Visibility
from tests import make
from tests import meetings as made
from tests.journeys.faults import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group():
    return make.group(host="localhost")


@pytest.fixture
def meetings(group):
    """One to come, one cancelled, one with minutes, a file and proposals that were answered."""
    now = make.now().replace(minute=0, second=0, microsecond=0)
    its = make.consultation(
        version=make.version(group=group),
        opens_at=now - timedelta(days=30),
        announced_at=now - timedelta(days=30),
        last_day=(now + timedelta(days=8)).date(),
    )
    coming = _held(its, now + timedelta(days=1), link="https://kalba.example/kiemai")
    _held(its, now + timedelta(days=4), cancelled_at=now, cancelled_why="Salėje nėra šildymo.")
    over = _held(its, now - timedelta(days=9), title="Ko trūksta kiemuose")
    made.minuted(over, attendance={"RESIDENTS": 18, "CIVIL": 9, "BUSINESS": 2, "PUBLIC": 3})
    made.former(over, attendance=over.attendance)
    made.file(over)
    for place, body in enumerate(["Daugiau suolų prie upės.", "Apšviesti taką."], start=1):
        said = make.submission(consultation=its, body=body, visibility=Visibility.PUBLIC)
        said.channel = "MEETING"
        said.save()
        made.noted(over, said, place)
    make.answer(said)
    return {"coming": coming, "over": over, "consultation": its, "said": said}


def _held(its, begins, **facts):
    return made.meeting(its, starts_at=begins, ends_at=begins + timedelta(hours=2), **facts)


def _pages(held):
    return {
        "list": "/meetings/",
        "coming": f"/m/{held['coming'].number}/",
        "over": f"/m/{held['over'].number}/",
        "consultation": f"/c/{held['consultation'].number}/",
        "front": "/",
    }


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_pages_of_meetings_suit_every_reader(walk, meetings, axe, width, scheme):
    way = walk(js=True, width=width, scheme=scheme)
    found = []
    for name, address in _pages(meetings).items():
        way.open(address)
        way.picture(f"meetings-{name}-{width}-{scheme}")
        broken, is_too_wide = faults(axe, way)
        found += [(name, broken, is_too_wide)] if broken or is_too_wide else []

    assert found == []


def test_a_resident_finds_when_to_come_and_what_became_of_it(walk, meetings):
    way = walk()
    way.open("/")
    way.press(meetings["coming"].title)
    assert way.says("Bendruomenės namai") and way.says("rytoj")
    way.press("Susitikimai")
    way.press("Ko trūksta kiemuose")
    assert way.says("Kalbėjome apie tiltą.") and way.says("Daugiau suolų prie upės.")
    assert way.says("neskelbiama")
    way.open(f"/p/{meetings['said'].number}/")
    assert way.says("užrašyta susitikime")
    assert way.problems == []
    way.tell("from the front page to a proposal noted at a meeting")
