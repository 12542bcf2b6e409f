"""The closing report of a consultation: you said – we did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from sutarta.apps.consultations.queries import public
from sutarta.apps.consultations.queries import reporting as queries
from sutarta.apps.consultations.queries.report_tables import told
from sutarta.apps.ledger.pages import Page, kept


def report(request: HttpRequest, consultation: int) -> HttpResponse:
    return kept(request, lambda: _page(request, consultation))


def _page(request: HttpRequest, number: int) -> Page:
    report = get_object_or_404(queries.published(request.group), consultation__number=number)
    its = report.consultation
    context = {
        "report": report,
        "consultation": its,
        **told(report),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": its.title, "url": reverse("consultations:consultation", args=[number])},
            {"label": _("Closing report"), "url": ""},
        ],
    }
    html = render_to_string("consultations/public/report.html", context, request)
    return Page(html, public.next_change([], request.at))
