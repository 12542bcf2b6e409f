"""How the group looks: its own colour and mark."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sutarta.apps.people import actions, looks, rules
from sutarta.apps.people.access import require, staff
from sutarta.apps.people.forms import ColourForm, MarkForm
from sutarta.apps.tenants import accent


@staff
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """The colour: `do` is "keep", or "preview"; `take` is the colour that was offered."""
    if request.method != "POST":
        return _page(request, colour=_stored(request))
    require(rules.may_change_settings(request.user, request.group, request.at))
    said = request.POST.copy()
    if "take" in said:
        said["whose"], said["accent"] = "OWN", said["take"]
    form = ColourForm(said)
    if not form.is_valid():
        return _page(request, colour=form, status=422)
    if said.get("do") == "preview":
        return _page(request, colour=form, shown=form.colour)
    actions.change_settings(
        actor=request.user, group=request.group, changed={"accent": form.colour}, at=request.at
    )
    messages.success(request, _("Kept. The pages show it from now on."))
    return redirect("people:look")


@staff
@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """The mark: a new one, or none when `do` is "remove"."""
    require(rules.may_change_settings(request.user, request.group, request.at))
    if request.POST.get("do") == "remove":
        return _marked(request, b"", _("The mark is removed. The pages show Sutarta’s leaf."))
    form = MarkForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, colour=_stored(request), mark=form, status=422)
    return _marked(request, form.picture, _("Kept. The pages show it from now on."))


def _marked(request: HttpRequest, picture: bytes, said: str) -> HttpResponse:
    actions.change_mark(actor=request.user, group=request.group, picture=picture, at=request.at)
    messages.success(request, said)
    return redirect("people:look")


def _stored(request: HttpRequest) -> ColourForm:
    own = request.group.accent
    return ColourForm(initial={"whose": "OWN" if own else "OURS", "accent": own or accent.LAKE})


def _page(
    request: HttpRequest,
    *,
    colour: ColourForm,
    mark: MarkForm | None = None,
    shown: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """shown: the colour to preview, "" for ours; None for the one in use."""
    drawn = request.group.accent if shown is None else shown
    context: dict[str, Any] = {
        "colour": colour,
        "mark": mark or MarkForm(),
        "is_preview": shown is not None,
        "previews": looks.previews(drawn or accent.LAKE),
        "may_change": rules.may_change_settings(request.user, request.group, request.at),
    }
    return render(request, "people/look.html", context, status=status)
