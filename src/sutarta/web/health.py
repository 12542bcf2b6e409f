"""Is everything running? For monitors; says nothing about anybody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

from sutarta.apps.tenants.models import Pulse

WORKER_MAY_REST = timedelta(minutes=3)

# What the worker notes in its pulse „alarm“, and what the desk says of it.
ALARMS = {
    "backup": _("There has been no backup for more than a day and a half."),
    "disk": _("The disk is nearly full. When it is, proposals can no longer be taken."),
}


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the worker showed life; 503 with the failed part."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        parts = {"database": True, "worker": _worker_lives(request.at)}
    except DatabaseError:
        parts = {"database": False, "worker": False}
    healthy = all(parts.values())
    response = JsonResponse({"healthy": healthy, **parts}, status=200 if healthy else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _worker_lives(at: datetime) -> bool:
    return Pulse.objects.filter(name="worker", at__gt=at - WORKER_MAY_REST).exists()


def alarms(at: datetime) -> list[str]:
    """What is wrong with the installation now, a sentence each, for the desk."""
    if not _worker_lives(at):
        return [_("Background work has stopped: no letters leave and no backups are made.")]
    noted = Pulse.objects.filter(name="alarm").values_list("note", flat=True).first() or ""
    return [ALARMS[code] for code in noted.split() if code in ALARMS]
