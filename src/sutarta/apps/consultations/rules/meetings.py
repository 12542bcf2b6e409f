"""Who may plan, announce and minute meetings with residents, note what is said, and keep lists."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation, Meeting
from sutarta.apps.consultations.rules import entering
from sutarta.apps.consultations.rules.retention import PARTICIPANTS_KEPT
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording

EARLY = timedelta(hours=1)  # people who come before the beginning speak, too
OVERRUN = timedelta(hours=4)  # people talk longer than was planned
MINUTES_DUE = timedelta(days=14)  # after the meeting; then the desk shows it red
LONGEST = timedelta(hours=24)  # of one meeting; longer is a slip
MOST_NOTED = 300  # proposals of one meeting; more is a slip
MOST_CAME = 5000  # people of one sector; more is a slip
MOST_LISTED = 1000  # people on the list of one meeting
MOST_FILES = 10  # beside the minutes


def may_plan(actor: Any, group: Group, at: datetime) -> Verdict:
    """Editors."""
    return has_role(actor, group, at, Role.EDITOR)


def may_be_held(consultation: Consultation, starts_at: datetime, ends_at: datetime) -> Verdict:
    """Whether what is said there can stand in the register: nothing comes before the opening."""
    if ends_at <= starts_at:
        return Verdict(False, _("The end must come after the beginning."))
    if ends_at - starts_at > LONGEST:
        return Verdict(False, _("A meeting lasts a day at most. Check the times."))
    if starts_at < consultation.opens_at:
        opened = {"when": wording.local_date_time(consultation.opens_at)}
        return Verdict(
            False,
            gettext(
                "The consultation opens at %(when)s. What is said before that could not be taken "
                "into the register, so choose a later time."
            )
            % opened,
        )
    return ALLOWED


def may_change(actor: Any, meeting: Meeting, at: datetime) -> Verdict:
    """Editors, while it has not been cancelled and is not minuted."""
    if not (role := may_plan(actor, meeting.group, at)):
        return role
    if meeting.is_cancelled:
        return _cancelled()
    if meeting.is_minuted:
        return Verdict(False, _("The minutes are published, so the meeting stays as it is."))
    return ALLOWED


def may_move(meeting: Meeting, starts_at: datetime, is_begun: bool, at: datetime) -> Verdict:
    """Not to a time ahead, once somebody came: what was said there would come before it.

    is_begun   proposals or people who came are noted already
    """
    if is_begun and starts_at != meeting.starts_at and starts_at > at:
        return Verdict(
            False,
            _("Proposals or people are noted there already. For another day plan a new meeting."),
        )
    return ALLOWED


def may_announce(actor: Any, meeting: Meeting, missing: list[str], at: datetime) -> Verdict:
    """Editors, once, when nothing is missing; afterwards, too, for a meeting told of elsewhere.

    missing   names of what is not there yet
    """
    if not (may := may_change(actor, meeting, at)):
        return may
    if meeting.is_announced:
        return Verdict(False, _("This meeting has been announced already."))
    if missing:
        return Verdict(False, still_missing(missing))
    return ALLOWED


def may_cancel(actor: Any, meeting: Meeting, noted: int, at: datetime) -> Verdict:
    """Editors, what was announced and has not been held.

    noted   how many proposals were noted there
    """
    if not (may := may_change(actor, meeting, at)):
        return may
    if not meeting.is_announced:
        return Verdict(False, _("Nobody knows of it yet. Delete the plan instead."))
    if at >= meeting.ends_at or noted:
        return Verdict(False, _("It has been held, so it cannot be cancelled."))
    return ALLOWED


def may_delete(actor: Any, meeting: Meeting, at: datetime) -> Verdict:
    """Editors, a plan of which nobody was told."""
    if not (role := may_plan(actor, meeting.group, at)):
        return role
    if meeting.is_announced:
        return Verdict(False, _("It was announced, so it is not deleted. Cancel it instead."))
    return ALLOWED


def may_note(actor: Any, meeting: Meeting, at: datetime) -> Verdict:
    """Moderators, from an hour before it begins, and long afterwards."""
    if not (role := entering.may_enter_here(actor, meeting.group, at)):
        return role
    return _has_begun(meeting, at)


def spoken_at(meeting: Meeting, at: datetime) -> datetime:
    """When what is typed now was said, if nobody says more: now, or when the meeting began."""
    return at if at < meeting.ends_at else meeting.starts_at


def may_have_been_said(meeting: Meeting, said_at: datetime) -> Verdict:
    """Whether something can have been said there then: it may begin early and run over."""
    if meeting.starts_at - EARLY <= said_at <= meeting.ends_at + OVERRUN:
        return ALLOWED
    held = {
        "start": wording.local_date_time(meeting.starts_at),
        "end": wording.local_date_time(meeting.ends_at),
    }
    return Verdict(
        False, gettext("The meeting was held from %(start)s to %(end)s. Check the time.") % held
    )


def may_list(actor: Any, meeting: Meeting, at: datetime) -> Verdict:
    """Moderators type in who came, as soon as people come, while the list is kept."""
    if not (may := may_note(actor, meeting, at)):
        return may
    if timezone.localdate(at) > list_ends_on(meeting):
        return Verdict(False, _("The time to keep this list is over."))
    return ALLOWED


def may_see_list(actor: Any, group: Group, at: datetime) -> Verdict:
    """Who came is for those who work with the list; auditors read the counts."""
    return has_role(actor, group, at, Role.EDITOR, Role.MODERATOR)


def may_take_off(actor: Any, group: Group, at: datetime) -> Verdict:
    """Moderators, at any time."""
    return entering.may_enter_here(actor, group, at)


def list_ends_on(meeting: Meeting) -> date:
    """Last day on which its list of participants is kept."""
    return timezone.localdate(meeting.starts_at + PARTICIPANTS_KEPT)


def may_write_minutes(actor: Any, meeting: Meeting, at: datetime) -> Verdict:
    """Moderators and editors prepare minutes and attendance until they are published."""
    if not (role := has_role(actor, meeting.group, at, Role.EDITOR, Role.MODERATOR)):
        return role
    if meeting.is_minuted:
        return Verdict(False, _("The minutes are published. Correct them instead."))
    return _has_begun(meeting, at)


def may_minute(actor: Any, meeting: Meeting, missing: list[str], at: datetime) -> Verdict:
    """Editors publish minutes and attendance, once the meeting is over.

    missing   names of what is not there yet
    """
    if not (role := may_plan(actor, meeting.group, at)):
        return role
    if not (may := may_write_minutes(actor, meeting, at)):
        return may
    if at < meeting.ends_at:
        return Verdict(False, _("The meeting is not over yet."))
    if missing:
        return Verdict(False, still_missing(missing))
    return ALLOWED


def may_correct_minutes(actor: Any, meeting: Meeting, at: datetime) -> Verdict:
    """Editors, of minutes that are published."""
    if not (role := may_plan(actor, meeting.group, at)):
        return role
    if not meeting.is_minuted:
        return Verdict(False, _("The minutes have not been published yet."))
    return ALLOWED


def may_add_file(actor: Any, meeting: Meeting, held: int, at: datetime) -> Verdict:
    """Moderators and editors while minutes are prepared; editors once they are published.

    held   how many files there are
    """
    may = may_correct_minutes if meeting.is_minuted else may_write_minutes
    if not (verdict := may(actor, meeting, at)):
        return verdict
    if held >= MOST_FILES:
        return Verdict(False, _("Ten files fit beside the minutes. Remove one first."))
    return ALLOWED


def still_missing(what: list[str]) -> str:
    """The sentence that lists what is not there yet."""
    return gettext("Still missing: %(what)s.") % {"what": "; ".join(what)}


def is_overdue(meeting: Meeting, at: datetime) -> bool:
    """Whether its minutes should stand there by now."""
    held = meeting.is_announced and not meeting.is_cancelled
    return held and not meeting.is_minuted and at >= meeting.ends_at + MINUTES_DUE


def _has_begun(meeting: Meeting, at: datetime) -> Verdict:
    if meeting.is_cancelled:
        return _cancelled()
    if not meeting.is_announced:
        return Verdict(False, _("This meeting has not been announced."))
    if at < meeting.starts_at - EARLY:
        return Verdict(False, _("The meeting has not begun."))
    return ALLOWED


def _cancelled() -> Verdict:
    return Verdict(False, _("This meeting was cancelled."))
