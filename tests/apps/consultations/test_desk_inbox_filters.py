"""Views of the list that a person keeps: by whom, under which name, how many, for whom to see."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from sutarta.apps.consultations.actions import filters as actions
from sutarta.apps.consultations.models import SavedFilter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOON = make.now()
MINE, ALL, LATE = "show=mine", "show=all", "show=late"
LIST = reverse("consultations:desk")
KEEP = reverse("consultations:desk_filter_keep")
REMOVE = reverse("consultations:desk_filter_remove")


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def desk(client, group):
    def sign_in(role=Role.MODERATOR):
        who = make.member(of=group, role=role)
        client.force_login(who, BACKEND)
        client.cookies["sutarta_language"] = "en"
        client.defaults["HTTP_HOST"] = "ours.test"
        return client, who

    return sign_in


@pytest.fixture
def keep(group):
    def its(actor, name="Mano", query=ALL):
        return actions.keep_filter(actor=actor, group=group, name=name, query=query, at=NOON)

    return its


def kept():
    return dict(SavedFilter.objects.values_list("name", "query"))


def read(client, address=LIST):
    return client.get(address).content.decode()


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        (Role.COORDINATOR, ""),
        (Role.EDITOR, ""),
        (Role.MODERATOR, ""),
        (Role.AUDITOR, "Your role in this group does not include this step."),
        (None, "Only staff of this group may do this."),
    ],
)
def test_who_keeps_and_removes_views(group, keep, role, reason):
    actor = make.member(of=group, role=role) if role else make.user()

    def said(act):
        with override("en"):
            try:
                act()
            except Refused as refusal:
                return str(refusal.reason)
        return ""

    assert said(lambda: keep(actor)) == reason
    its = {"actor": actor, "group": group, "query": ALL, "at": NOON}
    assert said(lambda: actions.remove_filter(**its)) == reason


@pytest.mark.parametrize(
    ("name", "query", "then"),
    [
        ("A", MINE, {"A": MINE, "B": ALL}),
        ("C", MINE, {"C": MINE, "B": ALL}),
        ("  A ", LATE, {"A": LATE, "B": ALL}),
        ("C", LATE, {"A": MINE, "B": ALL, "C": LATE}),
    ],
    ids=["the same again", "renamed", "moved", "one more"],
)
def test_a_view_and_a_name_stand_once(group, keep, name, query, then):
    who = make.member(of=group, role=Role.EDITOR)
    keep(who, "A", MINE)
    keep(who, "B", ALL)

    keep(who, name, query)

    assert kept() == then


def test_a_view_goes_by_its_name_and_comes_back(desk, group, keep):
    client, who = desk()
    keep(who, "Mano", "show=all&sort=old")

    page = client.post(f"{REMOVE}?show=all&sort=old", follow=True).content.decode()

    assert "The view “Mano” is removed." in page and "Put back" in page
    assert kept() == {}
    assert "Put back" not in read(client)
    client.post(f"{KEEP}?show=all&sort=old&", {"name": "Mano"})
    assert kept() == {"Mano": "show=all&sort=old"}
    assert client.post(f"{REMOVE}?show=late").status_code == 302


def test_a_view_is_kept_the_same_way_however_it_was_asked_for(desk):
    client, _who = desk()

    client.post(f"{KEEP}?sort=new&page=2&words=tako&show=mine&x=1", {"name": "Mano"})

    assert kept() == {"Mano": "show=mine&words=tako"}


@pytest.mark.parametrize(
    ("address", "name", "why"),
    [
        (ALL, " \t", "Write a name for the view."),
        (ALL, "ž" * 41, "at most 40 characters"),
        (ALL, "B", "Another view of yours has this name."),
        (urlencode({"show": "all", "words": "ž" * 60}), "Ilgas", "too long to be kept"),
        (LATE, "Dar vienas", "You keep 20 views already. Remove one first."),
    ],
    ids=["none", "long name", "taken", "long words", "too many"],
)
def test_bad_input_keeps_what_was_typed(desk, keep, address, name, why):
    client, who = desk()
    keep(who, "A", ALL)
    keep(who, "B", MINE)
    for number in range(18):
        keep(who, f"Nr. {number}", f"show=all&words={number}")
    before = kept()

    answer = client.post(f"{KEEP}?{address}", {"name": name})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert why in page and "<details open>" in page
    assert not name.strip() or f'value="{name}"' in page
    assert kept() == before


def test_views_are_for_their_person_alone(desk, group, keep):
    _client, first = desk()
    keep(first, "Tik mano", MINE)
    client, _second = desk(Role.EDITOR)

    assert "Tik mano" not in read(client)
    client.post(f"{REMOVE}?{MINE}")
    assert kept() == {"Tik mano": MINE}
    client.post(f"{KEEP}?{MINE}", {"name": "Tik mano"})
    assert SavedFilter.objects.count() == 2


def test_a_person_in_two_groups_keeps_views_in_each(desk, group, keep):
    client, who = desk()
    elsewhere = make.group(host="elsewhere.test")
    actions_there = {"group": elsewhere, "query": MINE, "at": NOON}
    make.member(of=elsewhere, role=Role.EDITOR)
    SavedFilter.objects.create(group=elsewhere, person=who, name="Ten", query=MINE, made_at=NOON)

    assert "Ten" not in read(client)
    with pytest.raises(Refused):
        actions.remove_filter(actor=who, **actions_there)
    client.post(f"{REMOVE}?{MINE}")
    assert kept() == {"Ten": MINE}


def test_the_tabs_hold_the_view_with_its_count(desk, group, keep):
    client, who = desk()
    make.submission(consultation=make.consultation(group=group))
    keep(who, "Visi seniausi", "show=all&sort=old")
    keep(who, "Apie taką", "show=all&words=tako")

    tabs = client.get(f"{LIST}?show=all&sort=old").context["filters"]

    own = [tab for tab in tabs if tab.get("is_own")]
    assert tabs[-2:] == own
    assert [(tab["label"], tab["count"]) for tab in own] == [
        ("Visi seniausi", 1),
        ("Apie taką", None),
    ]
    assert [tab["label"] for tab in tabs if tab["current"]] == ["Visi seniausi"]


def test_1_and_20_views_take_the_same_number_of_questions(desk, group, keep):
    client, who = desk()
    make.submission(consultation=make.consultation(group=group))
    keep(who, "Visi", ALL)
    read(client)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert read(client, f"{LIST}?{ALL}")
        return len(queries)

    few = asked()
    for number in range(19):
        keep(who, f"Nr. {number}", f"show=all&words={number}")

    assert asked() == few
    assert SavedFilter.objects.filter(person=who).count() == 20


def test_an_auditor_sees_no_way_to_keep_a_view(desk):
    client, _who = desk(Role.AUDITOR)

    assert "Keep this view" not in read(client)
    assert client.post(f"{KEEP}?{ALL}", {"name": "Mano"}).status_code == 403
