"""The closing report laid out for reading: its numbers in words, its tables, its redlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.models import Channel, Consultation, Kind, Outcome, Report
from sutarta.apps.consultations.queries import ideas, reporting, tallies
from sutarta.apps.consultations.queries.reporting import Content
from sutarta.apps.ui import wording
from sutarta.core.documents import Change, redline


@dataclass(frozen=True)
class Line:
    """One line of a table of the report; `width` is that of its bar, in hundredths."""

    label: str
    count: int
    width: int


def facts(said: Content) -> list[tuple[str, int]]:
    """The numbers of the report in words, in the order in which they are told."""
    words = {
        "received": _("Received in all"),
        "people": _("People who spoke"),
        "texts": _("Different texts"),
        "support": _("“I agree” given"),
        "answered": _("Answered"),
        "changed": _("Changed the text"),
        "proposals": _("Proposals and comments"),
        "questions": _("Questions"),
        "late": _("Received late"),
        "covered": _("Published with covered places"),
        "hidden": _("Text not published"),
        "set_aside": _("Set aside as spam or abuse"),
        "withdrawn": _("Withdrawn by their authors"),
        "erased": _("Erased on request"),
    }
    return [(label, said["numbers"][name]) for name, label in words.items()]


def tables(said: Content) -> list[tuple[str, list[Line]]]:
    """The views of the report, each with its title and lines; an empty one is left out."""
    speakers = {tallies.RESIDENT: _("Residents"), tallies.ORGANISATION: _("Organisations")}
    labels = {
        "outcome": (_("How proposals were answered"), dict(Outcome.choices)),
        "channel": (_("How they reached us"), dict(Channel.choices)),
        "kind": (_("What they were"), dict(Kind.choices)),
        "speaker": (_("Who spoke"), speakers),
        "ward": (_("Which part they spoke of"), {tallies.WHOLE: _("The whole territory")}),
        "section": (_("What they spoke about"), {tallies.WHOLE: _("The whole strategy")}),
    }
    found = [
        (title, _lines(said["by"].get(name, ()), words)) for name, (title, words) in labels.items()
    ]
    return [(title, lines) for title, lines in found if lines]


def _lines(counted: Sequence[Sequence[Any]], words: Mapping[str, Any]) -> list[Line]:
    most = max((count for _code, count in counted), default=0)
    return [Line(str(words.get(code, code)), count, 100 * count // most) for code, count in counted]


def redlines(said: Content) -> list[tuple[Content, list[Change]]]:
    """The changed passages, each with the words struck and inserted; none while unpublished."""
    return [
        (change, redline(change["old"], change["new"]) if change["new"] is not None else [])
        for change in said["changes"]
    ]


@dataclass(frozen=True)
class Met:
    """A meeting in the report: its day, title and address, and what came of it in a sentence."""

    day: str
    title: str
    url: str
    words: str


def meetings(said: Content) -> list[Met]:
    """Meetings with residents, by when they were held."""
    return [
        Met(
            day=wording.local_date(datetime.fromisoformat(one["starts_at"])),
            title=one["title"],
            url=one["url"],
            words=" ".join(_came_of(one)),
        )
        for one in said["meetings"]
    ]


def _came_of(one: Content) -> Iterator[str]:
    if one["total"] is not None:
        yield ngettext("%(n)s person came.", "%(n)s people came.", one["total"]) % {
            "n": one["total"]
        }
    elif one["parts"]:
        yield _("A few people came.")
    if known := [f"{label} {count}" for label, count in one["parts"] if count is not None]:
        yield f"({'; '.join(known)})"
    if one["noted"]:
        noted = ngettext("%(n)s proposal was noted.", "%(n)s proposals were noted.", one["noted"])
        yield noted % {"n": one["noted"]}


def told(of: Report | Consultation) -> dict[str, Any]:
    """All that a page shows: content, facts, tables, meetings, changes, proposals, questions."""
    said = reporting.content(of)
    is_question = [one["kind"] == Kind.QUESTION for one in said["submissions"]]
    pairs = list(zip(said["submissions"], is_question, strict=True))
    its = of.consultation if isinstance(of, Report) else of
    return {
        "content": said,
        "ways": ideas.ways(its) if its.is_idea_call else None,
        "facts": facts(said),
        "tables": tables(said),
        "meetings": meetings(said),
        "changes": redlines(said),
        "proposals": [one for one, question in pairs if not question],
        "questions": [one for one, question in pairs if question],
    }
