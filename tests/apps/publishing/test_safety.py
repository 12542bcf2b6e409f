"""Is everything kept safe? Each tick says what is, and what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import audits
from sutarta.apps.publishing.queries import safety
from sutarta.apps.tenants import actions as tenants
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LONG_AGO, LATELY = NOON - timedelta(days=3), NOON - timedelta(minutes=3)
ORDER, AUDIT, SECOND, BACKUP, WITNESS = range(5)


@pytest.fixture
def group():
    return make.group(host="ours.test")


def _states(group) -> list[str]:
    return [tick.state for tick in safety.ticks(group, NOON)]


def _wait(group, since) -> None:
    entry = ledger.record("group.changed", group=group, at=NOON)
    Entry.objects.filter(pk=entry.pk).update(recorded_at=since)


@pytest.mark.parametrize(
    ("which", "happened", "state"),
    [
        (ORDER, lambda group: _wait(group, NOON), "kept"),
        (ORDER, lambda group: _wait(group, LONG_AGO), "failed"),
        (AUDIT, lambda group: None, "open"),
        (AUDIT, lambda group: tenants.beat(audits.pulse_name(group), LATELY), "kept"),
        (AUDIT, lambda group: tenants.beat(audits.pulse_name(group), LATELY, "2"), "failed"),
        (AUDIT, lambda group: tenants.beat(audits.pulse_name(group), LONG_AGO), "failed"),
        (BACKUP, lambda group: None, "open"),
        (BACKUP, lambda group: tenants.beat("backup", LATELY, "x"), "kept"),
        (BACKUP, lambda group: tenants.beat("backup", LONG_AGO, "x"), "failed"),
        (WITNESS, lambda group: None, "open"),
    ],
)
def test_each_tick_stands_for_what_happened(group, which, happened, state):
    Entry.objects.all().delete()
    happened(group)

    assert _states(group)[which] == state


@pytest.mark.parametrize(
    ("beats", "state"),
    [
        ((), "open"),
        ((("ship", LATELY, ""),), "kept"),
        ((("ship", LONG_AGO, ""),), "failed"),
        ((("ship", LATELY, "sutarta/x"),), "failed"),
        ((("ship failed", LATELY, "full"),), "failed"),
    ],
)
def test_the_second_place_is_told_of(group, settings, tmp_path, beats, state):
    settings.SHIP_TO = tmp_path
    for beat in beats:
        tenants.beat(*beat)

    assert _states(group)[SECOND] == state


def test_without_a_second_place_it_says_what_that_means(group, settings):
    settings.SHIP_TO = None
    tick = safety.ticks(group, NOON)[SECOND]

    assert tick.state == "open"
    assert "would be lost" in tick.words


@pytest.mark.parametrize("role", ["COORDINATOR", "EDITOR", "MODERATOR", "AUDITOR"])
def test_all_of_the_staff_read_the_page(client, group, role):
    client.force_login(make.member(of=group, role=role))
    answer = client.get(reverse("publishing:safety"), headers={"host": "ours.test"})

    assert answer.status_code == 200
    assert len(answer.context["ticks"]) == 5


def test_the_page_asks_the_same_however_much_waits(group, django_assert_max_num_queries):
    for _one in range(50):
        ledger.record("group.changed", group=group, at=NOON)
    with django_assert_max_num_queries(3):
        safety.ticks(group, NOON)
