"""Who works in a group."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from sutarta.apps.people.models import Role, User
from sutarta.apps.tenants.models import Group


def staff_of(group: Group, at: datetime, *roles: str) -> QuerySet[User]:
    """People who hold any of `roles` (any role at all when none is named) at that moment."""
    held = Q(memberships__group=group, memberships__starts_at__lte=at) & (
        Q(memberships__ends_at=None) | Q(memberships__ends_at__gt=at)
    )
    if roles:
        held &= Q(memberships__role__in=roles)
    return User.objects.filter(held, is_active=True).distinct().order_by("email")


def coordinators(group: Group, at: datetime) -> QuerySet[User]:
    return staff_of(group, at, Role.COORDINATOR)
