"""What every paper of a group has: who hands it over, the line of the European Union."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from sutarta.apps.strategies.models import Picture
from sutarta.apps.tenants.models import Group
from sutarta.formats.papers import Emblem, Paper, Piece, Run, Runs


def framed(
    group: Group, title: str, language: str, at: datetime, pieces: Iterable[Piece], running: str
) -> Paper:
    """A paper of the group; `running` follows its name at the top of every page."""
    return Paper(
        title=title,
        language=language,
        author=group.name,
        made_at=at,
        pieces=tuple(pieces),
        running=f"{group.short_name} · {running}",
        emblem=emblem(group),
    )


def emblem(group: Group) -> Emblem | None:
    if not group.is_financed:
        return None
    project = _("Project No. %(number)s") % {"number": group.project_number}
    return Emblem(_("Co-funded by the European Union"), project, _("Flag of the European Union"))


def pictures(group: Group, digests: Iterable[str]) -> dict[str, bytes]:
    """Bytes of the group's pictures that these digests name."""
    found = {}
    for picture in Picture.objects.filter(group=group, digest__in=list(digests)):
        with default_storage.open(picture.path) as kept:
            found[picture.digest] = kept.read()
    return found


def legend(*, reasons: bool = False) -> Runs:
    """How changes are marked, in their own marks.

    reasons   whether each change has its reason below it
    """
    return (
        Run(_("How to read it:") + " "),
        Run(_("words taken out are struck"), change="gone"),
        Run(", "),
        Run(_("words put in are underlined"), change="new"),
        Run(f". {_('Why a passage changed is said below it.')}" if reasons else "."),
    )
