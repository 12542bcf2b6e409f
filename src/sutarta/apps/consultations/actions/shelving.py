"""The bytes of attached files: gone when nothing owns them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sutarta.apps.consultations.models import Attachment, MinutesFile
from sutarta.apps.tenants import storing

FOLDER = "attachments"
OF_MINUTES = "minutes"


def sweep(at: datetime) -> int:
    """Remove bytes that no row speaks of, or only as removed; returns how many files that were."""
    kinds = {FOLDER: Attachment, OF_MINUTES: MinutesFile}
    return sum(storing.sweep(folder, _held(kind), at) for folder, kind in kinds.items())


def _held(kind: type[Attachment] | type[MinutesFile]) -> Iterable[str]:
    return kind.objects.filter(removed_at=None).values_list("path", flat=True)
