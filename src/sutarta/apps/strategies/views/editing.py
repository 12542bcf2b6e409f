"""Correcting a draft in place: the whole text, one block of it, a new block, taking one out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.strategies import actions, forms, galley, queries, rendering, rules
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.queries import noting
from sutarta.apps.strategies.views.found import draft_or_404, strategy_or_404
from sutarta.core.documents import Block, Kind, display_numbers, editing


@require_http_methods(["GET", "POST"])
@staff
def start(request: HttpRequest, strategy: int) -> HttpResponse:
    """A draft with the words of the newest published version, to be corrected here."""
    found = strategy_or_404(request, strategy)
    version = queries.newest(found)
    if version is None:
        raise Http404
    require(rules.may_change(request.user, found.group, request.at))
    if queries.draft_of(found):
        return redirect("strategies:edit_draft", strategy)
    form = forms.DraftForm(request.POST or None, is_first=False, has_draft=False)
    if not form.is_valid():
        context = {"form": form, "version": version, "strategy": found}
        status = 422 if form.is_bound else 200
        return render(request, "strategies/edit_start.html", context, status=status)
    actions.start_draft_from(
        actor=request.user,
        version=version,
        reason=form.chosen_reason,
        note=form.cleaned_data["note"],
        at=request.at,
    )
    return redirect("strategies:edit_draft", strategy)


@require_GET
@staff
def text(request: HttpRequest, strategy: int) -> HttpResponse:
    """The whole draft as it will look, a page at a time, with a way to correct every block."""
    version = draft_or_404(request, strategy)
    require(rules.may_read(request.user, version.group, request.at))
    sheets = _galley(version)
    asked = request.GET.get("find", "").strip()[:100]
    hits = sheets.found(asked) if asked else []
    if len(hits) == 1:
        return redirect(_address(strategy, hits[0].page, hits[0].id))
    may_edit = rules.may_edit(request.user, version, request.at)
    page = Paginator(sheets.pages, 1).get_page(request.GET.get("page"))
    context = {
        "version": version,
        "galley": sheets,
        "page": page,
        "text": galley.drawn(page[0], queries.changed_ids(version), may_edit=bool(may_edit)),
        "may_edit": may_edit,
        "find": asked,
        "hits": hits,
    }
    return render(request, "strategies/edit_text.html", context)


@require_http_methods(["GET", "POST"])
@staff
def block(request: HttpRequest, strategy: int, lineage: str) -> HttpResponse:
    """One block: its words, its place, what may be done with it."""
    version = draft_or_404(request, strategy)
    require(rules.may_edit(request.user, version, request.at))
    place = editing.place_of(version.document, lineage)
    if place is None:
        return _no_longer_there(request, version, lineage)
    here = version.document.blocks[place]
    form = _form(version, here, request.POST or None)
    now: Block | None = None
    if form.is_valid():
        try:
            actions.edit_block(
                actor=request.user,
                version=version,
                lineage_id=lineage,
                blocks=form.blocks,
                seen=form.cleaned_data["seen"],
                at=request.at,
            )
        except actions.Changed as changed:
            if changed.now is None:
                return _no_longer_there(request, version, lineage)
            now = changed.now
            form = _form(version, now, _seen_now(request, now))
            form.add_error(None, _("Somebody changed this passage while you were writing."))
        else:
            messages.success(request, _("Saved in the draft."))
            return redirect(_back(strategy, lineage))
    return _block_page(request, version, now or here, form, is_conflict=now is not None)


@require_http_methods(["GET", "POST"])
@staff
def add(request: HttpRequest, strategy: int, lineage: str) -> HttpResponse:
    """A new block before or after one: `?where=before`."""
    version = draft_or_404(request, strategy)
    require(rules.may_edit(request.user, version, request.at))
    beside = _block_or_404(version, lineage)
    after = request.GET.get("where") != "before"
    form = _form(version, forms.new_like(beside), request.POST or None, beside=beside)
    if form.is_valid():
        try:
            new = actions.add_blocks(
                actor=request.user,
                version=version,
                lineage_id=lineage,
                blocks=form.blocks,
                after=after,
                at=request.at,
            )
        except (Refused, actions.Changed) as refusal:
            form.add_error(None, _why(refusal))
        else:
            messages.success(request, _("Saved in the draft."))
            return redirect(_back(strategy, new))
    context = {**_facts(version, beside), "form": form, "after": after}
    status = 422 if form.is_bound else 200
    return render(request, "strategies/edit_add.html", context, status=status)


@require_http_methods(["GET", "POST"])
@staff
def remove(request: HttpRequest, strategy: int, lineage: str) -> HttpResponse:
    """Ask, then take a block out; `spoken` of those above says how many spoke of it."""
    version = draft_or_404(request, strategy)
    require(rules.may_edit(request.user, version, request.at))
    here = _block_or_404(version, lineage)
    error: Any = ""
    if request.method == "POST":
        try:
            actions.remove_block(
                actor=request.user,
                version=version,
                lineage_id=lineage,
                seen=request.POST.get("seen", ""),
                at=request.at,
            )
        except (Refused, actions.Changed) as refusal:
            error = _why(refusal)
        else:
            messages.success(request, _("Taken out of the draft. The history brings it back."))
            return redirect("strategies:edit_draft", strategy)
    context = {**_facts(version, here), "error": error}
    return render(request, "strategies/edit_remove.html", context, status=422 if error else 200)


@require_POST
@staff
def move(request: HttpRequest, strategy: int, lineage: str) -> HttpResponse:
    """Up, down, or joined with the next paragraph."""
    version = draft_or_404(request, strategy)
    require(rules.may_edit(request.user, version, request.at))
    _block_or_404(version, lineage)
    facts = {"actor": request.user, "version": version, "lineage_id": lineage, "at": request.at}
    try:
        match request.POST.get("do"):
            case "up" | "down" as way:
                actions.move_block(**facts, down=way == "down")
            case "merge":
                actions.merge_block(**facts, seen=request.POST.get("seen", ""))
            case _:
                raise Http404
    except (Refused, actions.Changed) as refusal:
        messages.error(request, _why(refusal))
    else:
        messages.success(request, _("Saved in the draft."))
    return redirect("strategies:edit", strategy, lineage)


@require_GET
@staff
def at(request: HttpRequest, strategy: int, lineage: str) -> HttpResponse:
    """To the place of one block in the whole text."""
    version = draft_or_404(request, strategy)
    require(rules.may_read(request.user, version.group, request.at))
    return redirect(_address(strategy, _galley(version).page_of(lineage), lineage))


def _galley(version: Version) -> galley.Galley:
    number = version.strategy.number

    def picture(digest: str) -> str:
        return reverse("strategies:picture", args=[number, digest])

    return galley.parted(rendering.grouped(rendering.render(version.document, picture)))


def _address(strategy: int, page: int, block_id: str) -> str:
    query = f"?page={page}" if page > 1 else ""
    return reverse("strategies:edit_draft", args=[strategy]) + f"{query}#{block_id}"


def _back(strategy: int, block_id: str) -> str:
    """Through the search, which knows the page the block stands on by now."""
    return reverse("strategies:edit_at", args=[strategy, block_id])


def _block_or_404(version: Version, lineage: str) -> Block:
    place = editing.place_of(version.document, lineage)
    if place is None:
        raise Http404
    return version.document.blocks[place]


def _form(
    version: Version, here: Block, data: Any = None, beside: Block | None = None
) -> forms.BlockForm:
    blocks = version.document.blocks
    labels = {block.label for block in blocks if block.kind is Kind.FOOTNOTE}
    columns = queries.columns(version.document, here.table or (beside.table if beside else ""))
    initial = {"seen": queries.seen(here)}
    return forms.BlockForm(data, block=here, labels=labels, columns=columns, initial=initial)


def _seen_now(request: HttpRequest, now: Block) -> Any:
    """What was typed, over the block as it is by now: saving again is knowing."""
    data = request.POST.copy()
    data["seen"] = queries.seen(now)
    return data


def _facts(version: Version, here: Block) -> dict[str, Any]:
    shown = display_numbers(version.document).get(here.id, "")
    return {"version": version, "passage": here, "shown": shown, "seen": queries.seen(here)}


def _block_page(
    request: HttpRequest, version: Version, here: Block, form: forms.BlockForm, *, is_conflict: bool
) -> HttpResponse:
    context = {
        **_facts(version, here),
        "form": form,
        "is_conflict": is_conflict,
        "may_join": queries.may_join(version.document, here.id),
        "noted": noting.beside(version, here.id),
    }
    status = 422 if form.is_bound else 200
    return render(request, "strategies/edit.html", context, status=status)


def _no_longer_there(request: HttpRequest, version: Version, lineage: str) -> HttpResponse:
    """Somebody took the block out: what was typed is shown, to be put elsewhere."""
    if not version.edits.filter(lineage_id=lineage).exists():
        raise Http404
    written = [
        text
        for name, text in request.POST.items()
        if (name == "words" or name.startswith("cell")) and not name.endswith("_rich") and text
    ]
    context = {"version": version, "written": written}
    return render(request, "strategies/edit_gone.html", context, status=409)


def _why(refusal: Refused | actions.Changed) -> Any:
    if isinstance(refusal, Refused):
        return refusal.reason
    return _("Somebody changed this passage meanwhile. Look at it again.")
