"""Files: opened by whoever may, added and taken back on the author's own page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.actions import attaching
from sutarta.apps.consultations.forms.attaching import MoreFilesForm
from sutarta.apps.consultations.models import Attachment, Submission
from sutarta.apps.consultations.queries import attachments as queries
from sutarta.apps.consultations.rules import attaching as rules
from sutarta.apps.consultations.views.public.mine import private
from sutarta.apps.mail import limits
from sutarta.apps.people.access import roles_of
from sutarta.apps.ui import wording
from sutarta.apps.ui.boxed import boxed
from sutarta.core import deadlines

FILES_AN_HOUR = 60  # files one network may make us look through


@require_safe
def file(request: HttpRequest, number: int, digest: str) -> HttpResponse:
    """One file, for everybody once approved; before that for staff."""
    found = get_object_or_404(
        queries.standing(request.group), submission__number=number, digest=digest
    )
    if not queries.is_open(found) and not roles_of(request.user, request.group, request.at):
        raise Http404
    return boxed(
        request,
        path=found.path,
        name=found.name,
        media_type=found.media_type,
        digest=found.digest,
    )


@private("same-origin")
def files(request: HttpRequest, submission: Submission, secret: str) -> HttpResponse:
    """The author's files: what there is, one more, one less."""
    held = queries.of(submission)
    if request.method == "POST" and "take_back" in request.POST:
        found = get_object_or_404(held, digest=request.POST["take_back"])
        attaching.take_back(attachment=found, at=request.at)
        messages.success(request, _("The file is removed."))
        return redirect("consultations:files", secret)
    form = MoreFilesForm()
    if request.method == "POST":
        form = form_of(request, MoreFilesForm, held=held.count())
        if form.is_valid() and _kept(submission, form, request):
            return redirect("consultations:files", secret)
    context = _context(request, submission, secret, list(held))
    status = 422 if form.is_bound else 200
    return render(
        request, "consultations/public/files.html", {**context, "form": form}, None, status
    )


def form_of(request: HttpRequest, form: Any, held: int = 0) -> Any:
    """The form with what was sent; every file counts towards the hour of its network."""
    count = len(request.FILES.getlist("files"))
    network = limits.network_of(request)
    may_read = all(
        limits.may_act("files", network, FILES_AN_HOUR, request.at) for _file in range(count)
    )
    return form(request.POST, request.FILES, held=held, may_read=may_read)


def _kept(submission: Submission, form: MoreFilesForm, request: HttpRequest) -> bool:
    for one in form.handed:
        attaching.keep(submission=submission, handed=one, at=request.at)
    messages.success(request, _("We have your files."))
    return True


def _context(
    request: HttpRequest, submission: Submission, secret: str, held: list[Attachment]
) -> dict[str, Any]:
    mine = reverse("consultations:mine", args=[secret])
    return {
        "submission": submission,
        "held": held,
        "may_attach": rules.may_attach(None, submission, len(held), request.at),
        "may_take_back": rules.may_take_back(submission, request.at),
        "mine_url": mine,
        "until": deadlines.say(submission.consultation.deadline.value, request.LANGUAGE_CODE),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": wording.nr(submission.number), "url": mine},
            {"label": _("Files"), "url": ""},
        ],
    }
