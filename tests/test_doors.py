"""The same questions at every door: another group, another role, nobody."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sutarta.apps.people.models import Role, User
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


@pytest.fixture
def at_door(house, subtests):
    """`with at_door(name, who=..., host=...) as answers:` knocks there and undoes it afterwards.

    who   is signed in; without one, nobody is. host: under which name, else the house's own

    One house serves every door: it costs more than what is asked at a door. Each door is a test
    within the test, so one that fails is told by name and the next is tried.
    """
    signed_in: dict[User | None, Client] = {None: Client()}

    @contextmanager
    def knocked(
        name: str, who: User | None = None, host: str = house.host
    ) -> Iterator[dict[str, HttpResponseBase]]:
        if who not in signed_in:
            signed_in[who] = Client()
            signed_in[who].force_login(who)
        with subtests.test(name), transaction.atomic():
            client = Client()
            client.cookies = copy.copy(signed_in[who].cookies)
            yield _ask(client, name, house, host)
            transaction.set_rollback(True)

    return knocked


def _ask(client, name, house, host):
    address = reverse(name, args=house.keys(name))
    answers = {verb: getattr(client, verb)(address, headers={"host": host}) for verb in VERBS}
    for answer in answers.values():
        if answer.streaming:
            answer.getvalue()  # read to its end, or its file stays open
    return answers


def test_every_address_is_tried():
    assert _names(get_resolver().url_patterns) == set(doors.DOORS)


def test_another_groups_things_are_not_found(house, at_door):
    for name in doors.with_keys():
        with at_door(name, who=house.neighbour, host=house.elsewhere) as answers:
            assert {a.status_code for a in answers.values()} <= {404, 405, 410}


def test_staff_pages_send_the_logged_out_to_sign_in(at_door):
    for name in doors.of_staff():
        with at_door(name) as answers:
            for verb, answer in answers.items():
                assert answer.status_code in {302, 405}, verb
                if answer.status_code == 302:
                    assert answer.headers["Location"].startswith(reverse("people:sign_in"))


def test_staff_pages_are_not_there_for_a_stranger_with_an_account(at_door):
    stranger = make.user()

    for name in doors.of_staff():
        with at_door(name, who=stranger) as answers:
            assert {a.status_code for a in answers.values()} <= {404, 405}


def test_an_auditor_reads_but_changes_nothing(house, at_door):
    auditor = make.member(of=house.group, role=Role.AUDITOR)
    before = house.counts()

    for name in doors.of_staff():
        with at_door(name, who=auditor) as answers:
            assert answers["post"].status_code in {403, 404, 405}, "posting must be refused"
            assert answers["get"].status_code in {200, 302, 403, 405}
            if answers["post"].status_code == 403:
                assert '<p class="lead">' in answers["post"].content.decode()
            assert house.counts() == before


def test_public_pages_open_for_everybody(at_door):
    for name in doors.of_residents():
        with at_door(name) as answers:
            assert answers["get"].status_code in doors.DOORS[name].opens
