"""How the last nightly audit of a group went."""

from __future__ import annotations

from sutarta.apps.tenants.models import Group, Pulse


def pulse_name(group: Group) -> str:
    """The name of the pulse that tells of it; its note is "" or how many findings there were."""
    return f"audit:{group.pk.hex}"


def last(group: Group) -> Pulse | None:
    """When it was, and with what; None before the first one."""
    return Pulse.objects.filter(name=pulse_name(group)).first()
