"""Parts of the territory: the list, and the map taken from a file after a look at it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutarta.apps.consultations.actions import territory as actions
from sutarta.apps.consultations.forms.territory import KeepForm, NameForm, OutlinesForm
from sutarta.apps.consultations.rules import ideas as rules
from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.tenants import territory
from sutarta.apps.tenants.geojson import Reading
from sutarta.apps.tenants.models import Ward

LIST = "consultations:territory"


@staff
def parts(request: HttpRequest) -> HttpResponse:
    """Every part of the territory, and a form for one more."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(rules.may_keep_territory(request.user, request.group, request.at))
        if form.is_valid():
            name = form.cleaned_data["name"]
            try:
                actions.add(actor=request.user, group=request.group, name=name, at=request.at)
            except Refused as refusal:
                form.add_error("name", str(refusal.reason))
            else:
                messages.success(request, _("The part is added."))
                return redirect(LIST)
    return _page(request, form)


@staff
@require_POST
def part(request: HttpRequest, number: int) -> HttpResponse:
    """Rename one, end it or take it up again."""
    require(rules.may_keep_territory(request.user, request.group, request.at))
    ward = get_object_or_404(Ward.objects.select_related("group"), group=request.group,
                             number=number)  # fmt: skip
    do = request.POST.get("do", "")
    if do in {"end", "again"}:
        actions.end(actor=request.user, ward=ward, ended=do == "end", at=request.at)
        return redirect(LIST)
    form = NameForm(request.POST, key=number)
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            actions.rename(actor=request.user, ward=ward, name=name, at=request.at)
        except Refused as refusal:
            form.add_error("name", str(refusal.reason))
        else:
            messages.success(request, _("The name is changed."))
            return redirect(LIST)
    return _page(request, NameForm(), {number: form})


@staff
def outlines(request: HttpRequest) -> HttpResponse:
    """A file, then a look at its map, then kept: three presses, nothing before the last one."""
    require(rules.may_keep_territory(request.user, request.group, request.at))
    if request.method == "POST" and "outlines" in request.POST:
        return _keep(request)
    form = OutlinesForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        page = "consultations/desk/territory_file.html"
        return render(request, page, {"form": form}, status=status)
    reading = form.reading
    initial = {"outlines": reading.text(), "field": reading.usual}
    keep = KeepForm(initial=initial, fields=reading.fields)
    return _preview(request, keep, reading, reading.usual)


def _keep(request: HttpRequest) -> HttpResponse:
    form = KeepForm(request.POST)
    if not form.is_valid() or form.reading is None:
        messages.error(request, _("Choose the file again."))
        return redirect("consultations:territory_outlines")
    field = form.cleaned_data["field"]
    if request.POST.get("do") != "keep":
        return _preview(request, form, form.reading, field)
    try:
        actions.draw(
            actor=request.user, group=request.group, outlines=form.reading.named(field),
            at=request.at,
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return _preview(request, form, form.reading, field, status=422)
    messages.success(request, _("The map is kept."))
    return redirect(LIST)


def _preview(
    request: HttpRequest, form: KeepForm, reading: Reading, field: str, status: int = 200
) -> HttpResponse:
    named = reading.named(field)
    there = {ward.name.lower(): ward for ward in Ward.objects.filter(group=request.group)}
    coming = {name.lower() for name in named}
    drawn = territory.drawn(named)
    context = {
        "form": form,
        "map": drawn,
        "numbered": list(enumerate(named, start=1)),
        "on_map": [(shape, place) for place, shape in enumerate(drawn.shapes, start=1)],
        "fresh": [name for name in named if name.lower() not in there],
        "staying": [ward.name for key, ward in there.items()
                    if key not in coming and ward.ended_at is None],
    }  # fmt: skip
    return render(request, "consultations/desk/territory_preview.html", context, status=status)


def _page(
    request: HttpRequest, form: NameForm, bound: dict[int, NameForm] | None = None
) -> HttpResponse:
    bound = bound or {}
    wards = list(Ward.objects.filter(group=request.group).order_by("number"))
    rows = [
        (one, bound.get(one.number) or NameForm(initial={"name": one.name}, key=one.number))
        for one in wards
    ]
    map_ = territory.drawn({one.number: one.outline for one in wards if one.ended_at is None})
    context = {
        "rows": [row for row in rows if row[0].ended_at is None],
        "ended": [one for one in wards if one.ended_at is not None],
        "form": form,
        "map": map_,
        "on_map": [(shape, shape.key) for shape in map_.shapes] if map_ else [],
        "may_change": rules.may_keep_territory(request.user, request.group, request.at),
    }
    status = 422 if form.is_bound or bound else 200
    return render(request, "consultations/desk/territory.html", context, status=status)
