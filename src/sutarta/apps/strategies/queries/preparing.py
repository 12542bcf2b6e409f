"""The Word file being looked at, and pictures."""

from __future__ import annotations

from sutarta.apps.strategies import corrections
from sutarta.apps.strategies.models import Import, Picture, Strategy
from sutarta.apps.tenants.models import Group
from sutarta.core.documents import Document


def open_import(strategy: Strategy) -> Import | None:
    """The one file of the strategy that is being prepared."""
    imports = Import.objects.filter(strategy=strategy, closed_at=None)
    return imports.select_related("strategy", "original").first()


def corrected(import_: Import) -> Document:
    """The document as read, with the corrections; ids are "p" and the position, from 0."""
    document = corrections.apply(import_.document, import_.corrections)
    return corrections.placed(document)


def picture(group: Group, digest: str) -> Picture | None:
    """A kept picture. Whether the asker may see it depends on the version that shows it."""
    return Picture.objects.filter(group=group, digest=digest).first()
