"""Entering a call, a letter, an e-mail or a comment from elsewhere: one page, one press."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sutarta.apps.consultations.actions import attaching, entering, keeping
from sutarta.apps.consultations.forms.entering import EntryForm, LetterForm
from sutarta.apps.consultations.models import Channel, Consultation, Submission
from sutarta.apps.consultations.queries import entering as queries
from sutarta.apps.consultations.rules import entering as rules
from sutarta.apps.consultations.views.desk import typing
from sutarta.apps.people.access import require, staff
from sutarta.apps.ui import wording
from sutarta.formats import letters

FORM = "consultations/desk/enter.html"


@staff
@require_http_methods(["GET", "POST"])
@typing.typing_page
def enter(request: HttpRequest, consultations: list[Consultation]) -> HttpResponse:
    """The form; „find“ looks for a passage, every other button enters."""
    if request.method == "GET":
        asked = request.GET.get("consultation", "")
        form = _form(consultations, asked, initial=_initial(request, consultations, asked))
        return _page(request, form)
    letter = keeping.kept_letter(request.group, request.POST.get("kept", ""))
    number = request.POST.get("consultation", "")
    names = [file.name for file in letter.attachments] if letter else []
    if request.POST.get("do") == "find":
        typed = typing.typed(request)
        return _page(request, _form(consultations, number, initial=typed, names=names))
    form = _form(consultations, number, data=request.POST, files=request.FILES, names=names)
    if form.is_valid() and (submission := _enter(request, form, consultations, letter)):
        return _done(request, submission)
    return _page(request, form, 422)


def _form(consultations: list[Consultation], number: str, **facts: Any) -> EntryForm:
    its = typing.chosen(consultations, number)
    return EntryForm(consultations=consultations, **typing.choices(its), **facts)


def _initial(
    request: HttpRequest, consultations: list[Consultation], asked: str
) -> dict[str, object]:
    channel = request.GET.get("channel", "")
    return {
        "channel": channel if channel in rules.ENTERED else Channel.PHONE,
        "consultation": typing.chosen(consultations, asked).number,
        "received_at": timezone.localtime(request.at).replace(tzinfo=None),
        "request_key": secrets.token_urlsafe(32),
    }


def _page(
    request: HttpRequest,
    form: EntryForm,
    status: int = 200,
    *,
    letter: letters.Letter | None = None,
    before: int | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "letter": letter,
        "before": before,
        "registered": request.GET.get("registered", ""),
    }
    return render(request, FORM, context, status=status)


def _enter(
    request: HttpRequest,
    form: EntryForm,
    consultations: list[Consultation],
    letter: letters.Letter | None,
) -> Submission | None:
    """What was entered, or None when the form now says what is wrong."""
    said = form.cleaned_data

    def enter() -> Submission:
        return entering.enter(
            actor=request.user,
            consultation=typing.chosen(consultations, said["consultation"]),
            words=form.words,
            channel=said["channel"],
            received_at=said["received_at"],
            at=request.at,
            request_key=said["request_key"] or secrets.token_urlsafe(32),
            origin=form.origin,
            left_out=said["left_out"],
            language=said["language"],
            files=[*_handed(form), *_of_letter(form, letter)],
            publish=request.POST.get("do") == "publish",
        )

    submission = typing.entered(form, enter)
    if submission is not None:
        keeping.forget_letter(request.group, said["kept"])
    return submission


def _handed(form: EntryForm) -> list[attaching.Handed]:
    files = form.cleaned_data["files"]
    return [attaching.read(file.name, file.read()) for file in files]


def _of_letter(form: EntryForm, letter: letters.Letter | None) -> list[attaching.Handed]:
    chosen = [letter.attachments[place] for place in form.chosen] if letter else []
    return [attaching.read(file.name, file.data) for file in chosen]


def _done(request: HttpRequest, submission: Submission) -> HttpResponse:
    if request.POST.get("do") != "another":
        return redirect("consultations:desk_entered", submission.number)
    number = {"number": wording.nr(submission.number)}
    messages.success(request, _("Registered as %(number)s.") % number)
    query = {"channel": submission.channel, "consultation": submission.consultation.number}
    query["registered"] = submission.number
    return redirect(reverse("consultations:desk_enter") + "?" + urlencode(query))


@staff
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest) -> HttpResponse:
    """An e-mail, uploaded or pasted: the form of an entry comes back filled in."""
    require(rules.may_enter_here(request.user, request.group, request.at))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LetterForm(*sent)
    if form.is_valid():
        try:
            return _preview(request, *_read(request, form))
        except letters.Refused as refusal:
            form.add_error("file" if request.FILES else "pasted", _sentence(refusal.code))
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/enter_letter.html", {"form": form}, status=status)


def _read(request: HttpRequest, form: LetterForm) -> tuple[letters.Letter, str]:
    """The letter, and the ticket under which its file is kept until it is entered."""
    file = form.cleaned_data["file"]
    if file is None:
        return letters.pasted(form.cleaned_data["pasted"], request.group.zone), ""
    data = file.read()
    found = letters.read_safely(data, file.name)
    if not found.attachments:
        return found, ""
    return found, keeping.keep_letter(request.group, data, file.name, request.at)


def _preview(request: HttpRequest, found: letters.Letter, kept: str) -> HttpResponse:
    consultations = queries.taking(request.group, request.at)
    if not consultations:
        return render(request, "consultations/desk/enter_none.html")
    came = found.received_at or found.sent_at
    # Who passes a letter on without a word lends their address to somebody else's words.
    author = found.forwarded if found.forwarded and not found.text else found
    initial = {
        **_initial(request, consultations, ""),
        "channel": Channel.EMAIL,
        "text": author.text,
        "author_name": author.sender_name[:120],
        "email": author.sender_address,
        "left_out": found.quoted,
        "message_id": found.message_id,
        "kept": kept,
        "taken": [str(n) for n, file in enumerate(found.attachments) if not file.is_inline],
    }
    if came is not None:
        initial["received_at"] = timezone.localtime(came).replace(tzinfo=None)
    names = [file.name for file in found.attachments]
    form = _form(consultations, "", initial=initial, names=names)
    origin = entering.Origin(message_id=found.message_id)
    before = entering.entered_before(consultations[0], origin)
    return _page(request, form, letter=found, before=before)


def _sentence(code: str) -> str:
    return {
        "neither": _(
            "This is neither an .eml nor a .msg file. Save the letter again, or paste it."
        ),
        "too_large": _("The file is too large: at most 25 MB."),
        "broken": _("The letter is damaged or cut short. Save it again, or paste its text."),
        "too_deep": _("The letter holds too many letters inside one another. Paste its text."),
        "too_many": _("The letter has too many parts. Paste its text and add the files by hand."),
        "too_slow": _("Reading the letter took too long. Paste its text."),
        "no_text": _("No words were found in the letter. Open it and copy what it says."),
    }[code]


@staff
@require_GET
def entered(request: HttpRequest, number: int) -> HttpResponse:
    """What was entered: its number to say or to print, and the reply to paste."""
    submission = get_object_or_404(
        queries.submissions(request.group).exclude(entered_by=None), number=number
    )
    url = queries.address(submission)
    elsewhere = submission.channel == Channel.ELSEWHERE
    context = {
        "submission": submission,
        "url": url,
        "spoken": queries.spoken(url),
        "reply": queries.first_reply(submission) if elsewhere else "",
        "source": getattr(submission, "source", None),
        "may_tell": rules.may_tell(request.user, submission.consultation, request.at),
    }
    return render(request, "consultations/desk/entered.html", context)


@staff
@require_POST
def pasted(request: HttpRequest, number: int) -> HttpResponse:
    """Tick that the first reply stands under the comment, or take the tick back."""
    submission = get_object_or_404(
        queries.submissions(request.group).filter(source__isnull=False), number=number
    )
    is_pasted = request.POST.get("do") != "undo"
    entering.reply_pasted(
        actor=request.user, submission=submission, pasted=is_pasted, at=request.at
    )
    messages.success(request, _("Noted: pasted.") if is_pasted else _("Taken back."))
    return redirect("consultations:desk_entered", number)
