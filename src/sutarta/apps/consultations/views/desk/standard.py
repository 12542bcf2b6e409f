"""The office's reusable texts for answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions import standard as actions
from sutarta.apps.consultations.forms.answering import TextForm
from sutarta.apps.consultations.models import StandardText
from sutarta.apps.consultations.queries import answers as queries
from sutarta.apps.consultations.rules import answering as rules
from sutarta.apps.people.access import Refused, require, staff


@staff
def texts(request: HttpRequest) -> HttpResponse:
    """Every text on offer and those put away; a form for a new one."""
    form = TextForm(_data(request))
    if request.method == "POST":
        require(rules.may_keep_texts(request.user, request.group, request.at))
        if form.is_valid() and _add(request, form):
            return redirect("consultations:desk_texts")
    context = {
        "form": form,
        "texts": queries.standard_texts(request.group),
        "away": queries.standard_texts(request.group, away=True),
        "may_keep": rules.may_keep_texts(request.user, request.group, request.at),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/standard.html", context, status=status)


def _add(request: HttpRequest, form: TextForm) -> bool:
    try:
        actions.add_text(
            actor=request.user, group=request.group, at=request.at, **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    messages.success(request, _("The text is kept."))
    return True


@staff
def text(request: HttpRequest, text: UUID) -> HttpResponse:
    """Rewrite one text, put it away or take it back."""
    its = get_object_or_404(StandardText, group=request.group, pk=text)
    if request.method == "POST":
        require(rules.may_keep_texts(request.user, request.group, request.at))
        if request.POST.get("do") in {"put_away", "take_back"}:
            return _move(request, its)
    form = TextForm(_data(request), initial={"title": its.title, "text": its.text})
    if form.is_valid() and _rewrite(request, its, form):
        return redirect("consultations:desk_texts")
    may_keep = rules.may_keep_texts(request.user, request.group, request.at)
    status = 422 if form.is_bound else 200
    context = {"form": form, "its": its, "may_keep": may_keep}
    return render(request, "consultations/desk/standard_text.html", context, status=status)


def _rewrite(request: HttpRequest, its: StandardText, form: TextForm) -> bool:
    try:
        actions.rewrite_text(actor=request.user, standard=its, at=request.at, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    messages.success(request, _("The text is kept."))
    return True


def _move(request: HttpRequest, its: StandardText) -> HttpResponse:
    is_away = request.POST["do"] == "put_away"
    actions.put_away(actor=request.user, standard=its, is_away=is_away, at=request.at)
    said = _("The text is put away. It stands below and can be taken back.")
    messages.success(request, said if is_away else _("The text is on offer again."))
    return redirect("consultations:desk_texts")


def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
