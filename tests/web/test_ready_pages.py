"""Public pages kept in memory: served before anybody works for them, and never wrongly."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache

from sutarta.apps.consultations.queries import public
from sutarta.apps.ledger.actions import record
from sutarta.apps.tenants.models import Group, Host
from sutarta.web import front
from tests import make

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def running():
    """An open consultation of the group at ours.test."""
    now = make.now()
    return make.consultation(
        version=make.version(group=make.group(host="ours.test")),
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )


@pytest.mark.parametrize("path", ["/", "/s/1/1/", "/p/"])
def test_a_page_from_memory_says_the_same_with_the_same_headers(client, running, path):
    built = client.get(path, headers=HOST)
    from_memory = client.get(path, headers=HOST)

    assert from_memory.templates == []
    assert from_memory.content == built.content
    assert dict(from_memory.headers) == dict(built.headers)


def test_a_page_from_memory_costs_two_questions(client, running, django_assert_num_queries):
    etag = client.get("/", headers=HOST).headers["ETag"]

    with django_assert_num_queries(2):
        again = client.get("/", headers={**HOST, "If-None-Match": etag})

    assert again.status_code == 304


@pytest.mark.parametrize("versions", [1, 3])
def test_the_front_page_asks_thirteen_questions(
    client, running, django_assert_num_queries, versions
):
    for _version in range(versions - 1):
        version = make.version(strategy=running.version.strategy)
        make.consultation(version=version, opens_at=running.opens_at)
    make.submission(consultation=running)

    with django_assert_num_queries(13):
        client.get("/", headers=HOST)


def test_no_group_gets_the_page_of_another(client, running):
    make.group(host="theirs.test", name="Kitų vietos veiklos grupė")
    client.get("/", headers=HOST)
    client.get("/s/1/1/", headers=HOST)

    theirs = client.get("/", headers={"host": "theirs.test"})

    assert "Kitų vietos veiklos grupė" in theirs.content.decode()
    assert client.get("/s/1/1/", headers={"host": "theirs.test"}).status_code == 404


def test_a_host_that_moved_to_another_group_shows_that_group_at_once(client, running):
    client.get("/", headers=HOST)
    other = make.group(host="theirs.test", name="Kitų vietos veiklos grupė")
    Host.objects.filter(name="ours.test").update(group=other, is_primary=False)

    assert "Kitų vietos veiklos grupė" in client.get("/", headers=HOST).content.decode()


def test_every_reader_gets_the_chosen_language(client, running):
    languages = []
    for language in ("lt", "en", "lt", "en"):
        client.cookies["sutarta_language"] = language
        languages.append(client.get("/", headers=HOST).headers["Content-Language"])

    assert languages == ["lt", "en", "lt", "en"]


def test_what_staff_see_is_kept_for_nobody(client, running):
    client.force_login(make.member(of=running.group))
    for path in ("/", "/s/1/1/"):
        seen = client.get(path, headers=HOST)
        assert 'href="/desk/"' in seen.content.decode()
        assert seen.headers["Cache-Control"] == "private, no-store"
    client.logout()

    for path in ("/", "/s/1/1/"):
        assert 'href="/desk/"' not in client.get(path, headers=HOST).content.decode()


def test_staff_get_no_page_from_memory(client, running):
    client.get("/", headers=HOST)
    client.force_login(make.member(of=running.group))

    assert 'href="/desk/"' in client.get("/", headers=HOST).content.decode()


@pytest.mark.parametrize("path", ["/", "/s/1/1/", "/p/"])
def test_whatever_happens_is_seen_at_once(client, running, path):
    client.get(path, headers=HOST)
    make.submission(consultation=running, visibility="PUBLIC")
    record("submission.received", group=running.group, at=make.now())

    later = client.get(path, headers=HOST)

    assert later.templates != []


def test_a_page_that_reads_the_same_after_an_act_is_not_sent_again(client, running):
    etag = client.get("/", headers=HOST).headers["ETag"]
    record("test.happened", group=running.group, at=make.now())

    assert client.get("/", headers={**HOST, "If-None-Match": etag}).status_code == 304


def test_a_new_telephone_number_is_seen_at_once(client, running):
    client.get("/", headers=HOST)
    Group.objects.update(phone="+370 400 00000")

    assert "+370 400 00000" in client.get("/", headers=HOST).content.decode()


def test_a_page_past_its_time_is_built_anew(client, running, monkeypatch):
    at = make.now()
    monkeypatch.setattr(public, "next_change", lambda *_: at)
    client.get("/s/1/1/", headers=HOST)

    assert client.get("/s/1/1/", headers=HOST).templates != []


def test_an_unknown_host_and_a_form_are_not_asked_of_memory(client, running):
    client.get("/", headers=HOST)

    assert client.get("/", headers={"host": "elsewhere.test"}).status_code == 404
    assert client.post("/", headers=HOST).status_code == 405


@pytest.mark.parametrize(
    ("before", "good_for"),
    [
        (timedelta(days=3, hours=2, minutes=20), timedelta(minutes=20, microseconds=1)),
        (timedelta(hours=5, seconds=7), timedelta(seconds=7, microseconds=1)),
        (timedelta(seconds=20), timedelta(seconds=20)),
    ],
)
def test_the_front_page_is_good_until_its_countdown_moves(running, before, good_for):
    closes_at = running.deadline.closes_at
    at = closes_at - before

    assert front.until([running], running, at) - at == good_for


def test_the_front_page_is_good_no_longer_than_the_day(running):
    closes_at = running.deadline.closes_at  # a midnight
    at = closes_at - timedelta(days=2) - timedelta(minutes=10)

    assert front.until([running], running, at) == closes_at - timedelta(days=2)


def test_the_front_page_changes_with_the_opening(running):
    at = running.opens_at - timedelta(minutes=1)

    assert front.until([running], running, at) == running.opens_at
    assert isinstance(front.until([], None, at), datetime)
