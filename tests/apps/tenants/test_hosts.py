"""Names a group is reached under: one more, another main one, a former one that leads on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sutarta.apps.tenants import actions, queries
from sutarta.apps.tenants.actions import HostRefused
from sutarta.apps.tenants.models import Host
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

OLD, NEW = {"host": "old.test"}, {"host": "new.test"}


@pytest.fixture
def moved():
    """A group that moved from old.test to new.test."""
    group = make.group(host="old.test")
    actions.make_primary(actions.add_host(group=group, name="NEW.test"))
    actions.retire_host(Host.objects.get(name="old.test"), NOON)
    return group


def test_the_new_name_is_printed_and_both_find_the_group(moved):
    assert queries.address(moved) == "http://new.test"
    assert [queries.group_at(name) for name in ("old.test", "new.test")] == [moved, moved]
    assert queries.host_names() == ["new.test", "old.test"]


def test_a_name_of_another_group_is_refused():
    make.group(host="taken.test")

    with pytest.raises(HostRefused, match="belongs to another group here"):
        actions.add_host(group=make.group(), name="Taken.test")


def test_the_main_name_is_not_retired():
    make.group(host="main.test")

    with pytest.raises(HostRefused, match="is the main name"):
        actions.retire_host(Host.objects.get(name="main.test"), NOON)


def test_retiring_twice_keeps_the_first_day_and_adding_it_again_takes_it_into_use(moved):
    old = Host.objects.get(name="old.test")

    assert actions.retire_host(old, NOON + timedelta(days=1)).retired_at == NOON
    assert actions.add_host(group=moved, name="old.test").retired_at is None
    assert not old.is_primary


def test_a_retired_name_may_become_the_main_one_again(moved):
    actions.make_primary(Host.objects.get(name="old.test"))

    assert queries.address(moved) == "http://old.test"
    assert Host.objects.filter(is_primary=True).count() == 1


@pytest.mark.parametrize(
    ("verb", "status"),
    [("get", 301), ("head", 301), ("post", 308), ("put", 308), ("delete", 308)],
)
@pytest.mark.parametrize("path", ["/", "/p/?q=a%20b&x=1", "/missing/", "/desk/", "/m/x/"])
def test_a_former_name_leads_to_the_same_page_of_the_new_one(client, moved, verb, status, path):
    answer = getattr(client, verb)(path, headers=OLD)

    assert answer.status_code == status
    assert answer.headers["Location"] == f"http://new.test{path}"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert not answer.cookies


@pytest.mark.parametrize("path", ["//evil.test/", "/\\evil.test/", "/@evil.test/", "//evil.test"])
def test_it_leads_nowhere_else(client, moved, path):
    answer = client.get(path, headers=OLD)

    assert answer.headers["Location"].startswith("http://new.test/")


def test_the_port_and_the_scheme_are_those_letters_print(client, moved, settings):
    settings.PUBLIC_PORT, settings.HTTPS = 8001, True

    answer = client.get("/p/", headers={"host": "old.test:8001"})

    assert answer.headers["Location"] == "https://new.test:8001/p/"


def test_what_is_posted_to_a_former_name_changes_nothing_there(client, moved):
    answer = client.post("/language/", {"language": "en"}, headers=OLD)

    assert (answer.status_code, dict(answer.cookies)) == (308, {})


def test_health_is_told_under_any_name(client, moved):
    assert client.get("/healthz", headers=OLD).status_code in {200, 503}


def test_robots_and_the_sitemap_name_the_main_address_wherever_they_are_asked(client, moved):
    actions.add_host(group=moved, name="also.test")

    for path in ("/robots.txt", "/sitemap.xml"):
        said = client.get(path, headers={"host": "also.test"}).content.decode()
        assert "http://new.test/" in said
        assert "also.test" not in said


# --- one installation, many groups: a person of one is nobody at another


@pytest.fixture
def neighbours():
    return make.group(host="ours.test"), make.group(host="theirs.test")


def test_cookies_stay_with_the_host_that_set_them(client, neighbours):
    ours, _theirs = neighbours
    client.force_login(make.member(of=ours))
    client.post(reverse("web:language"), {"language": "en"}, headers={"host": "ours.test"})

    assert client.cookies
    assert not any(cookie["domain"] for cookie in client.cookies.values())


def test_a_cookie_carried_to_a_neighbour_opens_no_desk(neighbours):
    """A browser would not carry it; somebody with a tool can."""
    ours, _theirs = neighbours
    client = Client()
    client.force_login(make.member(of=ours))

    answers = {
        host: client.get(reverse("web:desk"), headers={"host": host}).status_code
        for host in ("ours.test", "theirs.test")
    }

    assert answers == {"ours.test": 200, "theirs.test": 404}


def test_a_sign_in_link_of_one_group_signs_in_at_no_other(client, neighbours):
    from sutarta.apps.people import actions as people

    ours, _theirs = neighbours
    who = make.member(of=ours)
    secret = people.make_link(group=ours, user=who, at=make.now())

    answer = client.post(reverse("people:link", args=[secret]), headers={"host": "theirs.test"})

    assert answer.status_code == 410
    assert not client.session.keys()


def test_a_new_passkey_belongs_to_the_host_it_is_made_at(rf, neighbours):
    from allauth.core import context
    from allauth.mfa.adapter import get_adapter

    for host in ("ours.test:8000", "theirs.test"):
        with context.request_context(rf.get("/", headers={"host": host})):
            entity = get_adapter().get_public_key_credential_rp_entity()
        assert entity["id"] == host.partition(":")[0]
