"""The demo's two groups, served by one process: nothing of one is seen at the other."""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request

import pytest

from tests.cli.test_serve import free_port, health, serving, wait_for

TOWN, COUNTRY = "localhost", "kelmyne.localhost"
OF_TOWN = re.compile("Alksni|Ąžuol|Malūno|5b3f8c")
OF_COUNTRY = re.compile("Kelmyn|Lendr|Žiog")
PAGES = ["/", "/p/", "/s/1/1/", "/c/1/", "/p/1/", "/p/feed/", "/p/register.csv"]


@pytest.fixture(scope="module")
def port(demo_once, tmp_path_factory):
    """Where a copy of the demo answers."""
    data = shutil.copytree(demo_once, tmp_path_factory.mktemp("beside") / "data")
    number = free_port()
    with serving("demo", "--data", data, "--port", number):
        wait_for(lambda: health(number).get("healthy"), 60)
        yield number


def ask(port: int, host: str, path: str) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("path", PAGES)
def test_each_site_speaks_of_its_own_place_alone(port, path):
    (there, town), (here, country) = ask(port, TOWN, path), ask(port, COUNTRY, path)

    assert (there, here) == (200, 200)
    assert not OF_COUNTRY.search(town)
    assert not OF_TOWN.search(country)


@pytest.mark.parametrize("path", ["/p/100/", "/c/2/", "/s/1/2/", "/s/2/1/"])
def test_what_only_the_town_has_is_not_found_in_the_country(port, path):
    status, _page = ask(port, COUNTRY, path)

    assert status == 404


def test_every_host_of_the_town_shows_the_same_site(port):
    titles = set()
    for host in (TOWN, "127.0.0.1", "alksniai.localhost"):
        _status, page = ask(port, host, "/")
        titles.add(re.search("<title>(.*?)</title>", page, re.DOTALL)[1])

    assert len(titles) == 1


def test_a_strangers_host_shows_nothing(port):
    status, page = ask(port, "beržai.localhost".encode("idna").decode(), "/")

    assert status in {400, 404}
    assert not OF_TOWN.search(page)
    assert not OF_COUNTRY.search(page)
