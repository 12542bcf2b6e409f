"""The notice of a consultation: its texts, files and checks at the desk; its deadline in public."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from sutarta.apps.consultations import lending, shelf
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import public
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.people.access import require, staff
from sutarta.apps.publishing import announcing, checking, outlets, posters
from sutarta.apps.publishing.actions import notices as actions
from sutarta.apps.publishing.announcing import Announcement
from sutarta.apps.publishing.forms.notices import NoticeForm
from sutarta.apps.publishing.queries import notices as queries
from sutarta.apps.publishing.rules import notices as rules
from sutarta.core import deadlines
from sutarta.core.deadlines.grammar import Language
from sutarta.formats import calendars
from sutarta.formats.papers import emblem
from sutarta.formats.posters import NotWritten, write_pdf, write_picture

EMBLEM_SCALE = 20  # pixels a unit: 1080 by 720, enough for print
log = logging.getLogger(__name__)


@staff
@require_safe
def notice(request: HttpRequest, consultation: int) -> HttpResponse:
    """The notice by outlet and language: what is wrong with it, or the texts and files to take."""
    its = _consultation(request, consultation)
    language = deadlines.nearest_language(request.GET.get("language") or request.group.language)
    outlet = request.GET.get("outlet", "")
    outlet = outlet if outlet in outlets.OUTLETS else next(iter(outlets.OUTLETS))
    said = queries.written(its, language, request.at)
    context = {
        **_page(request, its, said),
        "outlet": outlet,
        "outlets": outlets.OUTLETS.items(),
    }
    if context["may_take"]:
        context |= {"texts": outlets.texts(said, outlet), "alt": posters.picture_alt(said)}
    return render(request, "publishing/notices/notice.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, consultation: int, language: Language) -> HttpResponse:
    """What the group adds in its own words; „Preview“ shows the notice before anything is kept."""
    its = _consultation(request, consultation)
    may_write = rules.may_write(request.user, its, request.at)
    require(may_write)
    stored = queries.stored(its, language)
    facts = queries.facts(its, language, request.at, stored)
    form = NoticeForm(_data(request), facts=facts, initial=stored)
    if request.method == "POST" and form.is_valid() and request.POST.get("do") != "preview":
        actions.write(
            actor=request.user, consultation=its, language=language, words=form.typed, at=request.at
        )
        messages.success(request, _("The words are kept."))
        return redirect(_address(its, language))
    typed = form.typed if form.is_bound and form.is_valid() else stored
    is_stored = typed == stored
    said = announcing.announcement(
        facts if is_stored else queries.facts(its, language, request.at, typed)
    )
    context = {
        **_page(request, its, said),
        "form": form,
        "said": said,
        "is_previewed": form.is_bound and not form.errors,
    }
    status = 422 if form.errors else 200
    return render(request, "publishing/notices/words.html", context, status=status)


@staff
@require_safe
def text(request: HttpRequest, consultation: int, language: Language, code: str) -> HttpResponse:
    """One text as a file: .txt, or .html for the code of a page."""
    said = _to_take(request, consultation, language)
    texts = (one for outlet in outlets.OUTLETS for one in outlets.texts(said, outlet))
    found = next((one for one in texts if one.code == code), None)
    if found is None:
        raise Http404
    kind = "text/html" if found.kind == "html" else "text/plain"
    return _file(
        found.words.encode(), f"{kind}; charset=utf-8", f"{_name(said)}-{code}.{found.kind}"
    )


@staff
@require_safe
def poster(request: HttpRequest, consultation: int, language: Language) -> HttpResponse:
    """The poster with its form to tear off, as PDF."""
    said = _to_take(request, consultation, language)
    return _set(request, said, "pdf", "application/pdf",
                lambda: write_pdf(posters.poster(said)))  # fmt: skip


@staff
@require_safe
def picture(request: HttpRequest, consultation: int, language: Language) -> HttpResponse:
    """The picture for a post, as PNG."""
    said = _to_take(request, consultation, language)
    return _set(request, said, "png", "image/png",
                lambda: write_picture(posters.poster(said)))  # fmt: skip


@staff
@require_safe
def flag(request: HttpRequest, consultation: int) -> HttpResponse:
    """The emblem of the European Union, for those who print the notice."""
    _consultation(request, consultation)
    return _file(emblem.png(EMBLEM_SCALE), "image/png", pgettext("file name", "eu-emblem") + ".png")


@require_safe
def calendar(request: HttpRequest, consultation: int) -> HttpResponse:
    """The deadline of an announced consultation, for one's own calendar."""
    its = get_object_or_404(public.announced(request.group), number=consultation)
    headers = {
        "Content-Type": calendars.MEDIA_TYPE,
        "Content-Disposition": 'attachment; filename="deadline.ics"',
        "X-Content-Type-Options": "nosniff",
    }
    until = public.next_change([its], request.at)
    return kept(request, lambda: Page(calendars.write(queries.event(its)), until, headers))


def _consultation(request: HttpRequest, number: int) -> Consultation:
    return get_object_or_404(queries.consultations_of(request.group), number=number)


def _page(request: HttpRequest, its: Consultation, said: Announcement) -> dict[str, Any]:
    found = checking.findings(said)
    return {
        "consultation": its,
        "language": said.facts.language,
        "languages": announcing.LANGUAGES.items(),
        "findings": [(one, _mend(its, one.mend, said.facts.language)) for one in found],
        "refusals": len(checking.refusals(found)),
        "may_take": rules.may_take(found),
        "may_write": rules.may_write(request.user, its, request.at),
        "at": request.at,
    }


def _mend(its: Consultation, mend: checking.Mend, language: str) -> str:
    """Address of the page on which such a finding is mended."""
    if mend is checking.Mend.DEADLINE and its.announced_at is None:
        mend = checking.Mend.CONSULTATION  # it is typed with the rest until then
    name, args = {
        checking.Mend.WORDS: ("publishing:notice_words", [its.number, language]),
        checking.Mend.CONSULTATION: ("consultations:desk_edit", [its.number]),
        checking.Mend.RUN: ("consultations:desk_consultation", [its.number]),
        checking.Mend.DEADLINE: ("consultations:desk_extend", [its.number]),
        checking.Mend.SETTINGS: ("people:settings", []),
    }[mend]
    return reverse(name, args=args)


def _address(its: Consultation, language: str) -> str:
    return reverse("publishing:notice", args=[its.number]) + f"?language={language}"


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _to_take(request: HttpRequest, number: int, language: Language) -> Announcement:
    """The notice, when nothing stops it; raises Refused otherwise."""
    said = queries.written(_consultation(request, number), language, request.at)
    require(rules.may_take(checking.findings(said)))
    return said


def _name(said: Announcement) -> str:
    return pgettext("file name", "notice-%(number)s") % {"number": said.facts.number}


def _set(
    request: HttpRequest, said: Announcement, kind: str, media_type: str, make: Callable[[], bytes]
) -> HttpResponse:
    """A file that takes a second to make: kept in memory until the log or the words change."""
    facts = said.facts
    name = f"{_name(said)}-{facts.language}.{kind}"
    state = (
        f"{ledger.state(request.group)} {said.title} {facts.until} {sorted(facts.words.items())}"
    )
    wanted = shelf.Wanted(request.group, name, f"{state} {facts.link}", False, make)
    try:
        data = shelf.found(wanted) or shelf.made(wanted)
    except (shelf.Busy, NotWritten) as reason:
        log.warning("no file %s: %s", name, reason)
        return lending.not_ready(request)
    return _file(data, media_type, name)


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
