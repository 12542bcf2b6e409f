"""The standing pages, and what every answer carries."""

import pytest
from django.test import Client
from django.urls import reverse

from sutarta.apps.tenants import actions as tenants
from tests import make

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.mark.parametrize("name", ["home", "privacy", "accessibility"])
@pytest.mark.parametrize("language", ["lt", "en"])
def test_standing_pages_open_in_both_languages(client, group, name, language):
    client.cookies["sutarta_language"] = language

    answer = client.get(reverse(f"web:{name}"), headers=HOST)

    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


def test_a_page_opens_in_the_groups_language_whatever_the_browser_says(client, group):
    answer = client.get("/", headers={**HOST, "accept-language": "en"})

    assert answer.headers["Content-Language"] == "lt"


def test_the_chosen_language_is_remembered_and_the_reader_stays(client, group):
    answer = client.post("/language/", {"language": "en", "next": "/privacy/"}, headers=HOST)

    assert answer.headers["Location"] == "/privacy/"
    assert client.get("/", headers=HOST).headers["Content-Language"] == "en"


def test_the_language_form_leads_nowhere_else(client, group):
    answer = client.post(
        "/language/", {"language": "en", "next": "https://elsewhere.test/"}, headers=HOST
    )

    assert answer.headers["Location"] == "/"


def test_every_answer_forbids_foreign_and_inline_code(client, group):
    policy = client.get("/", headers=HOST).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_an_unknown_host_is_not_found(client):
    answer = client.get("/", headers={"host": "elsewhere.test"})

    assert answer.status_code == 404


def test_a_stale_form_gives_back_what_was_typed(group):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/in/code/", {"email": "Suoliukų prie poliklinikos"}, headers=HOST)

    assert answer.status_code == 403
    assert "Suoliukų prie poliklinikos" in answer.content.decode()


@pytest.mark.parametrize("others", [["worker"], ["sequencer"]])
def test_health_is_bad_until_all_parts_show_life(client, others):
    for part in others:
        tenants.beat(part, make.now())
    before = client.get("/healthz")
    for part in ("worker", "sequencer"):
        tenants.beat(part, make.now())
    after = client.get("/healthz")

    assert (before.status_code, after.status_code) == (503, 200)
    assert after.json() == {"healthy": True, "database": True, "worker": True, "sequencer": True}


def test_the_sitemap_lists_standing_pages_and_robots_point_to_it(client, group):
    sitemap = client.get("/sitemap.xml", headers=HOST).content.decode()
    robots = client.get("/robots.txt", headers=HOST).content.decode()

    assert "<loc>http://ours.test/privacy/</loc>" in sitemap
    assert "Sitemap: http://ours.test/sitemap.xml" in robots
    assert "Disallow: /m/" in robots


@pytest.mark.parametrize(
    ("living", "noted", "sentence"),
    [
        ("sequencer", "", "Background work has stopped"),
        ("worker", "", "The log is not being ordered"),
        ("worker sequencer", "backup", "There has been no backup"),
        ("worker sequencer", "disk letters", "The disk is nearly full"),
    ],
)
def test_the_desk_says_what_is_wrong_with_the_installation(client, group, living, noted, sentence):
    client.cookies["sutarta_language"] = "en"
    client.force_login(make.member(of=group))
    for part in living.split():
        tenants.beat(part, make.now())
    tenants.beat("alarm", make.now(), noted)

    assert sentence in client.get("/desk/", headers=HOST).content.decode()
