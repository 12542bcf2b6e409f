"""The list of strategies, and bringing a Word file in."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sutarta.apps.people.access import require, staff
from sutarta.apps.strategies import actions, forms, queries, rules
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.views.found import strategy_or_404


@require_GET
@staff
def listing(request: HttpRequest) -> HttpResponse:
    """Every strategy with its versions, its draft and the file being looked at."""
    context = {
        "strategies": queries.strategies_of(request.group),
        "may_change": rules.may_change(request.user, request.group, request.at),
    }
    return render(request, "strategies/list.html", context)


@require_http_methods(["GET", "POST"])
@staff
def start(request: HttpRequest) -> HttpResponse:
    """A new strategy with its first Word file; a bad file leaves what was typed."""
    require(rules.may_change(request.user, request.group, request.at))
    initial = {"language": request.group.language}
    form = forms.NewStrategyForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            import_ = actions.start_with_file(
                actor=request.user,
                group=request.group,
                title=form.cleaned_data["title"],
                language=form.cleaned_data["language"],
                name=file.name,
                data=file.read(),
                at=request.at,
            )
        except actions.BadFile as bad:
            form.add_error("file", bad.sentence)
        else:
            return redirect("strategies:preview", import_.strategy.number)
    return _form_page(request, "strategies/start.html", {"form": form})


@require_http_methods(["GET", "POST"])
@staff
def bring(request: HttpRequest, strategy: int) -> HttpResponse:
    """The next Word file of a strategy."""
    found = strategy_or_404(request, strategy)
    require(rules.may_change(request.user, request.group, request.at))
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.keep_import(
                actor=request.user,
                strategy=found,
                name=file.name,
                data=file.read(),
                at=request.at,
            )
        except actions.BadFile as bad:
            form.add_error("file", bad.sentence)
        else:
            return redirect("strategies:preview", found.number)
    return _form_page(request, "strategies/import.html", {"form": form, "strategy": found})


@require_GET
@staff
def original(request: HttpRequest, strategy: int, version: int) -> FileResponse:
    """The Word file a version was made of, byte by byte."""
    versions = Version.objects.filter(strategy=strategy_or_404(request, strategy))
    kept = get_object_or_404(versions.select_related("original"), number=version).original
    return FileResponse(default_storage.open(kept.path), as_attachment=True, filename=kept.name)


@require_GET
@staff
def picture(request: HttpRequest, strategy: int, digest: str) -> FileResponse:
    """A picture of a draft or preview; residents get those of published versions elsewhere."""
    strategy_or_404(request, strategy)
    found = queries.picture(request.group, digest)
    if found is None:
        raise Http404
    response = FileResponse(default_storage.open(found.path), content_type=found.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _form_page(request: HttpRequest, page: str, context: dict[str, object]) -> HttpResponse:
    is_bad = context["form"].is_bound
    return render(request, page, context, status=422 if is_bad else 200)
