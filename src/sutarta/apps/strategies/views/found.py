"""What an address of the desk means, or 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from sutarta.apps.strategies import queries
from sutarta.apps.strategies.models import Import, Strategy, Version


def strategy_or_404(request: HttpRequest, number: int) -> Strategy:
    strategy = queries.strategy_at(request.group, number)
    if strategy is None:
        raise Http404
    return strategy


def import_or_404(request: HttpRequest, number: int) -> Import:
    """The file being looked at."""
    import_ = queries.open_import(strategy_or_404(request, number))
    if import_ is None:
        raise Http404
    return import_


def draft_or_404(request: HttpRequest, number: int) -> Version:
    draft = queries.draft_of(strategy_or_404(request, number))
    if draft is None:
        raise Http404
    return draft
