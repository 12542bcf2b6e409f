"""The page on which a submission is translated."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions import translating
from sutarta.apps.consultations.forms.languages import TranslationForm
from sutarta.apps.consultations.models import Submission, Translation
from sutarta.apps.consultations.queries import sealed
from sutarta.apps.consultations.queries import translations as queries
from sutarta.apps.consultations.rules import languages as rules
from sutarta.apps.consultations.views.desk import inbox
from sutarta.apps.people.access import Refused, require, staff


@staff
def translate(request: HttpRequest, number: int) -> HttpResponse:
    """The public text beside the fields for its translation; ?to= chooses the language."""
    its = inbox.found(request, number)
    languages = queries.choosable(its)
    asked = request.GET.get("to", "")
    language = asked if asked in languages else languages[0]
    row = its.translations.filter(language=language).first()
    if request.method == "POST":
        require(rules.may_translate(request.user, its, request.at))
        if row and request.POST.get("do") == "remove":
            return _remove(request, row)
    form = _form(request, its, language, row)
    if form.is_valid() and _kept(request, its, form, language):
        return inbox.done(request, its, _("The translation stands beside the original."))
    context = {
        "submission": its,
        "title": sealed.title(its),
        "words": sealed.public(its) if its.is_read else None,
        "language": language,
        "others": [code for code in languages if code != language],
        "translation": row,
        "outdated": bool(row) and not queries.is_current(row, its),
        "form": form,
        "may_translate": rules.may_translate(request.user, its, request.at),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/languages/translate.html", context, status=status)


def _form(
    request: HttpRequest, its: Submission, language: str, row: Translation | None
) -> TranslationForm:
    first = asdict(queries.words(row)) if row else {}
    first["seen"] = queries.public_digest(its)
    data = request.POST if request.method == "POST" else None
    return TranslationForm(data, initial=first, submission=its, language=language)


def _kept(request: HttpRequest, its: Submission, form: TranslationForm, language: str) -> bool:
    try:
        translating.translate(
            actor=request.user,
            submission=its,
            language=language,
            text=form.text,
            seen=form.cleaned_data["seen"],
            at=request.at,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        form.data = {**form.data.dict(), "seen": queries.public_digest(its)}
        return False
    return True


def _remove(request: HttpRequest, row: Translation) -> HttpResponse:
    translating.remove(actor=request.user, translation=row, at=request.at)
    messages.success(request, _("The translation is taken away."))
    return redirect("consultations:desk_submission", row.submission.number)
