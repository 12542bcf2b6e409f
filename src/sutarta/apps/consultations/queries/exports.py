"""The list of submissions as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import inbox, sealed, translations
from sutarta.apps.ui.marks import STATUSES, WORK

COLUMNS = (
    _("No."),
    _("Received"),
    _("Kind"),
    _("How"),
    _("Place"),
    _("Text"),
    _("Proposed wording"),
    _("Why"),
    _("Language"),
    _("Translation"),
    _("Author"),
    _("Organisation"),
    _("Asks not to show the name"),
    _("E-mail"),
    _("Telephone"),
    _("Postal address"),
    _("What the public sees"),
    _("State"),
    _("Late"),
    _("Outcome"),
    _("Answer"),
    _("Tags"),
    _("Whose work"),
)


def rows(chosen: QuerySet[Submission], zone: str) -> Iterator[list[Any]]:
    """As many values as COLUMNS. Words under cover stay covered, as everywhere at the desk."""
    local = ZoneInfo(zone)
    for one in chosen.prefetch_related("taggings__tag", "translations"):
        yield [*_said(one, local), *_author(one), *_state(one)]


def _said(one: Submission, local: ZoneInfo) -> list[Any]:
    words = sealed.words_for_desk(one)
    return [
        one.number,
        _wall_clock(one.received_at, local),
        str(one.get_kind_display()),
        str(one.get_channel_display()),
        ", ".join(filter(None, [inbox.place(one), words.place])),
        words.body,
        words.proposed,
        words.why,
        one.language,
        translations.as_one(translations.beside(one)),
    ]


def _wall_clock(at: datetime, local: ZoneInfo) -> datetime:
    return at.astimezone(local).replace(microsecond=0)


def _author(one: Submission) -> list[Any]:
    unshown = bool(one.author_name) and not one.show_name
    return [
        one.author_name,
        one.organisation,
        _yes(unshown),
        one.email,
        one.phone,
        one.post_address,
    ]


def _state(one: Submission) -> list[Any]:
    answer = getattr(one, "answer", None)
    code = inbox.state(one)
    return [
        str(one.get_visibility_display()),
        str((WORK.get(code) or STATUSES[code]).word),
        _yes(one.is_late),
        str(answer.get_outcome_display()) if answer and answer.outcome else "",
        answer.reason if answer else "",
        ", ".join(sorted(row.tag.name for row in one.taggings.all())),
        str(one.assigned_to or ""),
    ]


def _yes(is_so: bool) -> str:
    return str(_("yes")) if is_so else ""
