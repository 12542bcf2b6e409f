"""Speaking: choose, write, check, done. Everything typed travels with the form itself."""

from __future__ import annotations

import logging
import re
import secrets
import time
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from sutarta.apps.consultations.actions import attaching
from sutarta.apps.consultations.forms.attaching import FilesForm
from sutarta.apps.consultations.forms.ideas import IdeaForm
from sutarta.apps.consultations.forms.speaking import ON_PASSAGES, SpeakingForm
from sutarta.apps.consultations.intake import handing
from sutarta.apps.consultations.models import OF_IDEA_CALLS, Consultation, Kind
from sutarta.apps.consultations.queries import ideas, languages, passages, public, showing
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.consultations.rules import speaking as rules
from sutarta.apps.consultations.views.public.attachments import form_of
from sutarta.apps.consultations.views.public.mine import keep_key
from sutarta.apps.mail.limits import network_of
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import queries as groups
from sutarta.core import deadlines
from sutarta.core.documents import redline

log = logging.getLogger(__name__)

PATIENCE, PAUSE = 5.0, 0.25  # seconds in all, and between two tries to keep a file
WRITE, CHECK, SEND = "write", "check", "send"
TITLES = {
    Kind.COMMENT: gettext_lazy("Your comment"),
    Kind.WORDING: gettext_lazy("Your wording"),
    Kind.GENERAL: gettext_lazy("Your proposal"),
    Kind.QUESTION: gettext_lazy("Your question"),
    Kind.NEED: gettext_lazy("Your need"),
    Kind.IDEA: gettext_lazy("Your idea"),
}
KEY = re.compile(r"[A-Za-z0-9_-]{43}")


@never_cache
def say(request: HttpRequest, consultation: int) -> HttpResponse:
    """One address for all steps: each step is a form that carries what was typed before."""
    is_sent = request.method == "POST" and request.POST.get("step") == SEND
    return _sent(request, consultation) if is_sent else _shown(request, consultation)


def _shown(request: HttpRequest, number: int) -> HttpResponse:
    """A step before the last one, or the last one with what is wrong with it."""
    found = get_object_or_404(public.announced(request.group), number=number)
    require(rules.may_submit(found, request.at))
    kind, passage = _asked(request, found)
    if kind is None:
        return _choose(request, found, passage)
    context = _context(request, found, kind, passage)
    form_for = _form(found, kind, passage)
    if request.method != "POST":
        return _write(request, context, form_for(initial=_first(request, passage)))
    if request.POST.get("step") == WRITE:
        typed = {**request.POST.dict(), "for_whom": request.POST.getlist("for_whom")}
        return _write(request, context, form_for(initial=typed))
    form = form_for(request.POST)
    if not form.is_valid():
        return _write(request, context, form, status=422)
    return _check(request, context, form, FilesForm())


def _sent(request: HttpRequest, number: int) -> HttpResponse:
    """The last step: read and handed over without what only a page needs, for many may come."""
    found = public.barely(request.group, number)
    if found is None:
        raise Http404
    require(rules.may_submit(found, request.at))
    kind, passage = _asked(request, found)
    if kind is None:
        return _shown(request, number)
    form = _form(found, kind, passage)(request.POST)
    if not form.is_valid():
        return _shown(request, number)
    files = form_of(request, FilesForm) if request.FILES else None
    if files and not files.is_valid():
        whole = public.announced(request.group).get(pk=found.pk)
        return _check(request, _context(request, whole, kind, passage), form, files, status=422)
    return _send(request, found, form, files)


def _asked(request: HttpRequest, consultation: Consultation) -> tuple[Kind | None, Passage | None]:
    """What is said, and about which passage; None for what cannot be said so."""
    asked = request.POST if request.method == "POST" else request.GET
    passage = _passage(consultation, asked.get("block", ""))
    kind = asked.get("kind", "").upper()
    if kind not in rules.kinds(consultation) or (kind in ON_PASSAGES and passage is None):
        return None, passage
    return Kind(kind), passage


def _form(consultation: Consultation, kind: Kind, passage: Passage | None) -> Any:
    """What makes the form of this kind; needs and ideas have a place."""
    about = {"kind": kind, "passage": passage}
    if kind in OF_IDEA_CALLS:
        return partial(IdeaForm, wards=list(groups.wards(consultation.group)), **about)
    return partial(SpeakingForm, **about)


def _first(request: HttpRequest, passage: Passage | None) -> dict[str, Any]:
    """What stands in the form at first: the words of now, or the part chosen on the map."""
    if passage:
        return {"proposed": passage.text}
    number = ideas.Wanted.asked(request.GET).ward
    ward = groups.wards(request.group).filter(number=number) if number.isdecimal() else ()
    return {"ward": str(ward[0].pk)} if ward else {}


def _passage(consultation: Consultation, lineage: str) -> Passage | None:
    """The passage spoken of; one that this version does not have is not found."""
    if not lineage:
        return None
    held = passages.of(consultation.version).by_id
    if lineage not in held:
        raise Http404
    return held[lineage]


def request_key_of(request: HttpRequest) -> str:
    """256 random bits that stay with one form through all its steps; no link may set them."""
    brought = request.POST.get("request_key", "")
    return brought if KEY.fullmatch(brought) else secrets.token_urlsafe(32)


def _context(
    request: HttpRequest,
    consultation: Consultation,
    kind: Kind,
    passage: Passage | None,
) -> dict[str, Any]:
    return {
        **_about(request, consultation, passage),
        "kind_code": kind.lower(),
        "title": TITLES[kind],
        "request_key": request_key_of(request),
        "keep_key": keep_key(consultation, kind, passage.id if passage else ""),
        "action": _address(consultation, kind=kind.lower(), passage=passage),
        "steps": [_("Write"), _("Check"), _("Get a number")],
    }


def _about(
    request: HttpRequest, consultation: Consultation, passage: Passage | None
) -> dict[str, Any]:
    """What every step says: where one is, until when, what is spoken about."""
    version = consultation.version
    text, back = _ways_back(consultation, passage)
    return {
        "consultation": consultation,
        "version": version,
        "passage": passage,
        "place": showing.cite(passage, version) if version else consultation.title,
        "back": back,
        "is_late": not consultation.is_open(request.at),
        "form_languages": languages.offered(request.group),
        "until": deadlines.say(consultation.deadline.value, request.LANGUAGE_CODE),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Strategy") if version else consultation.title, "url": text},
            {"label": _("Speak"), "url": ""},
        ],
    }


def _ways_back(consultation: Consultation, passage: Passage | None) -> tuple[str, str]:
    """Address of the text spoken about, or of the idea call; and of the passage in it."""
    version = consultation.version
    if version is None:
        call = reverse("consultations:consultation", args=[consultation.number])
        return call, call
    numbers = [version.strategy.number, version.number]
    text = reverse("consultations:version", args=numbers)
    if passage is None:
        return text, text
    return text, reverse("consultations:passage", args=[*numbers, passage.id]) + f"#{passage.id}"


def _address(consultation: Consultation, kind: str = "", passage: Passage | None = None) -> str:
    query = QueryDict(mutable=True)
    query.update({"kind": kind} if kind else {})
    query.update({"block": passage.id} if passage else {})
    address = reverse("consultations:say", args=[consultation.number])
    return f"{address}?{query.urlencode()}" if query else address


def _choose(
    request: HttpRequest, consultation: Consultation, passage: Passage | None
) -> HttpResponse:
    """Four equal ways to speak; two of them need a passage, which is chosen in the text."""
    context = _about(request, consultation, passage)
    links = {}
    for kind in map(Kind, rules.kinds(consultation)):
        needs_passage = kind in ON_PASSAGES and passage is None
        there = passage if kind in ON_PASSAGES else None
        links[kind.lower()] = (
            context["back"] if needs_passage else _address(consultation, kind.lower(), there)
        )
    page = "idea_choose.html" if consultation.is_idea_call else "choose.html"
    return render(request, f"consultations/public/{page}", {**context, "links": links})


def _write(
    request: HttpRequest, context: dict[str, Any], form: SpeakingForm, status: int = 200
) -> HttpResponse:
    page = "_speak.html" if request.htmx else "speak.html"
    return render(request, f"consultations/public/{page}", {**context, "form": form}, status=status)


def _check(
    request: HttpRequest,
    context: dict[str, Any],
    form: SpeakingForm,
    files: FilesForm,
    status: int = 200,
) -> HttpResponse:
    """The words travel on in the form. Files are chosen here, for no browser carries them along."""
    words, passage = form.words, context["passage"]
    changes = redline(passage.text, words.proposed) if words.proposed else []
    author = words.organisation or (words.author_name if words.show_name else "")
    return render(
        request,
        "consultations/public/check.html",
        {
            **context,
            "form": form,
            "files": files,
            "words": words,
            "changes": changes,
            "author": author,
        },
        status=status,
    )


def _send(
    request: HttpRequest, consultation: Consultation, form: SpeakingForm, files: FilesForm | None
) -> HttpResponse:
    """Words first: whatever becomes of the files, the author gets the number."""
    handed = handing.submit(
        consultation=consultation.pk,
        words=form.words,
        at=request.at,
        recorded_at=timezone.now(),  # noqa: TID251 - stored now; what counts is request.at
        request_key=request_key_of(request),
        language=form.cleaned_data["language"] or request.LANGUAGE_CODE,
        network=network_of(request),
        reader=request.LANGUAGE_CODE,
    )
    try:
        for one in files.handed if files else ():
            _keep(handed, one, request.at)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
    except (OSError, DatabaseError):
        log.exception("files of a submission could not be kept")
        messages.error(
            request, _("Your words are safe; your files could not be kept. Add them later.")
        )
    return redirect(reverse("consultations:mine", args=[handed.secret]) + "?new")


def _keep(handed: handing.Handed, file: attaching.Handed, at: datetime) -> None:
    """Again where the database went away after the words were stored: mostly it is soon back."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            attaching.keep(submission=handed.submission, handed=file, at=at)
            return
        except DatabaseError:
            connection.close()  # a broken one is not kept
            if time.monotonic() >= until:
                raise
        time.sleep(PAUSE)
