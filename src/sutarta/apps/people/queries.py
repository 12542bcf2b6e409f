"""Who works in a group."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from sutarta.apps.people.models import Membership, Role, SignInLink, User
from sutarta.apps.tenants.models import Group


def staff_of(group: Group, at: datetime, *roles: str) -> QuerySet[User]:
    """People who hold any of `roles` (any role at all when none is named) at that moment."""
    held = Q(memberships__group=group, memberships__starts_at__lte=at) & (
        Q(memberships__ends_at=None) | Q(memberships__ends_at__gt=at)
    )
    if roles:
        held &= Q(memberships__role__in=roles)
    return User.objects.filter(held, is_active=True).distinct().order_by("email")


def memberships(group: Group, at: datetime) -> QuerySet[Membership]:
    """Roles held at that moment, by person."""
    held = Membership.objects.filter(group=group, starts_at__lte=at)
    held = held.filter(Q(ends_at=None) | Q(ends_at__gt=at), user__is_active=True)
    return held.select_related("user", "group").order_by("user__name", "user__email", "role")


def former_memberships(group: Group, at: datetime) -> QuerySet[Membership]:
    """Roles that have ended, the last one first."""
    ended = Membership.objects.filter(group=group, ends_at__lte=at)
    return ended.select_related("user").order_by("-ends_at")


def coordinators(group: Group, at: datetime) -> QuerySet[User]:
    return staff_of(group, at, Role.COORDINATOR)


def open_links(group: Group, secret: str, at: datetime) -> QuerySet[SignInLink]:
    """The link with this secret, while it can still sign somebody in."""
    return SignInLink.objects.select_related("user").filter(
        group=group,
        digest=SignInLink.digest_of(secret),
        used_at=None,
        expires_at__gt=at,
        user__is_active=True,
    )
