"""The form on paper: what a consultation asks, to be written on by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.models import Consultation, PaperRun
from sutarta.apps.consultations.papers import framing
from sutarta.apps.consultations.queries import languages, public
from sutarta.apps.consultations.queries import paper as queries
from sutarta.apps.consultations.queries.entering import spoken
from sutarta.apps.consultations.templatetags.consultations import plain_end
from sutarta.apps.tenants import queries as groups
from sutarta.core import deadlines
from sutarta.formats.paperforms import PaperForm, Sheet
from sutarta.formats.pdf.letters import is_drawn


def blank(
    consultation: Consultation, language: str, at: datetime, run: PaperRun | None = None
) -> PaperForm | None:
    """The form in that language; None when it is not offered in it, or cannot be drawn.

    at    in the file's properties
    run   for a stack with codes; one form without a code otherwise
    """
    if language in tongues.site_languages():
        with translation.override(language):
            return PaperForm(**_common(consultation, language, at, run), **_ours(consultation))
    row = languages.form_in(consultation.group, language)
    if row is None or not _is_drawn(row.words):
        return None
    said = tongues.wording(language, row.words, consultation.group)
    with translation.override(tongues.ours(language, consultation.group)):
        common = _common(consultation, language, at, run)
        theirs = _theirs(consultation, language, {name: one.text for name, one in said.items()})
    return PaperForm(**{**common, **theirs})


def offered(consultation: Consultation) -> list[str]:
    """The languages the form can be had in on paper, those of the site first."""
    further = [
        row.language for row in languages.offered(consultation.group) if _is_drawn(row.words)
    ]
    return [*tongues.site_languages(), *further]


def _is_drawn(words: dict[str, str]) -> bool:
    """Whether our fonts have every letter of the form's words."""
    return all(is_drawn(letter) for said in words.values() for letter in said)


def _common(
    consultation: Consultation, language: str, at: datetime, run: PaperRun | None
) -> dict[str, Any]:
    group = consultation.group
    link = groups.address(group) + reverse("consultations:say", args=[consultation.number])
    return {
        "language": language,
        "author": group.name,
        "made_at": at,
        "about": _about(consultation),
        "link": link,
        "shown": spoken(link),
        "code_alt": _("QR code of the address %(link)s") % {"link": link},
        "office": _("Filled in by the office"),
        "number": _("Number in the register:"),
        "came": _("Came on (day, hour):"),
        "sheet": _("Sheet"),
        "sheet_alt": _("QR code for the office: sheet"),
        "sheets": _sheets(run),
        "emblem": framing.emblem(group),
    }


def _ours(consultation: Consultation) -> dict[str, Any]:
    """Its words in a language of the site."""
    group = consultation.group
    until = deadlines.say(
        consultation.deadline.value, deadlines.nearest_language(translation.get_language())
    )
    proposal = _("an idea or a need") if consultation.is_idea_call else _("a comment or a proposal")
    wording = [] if consultation.is_idea_call else [_("a new wording of a passage")]
    privacy = _("All about privacy: %(address)s") % {"address": _privacy(consultation)}
    promise = _("You get a number and an answer.")
    return {
        "title": consultation.title,
        "call": _("We take proposals until"),
        "until": until,
        "scan": str(tongues.PLACES["paper_scan"].original) + ":",
        "kinds_title": _("This is (tick one):"),
        "kinds": (proposal, _("a question"), *wording),
        "text": _("What would you like to say? If you speak of a passage, write its number."),
        "more": str(tongues.PLACES["paper_more"].original),
        "name": _("Name (you may leave it out):"),
        "consent": str(tongues.PLACES["show_name"].original),
        "contact": _("Where to answer – e-mail, telephone or address (you may leave it out):"),
        "back_title": _("Bring or send this sheet to:"),
        "back": _office(consultation),
        "privacy": f"{tongues.PLACES['privacy'].original} {promise} {privacy}",
        "overleaf": _("Continued"),
        **({} if group.address else {"back_title": _("Send this sheet to:")}),
    }


def _theirs(consultation: Consultation, language: str, said: dict[str, str]) -> dict[str, Any]:
    """Its words in a language of the group's own wording; kinds are not asked for there."""
    told = languages.rendition(consultation, language, is_easy=False)
    path = reverse("consultations:say_in", args=[consultation.number, language])
    link = groups.address(consultation.group) + path
    optional = f"({said['optional']})"
    return {
        "title": told.title if told else said["title"],
        "call": said["until"],
        "until": plain_end(consultation.deadline.closes_at),
        "link": link,
        "shown": spoken(link),
        "scan": said["paper_scan"] + ":",
        "kinds_title": "",
        "kinds": (),
        "text": said["text"],
        "more": said["paper_more"],
        "name": f"{said['name']} {optional}:",
        "consent": said["show_name"],
        "contact": f"{said['paper_contact']} {optional}",
        "back_title": said["paper_return"],
        "back": _office(consultation),
        "privacy": f"{said['text_hint']} {said['privacy']} {_privacy(consultation)}",
        "overleaf": said["text"],
    }


def _about(consultation: Consultation) -> str:
    version = consultation.version
    said = {"number": consultation.number, "strategy": consultation.strategy.title}
    if version is None:
        return _("Consultation No. %(number)s. %(strategy)s") % said
    said |= {"version": version.number}
    return _("Consultation No. %(number)s, version %(version)s. %(strategy)s") % said


def _office(consultation: Consultation) -> str:
    group = consultation.group
    place = ", ".join(filter(None, (group.name, group.address, group.office_hours)))
    return place if group.address else consultation.contact_email or group.email or group.name


def _privacy(consultation: Consultation) -> str:
    """Where the whole notice stands: on the page about the consultation."""
    return spoken(public.page_address(consultation))


def _sheets(run: PaperRun | None) -> tuple[Sheet, ...]:
    if run is None:
        return ()
    page = groups.address(run.consultation.group) + reverse("consultations:desk_type")
    codes = [queries.code(number) for number in range(run.first, run.last + 1)]
    return tuple(Sheet(code, f"{page}?code={code}") for code in codes)
