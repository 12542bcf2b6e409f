"""The same questions at every door: another group, another role, nobody."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sutarta.apps.people.models import Role
from tests import doors, make

pytestmark = pytest.mark.django_db
VERBS = ("get", "post")


def _names(patterns, space: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.add(f"{space}{pattern.name}")
    return found


@pytest.fixture
def house():
    """A group with one of everything, and a second group beside it."""
    return doors.House()


def _ask(client, name, house, host):
    address = reverse(name, args=house.keys(name))
    answers = {verb: getattr(client, verb)(address, headers={"host": host}) for verb in VERBS}
    for answer in answers.values():
        if answer.streaming:
            answer.getvalue()  # read to its end, or its file stays open
    return answers


def test_every_address_is_tried():
    assert _names(get_resolver().url_patterns) == set(doors.DOORS)


@pytest.mark.parametrize("name", sorted(doors.with_keys()))
def test_another_groups_things_are_not_found(name, client, house):
    client.force_login(house.neighbour)

    answers = _ask(client, name, house, house.elsewhere)

    assert {a.status_code for a in answers.values()} <= {404, 405, 410}


@pytest.mark.parametrize("name", sorted(doors.of_staff()))
def test_staff_pages_send_the_logged_out_to_sign_in(name, client, house):
    for verb, answer in _ask(client, name, house, house.host).items():
        assert answer.status_code in {302, 405}, verb
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith(reverse("people:sign_in"))


@pytest.mark.parametrize("name", sorted(doors.of_staff()))
def test_staff_pages_are_not_there_for_a_stranger_with_an_account(name, client, house):
    client.force_login(make.user())

    answers = _ask(client, name, house, house.host)

    assert {a.status_code for a in answers.values()} <= {404, 405}


@pytest.mark.parametrize("name", sorted(doors.of_staff()))
def test_an_auditor_reads_but_changes_nothing(name, client, house):
    client.force_login(make.member(of=house.group, role=Role.AUDITOR))
    before = house.counts()

    answers = _ask(client, name, house, house.host)

    assert answers["post"].status_code in {403, 404, 405}, "posting must be refused"
    assert answers["get"].status_code in {200, 302, 403, 405}
    if answers["post"].status_code == 403:
        assert '<p class="lead">' in answers["post"].content.decode()
    assert house.counts() == before


@pytest.mark.parametrize("name", sorted(doors.of_residents()))
def test_public_pages_open_for_everybody(name, client, house):
    answer = _ask(client, name, house, house.host)["get"]

    assert answer.status_code in doors.DOORS[name].opens
