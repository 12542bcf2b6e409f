"""Is everything kept safe? What the staff should know of log, copies and witnesses, in ticks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import audits, witnesses
from sutarta.apps.tenants.models import Group, Pulse
from sutarta.apps.ui import wording

KEPT, FAILED, OPEN = "kept", "failed", "open"
MAY_WAIT = timedelta(minutes=2)  # an act, for its place in the log
MAY_LAG = timedelta(minutes=10)  # the second place
BACKED_UP = timedelta(hours=36)
AUDITED = timedelta(hours=36)


@dataclass(frozen=True)
class Tick:
    """One thing: how it stands, in a sentence, and what to do about it.

    state   KEPT, FAILED, or OPEN where it was never done or set up
    help    "" where nothing is to be done; url: where to do it, "" for nowhere here
    """

    state: str
    title: str
    words: str
    help: str = ""
    url: str = ""


def ticks(group: Group, at: datetime) -> list[Tick]:
    """Everything there is to know, in five questions."""
    names = ["ship", "ship failed", "backup", audits.pulse_name(group)]
    beats = {row.name: row for row in Pulse.objects.filter(name__in=names)}
    return [
        _order(group, at),
        _audit(beats.get(audits.pulse_name(group)), at),
        _second_place(beats, at),
        _backup(beats.get("backup"), at),
        _witnesses(group, at),
    ]


def _ask() -> str:
    return _("Ask whoever looks after the server to run “sutarta check”.")


def _order(group: Group, at: datetime) -> Tick:
    title = _("The log takes in what happens")
    waiting = Entry.objects.filter(group=group, leaf=None).order_by("recorded_at").first()
    if waiting is not None and at - waiting.recorded_at > MAY_WAIT:
        since = wording.local_date_time(waiting.recorded_at)
        return Tick(FAILED, title, _("Acts wait since %(time)s.") % {"time": since}, _ask())
    return Tick(KEPT, title, _("Every act has its place, or gets it within a minute."))


def _audit(last: Pulse | None, at: datetime) -> Tick:
    title = _("What is stored is what the log says")
    if last is None:
        return Tick(OPEN, title, _("It was not compared yet: that is done every night."))
    time = {"time": wording.local_date_time(last.at)}
    if last.note:
        count = int(last.note) if last.note.isdecimal() else 1
        words = ngettext(
            "On %(time)s %(n)s thing did not fit.", "On %(time)s %(n)s things did not fit.", count
        ) % {**time, "n": count}
        return Tick(FAILED, title, words, _("Ask whoever looks after the server to run “sutarta "
                                            "audit”: it names what was changed."))  # fmt: skip
    if at - last.at > AUDITED:
        return Tick(FAILED, title, _("Compared last on %(time)s, all well.") % time, _ask())
    return Tick(KEPT, title, _("Compared on %(time)s, all well.") % time)


def _second_place(beats: dict[str, Pulse], at: datetime) -> Tick:
    title = _("A second place has all of it")
    if settings.SHIP_TO is None:
        return Tick(OPEN, title, _("No second place is set up. Should the machine break, what came "
                                   "in since the last backup would be lost."))  # fmt: skip
    last, failed = beats.get("ship"), beats.get("ship failed")
    if last is None:
        return Tick(OPEN if failed is None else FAILED, title, _("Nothing was copied yet."), _ask())
    time = {"time": wording.local_date_time(last.at)}
    if last.note:
        return Tick(FAILED, title, _("The log is behind what was copied before."), _ask())
    if at - last.at > MAY_LAG:
        return Tick(FAILED, title, _("Copied last on %(time)s.") % time, _ask())
    return Tick(KEPT, title, _("Copied on %(time)s; that is done every half minute.") % time)


def _backup(last: Pulse | None, at: datetime) -> Tick:
    title = _("There is a fresh backup")
    if last is None:
        return Tick(OPEN, title, _("None was made yet: that is done every night."))
    time = {"time": wording.local_date_time(last.at)}
    if at - last.at > BACKED_UP:
        return Tick(FAILED, title, _("The last one is of %(time)s.") % time, _ask())
    return Tick(KEPT, title, _("Made on %(time)s.") % time)


def _witnesses(group: Group, at: datetime) -> Tick:
    title = _("Somebody else keeps the log’s checkpoints")
    url = reverse("publishing:desk_witnesses")
    found = witnesses.state(group, at)
    signed = [one.witness.name for one in found if one.seen_at and not one.is_silent]
    if signed:
        return Tick(KEPT, title, ", ".join(signed), url=url)
    if found:
        words = _("Your witnesses have not been heard of of late.")
        return Tick(FAILED, title, words, _("Write to them."), url)
    words = _("Not yet witnessed: ask the library, the municipality or a society.")
    return Tick(OPEN, title, words, _("Name a witness"), url)
