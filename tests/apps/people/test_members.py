"""Coordinators let people in and out, and set the group up; others read."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.urls import reverse

from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.models import Letter
from sutarta.apps.people import access, actions
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Membership, Role
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
LATER = NOON + timedelta(days=1)


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def coordinator(group):
    return make.member(of=group)


def _facts(event):
    return json.loads(bytes(Entry.objects.get(event=event).body))["facts"]


def _invite(actor, group, **facts):
    facts = {"email": "d.s@alksniai.example", "name": "D S", "role": Role.MODERATOR, **facts}
    return actions.invite(actor=actor, group=group, at=NOON, **facts)


def test_whoever_is_let_in_has_the_role_and_a_letter(group, coordinator):
    user = _invite(coordinator, group)

    letter = Letter.objects.get()
    assert access.roles_of(user, group, NOON) == {Role.MODERATOR}
    assert (letter.to, letter.kind) == ("d.s@alksniai.example", "member.admitted")
    assert reverse("people:sign_in") in letter.text
    assert _facts("member.admitted")["role"] == "MODERATOR"


def test_letting_the_same_person_in_twice_changes_nothing(group, coordinator):
    _invite(coordinator, group)
    _invite(coordinator, group, email="D.S@alksniai.example")

    assert Membership.objects.filter(role=Role.MODERATOR).count() == 1
    assert Letter.objects.count() == 1


def test_a_role_ends_at_once_and_can_be_given_again(group, coordinator):
    user = _invite(coordinator, group)
    held = Membership.objects.get(user=user)

    actions.end_membership(actor=coordinator, membership=held, at=LATER)
    ended = access.roles_of(user, group, LATER)
    actions.invite(
        actor=coordinator, group=group, email=user.email, name="", role=Role.MODERATOR, at=LATER
    )

    assert ended == frozenset()
    assert access.roles_of(user, group, LATER) == {Role.MODERATOR}
    assert Membership.objects.filter(user=user).count() == 2


def test_the_last_coordinator_stays(group, coordinator):
    with pytest.raises(Refused, match=r"last coordinator|paskutinis"):
        actions.end_membership(
            actor=coordinator, membership=coordinator.memberships.get(), at=LATER
        )


def test_one_of_two_coordinators_may_go(group, coordinator):
    other = make.member(of=group)

    actions.end_membership(actor=other, membership=coordinator.memberships.get(), at=LATER)

    assert access.roles_of(coordinator, group, LATER) == frozenset()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR, Role.AUDITOR])
def test_only_coordinators_decide_who_works_here(group, coordinator, role):
    other = make.member(of=group, role=role)

    with pytest.raises(Refused):
        _invite(other, group)
    with pytest.raises(Refused):
        actions.end_membership(actor=other, membership=coordinator.memberships.get(), at=LATER)
    with pytest.raises(Refused):
        actions.change_settings(actor=other, group=group, changed={"name": "Kita"}, at=LATER)


@pytest.mark.parametrize(
    ("field", "said"),
    [("name", ""), ("email", ""), ("email", "d.s"), ("role", ""), ("role", "KING")],
)
def test_a_form_that_comes_back_keeps_what_was_typed(client, group, coordinator, field, said):
    client.force_login(coordinator)
    typed = {"name": "D S", "email": "d.s@alksniai.example", "role": "EDITOR", field: said}

    answer = client.post(reverse("people:members"), typed, headers=HOST)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(value in page for value in (typed["name"], typed["email"]))
    assert Membership.objects.count() == 1


def test_settings_are_kept_and_the_log_names_the_fields(client, group, coordinator):
    client.force_login(coordinator)
    typed = {
        "name": group.name,
        "short_name": group.short_name,
        "municipality": group.municipality,
        "address": group.address,
        "office_hours": group.office_hours,
        "email": group.email,
        "phone": "+370 600 00099",
        "four_eyes": "on",
    }

    client.post(reverse("people:settings"), typed, headers=HOST)

    group.refresh_from_db()
    assert (group.phone, group.four_eyes, group.board_approves) == ("+370 600 00099", True, False)
    assert _facts("group.changed")["fields"] == ["four_eyes", "phone"]


def test_the_same_settings_again_leave_no_trace(group, coordinator):
    actions.change_settings(actor=coordinator, group=group, changed={"name": group.name}, at=LATER)

    assert not Entry.objects.filter(event="group.changed").exists()


def test_a_financed_group_must_name_its_project(client, group, coordinator):
    client.force_login(coordinator)
    typed = {"name": "Pavadinimas", "short_name": "P", "municipality": "M", "is_financed": "on"}

    answer = client.post(reverse("people:settings"), typed, headers=HOST)

    group.refresh_from_db()
    assert answer.status_code == 422
    assert 'value="Pavadinimas"' in answer.content.decode()
    assert not group.is_financed


@pytest.mark.parametrize("rows", [1, 300])
def test_the_list_of_people_asks_a_fixed_number_of_questions(
    client, group, coordinator, rows, django_assert_max_num_queries
):
    for place in range(rows):
        make.member(of=group, role=Role.EDITOR, email=f"person{place}@alksniai.example")
    client.force_login(coordinator)

    with django_assert_max_num_queries(15):
        client.get(reverse("people:members"), headers=HOST)


def test_where_people_signed_in_from_is_forgotten_after_a_week(coordinator):
    edge = NOON - actions.NETWORKS_KEPT
    for key, seen in (("old", edge - timedelta(seconds=1)), ("new", edge)):
        UserSession.objects.create(
            user=coordinator, ip="192.0.2.7", user_agent="-", session_key=key, last_seen_at=seen
        )

    forgotten = actions.forget_networks(NOON)

    addresses = dict(UserSession.objects.values_list("session_key", "ip"))
    assert forgotten == 1
    assert addresses == {"old": actions.NOWHERE, "new": "192.0.2.7"}


def test_the_secret_of_an_app_is_not_stored_in_the_clear(coordinator):
    app = TOTP.activate(coordinator, "JBSWY3DPEHPK3PXP")

    stored = str(Authenticator.objects.get(pk=app.instance.pk).data)
    assert "JBSWY3DPEHPK3PXP" not in stored
    assert get_adapter().decrypt(app.instance.data["secret"]) == "JBSWY3DPEHPK3PXP"
