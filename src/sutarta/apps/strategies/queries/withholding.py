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


def number_of(version: Version, lineage_id: str) -> str:
    """The short printed number of a passage, "" where the version has no such passage."""
    return display_numbers(version.document).get(lineage_id, "")
