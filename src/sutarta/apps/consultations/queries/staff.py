"""The people of the desk: who may be given work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from sutarta.apps.people.models import Membership, User
from sutarta.apps.tenants.models import Group


def colleagues(group: Group, at: datetime) -> QuerySet[User]:
    """Everybody with a role in the group at that moment, by name."""
    held = Membership.objects.filter(group=group, starts_at__lte=at)
    held = held.filter(Q(ends_at=None) | Q(ends_at__gt=at))
    return User.objects.filter(pk__in=held.values("user")).order_by("name", "email")


def is_colleague(person: Any, group: Group, at: datetime) -> bool:
    return colleagues(group, at).filter(pk=person.pk).exists()
