"""What is withheld of a published version, and passages by the number printed beside them."""

from __future__ import annotations

from django.db.models import QuerySet

from sutarta.apps.strategies.models import Version, Withholding
from sutarta.core.documents import Block, display_numbers


def withheld(version: Version) -> QuerySet[Withholding]:
    """Every withholding of the version, newest first, also those taken back."""
    rows = Withholding.objects.filter(version=version).order_by("-withheld_at", "-id")
    return rows.select_related("version__strategy", "group", "withheld_by", "ended_by")


def numbered(version: Version, shown: str) -> Block | None:
    """The passage that is cited by that short printed number; None when there is none."""
    numbers = display_numbers(version.document)
    wanted = shown.strip().strip(".")
    found = (one for one in version.document.blocks if numbers[one.id].strip(".") == wanted)
    return next(found, None)


def with_numbers(version: Version) -> list[Withholding]:
    """The withholdings with `.number`, the short printed number of the passage."""
    rows, numbers = list(withheld(version)), display_numbers(version.document)
    for row in rows:
        row.number = numbers.get(row.lineage_id, "")
    return rows
