"""Standing pages: privacy, accessibility, the choice of language."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sutarta.apps.consultations.queries import retention
from sutarta.apps.publishing.actions.following import UNANSWERED_KEPT
from sutarta.apps.ui import gallery as gallery_of_ui

ASSESSED = date(2026, 11, 22)  # docs/accessibility.md tells criterion by criterion


@csrf_exempt  # cached pages hold no token, and a language is nobody's secret
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language and return to the page it was chosen on."""
    back = request.POST.get("next", "/")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()})
    response = redirect(back if here else "/")
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, by rule, and the days on which it ends."""
    context = {
        "kept": [*retention.general(request.group), _of_followers()],
        "endings": retention.endings(request.group),
    }
    return render(request, "web/privacy.html", context)


def _of_followers() -> retention.Keeping:
    return retention.Keeping(
        _("Your e-mail address, if you follow the strategy by letters"),
        _("To write to you what is new, at most once a week"),
        _("Until you leave by one press; if you never confirm it, %(days)s days")
        % {"days": UNANSWERED_KEPT.days},
    )


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html", {"assessed": ASSESSED})


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who build them."""
    return render(request, "ui/gallery.html", gallery_of_ui.context(request.at))
