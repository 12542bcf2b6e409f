"""The preview: what was read, what to look at, what a person corrects before there is a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.people.access import require, staff
from sutarta.apps.strategies import actions, forms, preview, queries, rules
from sutarta.apps.strategies.forms import CorrectionForm, DraftForm
from sutarta.apps.strategies.models import Import
from sutarta.apps.strategies.preview import CORRECTABLE, Preview
from sutarta.apps.strategies.views.found import import_or_404


@require_GET
@staff
def look(request: HttpRequest, strategy: int) -> HttpResponse:
    """The preview; `?place=12` opens the correction of that block."""
    return _page(request, import_or_404(request, strategy))


@require_POST
@staff
def decide_changes(request: HttpRequest, strategy: int) -> HttpResponse:
    """Take all tracked changes, take none, or go back to Word."""
    import_ = import_or_404(request, strategy)
    require(rules.may_prepare(request.user, import_, request.at))
    changes = request.POST.get("changes")
    if changes == "word":
        actions.put_away(actor=request.user, import_=import_, at=request.at)
        messages.info(request, _("Put away. Settle the changes in Word and upload the file again."))
        return redirect("strategies:import", strategy)
    if changes not in ("accept", "reject"):
        raise Http404
    try:
        actions.choose_changes(actor=request.user, import_=import_, changes=changes, at=request.at)
    except actions.BadFile as bad:
        messages.error(request, bad.sentence)
    return redirect("strategies:preview", strategy)


@require_POST
@staff
def correct(request: HttpRequest, strategy: int, position: int) -> HttpResponse:
    """Correct one block, or take its correction back."""
    import_ = import_or_404(request, strategy)
    require(rules.may_prepare(request.user, import_, request.at))
    correction = None
    if "undo" not in request.POST:
        form = _form_at(import_, position, request.POST)
        if not form.is_valid():
            return _page(request, import_, wrong={position: form})
        correction = form.correction
    try:
        actions.correct(
            actor=request.user,
            import_=import_,
            position=position,
            correction=correction,
            at=request.at,
        )
    except IndexError as error:
        raise Http404 from error
    return redirect(reverse("strategies:preview", args=[strategy]) + f"#p{position}")


@require_POST
@staff
def tie(request: HttpRequest, strategy: int) -> HttpResponse:
    """Let a mark that came back in the file count, or not."""
    import_ = import_or_404(request, strategy)
    require(rules.may_prepare(request.user, import_, request.at))
    try:
        actions.tie_key(
            actor=request.user,
            import_=import_,
            key=request.POST.get("key", ""),
            tied=request.POST.get("do") == "tie",
            at=request.at,
        )
    except LookupError as error:
        raise Http404 from error
    return redirect(reverse("strategies:preview", args=[strategy]) + "#came-back")


@require_POST
@staff
def make_draft(request: HttpRequest, strategy: int) -> HttpResponse:
    """The corrected file becomes the private draft."""
    import_ = import_or_404(request, strategy)
    require(rules.may_prepare(request.user, import_, request.at))
    form = _draft_form(import_, request.POST)
    if not form.is_valid():
        return _page(request, import_, draft_form=form)
    actions.make_draft(
        actor=request.user,
        import_=import_,
        reason=form.chosen_reason,
        note=form.cleaned_data["note"],
        at=request.at,
        replace=form.cleaned_data.get("replace", False),
    )
    return redirect("strategies:draft", strategy)


def _page(
    request: HttpRequest,
    import_: Import,
    *,
    wrong: dict[int, CorrectionForm] | None = None,
    draft_form: DraftForm | None = None,
) -> HttpResponse:
    strategy = import_.strategy
    document = queries.corrected(import_)
    shown = preview.preview(
        import_, document, lambda digest: _picture_address(strategy.number, digest)
    )
    verdict = rules.may_prepare(request.user, import_, request.at)
    if verdict:
        _attach_forms(shown, request.GET.get("place", ""), wrong or {})
    context = {
        "strategy": strategy,
        "import_": import_,
        "preview": shown,
        "remarks": preview.told(import_),
        "may_change": verdict,
        "draft_form": draft_form or _draft_form(import_),
    }
    status = 422 if wrong or draft_form else 200
    return render(request, "strategies/preview.html", context, status=status)


def _picture_address(strategy: int, digest: str) -> str:
    return reverse("strategies:picture", args=[strategy, digest])


def _attach_forms(shown: Preview, opened: str, wrong: dict[int, CorrectionForm]) -> None:
    """A form where a finding asks for one, where a person opened one, and where one came back."""
    for place in shown.places:
        asking = [note for note in place.notes if note.code in CORRECTABLE]
        if place.position in wrong:
            place.form = wrong[place.position]
        elif (asking and not place.correction) or opened == str(place.position):
            level = asking[0].level if asking else 2
            place.form = forms.correcting(place.block, level=level)


def _form_at(import_: Import, position: int, data: object) -> CorrectionForm:
    blocks = queries.corrected(import_).blocks
    form = forms.correcting(blocks[position], data) if position < len(blocks) else None
    if form is None:
        raise Http404
    return form


def _draft_form(import_: Import, data: object = None) -> DraftForm:
    is_first = queries.newest(import_.strategy) is None
    draft = queries.draft_of(import_.strategy)
    initial = {"note": draft.note, "reason": draft.reason} if draft else None
    return DraftForm(data, is_first=is_first, has_draft=draft is not None, initial=initial)
