"""Is everything running? For monitors; says nothing about anybody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ledger.queries import audits
from sutarta.apps.tenants.models import Group, Pulse

MAY_REST = timedelta(minutes=3)

WORKER, SEQUENCER = "worker", "sequencer"
STOPPED = {
    WORKER: _("Background work has stopped: no letters leave and no backups are made."),
    SEQUENCER: _("The log is not being ordered: receipts wait for their proof."),
}

# What the worker notes in its pulse „alarm“, and what the desk says of it.
ALARMS = {
    "backup": _("There has been no backup for more than a day and a half."),
    "ship": _("For more than ten minutes nothing could be copied to the second place."),
    "back": _("The public log holds less than was copied to the second place, or something else."),
    "disk": _("The disk is nearly full. When it is, proposals can no longer be taken."),
}
AUDITED = _("The nightly audit found something that does not agree with the public log.")


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, worker and sequencer showed life; 503 with what failed."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        living = _living(request.at)
        parts = {"database": True, "worker": WORKER in living, "sequencer": SEQUENCER in living}
    except DatabaseError:
        parts = {"database": False, "worker": False, "sequencer": False}
    healthy = all(parts.values())
    response = JsonResponse({"healthy": healthy, **parts}, status=200 if healthy else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _living(at: datetime) -> set[str]:
    """Which of our processes showed life of late."""
    beats = Pulse.objects.filter(name__in=[WORKER, SEQUENCER], at__gt=at - MAY_REST)
    return set(beats.values_list("name", flat=True))


def alarms(at: datetime, group: Group | None = None) -> list[str]:
    """What is wrong now with the installation, or with the group's log; a sentence each."""
    last = audits.last(group) if group else None
    return [*_of_machine(at), *([AUDITED] if last and last.note else [])]


def _of_machine(at: datetime) -> list[str]:
    living = _living(at)
    stopped = [sentence for part, sentence in STOPPED.items() if part not in living]
    if WORKER not in living:
        return stopped
    noted = Pulse.objects.filter(name="alarm").values_list("note", flat=True).first() or ""
    return stopped + [ALARMS[code] for code in noted.split() if code in ALARMS]
