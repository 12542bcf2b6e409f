"""What the worker does, how often, and how one failing job leaves the others alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.models import Max

from sutarta.apps.consultations import shelved
from sutarta.apps.consultations.actions import (
    arriving,
    attaching,
    dropping,
    forgetting,
    keeping,
    likening,
    minuting,
    participants,
    receipting,
    shelving,
    survey_taking,
    surveys,
)
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail.actions import reading, receiving
from sutarta.apps.people import actions as people
from sutarta.apps.publishing.actions import digests, following
from sutarta.apps.strategies.actions import noting, withholding
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Pulse
from sutarta.cli import alarms
from sutarta.cli.auditing import nightly
from sutarta.cli.keeping import copies, erasures, sealed, watch

log = logging.getLogger(__name__)

BACKUP_HOUR = 2  # UTC: night in all of Europe


@dataclass(frozen=True)
class Job:
    """Something done every so often. `work` gets the moment it was started at."""

    name: str
    every: timedelta
    work: Callable[[datetime], object]


def all_jobs(
    data: Path, read_mailboxes: Callable[[datetime], object] = reading.read_all
) -> list[Job]:
    """Everything the worker of this installation does.

    read_mailboxes   reads each once, or tends to readers that go on by themselves
    """
    return [
        Job("pulse", timedelta(seconds=30), pulse),
        Job("receipts", timedelta(seconds=5), receipting.enclose_receipts),
        Job("letters", timedelta(seconds=5), mail.send_due),
        Job("letters that came", timedelta(seconds=5), arriving.take_waiting),
        Job("mailboxes", timedelta(seconds=10), read_mailboxes),
        Job("backup", timedelta(minutes=10), partial(back_up_nightly, data)),
        Job("audit", timedelta(minutes=10), nightly.audit_nightly),
        Job("erasures", timedelta(minutes=1), partial(note_erasures, data)),
        Job("ship", watch.EVERY, partial(watch.ship_due, data)),
        Job("alarms", timedelta(minutes=10), partial(alarms.raise_all, data)),
        Job("notes", timedelta(hours=6), forgetting.forget_notes),
        Job("colleagues’ notes", timedelta(hours=6), noting.forget_notes),
        Job("colleagues’ remarks", timedelta(hours=6), noting.forget_remarks),
        Job("contacts", timedelta(hours=6), forgetting.forget_contacts),
        Job("originals", timedelta(hours=6), forgetting.forget_originals),
        Job("papers of withheld words", timedelta(minutes=1), shelved.forget_covered),
        Job("withheld words", timedelta(hours=6), withholding.forget_withheld),
        Job("withheld words quoted", timedelta(hours=6), forgetting.forget_old_words),
        Job("likes", timedelta(seconds=5), likening.compare_all),
        Job("sheets of answers", timedelta(seconds=5), survey_taking.go_on),
        Job("uploaded sheets", timedelta(hours=6), surveys.forget_old),
        Job("uploaded letters", timedelta(hours=6), keeping.forget_old),
        Job("files", timedelta(hours=6), forgetting.forget_files),
        Job("sealed letters", timedelta(hours=6), dropping.forget_letters),
        Job("stray files", timedelta(hours=6), shelving.sweep),
        Job("stray letters", timedelta(hours=6), receiving.sweep),
        Job("scanner", timedelta(minutes=5), attaching.scan_waiting),
        Job("scanner of minutes", timedelta(minutes=5), minuting.scan_waiting),
        Job("participants of meetings", timedelta(hours=6), participants.forget_over),
        Job("sent letters", timedelta(hours=6), mail.forget_sent),
        Job("followers", timedelta(minutes=15), digests.write_due),
        Job("unanswered", timedelta(hours=6), following.forget_unanswered),
        Job("networks", timedelta(hours=6), people.forget_networks),
        Job("sessions", timedelta(hours=12), forget_old_sessions),
    ]


class Round:
    """Starts jobs when they are due, each in a thread of its own; a crash is logged, no more.

    A job that is still at work is not started again: letters that wait for a dead mail server
    delay neither the pulse nor the backup.
    """

    def __init__(self, jobs: list[Job]) -> None:
        self._jobs = jobs
        self._hands = ThreadPoolExecutor(max_workers=len(jobs))
        self._running: dict[str, Future[object]] = {}
        self._next: dict[str, datetime] = {}

    def start_due(self, at: datetime) -> None:
        """Start every job whose time has come; note how those that ended went."""
        for job in self._jobs:
            if job.name in self._running and not self._is_over(job.name):
                continue
            if self._is_due(job, at):
                self._next[job.name] = at + job.every
                self._running[job.name] = self._hands.submit(_do, job, at)

    def _is_due(self, job: Job, at: datetime) -> bool:
        """Whether its time has come; a clock that stepped back does not put it off."""
        next_at = self._next.get(job.name, at)
        return at >= next_at or at < next_at - job.every

    def finish(self) -> list[str]:
        """Wait for what is at work; returns the names of the jobs that failed last."""
        self._hands.shutdown(wait=True)
        running = list(self._running)
        return [name for name in running if self._failed(name)]

    def _is_over(self, name: str) -> bool:
        if not self._running[name].done():
            return False
        self._failed(name)
        return True

    def _failed(self, name: str) -> bool:
        error = self._running.pop(name).exception()
        if error is not None:
            log.error("the job %s failed", name, exc_info=error)
        return error is not None


def _do(job: Job, at: datetime) -> None:
    try:
        job.work(at)
    finally:
        connections.close_all()  # this thread's own; a broken one is not kept


def pulse(at: datetime) -> None:
    """Show life; the first beat after a long silence is told to the coordinators."""
    before = Pulse.objects.filter(name="worker").first()
    tenants.beat("worker", at)
    if before and at - before.at > alarms.WORKER_SILENCE:
        alarms.tell("worker", at, since=before.at)


def back_up_nightly(data: Path, at: datetime) -> Path | None:
    """One backup a night, or as soon as the worker runs again; old ones expire."""
    last = Pulse.objects.filter(name="backup").aggregate(at=Max("at"))["at"]
    if last and last >= _last_night(at):
        return None
    file = copies.make(data, settings.BACKUPS, at)
    tenants.beat("backup", at, file.name)
    copies.expire(settings.BACKUPS, at)
    return file


def note_erasures(data: Path, at: datetime) -> int:
    """What a restore has to erase again, beside the backups."""
    return erasures.note(settings.BACKUPS, sealed.read_key(data / "backup.key"), at)


def _last_night(at: datetime) -> datetime:
    tonight = at.replace(hour=BACKUP_HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight <= at else tonight - timedelta(days=1)


def forget_old_sessions(at: datetime) -> None:
    call_command("clearsessions", verbosity=0)
