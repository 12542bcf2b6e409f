"""A version of a strategy as a paper: its words as they stand, numbered as they are cited."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from sutarta.apps.consultations.papers import framing
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.core.documents import display_numbers
from sutarta.formats.papers import Heading, Paper, Piece, notes_of, pieces_of, text_of

MANY = 40  # passages; a shorter text needs no table of contents


def version(group: Group, version: Version) -> Paper:
    """A published version. Its own title, where the text begins with one, is not said twice."""
    document = version.document
    pieces = pieces_of(document, display_numbers(document), _("A picture without a description"))
    strategy = version.strategy
    anchor, pieces = without_title(pieces, strategy.title)
    paper = framing.framed(
        group, strategy.title, strategy.language, version.published_at, pieces, published(version)
    )
    has_parts = any(isinstance(piece, Heading) for piece in pieces)
    return replace(
        paper,
        lead=tuple(filter(None, (published(version), str(version.get_reason_display())))),
        title_anchor=anchor,
        contents=_("Contents") if has_parts and len(pieces) > MANY else "",
        notes=notes_of(document),
        pictures=framing.pictures(group, document.media),
    )


def published(version: Version) -> str:
    """„2 versija, paskelbta 2026 m. lapkričio 30 d.“"""
    day = wording.local_date(version.published_at)
    return _("Version %(number)s, published %(day)s") % {"number": version.number, "day": day}


def without_title(pieces: tuple[Piece, ...], title: str) -> tuple[str, tuple[Piece, ...]]:
    """Anchor of the first heading and the pieces without it, when it says the title again."""
    first = pieces[0] if pieces else None
    if isinstance(first, Heading) and text_of(first.runs).split() == title.split():
        return first.anchor, pieces[1:]
    return "", pieces
