"""The frame around every page: here the clock at the top of the desk."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from sutarta.web import navigation
from tests import make

pytestmark = pytest.mark.django_db


def clock(group, at, path="/desk/"):
    request = RequestFactory().get(path)
    request.__dict__.update(
        SimpleNamespace(group=group, at=at, roles={"COORDINATOR"}, resolver_match=None).__dict__
    )
    return navigation.frame(request)["clock"]


def test_the_desk_shows_the_deadline_in_force():
    its = make.consultation()
    later = make.deadline(its, last_day=make.LAST_DAY + timedelta(days=3))

    assert clock(its.group, make.NOON) == {"closes_at": later.closes_at, "at": make.NOON}


def test_of_two_running_discussions_the_desk_shows_the_one_that_ends_first():
    first = make.consultation()
    make.consultation(
        version=make.version(group=first.group), last_day=make.LAST_DAY + timedelta(days=9)
    )

    assert clock(first.group, make.NOON)["closes_at"] == first.deadline.closes_at


@pytest.mark.parametrize(
    "facts", [{"announced_at": None}, {"opens_at": make.NOON + timedelta(days=1)}]
)
def test_without_a_running_discussion_there_is_no_clock(facts):
    its = make.consultation(**facts)

    assert clock(its.group, make.NOON) is None


def test_the_clock_stops_with_the_deadline_and_is_not_on_public_pages():
    its = make.consultation()

    assert clock(its.group, its.deadline.closes_at) is None
    assert clock(its.group, make.NOON, "/") is None


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("/desk/campaigns/7/", "/desk/p/"),
        ("/desk/surveys/1/done/", "/desk/c/"),
        ("/desk/remarks/1/", "/desk/strategies/"),
        ("/desk/c/3/", "/desk/c/"),
    ],
)
def test_every_page_of_the_desk_belongs_to_a_step_of_work(path, step):
    group = make.submission().consultation.group
    request = RequestFactory().get(path)
    facts = {"group": group, "at": make.NOON, "roles": {"COORDINATOR"}, "resolver_match": None}
    request.__dict__.update(facts)

    menu = navigation.frame(request)["desk_nav"]

    assert [item["url"] for item in menu if item["current"]] == [step]
