"""Signing in by a one-time link, and out."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sutarta.apps.people import actions, queries
from sutarta.apps.people.access import roles_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """On to the page that asks for an e-mail address, keeping where the person wanted to go."""
    wanted = request.GET.get("next", "")
    if request.user.is_authenticated:
        return redirect(_within(request, wanted))
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return redirect(reverse("account_request_login_code") + query)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/")


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """A one-time link. Opening it changes nothing (mail scanners open links); the button does."""
    user = None
    if request.method == "POST":
        user = actions.use_link(group=request.group, secret=secret, at=request.at)
    elif queries.open_links(request.group, secret, request.at).exists():
        return render(request, "people/link.html")
    if user is None:
        reason = _("This link was used already or is too old.")
        return render(request, "people/link.html", {"reason": reason}, status=410)
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _within(request: HttpRequest, address: str) -> str:
    """`address` when it stays on this host and leads staff somewhere, else the start page."""
    if url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return address
    is_staff = roles_of(request.user, request.group, request.at)
    return reverse(settings.LOGIN_REDIRECT_URL) if is_staff else "/"
