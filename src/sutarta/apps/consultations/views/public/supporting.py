""" "I agree": one press on any page, taken back with the same button.

Public pages are kept for everybody and hold no form token, so the press is known to be ours by
the browser's own word on where it comes from. Whoever's browser does not say is refused.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from sutarta.apps.consultations.actions import supporting
from sutarta.apps.consultations.forms.supporting import AddressForm
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import public, showing, supports
from sutarta.apps.consultations.rules import supporting as rules
from sutarta.apps.mail.limits import network_of
from sutarta.apps.people.access import Refused
from sutarta.apps.ui import wording

COOKIE = "sutarta_device"
LASTS = 365 * 24 * 3600  # seconds
_signer = signing.Signer(salt="sutarta.device/1")


@never_cache
@csrf_exempt
def support(request: HttpRequest, number: int) -> HttpResponse:
    """The page of the button; pressing it sets the one cookie this needs, nothing else does."""
    found = _found(request, number)
    if request.method != "POST":
        return _page(request, found, supports.of_cookie(found, _device(request)))
    if not _is_from_here(request):
        raise Refused(_("Your browser does not say where this comes from. Agree by e-mail."))
    if "email" in request.POST:
        return _by_mail(request, found)
    device = _device(request) or secrets.token_urlsafe(32)
    _press(request, found, supports.of_cookie(found, device))
    response = _after(request, found, supports.of_cookie(found, device))
    response.set_cookie(
        COOKIE, _signer.sign(device), max_age=LASTS, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@never_cache
def support_link(request: HttpRequest, number: int, signed: str) -> HttpResponse:
    """The mailed link: its owner sees one button. Opening it counts nothing, for robots do."""
    read = supports.read_link(request.group, signed)
    if read is None or read[0].number != number:
        raise Http404
    device = read[1]
    found = _found(request, number)
    if request.method == "POST":
        _press(request, found, device)
        return redirect("consultations:support_link", number, signed)
    response = _page(request, found, device, by_link=True)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _found(request: HttpRequest, number: int) -> Submission:
    rows = public.submissions(request.group).prefetch_related("consultation__deadlines")
    return get_object_or_404(rows, number=number)


def _is_from_here(request: HttpRequest) -> bool:
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(said).netloc == request.get_host()


def _device(request: HttpRequest) -> str:
    """The random name this device got from us; "" for none, or one that we never gave."""
    try:
        return _signer.unsign(request.COOKIES.get(COOKIE, ""))
    except signing.BadSignature:
        return ""


def _press(request: HttpRequest, found: Submission, device: str) -> None:
    if "take_back" in request.POST:
        supporting.take_back(submission=found, device=device, at=request.at)
        return
    network = network_of(request)
    supporting.agree(submission=found, device=device, network=network, at=request.at)


def _after(request: HttpRequest, found: Submission, device: str) -> HttpResponse:
    if not request.htmx:
        return redirect("consultations:support", found.number)
    now = _found(request, found.number)
    context = {**_shown(request, now, device), "focus": True}
    return render(request, "consultations/public/_support.html", context)


def _by_mail(request: HttpRequest, found: Submission) -> HttpResponse:
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, found, "", form=form, status=422)
    sent = supporting.post_link(
        submission=found,
        address=form.cleaned_data["email"],
        network=network_of(request),
        at=request.at,
    )
    if sent:
        messages.success(request, _("Open the link in the letter we have sent."))
        return redirect("consultations:support", found.number)
    form.add_error("email", _("Too many letters were asked for in the last hour. Try again later."))
    return _page(request, found, "", form=form, status=422)


def _shown(request: HttpRequest, found: Submission, device: str) -> dict[str, Any]:
    return {
        "shown": showing.shown(found, None, at=request.at),
        "mine": supports.is_mine(found, device),
    }


def _page(
    request: HttpRequest,
    found: Submission,
    device: str,
    form: AddressForm | None = None,
    status: int = 200,
    *,
    by_link: bool = False,
) -> HttpResponse:
    context = {
        **_shown(request, found, device),
        "submission": found,
        "verdict": rules.may_support(found, request.at),
        "form": form or AddressForm(),
        "by_link": by_link,
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Proposals"), "url": reverse("consultations:register")},
            {
                "label": wording.nr(found.number),
                "url": reverse("consultations:submission", args=[found.number]),
            },
            {"label": _("I agree"), "url": ""},
        ],
    }
    return render(request, "consultations/public/support.html", context, status=status)
