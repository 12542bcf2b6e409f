"""Following by e-mail: asking for it, answering from the mailbox, and the follower's own page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sutarta.apps.mail.limits import network_of
from sutarta.apps.people.access import Refused
from sutarta.apps.publishing.actions import following
from sutarta.apps.publishing.forms.following import AddressForm
from sutarta.apps.publishing.models import Follow
from sutarta.apps.publishing.queries import following as queries
from sutarta.apps.publishing.queries.following import Subject
from sutarta.apps.publishing.rules import following as rules

View = Callable[..., HttpResponse]


@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """What is followed stands in the address; only the e-mail address is asked for."""
    subject = _subject(request)
    if request.method == "POST":
        return _ask(request, subject)
    return _page(request, subject, AddressForm())


@never_cache
@csrf_exempt  # the front page is kept for everybody and holds no token
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """The form on the front page. Where a browser does not say that it was ours, one more press."""
    subject = _subject(request)
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    if urlsplit(said).netloc == request.get_host():
        return _ask(request, subject)
    return _page(request, subject, AddressForm(initial={"email": request.POST.get("email", "")}))


def _subject(request: HttpRequest) -> Subject:
    subject = queries.asked(request.group, request.GET)
    if subject is None:
        raise Http404
    return subject


def _ask(request: HttpRequest, subject: Subject) -> HttpResponse:
    """One answer whether the address is known or not: only its owner is told."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, subject, form, status=422)
    try:
        sent = following.ask(
            subject=subject,
            email=form.cleaned_data["email"],
            language=request.LANGUAGE_CODE,
            network=network_of(request),
            at=request.at,
        )
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, subject, form, status=422)
    if sent:
        return redirect("publishing:follow_asked")
    form.add_error("email", _("Too many letters were asked for in the last hour. Try again later."))
    return _page(request, subject, form, status=422)


def _page(
    request: HttpRequest, subject: Subject, form: AddressForm, status: int = 200
) -> HttpResponse:
    versions = queries.versions_of(subject.strategy)
    path = subject.path(versions)
    context = {
        "subject": subject,
        "name": subject.name(versions),
        "path": path,
        "form": form,
        "verdict": rules.may_follow(subject.consultation),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": subject.name(versions), "url": path},
            {"label": _("Follow"), "url": ""},
        ],
    }
    return render(request, "publishing/following/follow.html", context, status=status)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """A letter is under way; to whom is not said again."""
    return render(request, "publishing/following/asked.html")


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Nothing is followed any more."""
    return render(request, "publishing/following/left.html")


def own(view: View) -> View:
    """The view is told all follows of the address with this secret; nobody keeps the answer.

    An address that left is no secret: an old link says so instead of pretending to be broken.
    """

    @wraps(view)
    def with_follows(request: HttpRequest, secret: str, **kwargs: Any) -> HttpResponse:
        follows = queries.mine(request.group, secret)
        if follows:
            response = view(request, follows, secret, **kwargs)
        else:
            response = render(request, "publishing/following/left.html", status=410)
        response["Referrer-Policy"] = "same-origin"  # without any, the forgery check refuses forms
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return with_follows


@own
@require_http_methods(["GET", "POST"])
def confirm(
    request: HttpRequest, follows: list[Follow], secret: str, follow: object
) -> HttpResponse:
    """The mailed link. Programs that look through mail open links, too, but press nothing."""
    found = next((one for one in follows if one.pk == follow), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        following.confirm(follow=found, at=request.at)
        messages.success(request, _("Good. We will write when there is something to tell."))
    if request.method == "POST" or found.confirmed_at is not None:
        return redirect("publishing:follow_mine", secret)
    context = {"secret": secret, "follow": found, "name": _name(found)}
    return render(request, "publishing/following/confirm.html", context)


@own
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, follows: list[Follow], secret: str) -> HttpResponse:
    """What the address follows, and in which language it is written to."""
    if request.method == "POST":
        return _changed(request, follows, secret)
    rows = [(one, *_named(one)) for one in follows if one.confirmed_at is not None]
    context = {
        "secret": secret,
        "email": follows[0].email,
        "rows": rows,
        "waiting": len(follows) - len(rows),
        "language": follows[-1].language,
        "languages": settings.LANGUAGES,
    }
    return render(request, "publishing/following/mine.html", context)


def _changed(request: HttpRequest, follows: list[Follow], secret: str) -> HttpResponse:
    """Another language, or one thing less."""
    language, chosen = request.POST.get("language", ""), request.POST.get("follow", "")
    ended = next((one for one in follows if str(one.pk) == chosen), None)
    if language in dict(settings.LANGUAGES):
        following.speak(group=request.group, secret=secret, language=language)
        messages.success(request, _("Saved."))
    elif ended is not None:
        following.leave(group=request.group, secret=secret, follow=ended)
        messages.success(request, _("We will not write of it any more."))
    if queries.mine(request.group, secret):
        return redirect("publishing:follow_mine", secret)
    return redirect("publishing:follow_left")


@csrf_exempt  # mail programs press it by themselves (RFC 8058) and hold no token
@own
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, follows: list[Follow], secret: str) -> HttpResponse:
    """One press ends everything. Opening the page ends nothing."""
    if request.method == "POST":
        following.leave(group=request.group, secret=secret)
        return render(request, "publishing/following/left.html")
    return render(request, "publishing/following/leave.html", {"secret": secret})


def _named(follow: Follow) -> tuple[str, str]:
    subject, versions = queries.subject_of(follow), queries.versions_of(follow.strategy)
    return subject.name(versions), subject.path(versions)


def _name(follow: Follow) -> str:
    return _named(follow)[0]
