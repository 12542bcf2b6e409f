"""Letting people in and out, one-time sign-in links, and how the group is set up."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from uuid6 import uuid7

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.mail import actions as mail
from sutarta.apps.people import queries, rules
from sutarta.apps.people.access import require
from sutarta.apps.people.models import Membership, Role, SignInLink, User
from sutarta.apps.tenants import actions as founding
from sutarta.apps.tenants import queries as tenants
from sutarta.apps.tenants.models import Group

NETWORKS_KEPT = timedelta(days=7)
NOWHERE = "0.0.0.0"  # noqa: S104 - stands for a forgotten address


@transaction.atomic
def found_group(*, hosts: list[str], at: datetime, **facts: object) -> Group:
    """Create a group reached under `hosts`, the first of them primary. Its log begins with it."""
    group = founding.found_group(hosts=hosts, at=at, **facts)
    ledger.record("group.founded", group=group, at=at, rows=[group, *group.hosts.all()])
    return group


@transaction.atomic
def admit(*, group: Group, email: str, name: str, role: str, at: datetime) -> User:
    """Give a person a role in the group; harmless when they hold it already."""
    user = User.objects.filter(email=email.lower()).first()
    user = user or User.objects.create_user(email, name=name)
    held, is_new = Membership.objects.get_or_create(
        group=group, user=user, role=role, ends_at=None, defaults={"starts_at": at}
    )
    if is_new:
        ledger.record("member.admitted", group=group, at=at, rows=[held], role=role)
    return user


@transaction.atomic
def invite(*, actor: Any, group: Group, email: str, name: str, role: str, at: datetime) -> User:
    """Give a person a role and write to them how to sign in. Harmless when they hold it already.

    The name of somebody known here already stays as they have it. Raises Refused.
    """
    require(rules.may_change_settings(actor, group, at))
    held = Membership.objects.filter(group=group, user__email=email.lower(), role=role)
    if found := held.filter(ends_at=None).select_related("user").first():
        return found.user
    user = admit(group=group, email=email, name=name, role=role, at=at)
    _post_invitation(group, user, role, at)
    return user


def _post_invitation(group: Group, user: User, role: str, at: datetime) -> None:
    with translation.override(group.language):
        facts = {
            "group": group,
            "user": user,
            "role": Role(role).label,
            "address": tenants.address(group) + reverse("people:sign_in"),
        }
        words = render_to_string("people/letter_invitation.txt", facts)
    subject, _, text = words.strip().partition("\n")
    mail.post(
        group=group,
        to=user.email,
        subject=subject,
        text=text.strip() + "\n",
        kind="member.admitted",
        key=f"member.admitted:{uuid7()}",
        language=group.language,
        at=at,
    )


@transaction.atomic
def end_membership(*, actor: Any, membership: Membership, at: datetime) -> None:
    """End one role of one person, now. What they did stays under their name. Raises Refused."""
    Group.objects.select_for_update(no_key=True).get(pk=membership.group_id)
    membership.refresh_from_db()
    others = queries.coordinators(membership.group, at).exclude(pk=membership.user_id)
    require(rules.may_end(actor, membership, not others.exists(), at))
    membership.ends_at = at
    membership.save(update_fields=["ends_at"])
    ledger.record(
        "member.ended", group=membership.group, at=at, rows=[membership], role=membership.role
    )


@transaction.atomic
def change_settings(*, actor: Any, group: Group, changed: Mapping[str, Any], at: datetime) -> None:
    """Change what the group says of itself and how it decides; the same again changes nothing.

    changed   field of Group -> its new value

    The log names the fields that changed. Raises Refused.
    """
    require(rules.may_change_settings(actor, group, at))
    fields = sorted(name for name, value in changed.items() if getattr(group, name) != value)
    if not fields:
        return
    for name in fields:
        setattr(group, name, changed[name])
    group.save(update_fields=fields)
    ledger.record("group.changed", group=group, at=at, rows=_stored(group), fields=fields)


@transaction.atomic
def change_mark(*, actor: Any, group: Group, picture: bytes, at: datetime) -> None:
    """Give the group its own mark, or take it away; the same again changes nothing.

    picture   a square PNG as formats.uploads.mark_safely makes it; b"" for none

    Raises Refused.
    """
    require(rules.may_change_settings(actor, group, at))
    digest = hashlib.sha256(picture).hexdigest()[:32] if picture else ""
    if digest == group.mark_digest:
        return
    if former := group.mark_path:
        transaction.on_commit(lambda: default_storage.delete(former))
    group.mark_digest = digest
    if picture:
        default_storage.save(group.mark_path, ContentFile(picture))
    group.save(update_fields=["mark_digest"])
    ledger.record("group.changed", group=group, at=at, rows=_stored(group), fields=["mark"])


def _stored(group: Group) -> list[Group]:
    """The row as it is by now: somebody else may have changed another field of it meanwhile."""
    return [Group.objects.get(pk=group.pk)]


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


def forget_networks(at: datetime) -> int:
    """Forget where people signed in from, a week after they were last seen there."""
    old = UserSession.objects.filter(last_seen_at__lt=at - NETWORKS_KEPT).exclude(ip=NOWHERE)
    return old.update(ip=NOWHERE)
