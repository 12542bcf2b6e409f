"""Checking a receipt: the file in the browser, the printed one by its number and short code."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.forms.proving import CheckForm
from sutarta.apps.consultations.queries import proving
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.ledger.queries import logs
from sutarta.apps.mail import limits
from sutarta.apps.tenants import queries as groups

CHECKED_AN_HOUR = 60  # receipts one network may try
KEPT_FOR = timedelta(days=1)


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The browser checks a file by itself; it is sent nowhere."""
    return kept(request, lambda: _verify_page(request))


def _verify_page(request: HttpRequest) -> Page:
    log = logs.in_force(request.group)
    here = reverse("ledger:keys").removesuffix("keys")
    context = {
        "log": log,
        "key": (key := str(logs.verifier(log)) if log else ""),
        "fingerprint": logs.fingerprint(key),
        "log_path": here,
        "log_address": groups.address(request.group) + here.rstrip("/"),
        "crumbs": _crumbs(_("Check a receipt")),
    }
    html = render_to_string("consultations/public/verify_receipt.html", context, request)
    return Page(html, request.at + KEPT_FOR)


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Whether number and short code of a printed receipt fit together; its QR code leads here."""
    form = CheckForm(request.GET if request.GET else None)
    found, status = None, 200
    is_valid = form.is_valid()
    if is_valid and not _may_try(request):
        form.add_error(
            None, _("Too many receipts were tried from your network. Try again in an hour.")
        )
        is_valid, status = False, 429
    if is_valid:
        said = form.cleaned_data
        found = proving.fitting(request.group, said["number"], said["code"])
    elif form.is_bound and status == 200:
        status = 422
    context = {
        "form": form,
        "is_checked": is_valid,
        "found": found,
        "crumbs": _crumbs(_("Check a printed receipt")),
    }
    return render(request, "consultations/public/check_receipt.html", context, status=status)


def _may_try(request: HttpRequest) -> bool:
    network = limits.network_of(request)
    return limits.may_act("check receipt", network, CHECKED_AN_HOUR, request.at)


def _crumbs(here: str) -> list[dict[str, str]]:
    return [{"label": _("Home"), "url": reverse("web:home")}, {"label": here, "url": ""}]
