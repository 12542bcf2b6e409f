"""The frame for other sites: what it tells, who may frame it, what it never does."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from sutarta.apps.publishing.queries import embedding as queries
from tests import make

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
NOW = make.now()


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def group():
    return make.group(host="ours.test", short_name="Alksnių VVG", embed_hosts=["www.alksniai.lt"])


@pytest.fixture
def its(group):
    return running(group)


def running(group, **facts):
    return make.consultation(
        version=make.version(group=group),
        **{
            "opens_at": NOW - timedelta(days=9),
            "announced_at": NOW - timedelta(days=9),
            "last_day": make.today(8),
            **facts,
        },
    )


def text(answer) -> str:
    said = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(said.replace("\xa0", " ").split())


def test_it_tells_status_deadline_counts_and_leads_out(client, its):
    one = make.receipt(consultation=its, at=NOW).submission
    make.receipt(consultation=its, at=NOW)
    make.answer(one)

    answer = client.get("/embed/?lang=en", headers=HOST)

    page = text(answer)
    assert "Open" in page
    assert "We take proposals until" in page
    assert "24:00" in page
    assert "8 d" in page
    assert "Proposals received 2 Answered 1" in page
    targets = re.findall(
        r'<a[^>]*href="([^"]+)"\s+target="_blank"\s+rel="noopener"', answer.content.decode()
    )
    assert targets == ["http://ours.test/s/1/1/", "http://ours.test/c/1/"]


def test_it_asks_little(client, its, django_assert_num_queries):
    with django_assert_num_queries(5):
        client.get("/embed/", headers=HOST)


def test_a_certain_discussion_has_its_own_address(client, group, its):
    later = running(group, title="Antrasis aptarimas", opens_at=NOW + timedelta(days=1))

    assert later.title in text(client.get("/embed/2/", headers=HOST))
    assert its.title in text(client.get("/embed/", headers=HOST))
    assert client.get("/embed/3/", headers=HOST).status_code == 404


def test_what_is_not_announced_is_not_shown(client, group):
    running(group, announced_at=None)

    assert "Nothing is under discussion yet." in text(client.get("/embed/?lang=en", headers=HOST))
    assert client.get("/embed/1/", headers=HOST).status_code == 404


def test_an_idea_call_leads_to_its_own_page(client, group):
    make.consultation(
        strategy=make.strategy(group=group),
        opens_at=NOW - timedelta(days=1),
        last_day=(NOW + timedelta(days=8)).date(),
    )
    answer = client.get("/embed/", headers=HOST).content.decode()

    assert re.findall(r'<a[^>]*href="([^"]+)"', answer) == ["http://ours.test/c/1/"]


@pytest.mark.parametrize(
    ("hosts", "is_demo", "allowed", "older"),
    [
        ([], False, "'none'", "DENY"),
        (["www.alksniai.lt", "alksniai.lt"], False,
         "https://www.alksniai.lt https://alksniai.lt", None),
        (["kaimynai.localhost"], False, "http://kaimynai.localhost:*", None),
        (["www.alksniai.lt"], True, "http://www.alksniai.lt:*", None),
        (["a.lt; script-src *"], False, "'none'", "DENY"),
    ],
    ids=["nobody", "two", "for trying", "a demo", "not a name"],
)  # fmt: skip
def test_only_pages_of_listed_sites_may_frame_it(client, its, hosts, is_demo, allowed, older):
    its.group.embed_hosts, its.group.is_demo = hosts, is_demo
    its.group.save()

    answer = client.get("/embed/", headers=HOST)

    policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith(f"frame-ancestors {allowed}")
    assert answer.headers.get("X-Frame-Options") == older
    assert "script-src" not in policy
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/", "/c/1/", "/c/1/notices/", "/p/", "/embed/9/"])
def test_every_other_page_stays_out_of_frames(client, its, address):
    answer = client.get(address, headers=HOST)

    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_it_neither_sets_nor_reads_a_cookie_and_runs_no_script(client, its):
    plain = client.get("/embed/", headers=HOST)
    client.cookies["sutarta_language"] = "en"
    client.force_login(make.member(of=its.group))
    signed_in = client.get("/embed/", headers=HOST)

    assert signed_in.content == plain.content
    assert plain.headers["Content-Language"] == signed_in.headers["Content-Language"] == "lt"
    assert not plain.cookies
    assert "Vary" not in plain.headers
    assert not re.search(r"<script|<form|\son\w+=", plain.content.decode())
    assert plain.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("query", "language", "look"),
    [("", "lt", "auto"), ("?lang=en&look=dark", "en", "dark"), ("?look=light", "lt", "light"),
     ("?lang=xx&look=%3Cb%3E", "lt", "auto")],
)  # fmt: skip
def test_language_and_look_come_from_the_address_alone(client, its, query, language, look):
    page = client.get(f"/embed/{query}", headers=HOST).content.decode()

    assert f'<html lang="{language}" data-color-scheme="{look}">' in page


def test_a_financed_group_shows_the_emblem(client, its):
    its.group.is_financed, its.group.project_number = True, "11-001-T-0007"
    its.group.save()

    page = text(client.get("/embed/", headers=HOST))

    assert "Bendrai finansuoja Europos Sąjunga" in page
    assert "11-001-T-0007" in page


def test_the_line_for_other_sites_is_one_safe_line(group):
    group.short_name = 'Alksnių "VVG"'

    line = queries.line(group, "lt")

    assert line.startswith('<iframe src="http://ours.test/embed/" title="Alksnių &quot;VVG&quot;')
    assert line.endswith('loading="lazy" referrerpolicy="no-referrer"></iframe>')
    assert "\n" not in line
    assert type(line) is str
    assert 'src="http://ours.test/embed/?lang=en"' in queries.line(group, "en")


def test_it_wears_the_groups_own_colours(client, its):
    its.group.accent = "#2b6e3f"
    its.group.save()

    page = client.get("/embed/?look=dark", headers=HOST).content.decode()

    assert re.search(r'<link rel="stylesheet" href="/look/[0-9a-f]+\.css">', page)
    assert "/static/ui/dark.css" in page
    sheet = client.get(re.search(r"/look/[0-9a-f]+\.css", page)[0], headers=HOST)
    assert sheet.headers["Content-Type"].startswith("text/css")
    assert b'[data-color-scheme="dark"]' in sheet.content
