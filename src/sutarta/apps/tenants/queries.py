"""Which group is meant, and where it is reached."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from sutarta.apps.tenants import asking
from sutarta.apps.tenants.models import Group, Host, Ward

# Asked for every page: a queryset takes five times as long to put together.
BY_HOST = """
    SELECT tenants_group.*, tenants_host.retired_at AS host_retired_at FROM tenants_group
    JOIN tenants_host ON tenants_host.group_id = tenants_group.id
    WHERE tenants_host.name = %s
"""


def group_at(host: str) -> Group | None:
    """The group reached under `host` (without port), or None for a stranger's host.

    `.host_retired_at` is set when the name only leads on to the group's primary one.
    """
    return asking.one(Group, BY_HOST, [host.lower()])


def address(group: Group) -> str:
    """The group's public address without a closing slash, as letters and notices print it."""
    name = group.hosts.get(is_primary=True).name
    scheme = "https" if settings.HTTPS else "http"
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
    return f"{scheme}://{name}{port}"


def host_names() -> list[str]:
    """Every name the installation answers to, those that lead on as well; primary ones first."""
    rows = Host.objects.order_by("-is_primary", "retired_at", "name")
    return list(rows.values_list("name", flat=True))


def wards(group: Group) -> QuerySet[Ward]:
    """Parts of the territory in use, in the order in which the group numbered them."""
    return Ward.objects.filter(group=group, ended_at=None).order_by("number")
