"""About a consultation: what it is about, until when, how else one may speak, what happens next."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import SUMMARY_FIELDS, Consultation
from sutarta.apps.consultations.queries import languages, meeting_pages, public, questions
from sutarta.apps.consultations.rules import retention
from sutarta.apps.consultations.views.public import ideas
from sutarta.apps.ledger.pages import Page, kept
from sutarta.core import deadlines

NOTICE_EDITION = date(2026, 11, 22)  # of the privacy notice; changes with its words


def consultation(request: HttpRequest, consultation: int) -> HttpResponse:
    return kept(request, lambda: _page(request, consultation), keep=not request.GET.get("q"))


def _page(request: HttpRequest, number: int) -> Page:
    consultation = get_object_or_404(public.announced(request.group), number=number)
    context = _context(request, consultation)
    if consultation.is_idea_call:
        html = ideas.drawn(request, consultation, context)
    else:
        html = render_to_string("consultations/public/consultation.html", context, request)
    rows = [one.meeting for one in (*context["meetings_ahead"], *context["meetings_past"])]
    return Page(html, meeting_pages.next_change(rows, [consultation], request.at))


def _context(request: HttpRequest, consultation: Consultation) -> dict[str, Any]:
    version = consultation.version
    numbers = [version.strategy.number, version.number] if version else []
    ahead, past = meeting_pages.about(consultation, request.at)
    return {
        "meetings_ahead": ahead,
        "meetings_past": past,
        "consultation": consultation,
        "stage": str(consultation.stage(request.at)),
        "is_open": consultation.is_open(request.at),
        "version": version,
        "text_url": reverse("consultations:version", args=numbers) if version else "",
        "summary": _summary(consultation),
        "until": deadlines.say(consultation.deadline.value, request.LANGUAGE_CODE),
        "edition": NOTICE_EDITION,
        "kept_until": retention.ends_at_the_earliest(consultation),
        "extensions": sorted(consultation.deadlines.all(), key=lambda row: row.set_at)[1:],
        "questions": questions.answered(consultation),
        "renditions": languages.renditions(consultation),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": consultation.title, "url": ""},
        ],
    }


def _summary(consultation: Consultation) -> list[dict[str, object]]:
    """The six parts in order: the words, or that they were expressly left out.

    Of an idea call only the words: most parts speak of a text that is not there yet.
    """
    parts = []
    for name in SUMMARY_FIELDS:
        label = consultation._meta.get_field(name).verbose_name
        if consultation.is_idea_call and name == "deciders":
            label = _("What becomes of the ideas, and who decides")
        words = getattr(consultation, name)
        is_left_out = name in consultation.waived and not consultation.is_idea_call
        if words or is_left_out:
            parts.append({"label": label, "words": words})
    return parts
