"""The frame of every page: menus and standing links, from what the group has so far."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Deadline
from sutarta.apps.consultations.queries import carrying, public, returning
from sutarta.apps.consultations.queries import desk as desk_queries
from sutarta.apps.strategies import queries as strategies
from sutarta.apps.strategies.models import Strategy
from sutarta.apps.tenants import looks

Item = dict[str, Any]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of ui/base.html and ui/desk_base.html, put together once for a request."""
    if not hasattr(request, "frame"):
        request.frame = _frame(request)
    return request.frame


def _frame(request: HttpRequest) -> dict[str, Any]:
    group = getattr(request, "group", None)
    path = request.path
    newest = strategies.first_public(group) if group else None
    on_desk = group and path.startswith("/desk/") and getattr(request, "roles", None)
    return {
        "group": group,
        "links": _links() | looks.addresses(group),
        "around": _around(request),
        "nav": _public_menu(group, newest, path),
        "feeds": _feeds(request, newest),
        "desk_nav": _desk_menu(request) if on_desk else [],
        "settings_nav": _settings_menu(path) if on_desk else [],
        "next_steps": _after_draft(request) if on_desk else [],
        "spoken": _spoken(request) if on_desk else 0,
        "came_back": _came_back(request) if on_desk else {},
        "clock": _clock(request) if on_desk else None,
    }


# Page of a lower floor -> name in its template -> the page of an upper floor it leads to.
AROUND: dict[str, dict[str, str]] = {
    "consultations:consultation": {
        "calendar": "publishing:calendar",
        "notices": "publishing:proof",
        "dossier": "publishing:dossier",
    },
    "consultations:desk_consultation": {
        "notice": "publishing:notice",
        "publications": "publishing:publications",
    },
}


# Page of a lower floor -> the name under which the log is asked for everything about it.
LOGGED = {"consultations:consultation": "consultation", "consultations:submission": "number"}


def _around(request: HttpRequest) -> dict[str, str]:
    """Addresses of what stands on upper floors about the consultation of this page."""
    match = request.resolver_match
    page = match.view_name if match else ""
    if page not in AROUND and page not in LOGGED:
        return {}
    number = next(match.kwargs[key] for key in ("consultation", "number") if key in match.kwargs)
    found = {key: reverse(name, args=[number]) for key, name in AROUND.get(page, {}).items()}
    if page in LOGGED:
        found["log"] = f"{reverse('publishing:log')}?{LOGGED[page]}={number}"
    return found


READ = {f"consultations:{name}" for name in ("version", "passage", "history", "compare")}
SPOKEN = {"consultations:consultation", "consultations:closing_report"}


def _feeds(request: HttpRequest, newest: Strategy | None) -> list[Item]:
    """The news as Atom, for programs that look for them in the head of a public page."""
    match = request.resolver_match
    page, keys = (match.view_name, match.kwargs) if match else ("", {})
    found: list[tuple[str, str, list[object]]] = []
    if page == "web:home" and newest:
        found.append((_("News of the strategy"), "strategy", [newest.number]))
    if page in READ:
        found.append((_("News of the strategy"), "strategy", [keys["strategy"]]))
    if page in READ and "lineage" in keys:
        numbers = [keys["strategy"], keys["lineage"]]
        found.append((_("News of this passage"), "passage", numbers))
    if page in SPOKEN:
        found.append((_("News of the discussion"), "consultation", [keys["consultation"]]))
    return [
        {"title": title, "url": reverse(f"publishing:feed_{name}", args=args)}
        for title, name, args in found
    ]


def _clock(request: HttpRequest) -> Item | None:
    """The next deadline that is running, for the top of the desk; asked for in one question."""
    rows = Deadline.objects.filter(
        group=request.group,
        consultation__announced_at__isnull=False,
        consultation__opens_at__lte=request.at,
    ).order_by("set_at", "id")
    last_set = dict(rows.values_list("consultation", "closes_at"))
    running = [closes_at for closes_at in last_set.values() if closes_at > request.at]
    return {"closes_at": min(running), "at": request.at} if running else None


def _after_draft(request: HttpRequest) -> list[Item]:
    """Where a draft goes on: to the page that carries submissions over and publishes.

    The preview of a file goes on to what colleagues left in it.
    """
    match = request.resolver_match
    if match is not None and match.view_name == "strategies:preview":
        address = reverse("consultations:desk_remarks", args=[match.kwargs["strategy"]])
        return [{"label": _("Decide on what they left"), "url": address}]
    if match is None or match.view_name != "strategies:draft":
        return []
    address = reverse("consultations:anchors_of", args=[match.kwargs["strategy"]])
    return [{"label": _("Go on: look it over and publish"), "url": address}]


def _spoken(request: HttpRequest) -> int:
    """How many spoke about the passage that somebody is about to take out of the draft."""
    match = request.resolver_match
    if match is None or match.view_name != "strategies:edit_remove":
        return 0
    strategy = strategies.strategy_at(request.group, match.kwargs["strategy"])
    draft = strategies.draft_of(strategy) if strategy else None
    return carrying.standing_at(draft, match.kwargs["lineage"]) if draft else 0


PREVIEWS = {f"strategies:{name}" for name in ("preview", "correct", "make_draft")}


def _came_back(request: HttpRequest) -> dict[str, Any]:
    """Accepted proposals whose marks the file that is being looked at brought back."""
    match = request.resolver_match
    if match is None or match.view_name not in PREVIEWS:
        return {}
    strategy = strategies.strategy_at(request.group, match.kwargs["strategy"])
    import_ = strategies.open_import(strategy) if strategy else None
    return returning.on_preview(import_) if import_ else {}


def _links() -> dict[str, str]:
    names = {
        "home": "web:home",
        "desk": "web:desk",
        "privacy": "web:privacy",
        "accessibility": "web:accessibility",
        "language": "web:language",
        "follow": "publishing:follow",
        "log": "publishing:log",
        "sign_in": "people:sign_in",
        "sign_out": "people:sign_out",
        "safety": "mfa_index",
    }
    return {key: reverse(name) for key, name in names.items()}


def _public_menu(group: Any, strategy: Strategy | None, path: str) -> list[Item]:
    """`strategy` is the newest one that everybody can read; ideas may come before the first."""
    items = []
    if strategy:
        address = reverse("consultations:strategy", args=[strategy.number])
        items.append({"label": _("Strategy"), "url": address, "current": path.startswith("/s/")})
    if strategy or (group and public.announced(group).exists()):
        register = reverse("consultations:register")
        here = path.startswith("/p/")
        items.append({"label": _("Proposals"), "url": register, "current": here})
    return items


# Step of the menu -> how addresses of further pages begin that belong to it.
BELOW = {
    "strategies:list": ("/desk/remarks/", "/desk/words/"),
    "consultations:desk_consultations": ("/desk/surveys/",),
    "consultations:desk": ("/desk/campaigns/", "/desk/texts/"),
}


def _desk_menu(request: HttpRequest) -> list[Item]:
    """Only the steps there are: an empty room stays hidden."""
    path, counts = request.path, desk_queries.menu_counts(request.group, request.at)
    steps = [
        (_("Desk"), "web:desk", "home", 0, True),
        (_("Strategies"), "strategies:list", "doc", 0, True),
        (_("Consultations"), "consultations:desk_consultations", "calendar", 0, True),
        (_("Meetings with residents"), "consultations:desk_meetings", "people", 0, True),
        (_("Proposals received"), "consultations:desk", "inbox", counts.to_do, counts.submissions),
        (_("Letters that came"), "consultations:desk_letters_in", "mail", counts.sorting,
         counts.letters),
        (_("Answers to approve"), "consultations:desk_approvals", "check", counts.to_approve,
         request.group.four_eyes),
        (_("Passages carried over"), "consultations:anchors", "anchor", counts.doubtful,
         counts.drafts_to_place),
        (_("Reasons for changes"), "consultations:desk_reasons_all", "split", 0,
         counts.next_versions),
        (_("Objections"), "consultations:desk_objections", "flag", counts.objecting,
         counts.objections),
        (_("Settings"), "people:settings", "gear", 0, True),
    ]  # fmt: skip
    shown = [step for step in steps if step[4]]
    return [
        {
            "label": label,
            "url": (url := reverse(name)),
            "icon": icon,
            "count": count,
            "current": path == url
            or (url != "/desk/" and path.startswith((url, *BELOW.get(name, ())))),
        }
        for label, name, icon, count, _there in shown
    ]


def _settings_menu(path: str) -> list[Item]:
    """Pages of the settings, for those who are on one of them."""
    if not path.startswith("/desk/settings/"):
        return []
    pages = [
        (_("The group"), "people:settings", "gear"),
        (_("Notices"), "publishing:settings", "bell"),
        (_("How it looks"), "people:look", "eye"),
        (_("Parts of the territory"), "consultations:territory", "pin"),
        (_("Mailboxes"), "consultations:mailboxes", "mail"),
        (_("Languages of the form"), "consultations:desk_forms", "comment"),
        (_("Who works here"), "people:members", "people"),
        (_("Is everything kept safe?"), "publishing:safety", "check"),
        (_("Witnesses of the log"), "publishing:desk_witnesses", "eye"),
        (_("My sign-in"), "mfa_index", "lock"),
    ]
    return [
        {"label": label, "url": (url := reverse(name)), "icon": icon, "current": path == url}
        for label, name, icon in pages
    ]
