"""The views of the list that somebody keeps."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sutarta.apps.consultations.models import SavedFilter
from sutarta.apps.tenants.models import Group


def saved_filters(group: Group, person: Any) -> QuerySet[SavedFilter]:
    """This person's own, the first kept first."""
    return SavedFilter.objects.filter(group=group, person=person).order_by("made_at", "id")
