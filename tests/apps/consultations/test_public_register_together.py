"""The register as a whole: similar ones together, counts that agree, files to take away."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from xml.etree import ElementTree

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sutarta.apps.consultations.actions import speaking
from sutarta.apps.consultations.models import Bundle, Submission
from sutarta.apps.consultations.queries import counts
from sutarta.web import front
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HOST = {"host": "ours.test"}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def running():
    now = make.now()
    return make.consultation(
        version=make.version(group=make.group(host="ours.test")),
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )


def speak(running, **facts):
    facts = {"at": make.now(), "visibility": "PUBLIC", **facts}
    return make.submission(consultation=running, **facts)


def bundle(running, *submissions):
    its = Bundle.objects.create(
        group=running.group, consultation=running, made_by=make.user(), made_at=make.now()
    )
    Submission.objects.filter(pk__in=[one.pk for one in submissions]).update(bundle=its)
    return its


def register(client, **asked):
    client.cookies["sutarta_language"] = "en"
    page = client.get("/p/", asked, headers=HOST)
    return [shown.number for shown, _beside in page.context["items"]], page


def test_similar_ones_stand_on_one_row_and_each_is_named(client, running):
    same = [
        speak(running, body="Suoliukų!", email="a@post.lt"),
        speak(running, body="Suoliukų", email="A@post.lt"),
        speak(running, body="Dėkite suoliukus."),
    ]
    other = speak(running, body="Autobusas.")
    bundle(running, *same)

    numbers, page = register(client)

    beside = {shown.number: beside for shown, beside in page.context["items"]}
    assert numbers == [other.number, same[2].number]
    assert beside[4] is None
    assert [one.number for one in beside[3].named] == [1, 2]
    assert (beside[3].persons, beside[3].texts, beside[3].size) == (2, 2, 3)
    assert page.context["found"].chosen == 4
    assert 'id="nr1"' in page.content.decode()


def test_a_long_bundle_names_ten_and_leads_to_all(client, running):
    same = [speak(running) for _time in range(12)]
    bundle(running, *same)

    numbers, page = register(client)
    each, _page = register(client, bundle="1")

    assert numbers == [12]
    assert "?bundle=1" in page.content.decode()
    assert each == list(range(12, 0, -1))


def test_what_is_set_aside_is_in_no_bundle(client, running):
    bundle(running, speak(running), speak(running, visibility="SET_ASIDE"))

    _numbers, page = register(client)

    assert [beside for _shown, beside in page.context["items"]] == [None]


def test_persons_are_not_told_once_addresses_are_forgotten(client, running):
    bundle(running, speak(running), speak(running))
    long_ago = make.now() - timedelta(days=366)
    type(running).objects.filter(pk=running.pk).update(answered_at=long_ago)

    _numbers, page = register(client)

    assert page.context["items"][0][1].persons is None


def test_every_count_agrees_on_the_front_page_and_in_the_register(client, running):
    answered = [speak(running) for _time in range(3)]
    make.answer(answered[0], changed=[make.passage(running.version)])
    make.answer(answered[1], outcome="NOT_ACCEPTED")
    speaking.withdraw(submission=speak(running), at=make.now())
    speak(running, visibility="SET_ASIDE")
    speak(running, visibility="CHECKING")

    found = register(client)[1].context["found"]
    figures = front.figures(running.group)
    totals = counts.totals(running.group)

    assert (figures.received, found.total, totals.received) == (6, 6, 6)
    assert (figures.waiting, found.counts["waiting"], totals.waiting) == (2, 2, 2)
    assert figures.answered == found.counts["accepted"] + found.counts["not_accepted"] == 2
    assert found.counts[""] == figures.received - found.aside
    parts = [found.counts[name] for name in counts.STATES if name != "late"]
    assert sum(parts) == found.counts[""]


@pytest.mark.parametrize("path", ["/p/", "/p/feed/", "/p/register.csv", "/p/register.xlsx"])
def test_pages_ask_the_same_for_1_and_300(client, running, path):
    first = speak(running)
    asked = []
    client.get("/s/1/1/", headers=HOST)
    for count in (1, 299):
        copies = []
        for number in range(1, count):
            copy = Submission.objects.get(pk=first.pk)
            copy.pk, copy.number = None, 1 + number
            copy._state.adding = True
            copy.id = Submission._meta.pk.get_default()
            copy.secret_digest = copy.request_key = f"{number}"
            copies.append(copy)
        Submission.objects.bulk_create(copies)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path, headers=HOST).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 9


def rows(client, query=""):
    answer = client.get(f"/p/register.csv{query}", headers=HOST)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))), answer


def test_the_table_holds_what_is_public_and_nothing_else(client, running):
    client.cookies["sutarta_language"] = "en"
    speak(running, body="=Suoliukų!", email="a@post.lt", author_name="A. B.")
    speak(running, body="Slapta.", visibility="HIDDEN", organisation="Draugija")
    speak(running, body="Slapta.", visibility="SET_ASIDE")

    found, answer = rows(client)

    assert [(row["No."], row["Text"], row["Author"]) for row in found] == [
        ("1", "'=Suoliukų!", "Resident"),
        ("2", "", "Resident"),
    ]
    said = answer.content.decode()
    assert not any(word in said for word in ("post.lt", "A. B.", "Slapta", "Draugija"))
    assert 'rel="license"' in answer.headers["Link"]
    assert found[0]["Licence"].startswith("https://creativecommons.org/licenses/by/4.0")


def test_tables_and_feeds_follow_the_filters(client, running):
    speak(running, kind="GENERAL", lineage_id="")
    speak(running)

    found, _answer = rows(client, "?kind=general")
    feed = client.get("/p/feed/?kind=general", headers=HOST)

    assert len(found) == 1
    assert len(ElementTree.fromstring(feed.content).findall(f"{ATOM}entry")) == 1


def test_the_workbook_opens_with_its_licence(client, running):
    client.cookies["sutarta_language"] = "en"
    speak(running, body="Suoliukų!")

    answer = client.get("/p/register.xlsx", headers=HOST)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))

    table = list(book.worksheets[0].values)
    assert dict(zip(table[0], table[1], strict=True))["Text"] == "Suoliukų!"
    assert "CC BY 4.0" in str(list(book["README"].values))


def test_the_feed_tells_the_last_change_first_under_ids_that_stay(client, running):
    first, second = speak(running), speak(running)
    before = _entries(client)
    make.answer(first, published_at=make.now() + timedelta(minutes=1))
    cache.clear()
    after = _entries(client)

    assert [one["id"] for one in before] == [f"urn:uuid:{its.pk}" for its in (second, first)]
    assert [one["id"] for one in after] == [f"urn:uuid:{its.pk}" for its in (first, second)]
    assert after[0]["updated"] > before[1]["updated"]


def _entries(client):
    answer = client.get("/p/feed/", headers=HOST)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.find(f"{ATOM}link[@rel='license']") is not None
    found = root.findall(f"{ATOM}entry")
    return [{child.tag.removeprefix(ATOM): child.text for child in one} for one in found]


@pytest.mark.parametrize("path", ["/p/feed/", "/p/register.csv", "/p/register.xlsx"])
def test_what_has_not_changed_is_not_sent_again(client, running, path):
    speak(running)
    etag = client.get(path, headers=HOST).headers["ETag"]
    cache.clear()

    again = client.get(path, headers={**HOST, "If-None-Match": etag})

    assert again.status_code == 304


@pytest.mark.parametrize(
    "query",
    [
        "?kind=x",
        "?bundle=x",
        "?bundle=99",
        "?bundle=99999999999999999999",
        "?version=a-b",
        "?q=%00",
    ],
)
@pytest.mark.parametrize("path", ["/p/", "/p/feed/", "/p/register.csv"])
def test_nonsense_in_an_address_breaks_nothing(client, running, path, query):
    speak(running)

    assert client.get(path + query, headers=HOST).status_code == 200


def test_an_empty_register_is_an_empty_feed(client, running):
    assert _entries(client) == []
    assert rows(client)[0] == []
    assert timezone.get_current_timezone_name()
