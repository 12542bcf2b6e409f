"""The closing report as a paper: you said – we did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sutarta.apps.consultations.models import Consultation, Report
from sutarta.apps.consultations.papers import framing
from sutarta.apps.consultations.papers.registering import answered, paragraphs, translated
from sutarta.apps.consultations.queries import ideas, report_tables, reporting
from sutarta.apps.ui import wording
from sutarta.apps.ui.marks import CHANNELS, STATUSES
from sutarta.core.documents import redline
from sutarta.formats.comparing import plainly
from sutarta.formats.papers import Cell, Heading, Paper, Piece, Row, Run, Table, Words, plain

Content = dict[str, Any]


def closing_report(report: Report) -> Paper:
    """A published report, with the words of residents as they may be read today."""
    content = reporting.content(report)
    about = content["consultation"]
    title = _("Closing report: %(title)s") % {"title": about["title"]}
    pieces = [
        *_spoken(_("What changed"), content["words"]["what_changed"]),
        *_spoken(_("Who took part"), content["words"]["who_took_part"]),
        *_counted(content),
        *_population(content["population"]),
        *_met(content),
        *_changes(content["changes"]),
        *_ways(report.consultation),
        *_submissions(content["submissions"]),
    ]
    group = report.consultation.group
    running = _("closing report of consultation %(number)s") % {"number": about["number"]}
    return framing.framed(group, title, about["language"], report.published_at, pieces, running)


def _spoken(title: str, text: str) -> Iterator[Piece]:
    if text.strip():
        yield Heading(plain(title), 1)
        yield from map(Words, paragraphs(text))


def _counted(content: Content) -> Iterator[Piece]:
    """Every count with its name, as the page of the report has them; those of nothing left out."""
    yield Heading(plain(_("In numbers")), 1)
    shown = [(name, count) for name, count in report_tables.facts(content) if count]
    yield _table(_("What came in and what became of it"), shown)
    for title, lines in report_tables.tables(content):
        yield _table(title, [(line.label, line.count) for line in lines])


def _population(rows: Iterable[Content]) -> Iterator[Piece]:
    told = [
        (row["name"], _some(row["people"], row["people_share"]),
         _("too few to tell") if row["too_few"]
         else _some(row["took_part"], row["took_part_share"]))
        for row in rows
    ]  # fmt: skip
    if told:
        heads = (_("Group of people"), _("Live here"), _("Took part"))
        yield _grid(_("Who took part beside who lives here"), heads, told)


def _met(content: Content) -> Iterator[Piece]:
    held = report_tables.meetings(content)
    if held:
        yield Heading(plain(_("Meetings with residents")), 1)
    for one in held:
        yield Words((Run(f"{one.day}: ", ("bold",)), *plain(f"{one.title}. {one.words}")))


def _some(count: int | None, share: int | None) -> str:
    if count is None:
        return "–"
    return f"{count} ({share}{wording.NBSP}%)" if share is not None else str(count)


def _changes(changes: Iterable[Content]) -> Iterator[Piece]:
    shown = [change for change in changes if change["new"] is not None]
    if not shown:
        return
    yield Heading(plain(_("Passages changed because of proposals")), 1)
    yield Words(framing.legend())
    for change in shown:
        numbers = ", ".join(wording.nr(number) for number in change["submissions"])
        name = _("Passage %(number)s") % {"number": change["number"]}
        yield Words((Run(f"{name}. ", ("bold",)), Run(numbers)))
        runs = plainly(redline(change["old"], change["new"]))
        yield Words(runs, look="quote")


def _ways(its: Consultation) -> Iterator[Piece]:
    """Of an idea call: which words came of which need."""
    ways = ideas.ways(its) if its.is_idea_call else None
    if ways is None or ways.newest is None:
        return
    yield Heading(plain(_("From needs to words")), 1)
    rows = [
        (wording.nr(way.submission.number), way.title,
         ", ".join(link.label for link in way.links) or "–")
        for way in ways.rows
    ]  # fmt: skip
    heads = (_("No."), _("Need or idea"), _("Words that came of it"))
    yield _grid(_("Words that came of needs and ideas"), heads, rows)


def _submissions(fates: Iterable[Content]) -> Iterator[Piece]:
    yield Heading(plain(_("Every submission and its answer")), 1)
    for fate in fates:
        yield Heading(plain(f"{wording.nr(fate['number'])}. {fate['title']}"), 2)
        came = wording.local_date(datetime.fromisoformat(fate["received_at"]))
        channel = str(CHANNELS[fate["channel"]].word)
        about = [fate["author"], channel, came, fate["place"], fate["late_reason"]]
        yield Words(plain(" · ".join(filter(None, about))), look="meta")
        yield from _text(fate)
        if fate["outcome"]:
            yield from answered(str(STATUSES[fate["outcome"]].word), fate["reason"])


def _text(fate: Content) -> Iterator[Piece]:
    text = fate["text"]
    if text is None:
        state = fate["state"] if fate["state"] in {"WITHDRAWN", "ERASED"} else "HIDDEN"
        yield Words(plain(f"{STATUSES[state].word}."))
        return
    yield from map(Words, paragraphs(text["body"]))
    for label, words in ((_("Suggested wording"), text["proposed"]), (_("Why"), text["why"])):
        if words:
            yield Words((Run(f"{label}: ", ("bold",)), *plain(words)))
    yield from translated(fate["translation"])


def _table(title: str, rows: Iterable[tuple[str, int]]) -> Table:
    heads = (pgettext("column", "What"), pgettext("column", "How many"))
    return _grid(title, heads, [(name, str(count)) for name, count in rows])


def _grid(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    made = [Row(tuple(Cell((plain(text),)) for text in row)) for row in (heads, *rows)]
    return Table(tuple(made), heads=1, caption=plain(title))
