"""Sheets of answers at the desk: upload, columns, every row, progress, taking all of it back."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sutarta.apps.consultations.actions import survey_taking
from sutarta.apps.consultations.actions import surveys as actions
from sutarta.apps.consultations.forms.surveys import (
    AgainForm,
    ChoosingForm,
    UndoForm,
    UploadForm,
    sentence,
)
from sutarta.apps.consultations.models import Consultation, SheetState, SurveySheet
from sutarta.apps.consultations.queries import public, survey_drafts, survey_plans
from sutarta.apps.consultations.queries.survey_drafts import Draft
from sutarta.apps.consultations.queries.survey_plans import Plan, Planned
from sutarta.apps.consultations.rules import entering
from sutarta.apps.consultations.rules import surveys as rules
from sutarta.apps.people.access import Refused, require, staff
from sutarta.formats import sheets, tables

PAGES = "consultations/desk/surveys/"
SHOWN = 5  # rows to see what the columns make
AT_ONCE = 100  # rows taken while the person waits; the worker takes the rest
NOTHING_YET = SheetState.LOOKED_AT
_FIX = re.compile(r"fix-(\d{1,7})-(\d{1,3})$")


@staff
@require_http_methods(["GET", "POST"])
def brought(request: HttpRequest, number: int) -> HttpResponse:
    """Sheets of a consultation, and a file more."""
    its = get_object_or_404(public.announced(request.group), number=number)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST":
        require(rules.may_bring(request.user, its, request.at))
        if form.is_valid() and (sheet := _bring(request, its, form)):
            return redirect("consultations:desk_survey", sheet.number)
    context = {
        "consultation": its,
        "form": form,
        "sheets": survey_plans.sheets_of(its),
        "may_bring": rules.may_bring(request.user, its, request.at),
        "states": SheetState,
    }
    return render(request, PAGES + "list.html", context, status=422 if form.errors else 200)


def _bring(request: HttpRequest, its: Consultation, form: UploadForm) -> SurveySheet | None:
    file = form.cleaned_data["file"]
    try:
        return actions.bring(
            actor=request.user,
            consultation=its,
            file_name=file.name,
            data=file.read(),
            at=request.at,
        )
    except sheets.Refused as refused:
        form.add_error("file", sentence(refused.code))
    return None


def _waiting(request: HttpRequest, number: int) -> SurveySheet:
    """The sheet, for those who may take it in: nobody else reads what stands in it unsorted.
    Whoever changes it has to be allowed to.
    """
    sheet: SurveySheet = get_object_or_404(survey_plans.sheets(request.group), number=number)
    require(entering.may_enter_here(request.user, request.group, request.at))
    if request.method == "POST":
        require(rules.may_change(request.user, sheet, request.at))
    return sheet


@staff
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, number: int) -> HttpResponse:
    """What the columns are, with the first rows as they would become submissions."""
    sheet = _waiting(request, number)
    if sheet.state != NOTHING_YET or not sheet.path:
        return redirect("consultations:desk_survey_done", number)
    draft = survey_drafts.draft_of(sheet)
    form = _choosing(request, sheet, draft)
    if form.is_bound and form.is_valid():
        actions.choose(
            actor=request.user,
            sheet=sheet,
            name=form.cleaned_data["name"],
            choices=form.choices,
            came_at=form.came,
            at=request.at,
        )
        if request.POST.get("do") == "check":
            return redirect("consultations:desk_survey_check", number)
        return redirect("consultations:desk_survey", number)
    shown = survey_plans.plan(sheet, draft, request.at, most=SHOWN)
    samples = [_sample(shown, column) for column in range(len(form.headings))]
    context = {
        "sheet": sheet,
        "form": form,
        "columns": list(zip(form.column_fields, samples, strict=True)),
        "plan": shown,
        "hidden": sum(row.is_hidden for row in shown.table.rows),
    }
    return render(request, PAGES + "columns.html", context, status=422 if form.errors else 200)


def _choosing(request: HttpRequest, sheet: SurveySheet, draft: Draft) -> ChoosingForm:
    chosen = survey_plans.choices_of(sheet)
    found = survey_drafts.table_of(draft.book, chosen.place, chosen.first, chosen.height)
    facts = {
        "names": [one.name for one in draft.book.sheets],
        "headings": found.headings,
        "columns": chosen.columns,
    }
    if request.method == "POST":
        return ChoosingForm(request.POST, **facts)
    initial = {
        "name": sheet.name,
        "place": chosen.place,
        "first": chosen.first,
        "height": chosen.height,
        "order": "month" if chosen.month_first else "day",
    }
    if sheet.came_at is not None:
        initial["came_at"] = timezone.localtime(sheet.came_at).replace(tzinfo=None)
    return ChoosingForm(initial=initial, **facts)


def _sample(shown: Plan, column: int) -> str:
    """The first cell of the column in which something stands."""
    return next((row.cells[column] for row in shown.table.rows if row.cells[column]), "")


@staff
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, number: int) -> HttpResponse:
    """What becomes of every row; the faulty ones to be put right, and the button that takes all."""
    sheet = _waiting(request, number)
    if sheet.state != NOTHING_YET or not sheet.path:
        return redirect("consultations:desk_survey_done", number)
    again = AgainForm()
    if request.method == "POST":
        wish = request.POST.get("do")
        if wish == "take":
            return _take(request, sheet)
        if wish == "again":
            again = AgainForm(request.POST, request.FILES)
            if again.is_valid() and _correct_by_file(request, sheet, again):
                return redirect("consultations:desk_survey_check", number)
        else:
            _correct(request, sheet)
            return redirect("consultations:desk_survey_check", number)
    context = _checked(request, sheet) | {"again": again}
    return render(request, PAGES + "check.html", context, status=422 if again.errors else 200)


def _checked(request: HttpRequest, sheet: SurveySheet) -> dict[str, Any]:
    found = survey_plans.plan(sheet, survey_drafts.draft_of(sheet), request.at)
    page = Paginator(found.of(survey_plans.FAULTY), actions.MOST_FAULTS).get_page(
        request.GET.get("page")
    )
    return {
        "sheet": sheet,
        "plan": found,
        "page": page,
        "faulty": [(row, _faults(found, row)) for row in page.object_list],
        "changed": found.of(survey_plans.CHANGED)[:100],
        "first": found.of(survey_plans.NEW)[:SHOWN],
        "hidden": sum(one.row.is_hidden for one in found.of(survey_plans.NEW)),
    }


def _faults(found: Plan, row: Planned) -> list[tuple[str, str, int, str]]:
    """Of each fault: what is wrong, the column's heading, its place and the cell; of a fault of
    the row as a whole the place is -1.
    """
    told = []
    for fault in row.faults:
        if fault.column is None:
            told.append((fault.sentence, "", -1, ""))
        else:
            heading = found.table.headings[fault.column]
            told.append((fault.sentence, heading, fault.column, row.cells[fault.column]))
    return told


def _correct(request: HttpRequest, sheet: SurveySheet) -> None:
    fixes: dict[int, dict[int, str]] = {}
    for name, said in request.POST.items():
        if field := _FIX.match(name):
            cell = sheets.readable(said)[: sheets.MAX_CELL]
            fixes.setdefault(int(field[1]), {})[int(field[2])] = cell
    left = [int(row) for row in request.POST.getlist("left") if row.isdecimal() and len(row) < 8]
    actions.correct(actor=request.user, sheet=sheet, fixes=fixes, left_out=left, at=request.at)


def _correct_by_file(request: HttpRequest, sheet: SurveySheet, form: AgainForm) -> bool:
    data = form.cleaned_data["corrected"].read()
    try:
        count = actions.correct_by_file(actor=request.user, sheet=sheet, data=data, at=request.at)
    except sheets.Refused as refused:
        form.add_error("corrected", sentence(refused.code))
    except Refused as refusal:
        form.add_error("corrected", str(refusal.reason))
    else:
        told = ngettext("%(n)s row was read.", "%(n)s rows were read.", count) % {"n": count}
        messages.success(request, told)
        return True
    return False


def _take(request: HttpRequest, sheet: SurveySheet) -> HttpResponse:
    actions.confirm(actor=request.user, sheet=sheet, at=request.at)
    survey_taking.take(sheet=sheet, at=request.at, most=AT_ONCE)
    return redirect("consultations:desk_survey_done", sheet.number)


@staff
@require_GET
def faulty(request: HttpRequest, number: int) -> HttpResponse:
    """The faulty rows as a workbook: their number, every cell, and what is wrong."""
    sheet = _waiting(request, number)
    require(rules.may_change(request.user, sheet, request.at))
    found = survey_plans.plan(sheet, survey_drafts.draft_of(sheet), request.at)
    heads = [_("Row"), *found.table.headings, _("What is wrong")]
    rows = [
        [row.row.number, *row.cells, " ".join(str(fault.sentence) for fault in row.faults)]
        for row in found.of(survey_plans.FAULTY)
    ]
    data = tables.write_xlsx(heads, rows, _("Rows to correct"))
    answer = HttpResponse(data, content_type=sheets_type())
    answer["Content-Disposition"] = f'attachment; filename="{number}-rows.xlsx"'
    return answer


def sheets_type() -> str:
    """Media type of a workbook."""
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff
@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is, what came of it, and the way to take all of it back."""
    sheet = get_object_or_404(survey_plans.sheets(request.group), number=number)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.POST.get("do") == "give_up":
        survey_taking.give_up(actor=request.user, sheet=sheet, at=request.at)
        return redirect("consultations:desk_survey_done", number)
    if request.method == "POST":
        require(rules.may_undo(request.user, sheet, request.at))
        if form.is_valid():
            why = form.cleaned_data["why"]
            survey_taking.undo(actor=request.user, sheet=sheet, why=why, at=request.at)
            survey_taking.take_back(sheet=sheet, at=request.at, most=AT_ONCE)
            return redirect("consultations:desk_survey_done", number)
    if sheet.state == NOTHING_YET and sheet.path:
        return redirect("consultations:desk_survey", number)
    is_kept = survey_drafts.is_kept(sheet)
    context = {
        "sheet": sheet,
        "form": form,
        "states": SheetState,
        "may_give_up": rules.may_give_up(request.user, sheet, is_kept, request.at),
        "numbers": survey_plans.numbers(sheet),
        "progress": survey_plans.progress(sheet),
        "may_undo": rules.may_undo(request.user, sheet, request.at),
    }
    return render(request, PAGES + "done.html", context, status=422 if form.errors else 200)
