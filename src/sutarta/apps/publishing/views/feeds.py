"""The same news as Atom: nobody's address is needed."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import public
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.publishing.queries import following, news, tracing
from sutarta.apps.publishing.queries.following import Subject
from sutarta.apps.publishing.queries.news import Item
from sutarta.apps.tenants import queries as groups
from sutarta.apps.ui import wording
from sutarta.apps.ui.atom import Feed

IN_FEED = 50


@require_safe
def strategy(request: HttpRequest, strategy: int) -> HttpResponse:
    return kept(request, lambda: _feed(request, strategy=str(strategy)))


@require_safe
def passage(request: HttpRequest, strategy: int, lineage: str) -> HttpResponse:
    return kept(request, lambda: _feed(request, strategy=str(strategy), passage=lineage))


@require_safe
def consultation(request: HttpRequest, consultation: int) -> HttpResponse:
    return kept(request, lambda: _feed(request, consultation=str(consultation)))


def _feed(request: HttpRequest, **asked: str) -> Page:
    """Newest first; an entry keeps its id for good."""
    subject = following.asked(request.group, asked)
    if subject is None:
        raise Http404
    consultations = list(public.announced(request.group))
    items = _items(request, subject, consultations)
    site, versions = groups.address(request.group), following.versions_of(subject.strategy)
    made = Feed(
        title=f"{subject.name(versions)} – {request.group.short_name}",
        link=site + subject.path(versions),
        feed_url=site + subject.feed,
        description=None,
        subtitle=". ".join(filter(None, [_("What happened last"), wording.eu_line(request.group)])),
        language=request.LANGUAGE_CODE,
        author_name=request.group.name,
    )
    for item in items[:IN_FEED]:
        made.add_item(
            title=item.title,
            link=site + item.path,
            description=escape(item.text),  # Atom1Feed calls every summary HTML
            unique_id=f"urn:uuid:{item.key}",
            pubdate=item.at,
            updateddate=item.at,
        )
    headers = {"Content-Type": "application/atom+xml; charset=utf-8"}
    until = public.next_change(consultations, request.at)
    return Page(made.writeString("utf-8"), until, headers)


def _items(
    request: HttpRequest, subject: Subject, consultations: Sequence[Consultation]
) -> Sequence[Item]:
    if subject.lineage:
        wanted = (subject.strategy, subject.lineage)
        found = tracing.happened(request.group, [wanted], request.at)
        return found[subject.strategy.pk, subject.lineage]
    items = news.happened(news.known(request.group, consultations), request.at)
    if subject.consultation:
        numbers = [one.number for one in following.versions_of(subject.strategy)]
        return news.about_consultation(items, subject.consultation, numbers)
    return news.about_strategy(items, subject.strategy)
