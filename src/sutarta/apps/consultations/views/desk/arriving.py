"""Letters that came by mail: the list, one of them, and what a person decides about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.consultations.actions import arriving, settling
from sutarta.apps.consultations.actions.speaking import BadWords
from sutarta.apps.consultations.forms.arriving import (
    AsideForm,
    BelongsForm,
    TakeOutForm,
    TypeInForm,
)
from sutarta.apps.consultations.models import Arrival, Submission
from sutarta.apps.consultations.queries import arrivals, entering, letter_words
from sutarta.apps.consultations.rules import arriving as rules
from sutarta.apps.consultations.views.desk import inbox
from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.ui import wording

PAGE = 50


@staff
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The list by what has become of them; those to sort first, each entered with one press."""
    require(rules.may_look(request.user, request.group, request.at))
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in arrivals.SHOWN else arrivals.FIRST
    page = Paginator(arrivals.shown(request.group, chosen), PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": _tabs(request, chosen),
        "chosen": chosen,
        "page": page,
        "rows": _rows(request, page.object_list, chosen),
        "query": f"show={chosen}&",
        "may_sort": rules.may_sort(request.user, request.group, request.at),
    }
    return render(request, "consultations/desk/letters_in.html", context)


def _tabs(request: HttpRequest, chosen: str) -> list[dict[str, object]]:
    labels = {
        "sort": _("To sort"),
        "unreadable": _("Unreadable"),
        "aside": _("Set aside"),
        "taken": _("In the register"),
    }
    counts = arrivals.counts(request.group)
    return [
        {"name": name, "label": label, "count": counts[name], "current": name == chosen}
        for name, label in labels.items()
    ]


def _rows(request: HttpRequest, found: Any, chosen: str) -> list[dict[str, object]]:
    sorting = chosen in {"sort", "unreadable"}
    consultations = entering.taking(request.group, request.at) if sorting else []
    return [
        {
            "arrival": one,
            "why": arrivals.why(one),
            "is_overdue": sorting and one.letter.received_at < request.at - arrivals.SORT_WITHIN,
            "form": BelongsForm(consultations=consultations, key=one.pk)
            if consultations and one.submission_id is None
            else None,
        }
        for one in found
    ]


@staff
@require_GET
def letter(request: HttpRequest, arrival: UUID) -> HttpResponse:
    """One letter, read anew from what is kept sealed."""
    return _page(request, _found(request, arrival))


def _page(request: HttpRequest, its: Arrival, status: int = 200, **bound: object) -> HttpResponse:
    """The page; forms in `bound` came back with an error and keep what was typed."""
    require(rules.may_look(request.user, request.group, request.at))
    opened = arriving.open_letter(its.letter)
    said = letter_words.author(opened.letter)
    consultations = entering.taking(request.group, request.at)
    who, at = request.user, request.at
    context = {
        "arrival": its,
        "letter": opened.letter,
        "unread": opened.unread,
        "author": said,
        "is_passed_on": said[1] != opened.letter.sender_address,
        "why": arrivals.why(its),
        "others": arrivals.others_by(its)[:10],
        "may_settle": rules.may_settle(who, its, at),
        "may_put_back": rules.may_put_back(who, its, at),
        "may_open": rules.may_open(who, its, at),
        "openings": its.openings.select_related("actor").order_by("at"),
        "belongs_form": BelongsForm(consultations=consultations) if consultations else None,
        "aside_form": AsideForm(),
        "take_out_form": TakeOutForm(),
        **bound,
    }
    return render(request, "consultations/desk/letter_in.html", context, status=status)


@staff
@require_POST
def take(request: HttpRequest, arrival: UUID) -> HttpResponse:
    """The letter belongs to that consultation: it enters the register."""
    its = _found(request, arrival)
    require(rules.may_settle(request.user, its, request.at))
    consultations = entering.taking(request.group, request.at)
    form = BelongsForm(request.POST, consultations=consultations)
    if not form.is_valid():
        return _page(request, its, 422, belongs_form=form)
    number = int(form.cleaned_data["consultation"])
    chosen = next(one for one in consultations if one.number == number)
    try:
        made = settling.belongs_to(
            actor=request.user, arrival=its, consultation=chosen, at=request.at
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return _page(request, its, 422, belongs_form=form)
    messages.success(request, _("Registered as %(number)s.") % {"number": wording.nr(made.number)})
    return _on(request)


@staff
@require_POST
def aside(request: HttpRequest, arrival: UUID) -> HttpResponse:
    """The letter is no submission."""
    its = _found(request, arrival)
    require(rules.may_settle(request.user, its, request.at))
    form = AsideForm(request.POST)
    if not form.is_valid():
        return _page(request, its, 422, aside_form=form)
    said = form.cleaned_data
    settling.set_aside(
        actor=request.user, arrival=its, reason=said["reason"], why=said["why"], at=request.at
    )
    messages.success(request, _("The letter is set aside. Under “Set aside” you can put it back."))
    return _on(request)


@staff
@require_POST
def back(request: HttpRequest, arrival: UUID) -> HttpResponse:
    """Undo that it was set aside."""
    its = _found(request, arrival)
    settling.put_back(actor=request.user, arrival=its, at=request.at)
    messages.success(request, _("It is taken back."))
    return redirect("consultations:desk_letter_in", its.pk)


@staff
@require_POST
def beside(request: HttpRequest, arrival: UUID) -> HttpResponse:
    """Keep it beside the submission it answers, as none of its own."""
    its = _found(request, arrival)
    require(rules.may_settle(request.user, its, request.at))
    number = request.POST.get("number", "")
    known = Submission.objects.filter(group=request.group)
    asked = int(number) if number.isdecimal() and len(number) < 10 else 0
    chosen = known.filter(number=asked).first()
    if chosen is None:
        messages.error(request, _("There is no submission of this number."))
        return redirect("consultations:desk_letter_in", its.pk)
    settling.keep_beside(actor=request.user, arrival=its, submission=chosen, at=request.at)
    kept = _("It is kept beside %(number)s.") % {"number": wording.nr(chosen.number)}
    messages.success(request, kept)
    return _on(request)


@staff
@require_POST
def take_out(request: HttpRequest, arrival: UUID) -> HttpResponse:
    """The letter byte for byte, as a file; that it was taken out is written down."""
    its = _found(request, arrival)
    require(rules.may_open(request.user, its, request.at))
    form = TakeOutForm(request.POST)
    if not form.is_valid():
        return _page(request, its, 422, take_out_form=form)
    raw = settling.take_out(
        actor=request.user, arrival=its, reason=form.cleaned_data["reason"], at=request.at
    )
    # As bytes to keep and not as a letter to show: nothing in it runs in the browser.
    response = HttpResponse(raw, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{its.letter.digest[:12]}.eml"'
    response["Cache-Control"] = "private, no-store"
    return response


@staff
@require_POST
def type_in(request: HttpRequest, number: int) -> HttpResponse:
    """Write down the words of an unreadable letter, on the page of its submission."""
    its = inbox.found(request, number)
    require(rules.may_type_in(request.user, its, arrivals.became(its), request.at))
    form = TypeInForm(request.POST)
    if form.is_valid():
        try:
            settling.type_in(
                actor=request.user, submission=its, body=form.cleaned_data["body"], at=request.at
            )
        except BadWords as bad:
            form.add_error("body", str(bad))
        else:
            return inbox.done(request, its, _("The words are in the register."))
    return inbox.page(request, its, 422, type_in_form=form)


def _on(request: HttpRequest) -> HttpResponse:
    """To the next that waits, or to the list."""
    following = arrivals.shown(request.group, arrivals.FIRST).first()
    if following is not None and request.POST.get("from") == "letter":
        return redirect("consultations:desk_letter_in", following.pk)
    return redirect(reverse("consultations:desk_letters_in"))


def _found(request: HttpRequest, arrival: UUID) -> Arrival:
    return get_object_or_404(arrivals.of(request.group), pk=arrival)
