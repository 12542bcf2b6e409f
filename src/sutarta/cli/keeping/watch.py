"""How shipping goes: done every half minute, and told when it does not go."""

from __future__ import annotations

import logging
import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Pulse
from sutarta.cli.keeping import shipping
from sutarta.cli.stop import Stop

EVERY = timedelta(seconds=30)
PROMISED = timedelta(seconds=60)  # what a lost machine may cost, at most
LATE = timedelta(minutes=10)
DONE, FAILED = (
    "ship",
    "ship failed",
)  # pulses: the last that went well; the first since that did not

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """How the shipping of this installation stands.

    last      the moment that was shipped last; None when nothing was yet
    trouble   why it does not go now, "" when it goes
    since     when it stopped going
    back      origins of logs that are not what they were when they were shipped
    """

    last: datetime | None = None
    trouble: str = ""
    since: datetime | None = None
    back: tuple[str, ...] = ()

    def is_late(self, at: datetime) -> bool:
        """Whether somebody has to look after it."""
        known = self.last or self.since
        return known is not None and at - known > LATE


def ship_due(data: Path, at: datetime) -> shipping.Shipped | None:
    """Ship to SUTARTA_SHIP_TO, where it is set. A place that fails harms nothing else."""
    if settings.SHIP_TO is None:
        return None
    begun = time.monotonic()
    try:
        place = shipping.find(settings.SHIP_TO, data / "backup.key")
        done = shipping.ship(data, place, at)
    except shipping.UnderWay:
        return None
    except (OSError, sqlite3.Error, Stop) as error:
        _note_trouble(why(error), at)
        return None
    tenants.beat(DONE, at, " ".join(done.back))
    took = timedelta(seconds=time.monotonic() - begun)
    if took + EVERY > PROMISED:
        _note_trouble(f"it took {took.seconds} s: the place is slow", at)
    else:
        Pulse.objects.filter(name=FAILED).delete()
    return done


def why(error: Exception) -> str:
    """The failure in words; never what was being shipped."""
    if isinstance(error, OSError):
        return error.strerror or "the place cannot be used"
    return str(error)


def _note_trouble(words: str, at: datetime) -> None:
    log.warning("shipping to the second place: %s", words)
    before = Pulse.objects.filter(name=FAILED).first()
    tenants.beat(FAILED, before.at if before else at, words)


def standing() -> Standing:
    """How it stands, from what the worker noted."""
    noted = {pulse.name: pulse for pulse in Pulse.objects.filter(name__in=[DONE, FAILED])}
    done, failed = noted.get(DONE), noted.get(FAILED)
    return Standing(
        last=done.at if done else None,
        trouble=failed.note if failed else "",
        since=failed.at if failed else None,
        back=tuple(done.note.split()) if done else (),
    )
