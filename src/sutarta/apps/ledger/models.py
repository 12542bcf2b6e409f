"""The log of public acts. Rows are added and numbered, never changed or removed."""

from __future__ import annotations

from django.db import models

from sutarta.apps.tenants.models import TenantRow


class Entry(TenantRow):
    """One public act: what happened, when it is said to have happened, and its canonical bytes.

    at            the time the act states
    recorded_at   the time the row was stored, by the clock of the machine
    body          canonical JSON (RFC 8785) of the act; holds digests and numbers, no person's text
    """

    event = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    body = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["group", "id"], name="ledger_by_group")]
