"""Deciding what the public sees, and opening what is sealed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutarta.apps.consultations.actions import moderating, opening
from sutarta.apps.consultations.forms.moderating import ModerationForm, OpeningForm
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.consultations.rules import moderating as sealing
from sutarta.apps.consultations.views.desk import inbox, looking
from sutarta.apps.people.access import Refused, require, staff


@staff
@require_POST
def moderate(request: HttpRequest, number: int) -> HttpResponse:
    """Decide what the public sees; the button "cover" only covers what is ticked."""
    its = inbox.found(request, number)
    require(rules.may_moderate(request.user, its, request.at))
    form = ModerationForm(request.POST, submission=its)
    if form.wants_covering:
        form.covered()
        return inbox.page(request, its, moderation_form=form)
    if form.is_valid() and _decided(request, its, form):
        return inbox.done(request, its, _("Done: what the public sees is decided."))
    return inbox.page(request, its, 422, moderation_form=form)


def _decided(request: HttpRequest, its: Submission, form: ModerationForm) -> bool:
    try:
        moderating.moderate(
            actor=request.user,
            submission=its,
            visibility=form.cleaned_data["visibility"],
            public=form.public,
            reason=form.cleaned_data["reason"],
            despite=form.despite_warning,
            seen=form.cleaned_data["seen"],
            at=request.at,
        )
    except moderating.PointsToSomebody:
        form.warn()
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        form.look_again(its)
    else:
        return True
    return False


@staff
@require_POST
def open_original(request: HttpRequest, number: int) -> HttpResponse:
    """Show a sealed original in this one answer; who opened it, when and why is kept."""
    its = inbox.found(request, number)
    require(sealing.may_open(request.user, its, request.at))
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return inbox.page(request, its, 422, opening_form=form)
    reason = form.cleaned_data["why"]
    opening.open_original(actor=request.user, submission=its, reason=reason, at=request.at)
    return inbox.page(request, inbox.found(request, number), **looking.opened(its))


@staff
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Undo that it was set aside, or published."""
    its = inbox.found(request, number)
    moderating.take_back(actor=request.user, submission=its, at=request.at)
    return inbox.done(request, its, _("It is taken back."))
