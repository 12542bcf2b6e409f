"""Sheets of answers: brought, understood, corrected, and said to be taken in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation, SheetState, Submission, SurveySheet
from sutarta.apps.consultations.queries import survey_drafts, survey_plans
from sutarta.apps.consultations.queries.survey_drafts import Draft
from sutarta.apps.consultations.queries.survey_rows import Choices
from sutarta.apps.consultations.rules import surveys as rules
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import actions as tenants
from sutarta.formats import sheets, tables

SERIES = "survey sheet"
KEPT_FOR = timedelta(days=7)  # cells of a sheet that nobody takes in
MOST_FAULTS = 25  # rows corrected on one page


def bring(
    *, actor: Any, consultation: Consultation, file_name: str, data: bytes, at: datetime
) -> SurveySheet:
    """Keep a file's cells until they are taken in; nothing of it is in the register yet.

    Raises Refused, or formats.sheets.Refused for a file that is not read.
    """
    require(rules.may_bring(actor, consultation, at))
    book = sheets.read_safely(data)  # may take seconds, so nobody waits for it
    return _bring(actor, consultation, file_name, data, book, at)


@transaction.atomic
def _bring(
    actor: Any,
    consultation: Consultation,
    file_name: str,
    data: bytes,
    book: sheets.Book,
    at: datetime,
) -> SurveySheet:
    salt = secrets.token_bytes(32)
    stem = PurePath(file_name.replace("\\", "/")).stem
    sheet = SurveySheet(
        group=consultation.group,
        consultation=consultation,
        number=tenants.take_number(consultation.group, SERIES),
        name=stem[:120] or "…",
        file_name=PurePath(file_name).name[:200],
        salt=salt,
        digest=hashlib.sha256(salt + data).hexdigest(),
        came_at=at,
        made_by=actor,
        uploaded_at=at,
    )
    place = survey_drafts.first_shown(book)
    found = survey_drafts.table_of(book, place, 0, 1)
    name, columns, month_first = survey_plans.offered(sheet, found)
    height = sheets.begin_of(book.sheets[place])[1]
    chosen = Choices(place, found.first, height, columns, month_first)
    sheet.name, sheet.choices = name, survey_plans.as_stored(chosen)
    sheet.headings = survey_plans.fingerprint(found.headings)
    sheet.path = _keep(Draft(book), at)
    sheet.save()
    return sheet


@transaction.atomic
def choose(
    *,
    actor: Any,
    sheet: SurveySheet,
    name: str,
    choices: Choices,
    came_at: datetime | None,
    at: datetime,
) -> None:
    """Say what the columns are. Under other headings than before the columns are guessed anew."""
    sheet = held(sheet)
    require(rules.may_change(actor, sheet, at))
    draft = survey_drafts.draft_of(sheet)
    found = survey_drafts.table_of(draft.book, choices.place, choices.first, choices.height)
    if not any(heading in choices.columns for heading in found.headings):
        _name, columns, _order = survey_plans.offered(sheet, found)
        choices = replace(choices, columns=columns)
    sheet.name, sheet.came_at = name, came_at
    sheet.choices = survey_plans.as_stored(choices)
    sheet.headings = survey_plans.fingerprint(found.headings)
    sheet.save(update_fields=["name", "came_at", "choices", "headings"])


@transaction.atomic
def correct(
    *,
    actor: Any,
    sheet: SurveySheet,
    fixes: Mapping[int, Mapping[int, str]],
    left_out: Sequence[int],
    at: datetime,
) -> None:
    """Put cells right, or leave rows out; rows and columns the sheet does not have are passed over.

    fixes   row number -> column, from 0 -> the cell
    """
    sheet = held(sheet)
    require(rules.may_change(actor, sheet, at))
    draft = survey_drafts.draft_of(sheet).with_fixes(fixes)
    _replace(sheet, replace(draft, left_out=draft.left_out | set(left_out)), at)


def correct_by_file(*, actor: Any, sheet: SurveySheet, data: bytes, at: datetime) -> int:
    """Take cells from the file of faulty rows that was handed out; returns how many rows it had.

    Its first column holds the number of the row, its headings are those of the sheet. Raises
    Refused when it is another file, or formats.sheets.Refused.
    """
    require(rules.may_change(actor, sheet, at))
    given = survey_drafts.table_of(sheets.read_safely(data), 0, 1, 1)
    return _correct_by(actor, sheet, given, at)


@transaction.atomic
def _correct_by(actor: Any, sheet: SurveySheet, given: sheets.Table, at: datetime) -> int:
    sheet = held(sheet)
    require(rules.may_change(actor, sheet, at))
    draft = survey_drafts.draft_of(sheet)
    chosen = survey_plans.choices_of(sheet)
    found = survey_drafts.table_of(draft.book, chosen.place, chosen.first, chosen.height)
    columns = [
        (given.headings.index(heading), n)
        for n, heading in enumerate(found.headings)
        if heading in given.headings[1:]
    ]
    numbers = {str(row.number): row.number for row in found.rows}
    rows = [row for row in given.rows if row.cells[0] in numbers]
    if not rows or not columns:
        raise Refused(_("This is not the file of rows to correct that was downloaded here."))
    fixes = {
        numbers[row.cells[0]]: {theirs: tables.meant(row.cells[ours]) for ours, theirs in columns}
        for row in rows
    }
    _replace(sheet, draft.with_fixes(fixes), at)
    return len(rows)


@transaction.atomic
def confirm(*, actor: Any, sheet: SurveySheet, at: datetime) -> None:
    """Say that all rows without faults are to be taken in; survey_taking.take does it."""
    sheet = held(sheet)
    if sheet.state in {SheetState.TAKING, SheetState.TAKEN}:
        return
    require(rules.may_change(actor, sheet, at))
    counts = survey_plans.plan(sheet, survey_drafts.draft_of(sheet), at).counts
    if not counts.get(survey_plans.NEW):
        raise Refused(_("There is no row that could be taken in."))
    sheet.known, sheet.changed = (counts.get(n, 0) for n in (survey_plans.KNOWN, "CHANGED"))
    sheet.left = counts.get(survey_plans.FAULTY, 0) + counts.get(survey_plans.LEFT, 0)
    sheet.taken = counts[survey_plans.NEW]  # as planned; what came of it once it is done
    sheet.state, sheet.confirmed_at, sheet.made_by = SheetState.TAKING, at, actor
    sheet.save()


def forget_old(at: datetime) -> int:
    """Remove cells that are over: of sheets that nobody took in within a week, of those that are
    taken in, and files that no sheet names, as a process leaves behind that is killed between the
    disk and the database. Returns of how many sheets.
    """
    rows = SurveySheet.objects.exclude(path="").select_related("group")
    unwanted = rows.filter(state=SheetState.LOOKED_AT, uploaded_at__lt=at - KEPT_FOR)
    over = [*unwanted, *rows.filter(made_at__lt=at)]
    for sheet in over:
        _forget_if_over(sheet)
    for path in _strays(at - KEPT_FOR):
        default_storage.delete(path)
    return len(over)


def _strays(limit: datetime) -> set[str]:
    """Files from before `limit`, as their names tell, that no sheet names."""
    if not default_storage.exists(survey_drafts.FOLDER):
        return set()
    _folders, names = default_storage.listdir(survey_drafts.FOLDER)
    old = {f"{survey_drafts.FOLDER}/{name}" for name in names if name < f"{limit:%Y%m%d%H%M%S}"}
    return old.difference(SurveySheet.objects.exclude(path="").values_list("path", flat=True))


@transaction.atomic
def _forget_if_over(sheet: SurveySheet) -> None:
    """Unless it was said meanwhile that it is to be taken in."""
    sheet = held(sheet)
    if sheet.state != SheetState.TAKING and sheet.path:
        path, sheet.path = sheet.path, ""
        sheet.save(update_fields=["path"])
        transaction.on_commit(lambda: default_storage.delete(path))


def forget_answers(submission: Submission, at: datetime) -> None:
    """Take what became `submission` out of sheets that still wait, in the caller's transaction.

    Whatever the sheet tells apart as the same answer goes, for it would not be taken anyhow.
    """
    waiting = [SheetState.LOOKED_AT, SheetState.TAKING]
    rows = survey_plans.sheets(submission.group).filter(consultation=submission.consultation)
    for sheet in rows.filter(state__in=waiting).exclude(path=""):
        sheet = held(sheet)
        if survey_drafts.is_kept(sheet):
            _forget_answer(sheet, submission.number, at)


def _forget_answer(sheet: SurveySheet, number: int, at: datetime) -> None:
    draft = before = survey_drafts.draft_of(sheet)
    place = survey_drafts.place_in(draft.book, survey_plans.choices_of(sheet).place)
    while rows := survey_plans.rows_of(sheet, draft, number, at):
        draft = draft.without(place, rows)  # the next of several alike is the first then
    if draft != before:
        _replace(sheet, draft, at)


def forget(sheet: SurveySheet) -> None:
    """Its cells are not needed any more."""
    default_storage.delete(sheet.path)
    sheet.path = ""
    sheet.save(update_fields=["path"])


def held(sheet: SurveySheet) -> SurveySheet:
    """As it is now, held until the transaction ends."""
    rows = survey_plans.sheets(sheet.group).select_for_update(of=("self",))
    return rows.get(pk=sheet.pk)


def _keep(draft: Draft, at: datetime) -> str:
    called = f"{survey_drafts.FOLDER}/{at:%Y%m%d%H%M%S}-{secrets.token_hex(16)}.json"
    return default_storage.save(called, ContentFile(draft.to_bytes()))


def _replace(sheet: SurveySheet, draft: Draft, at: datetime) -> None:
    """The new file is there before the old one goes."""
    old, sheet.path = sheet.path, _keep(draft, at)
    sheet.save(update_fields=["path"])
    transaction.on_commit(lambda: default_storage.delete(old))
