"""Views of the list that a member of the staff keeps for themselves: kept, renamed, removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import SavedFilter
from sutarta.apps.consultations.queries.filters import saved_filters
from sutarta.apps.consultations.rules import sorting as rules
from sutarta.apps.people.access import Refused, require
from sutarta.apps.people.models import User
from sutarta.apps.tenants.models import Group

LONGEST_NAME = 40
LONGEST_QUERY = 300
MOST = 20  # views of one person


@transaction.atomic
def keep_filter(*, actor: Any, group: Group, name: str, query: str, at: datetime) -> SavedFilter:
    """Keep a view under a name.

    A view kept already gets the new name; a name in use for another view moves to this one.
    Raises Refused when both are in use apart, when one is too long, or at twenty views.
    """
    require(rules.may_sort(actor, group, at))
    name = " ".join(name.split())
    _require_fits(name, query)
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)  # one press after the other
    mine = saved_filters(group, actor)
    known, named = mine.filter(query=query).first(), mine.filter(name=name).first()
    if known and named and known != named:
        raise Refused(_("Another view of yours has this name."))
    kept = known or named
    if kept is None:
        return _add(mine.count(), group=group, person=actor, name=name, query=query, made_at=at)
    kept.name, kept.query = name, query
    kept.save(update_fields=["name", "query"])
    return kept


@transaction.atomic
def remove_filter(*, actor: Any, group: Group, query: str, at: datetime) -> str:
    """Keep a view no more; returns the name it had, "" when it was not kept."""
    require(rules.may_sort(actor, group, at))
    kept = saved_filters(group, actor).filter(query=query).first()
    if kept is None:
        return ""
    kept.delete()
    return kept.name


def _add(count: int, **facts: Any) -> SavedFilter:
    if count >= MOST:
        raise Refused(_("You keep 20 views already. Remove one first."))
    return SavedFilter.objects.create(**facts)


def _require_fits(name: str, query: str) -> None:
    if not name:
        raise Refused(_("Write a name for the view."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("The name has at most 40 characters."))
    if len(query) > LONGEST_QUERY:
        raise Refused(_("The search words are too long to be kept."))
