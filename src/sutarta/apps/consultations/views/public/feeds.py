"""The register to follow and to take away: Atom, CSV, XLSX, under the filters of the page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import public, showing, taking, translations
from sutarta.apps.consultations.queries import register as queries
from sutarta.apps.consultations.queries.register import Wanted
from sutarta.apps.consultations.queries.taking import LICENSE
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.tenants import queries as groups
from sutarta.apps.ui import wording
from sutarta.apps.ui.atom import Feed
from sutarta.apps.ui.marks import STATUSES
from sutarta.formats import tables

IN_FEED = 50
LICENSED = {"Link": f'<{LICENSE}>; rel="license"'}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What changed last: said, published, answered or withdrawn. An entry keeps its id for good."""
    return kept(request, lambda: _feed(request), keep=not request.GET.get("q"))


@require_safe
def table_csv(request: HttpRequest) -> HttpResponse:
    return kept(request, lambda: _csv(request), keep=not request.GET.get("q"))


@require_safe
def table_xlsx(request: HttpRequest) -> HttpResponse:
    return kept(request, lambda: _xlsx(request), keep=not request.GET.get("q"))


def _feed(request: HttpRequest) -> Page:
    site, wanted = groups.address(request.group), Wanted.asked(request.GET)
    newest = (queries.versions_of(request.group) or [None])[0]
    changed = taking.newly_changed(queries.chosen(request.group, wanted, newest), IN_FEED)
    query = f"?{wanted.address()}" if wanted.address() else ""
    made = _Licensed(
        title=f"{_('Register of proposals')} – {request.group.short_name}",
        link=site + reverse("consultations:register") + query,
        feed_url=site + reverse("consultations:feed") + query,
        description=None,
        subtitle=wording.eu_line(request.group) or None,
        language=request.LANGUAGE_CODE,
        feed_guid=f"urn:uuid:{request.group.pk}" if not query else None,
        feed_copyright=f"CC BY 4.0, {LICENSE}",
        author_name=request.group.name,
    )
    for submission in changed:
        made.add_item(**_entry(submission, site))
    headers = {"Content-Type": "application/atom+xml; charset=utf-8", **LICENSED}
    return Page(made.writeString("utf-8"), public.next_change([], request.at), headers)


class _Licensed(Feed):
    """Atom with a link to the licence. Without entries it was last changed when the group began."""

    def add_root_elements(self, handler: object) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("link", "", {"rel": "license", "href": LICENSE})


def _entry(submission: Submission, site: str) -> dict[str, object]:
    text, answer = showing.public_text(submission), showing.published_answer(submission)
    said = [text.proposed, text.body, text.why] if text else []
    said.append(translations.as_one(translations.beside(submission)))
    state = STATUSES[showing.state(submission)].word
    reason = [f"{_('Official answer')}: {answer.reason}"] if answer else []
    kind = submission.get_kind_display()
    return {
        "title": f"{wording.nr(submission.number)}. {kind}: {state}",
        "link": site + reverse("consultations:submission", args=[submission.number]),
        # Atom1Feed calls every summary HTML: what people wrote must not become any
        "description": linebreaks("\n\n".join(filter(None, [*said, *reason])), autoescape=True),
        "unique_id": f"urn:uuid:{submission.pk}",
        "pubdate": submission.received_at,
        "updateddate": submission.changed_at,
        "author_name": showing.author(submission),
    }


def _csv(request: HttpRequest) -> Page:
    names, rows, line = taking.columns(), _rows(request), wording.eu_line(request.group)
    if line:
        names, rows = [*names, _("Financing")], ([*row, line] for row in rows)
    said = b"".join(tables.write_csv(names, rows))
    return Page(said, *_file(request, "csv", "text/csv; charset=utf-8"))


def _xlsx(request: HttpRequest) -> Page:
    group, title = request.group, _("Register of proposals")
    notes = [
        (title, group.name),
        (_("Address"), groups.address(group) + reverse("consultations:register")),
        (_("Licence"), f"CC BY 4.0, {LICENSE}"),
        (_("Source to name"), f"{group.name}, {title}"),
        *([(_("Financing"), line)] if (line := wording.eu_line(group)) else []),
        (_("Text"), _("As published after moderation; what is covered or erased is not here.")),
    ]
    said = tables.write_xlsx(taking.columns(), _rows(request), title, notes)
    return Page(said, *_file(request, "xlsx", XLSX))


def _rows(request: HttpRequest) -> object:
    wanted = Wanted.asked(request.GET)
    newest = (queries.versions_of(request.group) or [None])[0]
    found = queries.chosen(request.group, wanted, newest)
    return taking.rows(found, groups.address(request.group))


def _file(request: HttpRequest, ending: str, kind: str) -> tuple[object, dict[str, str]]:
    headers = {
        "Content-Type": kind,
        "Content-Disposition": f'attachment; filename="sutarta-register.{ending}"',
        **LICENSED,
    }
    return public.next_change([], request.at), headers
