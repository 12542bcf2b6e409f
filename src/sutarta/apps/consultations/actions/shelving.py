"""The bytes of attached files: gone when nothing owns them."""

from __future__ import annotations

from datetime import datetime

from sutarta.apps.consultations.models import Attachment
from sutarta.apps.tenants import storing

FOLDER = "attachments"


def sweep(at: datetime) -> int:
    """Remove bytes that no row speaks of, or only as removed; returns how many files that were."""
    held = Attachment.objects.filter(removed_at=None).values_list("path", flat=True)
    return storing.sweep(FOLDER, held, at)
