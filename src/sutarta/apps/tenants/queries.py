"""Which group is meant, and where it is reached."""

from __future__ import annotations

from django.conf import settings

from sutarta.apps.tenants.models import Group, Host


def group_at(host: str) -> Group | None:
    """The group reached under `host` (without port), or None for a stranger's host."""
    found = Host.objects.select_related("group").filter(name=host.lower()).first()
    return found.group if found else None


def address(group: Group) -> str:
    """The group's public address without a closing slash, as letters and notices print it."""
    name = group.hosts.get(is_primary=True).name
    scheme = "https" if settings.HTTPS else "http"
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
    return f"{scheme}://{name}{port}"
