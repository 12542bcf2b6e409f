"""Letting people in: memberships and one-time sign-in links."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from sutarta.apps.people import queries
from sutarta.apps.people.models import Membership, SignInLink, User
from sutarta.apps.tenants.models import Group


@transaction.atomic
def admit(*, group: Group, email: str, name: str, role: str, at: datetime) -> User:
    """Give a person a role in the group; harmless when they hold it already."""
    user = User.objects.filter(email=email.lower()).first()
    user = user or User.objects.create_user(email, name=name)
    Membership.objects.get_or_create(group=group, user=user, role=role, defaults={"starts_at": at})
    return user


def make_link(*, group: Group, user: User, at: datetime, hours: int = 24) -> str:
    """The secret of a link that signs the person in once, within `hours`."""
    secret = secrets.token_urlsafe(24)
    SignInLink.objects.create(
        group=group,
        user=user,
        digest=SignInLink.digest_of(secret),
        expires_at=at + timedelta(hours=hours),
    )
    return secret


@transaction.atomic
def use_link(*, group: Group, secret: str, at: datetime) -> User | None:
    """The person a link signs in, or None when it was used, is too old or of another group."""
    link = queries.open_links(group, secret, at).select_for_update(of=("self",)).first()
    if link is None:
        return None
    link.used_at = at
    link.save(update_fields=["used_at"])
    return link.user
