"""What the sequencer does besides taking submissions in, one thing after the other."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import connection

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.tenants import actions as tenants
from sutarta.cli.folding import Folder
from sutarta.cli.jobs import Job

log = logging.getLogger(__name__)

SECOND = timedelta(seconds=1)


def all_chores() -> list[Job]:
    """In the order in which they are done when several are due."""
    return [
        Job("log", SECOND, ledger.sequence_all),
        Job("folding", SECOND, Folder().fold),
        Job("sequencer's pulse", 30 * SECOND, beat),
    ]


class Chores:
    """Does what is due in the caller's own thread; a crash is logged, no more."""

    def __init__(self, jobs: list[Job]) -> None:
        self._jobs = jobs
        self._done_at: dict[str, datetime] = {}

    def do_due(self, at: datetime) -> list[str]:
        """Do every job whose time has come; returns the names of those that failed."""
        due = [job for job in self._jobs if self._is_due(job, at)]
        return [job.name for job in due if not self._is_done(job, at)]

    def _is_due(self, job: Job, at: datetime) -> bool:
        """A clock that was set back delays nothing."""
        last = self._done_at.get(job.name)
        return last is None or not timedelta() <= at - last < job.every

    def _is_done(self, job: Job, at: datetime) -> bool:
        self._done_at[job.name] = at
        try:
            job.work(at)
        except Exception:
            log.exception("%s failed", job.name)
            connection.close()  # a broken one is not kept
            return False
        return True


def beat(at: datetime) -> None:
    """Show life."""
    tenants.beat("sequencer", at)
