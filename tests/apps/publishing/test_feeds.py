"""The same news as Atom: valid, with ids that stay, kept ready, and nothing before it is public."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from sutarta.apps.consultations.models import Visibility
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.publishing.queries import news
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
ATOM = "{http://www.w3.org/2005/Atom}"
HOUR = timedelta(hours=1)


@pytest.fixture
def its():
    """A consultation that runs now, with the acts that made it so."""
    now = make.now()
    made = make.consultation(
        group=make.group(host="ours.test"),
        opens_at=now - timedelta(days=3),
        announced_at=now - timedelta(days=4),
        last_day=(now + timedelta(days=9)).date(),
    )
    version = made.version
    ledger.record(
        "version.published", group=made.group, at=version.published_at, passages={},
        strategy=version.strategy.number, version=version.number,
    )  # fmt: skip
    ledger.record(
        "consultation.announced", group=made.group, at=made.announced_at, number=made.number,
        opens_at=made.opens_at.isoformat(),
    )  # fmt: skip
    return made


def _feed(client, name, *args, **headers):
    address = reverse(f"publishing:feed_{name}", args=args)
    return client.get(address, headers={**HOST, **headers})


def _entries(answer):
    root = ElementTree.fromstring(answer.content)  # our own feed
    return [
        {part: entry.findtext(ATOM + part) for part in ("id", "title", "updated")}
        for entry in root.findall(f"{ATOM}entry")
    ]


def test_a_feed_tells_newest_first_with_ids_of_its_own(client, its):
    answer = _feed(client, "strategy", its.strategy.number)

    entries = _entries(answer)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert len({entry["id"] for entry in entries}) == 3
    assert all(entry["id"].startswith("urn:uuid:") for entry in entries)
    updated = [entry["updated"] for entry in entries]
    assert updated == sorted(updated, reverse=True)


def test_an_entry_keeps_its_id(client, its):
    before = {entry["id"] for entry in _entries(_feed(client, "consultation", its.number))}
    ledger.record(
        "answers.published", group=its.group, at=make.now(), consultation=its.number, answers=3
    )

    after = {entry["id"] for entry in _entries(_feed(client, "consultation", its.number))}

    assert before < after


def test_a_reader_who_has_it_already_gets_nothing_new(client, its):
    first = _feed(client, "strategy", its.strategy.number)

    again = _feed(client, "strategy", its.strategy.number, **{"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_an_act_changes_the_feed_that_is_kept(client, its):
    first = _feed(client, "strategy", its.strategy.number)
    ledger.record("report.published", group=its.group, at=make.now(), consultation=its.number)

    again = _feed(client, "strategy", its.strategy.number)

    assert first["ETag"] != again["ETag"]
    assert len(_entries(again)) == len(_entries(first)) + 1


def test_a_passage_has_a_feed_of_what_was_said(client, its):
    passage = make.passage(its.version)
    make.submission(consultation=its, at=make.now(), visibility=Visibility.PUBLIC)
    make.submission(consultation=its, at=make.now())  # nobody has read it yet

    entries = _entries(_feed(client, "passage", its.strategy.number, passage))

    assert len(entries) == 1
    assert "2.1" in entries[0]["title"]


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("strategy", [9]), ("consultation", [9]), ("passage", [1, "nowhere"]),
        ("passage", [9, "nowhere"]),
    ],
)  # fmt: skip
def test_what_is_not_there_has_no_feed(client, its, name, args):
    assert _feed(client, name, *args).status_code == 404


def test_a_draft_and_a_consultation_being_prepared_have_no_feed(client):
    group = make.group(host="ours.test")
    draft = make.version(group=group, published=False)
    prepared = make.consultation(group=group, announced_at=None)

    assert _feed(client, "strategy", draft.strategy.number).status_code == 404
    assert _feed(client, "consultation", prepared.number).status_code == 404


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ("/", ["/feed/strategy/1/"]),
        ("/s/1/1/", ["/feed/strategy/1/"]),
        ("/s/1/1/{passage}/", ["/feed/strategy/1/", "/feed/strategy/1/{passage}/"]),
        ("/c/1/", ["/feed/consultation/1/"]),
        ("/privacy/", []),
    ],
)
def test_pages_tell_readers_of_their_feeds(client, its, page, feeds):
    passage = make.passage(its.version)

    html = client.get(page.format(passage=passage), headers=HOST).content.decode()

    told = [part.split('href="')[1].split('"')[0] for part in html.split("<link")[1:]
            if "application/atom+xml" in part.split(">")[0]]  # fmt: skip
    assert told == [feed.format(passage=passage) for feed in feeds]


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("/s/1/1/", "/follow/?strategy=1"),
        ("/s/1/1/{passage}/", "/follow/?strategy=1&amp;passage={passage}"),
        ("/c/1/", "/follow/?consultation=1"),
    ],
)
def test_pages_offer_to_follow_what_they_show(client, its, page, query):
    passage = make.passage(its.version)

    html = client.get(page.format(passage=passage), headers=HOST).content.decode()

    assert f'href="{query.format(passage=passage)}"' in html


def test_the_version_that_comes_of_a_consultation_is_its_news(its):
    at = make.now()
    numbers = [1, 2, 3]
    items = [
        news.Item(its.pk, at, "version", its.strategy, None, {"version": make.version(
            strategy=its.strategy, published_at=NOON), "before": None})
        for _number in numbers[1:]
    ]  # fmt: skip

    told = news.about_consultation(items, its, numbers)

    assert [item.facts["version"].number for item in told] == [2]


@pytest.mark.parametrize("count", [1, 300])
def test_a_feed_asks_the_same_number_of_questions_of_any_number(
    client, its, django_assert_max_num_queries, count
):
    for n in range(count):
        at = make.now() - timedelta(hours=n + 1)
        ledger.record(
            "answers.published", group=its.group, at=at, consultation=its.number, answers=n
        )
    with django_assert_max_num_queries(12):
        _feed(client, "strategy", its.strategy.number)


def test_words_of_people_are_never_markup_in_a_feed(client, its):
    said = make.submission(consultation=its, at=make.now(), visibility=Visibility.PUBLIC)
    type(said).objects.update(public_body="<script>alert(1)</script> & kita")
    passage = make.passage(its.version)

    for feed in (
        _feed(client, "passage", its.strategy.number, passage),
        client.get(reverse("consultations:feed"), headers=HOST),
    ):
        summary = ElementTree.fromstring(feed.content).find(f"{ATOM}entry/{ATOM}summary")
        assert summary.get("type") == "html"
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; kita" in summary.text


def test_a_letter_that_atom_cannot_hold_breaks_no_feed(client, its):
    type(its.strategy).objects.update(title="Alksnių\x0bstrategija")
    type(its).objects.update(title="Ką\x1f keisti?")

    answer = _feed(client, "strategy", its.strategy.number)

    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.content)  # our own feed
    assert root.findtext(f"{ATOM}title").startswith("Alksnių")
    assert any("Ką keisti?" in (one["title"] or "") for one in _entries(answer))
