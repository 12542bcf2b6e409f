"""What the pages share on which staff type in what somebody else said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions import entering
from sutarta.apps.consultations.actions.paper import BadSheet
from sutarta.apps.consultations.actions.speaking import BadWords
from sutarta.apps.consultations.models import Consultation, Submission
from sutarta.apps.consultations.queries import entering as queries
from sutarta.apps.consultations.queries import passages
from sutarta.apps.consultations.refusals import BadFile
from sutarta.apps.consultations.rules import entering as rules
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import queries as groups
from sutarta.apps.ui import wording

SEVERAL = ("taken", "for_whom")  # fields that hold more than one value
Page = Callable[[HttpRequest, list[Consultation]], HttpResponse]


def typing_page(page: Page) -> Callable[[HttpRequest], HttpResponse]:
    """A page for those who may enter something; it gets the consultations that have opened, the
    likeliest first, one at least.
    """

    @wraps(page)
    def opened(request: HttpRequest) -> HttpResponse:
        require(rules.may_enter_here(request.user, request.group, request.at))
        if not (consultations := queries.taking(request.group, request.at)):
            return render(request, "consultations/desk/enter_none.html")
        return page(request, consultations)

    return opened


def chosen(consultations: list[Consultation], number: object) -> Consultation:
    """The one asked for, else the likeliest."""
    named = (one for one in consultations if str(one.number) == str(number))
    return next(named, consultations[0])


def choices(its: Consultation) -> dict[str, Any]:
    """What one may choose from in a form about it: passages, parts of the territory."""
    wards = list(groups.wards(its.group)) if its.is_idea_call else None
    return {"known": passages.of(its.version).by_id, "wards": wards}


def typed(request: HttpRequest) -> dict[str, Any]:
    """What stands in the form, to show it again unchecked."""
    several = {name: request.POST.getlist(name) for name in SEVERAL}
    return {**request.POST.dict(), **several}


def moment(said: str) -> datetime | None:
    """An hour of the group's clock from an address; None for anything else."""
    try:
        found = parse_datetime(said[:20])
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is None else None


def entered(form: Form, enter: Callable[[], Submission]) -> Submission | None:
    """What `enter` took in, or None when the form now says what is wrong."""
    try:
        return enter()
    except entering.AlreadyEntered as same:
        number = {"number": wording.nr(same.number)}
        form.add_error(None, _("This letter is in the register already: %(number)s.") % number)
    except BadFile as bad:
        form.add_error("files", bad.sentence)
    except BadSheet as bad:
        form.add_error("code", str(bad))
    except (Refused, BadWords) as refusal:
        form.add_error(None, str(refusal))
    return None
