"""What a dossier holds apart from its proofs: texts, tables, papers, attachments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation

from sutarta.apps.consultations import papers, shelf, shelved
from sutarta.apps.consultations.models import (
    Attachment,
    Consultation,
    Meeting,
    Report,
    Submission,
)
from sutarta.apps.consultations.queries import (
    attachments,
    counts,
    meeting_pages,
    meetings,
    public,
    reporting,
    taking,
)
from sutarta.apps.consultations.queries.showing import Shown, shown
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.publishing.models import Publication
from sutarta.apps.publishing.queries import exports
from sutarta.apps.publishing.queries import publications as notices
from sutarta.apps.strategies import rendering
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants import queries as groups
from sutarta.apps.ui import wording
from sutarta.formats import tables

PAPERS = ("pdf", "docx")


@dataclass(frozen=True)
class Gathered:
    """What is public about a consultation, read once.

    versions      published ones of its strategy, newest first
    files         approved attachments with their names in the zip
    meetings      announced ones, by when they begin
    """

    consultation: Consultation
    language: str
    at: datetime
    versions: list[Version]
    submissions: list[Submission]
    files: list[tuple[str, Attachment]]
    notices: list[Publication]
    meetings: list[Meeting]
    report: Report | None

    def shown(self) -> list[Shown]:
        newest = self.versions[0] if self.versions else None
        return [shown(row, newest, at=self.at) for row in self.submissions]


def gathered(consultation: Consultation, language: str, at: datetime) -> Gathered:
    group, strategy = consultation.group, consultation.strategy_id
    its = public.submissions(group).filter(consultation=consultation).order_by("number")
    its = its.exclude(counts.ASIDE).prefetch_related("consultation__deadlines")
    versions = Version.objects.filter(group=group, strategy=strategy, published_at__isnull=False)
    recorded = notices.public_ones(group).filter(consultation=consultation)
    reports = reporting.published(group).filter(consultation=consultation)
    return Gathered(
        consultation=consultation,
        language=language,
        at=at,
        versions=list(versions.select_related("strategy").order_by("-number")),
        submissions=list(its),
        files=_attached(consultation),
        notices=list(recorded),
        meetings=list(meetings.of_consultation(consultation)),
        report=reports.first(),
    )


def _attached(consultation: Consultation) -> list[tuple[str, Attachment]]:
    rows = attachments.standing(consultation.group).filter(
        submission__consultation=consultation, approved_at__isnull=False
    )
    found = [row for row in rows if row.submission.is_read]
    return [(_attachment_name(place, row), row) for place, row in enumerate(found, start=1)]


def _attachment_name(place: int, row: Attachment) -> str:
    suffix = PurePosixPath(row.path).suffix
    return f"attachments/{row.submission.number}-{place}{suffix}"


def written(found: Gathered) -> Iterator[tuple[str, bytes]]:
    """Name in the zip and bytes, one after the other."""
    yield from _versions(found)
    yield "submissions.html", page("submissions", found, items=found.shown())
    yield from _register(found)
    yield from _report(found)
    yield from _met(found)
    yield from _published(found)
    for name, row in found.files:
        yield name, _stored(row.path)


def _versions(found: Gathered) -> Iterator[tuple[str, bytes]]:
    for version in found.versions:
        name = f"versions/{version.strategy.number}-{version.number}"
        pieces = rendering.grouped(rendering.restored(version))
        yield f"{name}.html", page("version", found, version=version, pieces=pieces)
        for kind in PAPERS:
            yield f"{name}.{kind}", _paper(shelved.version(version, kind))


def _paper(wanted: shelf.Wanted) -> bytes:
    """Raises shelf.Busy."""
    return shelf.found(wanted) or shelf.made(wanted)


def _register(found: Gathered) -> Iterator[tuple[str, bytes]]:
    group = found.consultation.group
    rows = public.submissions(group).filter(pk__in=[row.pk for row in found.submissions])
    names = taking.columns()
    table = list(taking.rows(rows, groups.address(group)))
    yield "register.csv", b"".join(tables.write_csv(names, table))
    listed = [dict(zip(names, row, strict=True)) for row in table]
    yield "register.json", json.dumps(listed, ensure_ascii=False, indent=1, default=str).encode()


def _met(found: Gathered) -> Iterator[tuple[str, bytes]]:
    """Meetings with residents, with their minutes; none leaves no file."""
    if found.meetings:
        site = groups.address(found.consultation.group)
        rows = meeting_pages.rows(found.meetings, found.at, site)
        yield "meetings.csv", b"".join(tables.write_csv(meeting_pages.columns(), rows))


def _report(found: Gathered) -> Iterator[tuple[str, bytes]]:
    if found.report is None:
        return
    for kind in PAPERS:
        yield f"report.{kind}", _paper(_reported(found.report, kind))


def _reported(report: Report, kind: str) -> shelf.Wanted:
    """In its own language; remembered as long as nothing happens."""
    group, language = report.consultation.group, report.consultation.strategy.language

    def make() -> bytes:
        with translation.override(language):
            return shelved.FORMATS[kind].write(papers.closing_report(report))

    name = f"dossier-report-{report.consultation.number}.{language}.{kind}"
    return shelf.Wanted(group, name, ledger.state(group), False, make)


def _published(found: Gathered) -> Iterator[tuple[str, bytes]]:
    """Where the notice was seen published, with the copies kept of it."""
    names = exports.columns(found.consultation.group)
    rows = [row[:11] + row[12:] for row in exports.rows(found.consultation, found.notices)]
    yield "publications.csv", b"".join(tables.write_csv([*names[:11], *names[12:]], rows))
    for place, one in enumerate(found.notices, start=1):
        if one.copy_path:
            suffix = PurePosixPath(one.copy_path).suffix
            yield f"publications/{place}{suffix}", _stored(one.copy_path)


def _stored(path: str) -> bytes:
    with default_storage.open(path) as file:
        return bytes(file.read())


def page(name: str, found: Gathered, **context: Any) -> bytes:
    """A page of the dossier."""
    facts = {"group": found.consultation.group, "consultation": found.consultation, **context}
    facts |= {"language": found.language, "found": found}
    facts["eu_line"] = wording.eu_line(found.consultation.group)
    return render_to_string(f"publishing/dossier/{name}.html", facts).encode()
