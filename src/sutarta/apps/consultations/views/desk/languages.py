"""Pages of the desk for renditions of a consultation and for the form in further languages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.actions import languages as actions
from sutarta.apps.consultations.forms.languages import FormWordsForm, RenditionForm
from sutarta.apps.consultations.models import Consultation, FormWords, Rendition
from sutarta.apps.consultations.queries import desk
from sutarta.apps.consultations.queries import languages as queries
from sutarta.apps.consultations.rules import languages as rules
from sutarta.apps.people.access import Refused, require, staff
from sutarta.core.text import ease

EASY = "easy"


@staff
@require_GET
def renditions(request: HttpRequest, number: int) -> HttpResponse:
    """In which words a consultation is told; ?language= leads to the page that writes one."""
    its = _consultation(request, number)
    asked, own = request.GET.get("language", ""), request.group.language
    if asked in tongues.LANGUAGES and asked != own:
        return redirect("consultations:desk_rendition", number, asked)
    rows = queries.renditions(its)
    there = {one.language for one in rows if not one.is_easy} | {own}
    context = {
        "consultation": its,
        "renditions": rows,
        "has_easy": any(one.is_easy for one in rows),
        "addable": {code: name for code, name in tongues.LANGUAGES.items() if code not in there},
        "may_render": rules.may_render(request.user, its, request.at),
    }
    return render(request, "consultations/desk/languages/renditions.html", context)


@staff
def rendition(request: HttpRequest, number: int, told: str) -> HttpResponse:
    """Write, look over, rewrite or remove one; `told`: a language, or "easy"."""
    its = _consultation(request, number)
    is_easy = told == EASY
    language = request.group.language if is_easy else told
    if language not in tongues.LANGUAGES or is_easy != (language == request.group.language):
        raise Http404
    row = queries.rendition(its, language, is_easy=is_easy)
    if request.method == "POST":
        require(rules.may_render(request.user, its, request.at))
        if row and request.POST.get("do") == "remove":
            return _remove(request, row)
    first = {"title": row.title, "text": row.text} if row else {"title": its.title}
    form = RenditionForm(request.POST or None, initial=first, language=language)
    wants_look = request.POST.get("do") == "look"
    if form.is_valid() and not wants_look and _set(request, its, form, language, is_easy):
        messages.success(request, _("Kept. It stands on the page of the consultation."))
        return redirect("consultations:desk_renditions", number)
    context = {
        "consultation": its,
        "rendition": row,
        "language": language,
        "is_easy": is_easy,
        "form": form,
        "ease": ease(str(form["text"].value() or "")) if is_easy else None,
        "may_render": rules.may_render(request.user, its, request.at),
    }
    status = 422 if form.is_bound and not wants_look else 200
    return render(request, "consultations/desk/languages/rendition.html", context, status=status)


def _set(
    request: HttpRequest, its: Consultation, form: RenditionForm, language: str, is_easy: bool
) -> bool:
    try:
        actions.set_rendition(
            actor=request.user,
            consultation=its,
            language=language,
            is_easy=is_easy,
            at=request.at,
            **form.cleaned_data,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    return True


def _remove(request: HttpRequest, row: Rendition) -> HttpResponse:
    actions.remove_rendition(actor=request.user, rendition=row, at=request.at)
    messages.success(request, _("It is taken off the site."))
    return redirect("consultations:desk_renditions", row.consultation.number)


@staff
@require_GET
def forms(request: HttpRequest) -> HttpResponse:
    """The languages of the form, and those that may be added."""
    further = tongues.further(request.group)
    rows = list(queries.forms(request.group))
    there = {one.language for one in rows}
    context = {
        "offered": [one for one in rows if one.ended_at is None],
        "ended": [one for one in rows if one.ended_at is not None],
        "places": len(tongues.PLACES),
        "ready": [code for code in further if code not in there and tongues.starting_words(code)],
        "addable": {code: name for code, name in further.items() if code not in there},
        "may_word": rules.may_word_form(request.user, request.group, request.at),
    }
    return render(request, "consultations/desk/languages/forms.html", context)


@staff
def form_words(request: HttpRequest) -> HttpResponse:
    """Write the places of the form in the language of ?in=, or offer it no more."""
    if request.method == "POST":
        require(rules.may_word_form(request.user, request.group, request.at))
    language = request.GET.get("in", "")
    if language not in tongues.further(request.group):
        return redirect("consultations:desk_forms")
    row = queries.forms(request.group).filter(language=language).first()
    do = request.POST.get("do", "")
    if row and do == "end":
        return _end(request, row)
    form = FormWordsForm(_typed(request, language, do), initial=_kept(row), language=language)
    if form.is_valid() and do != "begin" and _set_words(request, form, language):
        messages.success(request, _("Kept. Residents can write in this language now."))
        return redirect("consultations:desk_forms")
    context = {
        "row": row,
        "language": language,
        "form": form,
        "begins": bool(tongues.starting_words(language)),
        "may_word": rules.may_word_form(request.user, request.group, request.at),
    }
    status = 422 if form.is_bound and do != "begin" else 200
    return render(request, "consultations/desk/languages/words.html", context, status=status)


def _typed(request: HttpRequest, language: str, do: str) -> dict[str, Any] | None:
    """What was typed; with "begin" our words stand in the places that are empty."""
    if request.method != "POST":
        return None
    typed = request.POST.dict()
    if do != "begin":
        return typed
    return {
        **tongues.starting_words(language),
        **{name: said for name, said in typed.items() if said},
    }


def _kept(row: FormWords | None) -> dict[str, str]:
    return dict(row.words) if row else {}


def _set_words(request: HttpRequest, form: FormWordsForm, language: str) -> bool:
    try:
        actions.set_form_words(
            actor=request.user,
            group=request.group,
            language=language,
            words=form.cleaned_data,
            at=request.at,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    return True


def _end(request: HttpRequest, row: FormWords) -> HttpResponse:
    actions.end_form_language(actor=request.user, form=row, at=request.at)
    messages.success(request, _("The form is no longer offered in this language."))
    return redirect("consultations:desk_forms")


def _consultation(request: HttpRequest, number: int) -> Consultation:
    return get_object_or_404(desk.consultations_of(request.group), number=number)
