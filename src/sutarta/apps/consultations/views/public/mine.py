"""The author's own page: a secret address that nobody else is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions import speaking
from sutarta.apps.consultations.forms.speaking import TextForm
from sutarta.apps.consultations.models import OF_IDEA_CALLS, Consultation, Submission
from sutarta.apps.consultations.queries import (
    erasing,
    ideas,
    languages,
    objections,
    passages,
    proving,
    public,
    receipts,
    showing,
    since,
    whereabouts,
)
from sutarta.apps.consultations.rules import moderating as sealing
from sutarta.apps.consultations.rules import speaking as rules
from sutarta.apps.mail.queries import was_posted
from sutarta.apps.people.access import require
from sutarta.apps.strategies import queries as strategies
from sutarta.apps.tenants import queries as groups
from sutarta.apps.ui import wording
from sutarta.core import deadlines
from sutarta.formats.posters import qr

View = Callable[..., HttpResponse]


def private(referrer: str) -> Callable[[View], View]:
    """The view is told the submission; the answer is kept by nobody and told to nobody.

    referrer   "no-referrer" for pages to read. Pages with a form need "same-origin": without
               any referrer browsers send "Origin: null", which the forgery check refuses
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def with_submission(request: HttpRequest, secret: str, **kwargs: Any) -> HttpResponse:
            submission = get_object_or_404(public.own(request.group, secret))
            response = view(request, submission, secret, **kwargs)
            response["Referrer-Policy"] = referrer
            response["Cache-Control"] = "no-store"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return with_submission

    return guarded


@private("no-referrer")
def mine(request: HttpRequest, submission: Submission, secret: str) -> HttpResponse:
    """Receipt, words, answer and what can still be done. `?new`: straight after sending."""
    newest = strategies.newest(submission.strategy)
    is_new = "new" in request.GET
    context = {
        **_about(request, submission, secret),
        "is_new": is_new,
        "secret": secret,
        "keep_key": keep_key(submission.consultation, submission.kind, submission.lineage_id),
        "no_letter": is_new and not was_posted(request.group, receipts.letter_key(submission)),
        "shown": showing.shown(submission, newest, own=True),
        "theirs": languages.words_for(request.group, submission.language),
        "former": submission.former_texts.order_by("replaced_at"),
        "whereabouts": whereabouts.now(submission, newest),
        "is_idea": submission.kind in OF_IDEA_CALLS,
        "became": ideas.became([submission.pk], newest).get(submission.pk),
        **_news(submission),
        **_reviewing(submission, secret),
        "erasures": erasing.done(submission),
        "own_url": groups.address(request.group) + _address("mine", secret),
        "fingerprint": _in_fours(submission.digest),
        **_proof(submission),
        "may_correct": rules.may_correct(submission, request.at),
        "may_withdraw": rules.may_withdraw(submission, request.at),
    }
    return render(request, "consultations/public/mine.html", context)


@private("no-referrer")
def receipt(request: HttpRequest, submission: Submission, secret: str) -> HttpResponse:
    """The receipt as a file: what its author needs to prove everything without us."""
    response = HttpResponse(proving.written(submission), content_type="application/json")
    name = proving.file_name(submission)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@private("same-origin")
def correct(request: HttpRequest, submission: Submission, secret: str) -> HttpResponse:
    """Other words instead of the former ones, which stay."""
    require(rules.may_correct(submission, request.at))
    passage = passages.of(submission.version).by_id.get(submission.lineage_id)
    about: dict[str, Any] = {"kind": submission.kind, "passage": passage}
    if request.method == "POST":
        form = TextForm(request.POST, **about)
        if form.is_valid():
            changed = speaking.correct(submission=submission, text=form.text, at=request.at)
            messages.success(request, _("Corrected.") if changed else _("Nothing has changed."))
            return redirect("consultations:mine", secret)
    else:
        words = asdict(receipts.Text.of(submission))
        form = TextForm(initial=words, **about)
    context = {**_about(request, submission, secret), "form": form, "passage": passage}
    status = 422 if form.is_bound else 200
    return render(request, "consultations/public/correct.html", context, status=status)


@private("same-origin")
def withdraw(request: HttpRequest, submission: Submission, secret: str) -> HttpResponse:
    """Take the submission back: the page says first what that means."""
    if request.method == "POST":
        speaking.withdraw(submission=submission, at=request.at)
        return redirect("consultations:mine", secret)
    require(rules.may_withdraw(submission, request.at))
    context = _about(request, submission, secret)
    return render(request, "consultations/public/withdraw.html", context)


@private("same-origin")
def confirm(request: HttpRequest, submission: Submission, secret: str, code: str) -> HttpResponse:
    """The mailed link: whoever presses its button reads that mailbox. Programs that look
    through mail open links, too, but press nothing.
    """
    if not constant_time_compare(code, receipts.confirmation_for(secret)):
        raise Http404
    if request.method == "POST":
        speaking.confirm(submission=submission, at=request.at)
    if request.method == "POST" or submission.confirmed_at is not None:
        return redirect("consultations:mine", secret)
    context = _about(request, submission, secret)
    return render(request, "consultations/public/confirm.html", context)


def _proof(submission: Submission) -> dict[str, Any]:
    """What the receipt prints of the log, and where it is checked as a QR code."""
    printed = proving.printed(submission)
    return {"proof": printed, "qr": qr.inline(printed.check_url)} if printed else {}


def _news(submission: Submission) -> dict[str, Any]:
    """What changed since they spoke, and why; nothing when it stands as it stood."""
    news = since.news_for([submission]).get(submission.pk)
    return {"news": news, "why": since.why(news, submission)} if news else {}


def _about(request: HttpRequest, submission: Submission, secret: str) -> dict[str, Any]:
    consultation = submission.consultation
    return {
        "submission": submission,
        "consultation": consultation,
        "until": deadlines.say(consultation.deadline.value, request.LANGUAGE_CODE),
        "is_open": consultation.is_open(request.at),
        "urls": {
            name: _address(name, secret) for name in ("mine", "receipt", "correct", "withdraw")
        },
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Proposals"), "url": reverse("consultations:register")},
            {"label": wording.nr(submission.number), "url": ""},
        ],
    }


def _reviewing(submission: Submission, secret: str) -> dict[str, Any]:
    """The decision on what the public sees, and whether the author may object to it."""
    decision, asked = objections.last_decision(submission), objections.last_review(submission)
    return {
        "moderation": decision,
        "review": asked,
        "may_review": sealing.may_ask_review(submission, decision, asked),
        "review_url": _address("ask_review", secret),
    }


def keep_key(consultation: Consultation, kind: str, lineage: str) -> str:
    """Under which ui/keep.js keeps what is typed about one passage in one way."""
    return f"say:{consultation.number}:{kind.lower()}:{lineage}"


def _address(name: str, secret: str) -> str:
    return reverse(f"consultations:{name}", args=[secret])


def _in_fours(digest: str) -> str:
    """Easier to compare by eye: „7f3a 91c2 …“."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
