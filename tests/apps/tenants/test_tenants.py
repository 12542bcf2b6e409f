"""What belongs to one group stays there."""

import json

import pytest
from django.db import connection

from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants import actions, queries
from sutarta.apps.tenants.fields import UnknownSchema
from sutarta.apps.tenants.models import Crossing, TenantRow
from tests import make

pytestmark = pytest.mark.django_db


def test_a_group_is_found_by_its_host_in_any_case():
    group = make.group(host="alksniai.test")

    assert queries.group_at("ALKSNIAI.test") == group
    assert queries.group_at("elsewhere.test") is None


def test_numbers_run_without_gaps_and_apart_for_each_group():
    first, second = make.group(), make.group()

    numbers = [actions.take_number(group, "submission") for group in (first, first, second)]

    assert numbers == [1, 2, 1]


def test_a_row_may_not_point_into_another_group():
    strategy = make.strategy()

    with pytest.raises(Crossing):
        Version(group=make.group(), strategy=strategy, number=1).save()


def test_every_tenant_row_has_a_time_ordered_key():
    keys = [make.strategy().pk for _ in range(3)]

    assert all(issubclass(model, TenantRow) for model in (Version,))
    assert keys == sorted(keys)
    assert {key.version for key in keys} == {7}


def test_stored_json_says_what_it_is_and_another_kind_is_not_read():
    version = make.version()
    table = Version._meta.db_table

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT salts FROM {table}")
        kept = cursor.fetchone()[0]
        kept = json.loads(kept) if isinstance(kept, str) else kept
        cursor.execute(f"UPDATE {table} SET salts = %s", ['{"schema": "sutarta.salts/2"}'])

    assert kept == {"schema": "sutarta.salts/1", "value": version.salts}
    with pytest.raises(UnknownSchema):
        Version.objects.get()
