"""Staff come in by link or by code; strangers find nothing."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.urls import reverse

from sutarta.apps.mail import actions as mail
from sutarta.apps.people import access, actions
from sutarta.apps.people.models import Membership, Role
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def test_a_link_signs_in_once():
    group = make.group()
    user = make.member(of=group)
    secret = actions.make_link(group=group, user=user, at=NOON)

    assert actions.use_link(group=group, secret=secret, at=NOON) == user
    assert actions.use_link(group=group, secret=secret, at=NOON) is None


@pytest.mark.parametrize(
    ("later", "works"),
    [
        (timedelta(hours=23, minutes=59, seconds=59), True),
        (timedelta(hours=24), False),
        (timedelta(days=9), False),
    ],
)
def test_a_link_ends_after_a_day(later, works):
    group = make.group()
    secret = actions.make_link(group=group, user=make.member(of=group), at=NOON)

    assert bool(actions.use_link(group=group, secret=secret, at=NOON + later)) is works


def test_a_link_is_of_one_group_only():
    group = make.group()
    secret = actions.make_link(group=group, user=make.member(of=group), at=NOON)

    assert actions.use_link(group=make.group(), secret=secret, at=NOON) is None


def test_opening_a_link_does_not_use_it_up(client):
    group = make.group(host="ours.test")
    secret = actions.make_link(group=group, user=make.member(of=group), at=make.now())
    address = reverse("people:link", args=[secret])

    first = client.get(address, headers={"host": "ours.test"})
    second = client.post(address, headers={"host": "ours.test"})

    assert first.status_code == 200
    assert second.headers["Location"] == reverse("web:desk")


def test_a_code_comes_by_letter_and_signs_in(client):
    group = make.group(host="ours.test")
    user = make.member(of=group, email="r.m@alksniai.example")
    headers = {"host": "ours.test"}

    client.post(reverse("account_request_login_code"), {"email": user.email}, headers=headers)
    mail.send_due(make.now())
    code = outbox.outbox[0].subject.rsplit(" ", 1)[-1]
    done = client.post(reverse("account_confirm_login_code"), {"code": code}, headers=headers)

    assert done.headers["Location"] == reverse("web:desk")
    assert client.get(reverse("web:desk"), headers=headers).status_code == 200


def test_an_unknown_address_gets_the_same_page(client):
    make.group(host="ours.test")

    answer = client.post(
        reverse("account_request_login_code"),
        {"email": "nobody@alksniai.example"},
        headers={"host": "ours.test"},
    )

    assert answer.headers["Location"] == reverse("account_confirm_login_code")


@pytest.mark.parametrize("role", Role.values)
def test_a_role_counts_from_its_start_to_its_end(role):
    group = make.group()
    user = make.member(of=group, role=role)
    Membership.objects.filter(user=user).update(starts_at=NOON, ends_at=NOON + timedelta(days=1))

    held = [
        access.roles_of(user, group, NOON + timedelta(hours=hours)) for hours in (-1, 0, 23, 24)
    ]

    assert held == [frozenset(), {role}, {role}, frozenset()]


def test_the_desk_is_not_there_for_staff_of_another_group(client):
    make.group(host="ours.test")
    client.force_login(make.member(of=make.group()))

    assert client.get(reverse("web:desk"), headers={"host": "ours.test"}).status_code == 404


def test_the_desk_asks_the_logged_out_to_sign_in(client):
    make.group(host="ours.test")

    answer = client.get(reverse("web:desk"), headers={"host": "ours.test"})

    assert answer.headers["Location"] == f"{reverse('people:sign_in')}?next=/desk/"
