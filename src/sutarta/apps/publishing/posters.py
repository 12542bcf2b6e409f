"""A notice as a poster to hang up, and as a picture for a post."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.apps.publishing.announcing import Announcement, Facts, logged
from sutarta.core.text import excerpt
from sutarta.formats.papers import Emblem
from sutarta.formats.posters import Form, Poster

GLIMPSE = 300  # characters of what it is about
NO_ACCENT = "#0b5760"


def poster(said: Announcement) -> Poster:
    """What stands on the poster; only for a notice that has a deadline."""
    facts = said.facts
    with translation.override(facts.language):
        return Poster(
            title=said.title,
            language=facts.language,
            author=facts.group.name,
            made_at=facts.at,
            call=_("We take proposals until"),
            until=facts.until,
            about=excerpt(" ".join(said.part("about").paragraphs), GLIMPSE),
            ways_title=_("How else to speak"),
            ways=said.part("ways").items,
            link=facts.link,
            shown=facts.spoken_link,
            scan=_("Read and speak here: scan the code or copy the address"),
            code_alt=_("QR code of the address %(link)s") % {"link": facts.link},
            form=_form(facts),
            emblem=_emblem(facts),
            accent=facts.group.accent or NO_ACCENT,
            small=logged(facts),
        )


def picture_alt(said: Announcement) -> str:
    """The picture in words, for whoever cannot see it; to be pasted along with it."""
    facts = said.facts
    with translation.override(facts.language):
        until = _("We take proposals until %(until)s.") % {"until": facts.until}
    return f"{facts.group.name}. {said.title}. {until} {facts.spoken_link}"


def _form(facts: Facts) -> Form:
    until = facts.until.rpartition(",")[0]  # whose clock counts is said above
    place = ", ".join(filter(None, (facts.group.address, facts.group.office_hours)))
    return Form(
        cut=_("Cut here"),
        title=_("My proposal"),
        about=_about(facts),
        back=_("Give it back until %(until)s: %(place)s")
        % {"until": until, "place": place or facts.contact_email or facts.group.email},
        fields=(
            _("Name (you may leave it out):"),
            _("Where to answer – e-mail, telephone or address (you may leave it out):"),
        ),
    )


def _about(facts: Facts) -> str:
    said = {"number": facts.number, "strategy": facts.strategy}
    if facts.edition is None:
        return _("Consultation No. %(number)s. %(strategy)s") % said
    said |= {"version": facts.edition.number}
    return _("Consultation No. %(number)s, version %(version)s. %(strategy)s") % said


def _emblem(facts: Facts) -> Emblem | None:
    if not facts.group.is_financed:
        return None
    project = _("Project No. %(number)s") % {"number": facts.group.project_number}
    return Emblem(_("Co-funded by the European Union"), project, _("Flag of the European Union"))
