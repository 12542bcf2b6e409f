"""A row asked for in SQL is the row that a queryset gives."""

from __future__ import annotations

import pytest

from sutarta.apps.consultations.models import Consultation, Submission
from sutarta.apps.tenants import asking
from sutarta.apps.tenants.models import Group
from tests import make


@pytest.mark.parametrize("model", [Group, Consultation, Submission])
def test_every_column_is_as_a_queryset_reads_it(db, model):
    make.receipt(author_name="R. T.", for_whom=())
    table = model._meta.db_table

    found = asking.one(model, f"SELECT * FROM {table}", [])

    stored = model.objects.get()
    names = [field.attname for field in model._meta.concrete_fields]
    assert [getattr(found, name) for name in names] == [getattr(stored, name) for name in names]
    assert found == stored
    assert not found._state.adding
    assert found.get_deferred_fields() == set()


def test_what_was_not_asked_for_is_read_when_needed(db, django_assert_num_queries):
    group = make.group()

    found = asking.one(Group, "SELECT id, 7 AS seven FROM tenants_group WHERE id IS NOT NULL", [])

    assert (found, found.seven) == (group, 7)
    with django_assert_num_queries(1):
        assert found.name == group.name


def test_no_row_is_none(db):
    assert asking.one(Group, "SELECT * FROM tenants_group", []) is None
