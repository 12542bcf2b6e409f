"""A passage that hundreds have spoken about is read in parts, and every part says so."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from sutarta.apps.consultations.models import Filing, Placement
from sutarta.apps.consultations.queries import reading
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def running():
    return make.consultation()


def spoken(consultation, count):
    return [make.submission(consultation=consultation, visibility="PUBLIC") for _ in range(count)]


def way_in(consultation):
    """Address of the passage spoken about, and the host it is reached at."""
    address = reverse("consultations:passage", args=[1, 1, make.passage(consultation.version)])
    return address, {"host": consultation.group.hosts.get().name}


def opened(client, consultation, query="", language="en"):
    address, headers = way_in(consultation)
    client.cookies["sutarta_language"] = language
    return client.get(address + query, headers=headers)


def numbers(page) -> list[int]:
    """Numbers of the submissions on the page, in order."""
    found = re.findall(r'<a class="number"\s+href="/p/(\d+)/"', page.content.decode())
    return [int(number) for number in found]


def ways(page) -> list[str]:
    return re.findall(r'href="(\?from=[^"]*)"', page.content.decode())


@pytest.mark.parametrize(
    ("count", "query", "first", "last", "links"),
    [
        (49, "", 1, 49, []),
        (50, "", 1, 50, []),
        (51, "", 1, 50, ["?from=51#thread"]),
        (51, "?from=51", 51, 51, ["?from=1#thread"]),
        (101, "", 1, 50, ["?from=51#thread"]),
        (101, "?from=51", 51, 100, ["?from=1#thread", "?from=101#thread"]),
        (101, "?from=101", 101, 101, ["?from=51#thread"]),
    ],
)
def test_fifty_stand_on_a_page_and_links_lead_to_the_rest(
    client, running, count, query, first, last, links
):
    spoken(running, count)

    page = opened(client, running, query)

    assert numbers(page) == list(range(first, last + 1))
    assert ways(page) == links


@pytest.mark.parametrize("query", ["", "?from=51"])
def test_every_part_tells_how_many_there_are_in_all(client, running, query):
    spoken(running, 51)

    page = opened(client, running, query).content.decode()

    assert "51 submissions about this passage" in page
    assert "of 51;" in page


def test_a_number_in_the_middle_opens_the_part_that_holds_it(client, running):
    spoken(running, 51)

    assert numbers(opened(client, running, "?from=50"))[-1] == 50
    assert numbers(opened(client, running, "?from=77")) == [51]


@pytest.mark.parametrize(
    "asked",
    [
        "101",
        "9999999",
        "99999999999999999999",
        "0",
        "-1",
        "1.5",
        "",
        "x",
        "%00",
        "²",
        "٥١",
        "51%20",
    ],
)
def test_a_part_that_is_not_there_shows_the_first_one(client, running, asked):
    spoken(running, 51)

    page = opened(client, running, f"?from={asked}")

    assert page.status_code == 200
    assert numbers(page) == list(range(1, 51))


def test_the_way_to_another_part_is_said_in_lithuanian(client, running):
    spoken(running, 101)

    page = opened(client, running, "?from=51", "lt").content.decode()

    text = " ".join(page.replace("\xa0", " ").split())
    assert "Rodyti daugiau: 101 iš 101" in text
    assert "Rodyti ankstesnius: 1–50 iš 101" in text
    assert "Čia – 51–100 iš 101; dar 51 šiame puslapyje nerodomas." in text


def test_every_part_costs_the_same_few_questions(client, running, django_assert_num_queries):
    spoken(running, 101)
    address, headers = way_in(running)
    client.get(address, headers=headers)  # the version is in memory now
    for query in ("?from=1", "?from=51", "?from=101"):
        with django_assert_num_queries(8):
            client.get(address + query, headers=headers)


def test_the_database_hands_out_one_part_only(running, django_assert_num_queries):
    spoken(running, 60)
    version = running.version
    running.deadline = running.deadlines.get()

    with django_assert_num_queries(2):
        said = reading.said_about(version, make.passage(version), [version], [running])

    assert (len(said.here), said.total, said.elsewhere) == (50, 60, 10)


def test_what_lost_its_passage_but_was_filed_here_stands_in_its_own_part_only(running):
    rows = spoken(running, 51)
    version = running.version
    here, last = make.passage(version), rows[-1]
    facts = {"group": running.group, "submission": last, "version": version}
    Placement.objects.create(**facts, outcome=reading.GONE, placed_at=make.NOON)
    Filing.objects.create(
        **facts, lineage_id=here, at=make.NOON, actor=make.member(of=running.group)
    )

    said = reading.said_about(version, here, [version], [running])
    rest = reading.said_about(version, here, [version], [running], start=50)

    assert last not in said.here and said.gone == [last]
    assert rest.here == [last] and rest.gone == [last]
    assert said.total == rest.total == 51


def test_with_no_passage_opened_only_what_lost_its_passage_is_read(running):
    lost, *_others = spoken(running, 3)
    version = running.version
    Placement.objects.create(
        group=running.group,
        submission=lost,
        version=version,
        outcome=reading.GONE,
        placed_at=make.NOON,
    )

    said = reading.said_about(version, "", [version], [running])

    assert (said.here, said.gone, said.total) == ([], [lost], 0)
