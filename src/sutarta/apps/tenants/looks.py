"""Where a group's own colour and mark are served, for the head and the masthead of a page."""

from __future__ import annotations

from django.urls import reverse

from sutarta.apps.tenants import accent
from sutarta.apps.tenants.models import Group


def addresses(group: Group | None) -> dict[str, str]:
    """Under "look" and "mark"; what the group does not have is missing."""
    found = {}
    if group and group.accent:
        found["look"] = reverse("tenants:look", args=[accent.digest(group.accent)])
    if group and group.mark_digest:
        found["mark"] = reverse("tenants:mark", args=[group.mark_digest])
    return found
