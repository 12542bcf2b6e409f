"""What is kept about people, why, and until when: by rule, and for one submission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.rules import retention as rules
from sutarta.apps.mail.actions import SENT_KEPT
from sutarta.apps.people.actions import NETWORKS_KEPT
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui.wording import local_date


@dataclass(frozen=True)
class Keeping:
    """One kind of data. until: a sentence."""

    what: str
    why: str
    until: str


@dataclass(frozen=True)
class Ending:
    """When the personal data of one consultation ends; `is_promised`: no answers yet."""

    consultation: Consultation
    day: date
    is_promised: bool


def general(group: Group) -> list[Keeping]:
    """Everything by rule, what a resident hands over first."""
    year = _("One year after the answers are published")
    return [
        Keeping(
            _("The text of your proposal"),
            _("To answer it in public and show how the strategy changed"),
            _("%(until)s; you may ask us to remove it") % {"until": of_records(group)},
        ),
        Keeping(
            _("Your own words, where we covered places or did not publish the text"),
            _("To look once more at what was covered, if you ask for it"),
            year,
        ),
        Keeping(
            _("Your name, if you give it"),
            _("To show it in the register, only if you chose so"),
            _("A name that is shown: as long as the text. Another: one year after the answers"),
        ),
        Keeping(
            _("Your e-mail, telephone or postal address, if you give it"),
            _("To send you the receipt and the answer"),
            year,
        ),
        Keeping(
            _("Files, if you hand them over"),
            _(
                "To understand and answer your proposal; hidden data such as place and author "
                "is removed at once, and a file is published only after somebody has looked at it"
            ),
            year,
        ),
        Keeping(
            _("Your answers to a survey, in the file in which they came to us"),
            _("To take them into the register"),
            _(
                "Until they are in the register, seven days at most while they wait; "
                "what you ask us to remove leaves the file at once"
            ),
        ),
        Keeping(
            _("Your letter as it came, if you wrote by e-mail: sealed"),
            _("To check what you wrote and when it came, if you ask for it"),
            _("%(year)s; a letter that is no proposal: %(days)s days")
            % {"year": year, "days": rules.LETTERS_ASIDE_KEPT.days},
        ),
        *_around(year),
        *_of_the_machine(),
        Keeping(
            _("Papers of the programme: versions, answers, decisions, the log of acts"),
            _(
                "To show those who control the use of European Union money how the strategy was "
                "made; names and addresses of residents are not among them"
            ),
            of_records(group),
        ),
    ]


def of_records(group: Group) -> str:
    """Until when the programme asks for its documents, as far as the group knows."""
    if group.records_until is None:
        return _("As long as the rules of the programme ask; we will name the day here")
    day = {"day": local_date(group.records_until)}
    return _("As long as the rules of the programme ask, until %(day)s") % day


def endings(group: Group) -> list[Ending]:
    """For every announced consultation, the newest first."""
    found = Consultation.objects.filter(group=group).exclude(announced_at=None)
    return [
        Ending(one, rules.ends_at_the_earliest(one), one.answered_at is None)
        for one in found.order_by("-number")
    ]


def _around(year: str) -> list[Keeping]:
    return [
        Keeping(
            _(
                "Your name on the list of a meeting you came to; your address, if you agree to "
                "letters"
            ),
            _("To show who was heard, to write to you about the results and invite you again"),
            _(
                "%(days)s days after the meeting; at once when you ask, or press the link in a "
                "letter"
            )
            % {"days": rules.PARTICIPANTS_KEPT.days},
        ),
        Keeping(
            _("Notes of our staff about your proposal, and reports of readers"),
            _("To answer you, and to settle what somebody complained about"),
            year,
        ),
        Keeping(
            _("Our letters to you"),
            _("To send them once more if they do not arrive"),
            _("%(days)s days after they were sent; one that never left, a year")
            % {"days": SENT_KEPT.days},
        ),
        Keeping(
            _("That you agree with a proposal"),
            _(
                "To count each device or address once; we keep only a digest that tells nobody "
                "who you are"
            ),
            _("Until you take it back, or as long as the proposal stands in the register"),
        ),
    ]


def _of_the_machine() -> list[Keeping]:
    return [
        Keeping(
            _("The address of your network (IP)"),
            _("To stop robots: how much comes from one network is counted in memory"),
            _("One hour, as a digest; it is never stored and stands in no log"),
        ),
        Keeping(
            _("Where our staff signed in from"),
            _("So that they notice when a stranger did"),
            _("%(days)s days") % {"days": NETWORKS_KEPT.days},
        ),
        Keeping(
            _("Cookies"),
            _(
                "One for the language you choose, one that guards forms, one for signed-in "
                "staff, and, once you have agreed with a proposal, one with a random name that "
                "lets you take it back"
            ),
            _("At most one year, in your browser only"),
        ),
        Keeping(
            _("Encrypted copies of everything above"),
            _("To put the site back after a fault"),
            _("%(days)s days") % {"days": rules.BACKUPS_KEPT.days},
        ),
    ]
