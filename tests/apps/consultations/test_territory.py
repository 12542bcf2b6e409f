"""Parts of the territory: kept by editors, taken from a file after a look at the map."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sutarta.apps.consultations.actions import territory as actions
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Ward
from tests import ideas, make
from tests.make import NOON

pytestmark = pytest.mark.django_db
SQUARE = [[24.0, 55.0], [24.2, 55.0], [24.2, 55.1], [24.0, 55.1], [24.0, 55.0]]


def url(name: str, *args: object) -> str:
    return reverse(f"consultations:{name}", args=args)


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def desk(client, group):
    """Ask as somebody with a role, an editor unless told otherwise."""

    def sign_in(role=Role.EDITOR):
        client.force_login(make.member(of=group, role=role))
        client.defaults["HTTP_HOST"] = group.hosts.get().name
        return client

    return sign_in


def text(page) -> str:
    return html.unescape(re.sub(r"\s+", " ", page.content.decode()))


def file(*features) -> SimpleUploadedFile:
    whole = {"type": "FeatureCollection", "features": list(features)}
    return SimpleUploadedFile("dalys.geojson", json.dumps(whole).encode())


def feature(name: str, **facts: object) -> dict:
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    return {"type": "Feature", "properties": {"name": name, **facts}, "geometry": geometry}


def test_a_part_is_added_renamed_ended_and_offered_again(desk, group):
    client = desk()
    client.post(url("territory"), {"name": "  Pievų   kvartalas "})
    ward = Ward.objects.get()
    assert (ward.number, ward.name) == (1, "Pievų kvartalas")

    part = url("territory_part", 1)
    client.post(part, {"do": "rename", "name": "Pievos"})
    client.post(part, {"do": "end"})
    ward.refresh_from_db()
    assert ward.name == "Pievos" and ward.ended_at
    assert "Pievos" in text(client.get(url("territory")))
    client.post(part, {"do": "again"})
    ward.refresh_from_db()
    assert ward.ended_at is None
    assert Entry.objects.filter(event="territory.changed").count() == 4


@pytest.mark.parametrize("name", ["", "   ", "senamiestis", "x" * 121])
@pytest.mark.parametrize("where", ["territory", "territory_part"])
def test_a_bad_name_stays_in_the_form(desk, group, name, where):
    ideas.ward(group)
    other = ideas.ward(group, "Pievos")
    address = url(where, other.number) if where == "territory_part" else url(where)
    page = desk().post(address, {"do": "rename", "name": name})

    assert page.status_code == 422 and Ward.objects.count() == 2
    assert name.strip() in text(page)


@pytest.mark.parametrize("role", Role.values)
def test_who_may_change_the_list(desk, role):
    client = desk(role)
    may = role in {Role.COORDINATOR, Role.EDITOR}

    assert client.get(url("territory")).status_code == 200
    assert (client.post(url("territory"), {"name": "Pievos"}).status_code == 302) is may
    assert (client.get(url("territory_outlines")).status_code == 200) is may
    assert Ward.objects.exists() is may


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.AUDITOR])
def test_every_action_asks_the_rule(group, role):
    actor, ward = make.member(of=group, role=role), ideas.ward(group)
    facts = {"actor": actor, "at": NOON}
    for act in (
        lambda: actions.add(group=group, name="Pievos", **facts),
        lambda: actions.rename(ward=ward, name="Pievos", **facts),
        lambda: actions.end(ward=ward, ended=True, **facts),
        lambda: actions.draw(group=group, outlines={"A": [SQUARE]}, **facts),
    ):
        with pytest.raises(Refused):
            act()


def test_a_file_is_looked_at_before_it_is_kept(desk, group):
    ideas.ward(group, "Senamiestis", outline=[])
    ideas.ward(group, "Pievos")
    client = desk()
    preview = client.post(
        url("territory_outlines"), {"file": file(feature("Senamiestis"), feature("Paupys"))}
    )
    page = preview.content.decode()
    assert preview.status_code == 200 and page.count('fill-rule="evenodd"') == 2
    assert "Paupys" in page and Ward.objects.get(name="Senamiestis").outline == []

    outlines = html.unescape(re.search(r'name="outlines" value="([^"]*)"', page)[1])
    kept = client.post(
        url("territory_outlines"), {"outlines": outlines, "field": "name", "do": "keep"}
    )
    assert kept.headers["Location"] == url("territory")
    town = Ward.objects.get(name="Senamiestis")
    assert len(town.outline[0]) == 4 and town.number == 1
    assert Ward.objects.count() == 3 and Ward.objects.get(name="Pievos").outline


def test_the_field_with_the_names_can_be_chosen(desk):
    client = desk()
    sent = {"file": file(feature("A", zona="Senamiestis"), feature("B", zona="Paupys"))}
    page = client.post(url("territory_outlines"), sent).content.decode()
    outlines = html.unescape(re.search(r'name="outlines" value="([^"]*)"', page)[1])
    shown = client.post(url("territory_outlines"), {"outlines": outlines, "field": "zona",
                                                    "do": "look"})  # fmt: skip

    assert "Paupys" in text(shown) and not Ward.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"file": SimpleUploadedFile("a.geojson", b"")},
        {"file": SimpleUploadedFile("a.geojson", b"{}")},
        {"file": SimpleUploadedFile("a.geojson", b"x" * (2 * 2**20 + 1))},
        {"file": file({"type": "Feature", "properties": {"name": "A"}, "geometry": None})},
    ],
    ids=["none", "empty", "other", "large", "without outline"],
)
def test_a_bad_file_is_refused_in_words(desk, sent):
    page = desk().post(url("territory_outlines"), sent)

    assert page.status_code == 422 and not Ward.objects.exists()


@pytest.mark.parametrize("bad", [{"outlines": "{"}, {"field": "kita"}, {"outlines": ""}])
def test_what_came_back_broken_is_chosen_again(desk, bad):
    page = desk().post(url("territory_outlines"), {"outlines": "", "field": "name", "do": "keep",
                                                   **bad})  # fmt: skip

    assert page.status_code == 302 and not Ward.objects.exists()


def test_1_and_30_parts_take_the_same_number_of_questions(desk, group, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ideas.ward(group)
    client = desk()
    client.get(url("territory"))
    with CaptureQueriesContext(connection) as few:
        client.get(url("territory"))
    for place in range(30):
        ideas.ward(group, f"Dalis {place}")
    with django_assert_num_queries(len(few)):
        client.get(url("territory"))
