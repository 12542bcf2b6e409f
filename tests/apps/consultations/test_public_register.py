"""The register: what is listed, found, counted and left unsaid."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from sutarta.apps.consultations.actions import speaking
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def running():
    now = make.now()
    return make.consultation(
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )


def host(thing):
    return {"host": thing.group.hosts.get().name}


def words(page) -> str:
    """The words of a page, without what is only for screen readers."""
    text = re.sub(r'<span class="ds-sr-only">.*?</span>', "", page.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\xa0", " ").split())


def test_a_covered_place_is_marked_as_covered(client, running):
    submission = make.submission(consultation=running, visibility="REDACTED")
    submission.public_body = "Mano kaimynė „[uždengta]“ viena."
    submission.save()

    page = client.get(reverse("consultations:register"), headers=host(running)).content.decode()

    assert '<span class="removed">' in page
    assert "[uždengta]" not in page


@pytest.mark.parametrize("count", [1, 300])
def test_the_register_asks_the_same_few_questions(
    client, running, count, django_assert_num_queries
):
    for _time in range(count):
        submission = make.submission(consultation=running, visibility="PUBLIC")
        make.answer(submission)
    headers = host(running)
    client.get("/s/1/1/", headers=headers)  # the version is in memory now

    # the group, the menu, the log; then versions, counts, keys, rows, their deadlines
    with django_assert_num_queries(9):
        client.get(reverse("consultations:register"), headers=headers)


def register(client, running, **asked):
    page = client.get(reverse("consultations:register"), asked, headers=host(running))
    return [shown.number for shown, _beside in page.context["items"]], page


@pytest.fixture
def filled(running):
    """Six submissions that differ in everything one may filter by."""
    second = make.passage(running.version, 2)
    clerk = make.member(of=running.group)
    late = {"at": running.deadline.closes_at + timedelta(hours=1)}
    made = [
        make.submission(consultation=running, body="Autobusas vakarais.", visibility="PUBLIC"),
        make.submission(
            consultation=running,
            kind="WORDING",
            body="",
            proposed="Kitaip.",
            lineage_id=second,
            visibility="PUBLIC",
        ),
        make.submission(consultation=running, kind="GENERAL", body="Suoliukai.", lineage_id=""),
        make.submission(consultation=running, kind="QUESTION", body="Kada?", lineage_id=""),
        make.submission(consultation=running, channel="PAPER", actor=clerk),
        make.submission(consultation=running, **late),
        make.submission(consultation=running, visibility="SET_ASIDE"),
    ]
    make.answer(made[0], outcome="ACCEPTED")
    make.answer(made[1], outcome="NOT_ACCEPTED", published_at=None)
    speaking.withdraw(submission=made[4], at=make.now())
    return running


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"order": "place"}, [6, 5, 1, 2, 4, 3]),
        ({"kind": "wording"}, [2]),
        ({"kind": "question"}, [4]),
        ({"channel": "paper"}, [5]),
        ({"state": "accepted"}, [1]),
        ({"state": "not_accepted"}, []),
        ({"state": "late"}, [6]),
        ({"state": "withdrawn"}, [5]),
        ({"state": "waiting"}, [6, 4, 3, 2]),
        ({"version": "1-1"}, [6, 5, 4, 3, 2, 1]),
        ({"version": "1-2"}, []),
        ({"part": "general"}, [4, 3]),
        ({"part": "gone"}, []),
        ({"q": "autobusų"}, [1]),
        ({"q": "autobusu vakar"}, [1]),
        ({"q": "traukinys"}, []),
        ({"q": "Nr. 4"}, [4]),
        ({"q": "6"}, [6]),
        ({"q": "7"}, []),
        ({"q": "%"}, [6, 5, 4, 3, 2, 1]),
        ({"kind": "nonsense", "state": "x", "page": "x"}, [6, 5, 4, 3, 2, 1]),
        ({"page": "99"}, [6, 5, 4, 3, 2, 1]),
        ({"kind": "comment", "state": "late"}, [6]),
    ],
    ids=str,
)
def test_the_register_is_filtered_searched_and_ordered(client, filled, asked, numbers):
    assert register(client, filled, **asked)[0] == numbers


def test_the_register_filters_by_part_of_the_strategy(client, filled):
    part = filled.version.document.blocks[0].id

    assert register(client, filled, part=part)[0] == [6, 5, 2, 1]


def test_quick_filters_count_under_the_other_filters(client, filled):
    _numbers, page = register(client, filled, kind="comment")

    chips = {chip["query"]: chip["count"] for chip in page.context["chips"]}
    assert chips == {
        "kind=comment": 3,
        "kind=comment&state=accepted": 1,
        "kind=comment&state=waiting": 1,
        "kind=comment&state=late": 1,
        "kind=comment&state=withdrawn": 1,
    }


def test_abuse_is_counted_not_listed(client, filled):
    _numbers, page = register(client, filled)

    assert (page.context["found"].total, page.context["found"].aside) == (7, 1)


def test_what_is_being_checked_shows_number_time_and_channel_only(client, running):
    make.submission(consultation=running, body="Slaptas tekstas.", author_name="A. B.")

    page = client.get(reverse("consultations:register"), headers=host(running))

    assert "Nr. 1" in words(page)
    assert "Slaptas tekstas." not in words(page)
    assert "A. B." not in words(page)


def test_a_long_register_has_pages_of_twenty(client, running):
    for _time in range(21):
        make.submission(consultation=running)

    assert register(client, running)[0] == list(range(21, 1, -1))
    assert register(client, running, page="2")[0] == [1]


def test_an_empty_register_says_so(client, running):
    _numbers, page = register(client, running)

    assert page.status_code == 200
    assert 'class="empty' in page.content.decode()


def test_a_check_that_takes_too_long_is_said_to(client, running):
    """Two working days are promised; a fortnight has more of them, whatever day it is."""
    make.submission(consultation=running, at=make.now() - timedelta(hours=1))
    old = make.now() - timedelta(days=14)
    make.submission(consultation=running, at=make.now() - timedelta(hours=1), recorded_at=old)

    _numbers, page = register(client, running)

    assert [shown.overdue for shown, _beside in page.context["items"]] == [True, False]
