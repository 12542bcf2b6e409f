"""What a person has just done to many submissions, to be told and undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Deed
from sutarta.apps.tenants.models import Group

WITHIN = timedelta(minutes=30)


def last(group: Group, actor: Any, at: datetime) -> Deed | None:
    """The person's last deed, while it is fresh and not undone; has `.told`, a sentence."""
    recent = Deed.objects.filter(group=group, actor=actor, at__gt=at - WITHIN)
    found = recent.order_by("-at", "-id").first()
    if found is None or found.undone_at is not None:
        return None
    found.told = told(found.kind, len(found.before))
    return found


def told(kind: str, count: int) -> str:
    """What was done, as a sentence."""
    said = {
        "publish": _("Published: %(n)s."),
        "set_aside": _("Set aside: %(n)s."),
        "take_back": _("Taken back: %(n)s."),
        "tag": _("Tag put on: %(n)s."),
        "untag": _("Tag taken off: %(n)s."),
        "assign": _("Given to somebody: %(n)s."),
        "bundle": _("Put together: %(n)s."),
    }
    return said[kind] % {"n": count}
