"""A consultation in other words, and the form in a language of the group's own wording."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.forms.languages import TheirForm
from sutarta.apps.consultations.intake import handing
from sutarta.apps.consultations.models import Consultation, Kind
from sutarta.apps.consultations.papers import blanks
from sutarta.apps.consultations.queries import languages as queries
from sutarta.apps.consultations.queries import public
from sutarta.apps.consultations.rules import speaking as rules
from sutarta.apps.consultations.views.public.speaking import request_key_of
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.mail.limits import network_of
from sutarta.apps.people.access import require
from sutarta.core import deadlines


def rendition(request: HttpRequest, consultation: int, language: str) -> HttpResponse:
    return kept(request, lambda: _told(request, consultation, language, is_easy=False))


def easy(request: HttpRequest, consultation: int) -> HttpResponse:
    own = request.group.language
    return kept(request, lambda: _told(request, consultation, own, is_easy=True))


def _told(request: HttpRequest, number: int, language: str, *, is_easy: bool) -> Page:
    consultation = get_object_or_404(public.announced(request.group), number=number)
    found = queries.rendition(consultation, language, is_easy=is_easy)
    if found is None:
        raise Http404
    form = None if is_easy else queries.form_in(request.group, language)
    context = {
        "rendition": found,
        "renditions": [one for one in queries.renditions(consultation) if one != found],
        "said": tongues.wording(language, form.words, request.group) if form else None,
        "consultation": consultation,
        "stage": str(consultation.stage(request.at)),
        "until": deadlines.say(consultation.deadline.value, request.LANGUAGE_CODE),
        "crumbs": _crumbs(consultation, _easy() if is_easy else tongues.name_of(language)),
    }
    html = render_to_string("consultations/public/rendition.html", context, request)
    return Page(html, public.next_change([consultation], request.at))


def _easy() -> str:
    return _("Easy to read")


def _crumbs(consultation: Consultation, here: str) -> list[dict[str, str]]:
    about = reverse("consultations:consultation", args=[consultation.number])
    return [
        {"label": _("Home"), "url": reverse("web:home")},
        {"label": consultation.title, "url": about},
        {"label": here, "url": ""},
    ]


@never_cache
def say_in(request: HttpRequest, consultation: int, language: str) -> HttpResponse:
    """One page: write and send. Everything on it is said in that language."""
    found = get_object_or_404(public.announced(request.group), number=consultation)
    row = queries.form_in(request.group, language)
    if row is None:
        raise Http404
    require(rules.may_submit(found, request.at))
    said = tongues.wording(language, row.words, request.group)
    form = TheirForm(request.POST or None, said=said, language=language)
    if request.method == "POST" and form.is_valid():
        return _sent(request, found, form, language)
    context = _page(request, found, form, language)
    status = 422 if form.is_bound else 200
    return render(request, "consultations/public/say_in.html", context, status=status)


def _page(
    request: HttpRequest, consultation: Consultation, form: TheirForm, language: str
) -> dict[str, Any]:
    told = queries.rendition(consultation, language, is_easy=False)
    name = "rendition" if told else "consultation"
    keys = [consultation.number, *([language] if told else [])]
    return {
        "consultation": consultation,
        "form": form,
        "fields": form.theirs(),
        "said": form.said,
        "language": language,
        "request_key": request_key_of(request),
        "is_late": not consultation.is_open(request.at),
        "on_paper": language in blanks.offered(consultation),
        "back": reverse(f"consultations:{name}", args=keys),
        "crumbs": _crumbs(consultation, tongues.name_of(language)),
    }


def _sent(
    request: HttpRequest, consultation: Consultation, form: TheirForm, language: str
) -> HttpResponse:
    handed = handing.submit(
        consultation=consultation.pk,
        words=form.words(Kind.IDEA if consultation.is_idea_call else Kind.GENERAL),
        at=request.at,
        recorded_at=timezone.now(),  # noqa: TID251 - stored now; what counts is request.at
        request_key=request_key_of(request),
        language=language,
        network=network_of(request),
        reader=request.LANGUAGE_CODE,
    )
    return redirect(reverse("consultations:mine", args=[handed.secret]) + "?new")
