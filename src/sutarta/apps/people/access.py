"""May they? A verdict carries its reason; a refusal shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from sutarta.apps.people.models import Membership, Role
from sutarta.apps.tenants import gathering
from sutarta.apps.tenants.models import Group


@dataclass(frozen=True)
class Verdict:
    """Whether something may be done, and if not, why: a sentence for the person."""

    allowed: bool
    reason: Any = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


class Refused(Exception):
    """What was asked for may not be done. `reason` is meant for the person."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


def require(verdict: Verdict) -> None:
    """Go on, or raise Refused with the verdict's reason."""
    if not verdict:
        raise Refused(verdict.reason)


def roles_of(user: Any, group: Group, at: datetime) -> frozenset[str]:
    """The roles a person holds in the group at that moment; empty for a stranger."""
    if not user.is_authenticated:
        return frozenset()
    return gathering.once(("roles", user.pk, group.pk, at), partial(_held, user, group, at))


def _held(user: Any, group: Group, at: datetime) -> frozenset[str]:
    held = Membership.objects.filter(user=user, group=group, starts_at__lte=at)
    held = held.filter(Q(ends_at=None) | Q(ends_at__gt=at))
    return frozenset(held.values_list("role", flat=True))


def has_role(user: Any, group: Group, at: datetime, *roles: str) -> Verdict:
    """Whether the person holds one of `roles`; coordinators hold them all."""
    held = roles_of(user, group, at)
    if held & {Role.COORDINATOR, *roles}:
        return ALLOWED
    if held:
        return Verdict(False, _("Your role in this group does not include this step."))
    return Verdict(False, _("Only staff of this group may do this."))


def staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for staff of the group: others sign in first; strangers find nothing there."""

    @wraps(view)
    def for_staff(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.roles = roles_of(request.user, request.group, request.at)
        if not request.roles:
            raise Http404
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return for_staff
