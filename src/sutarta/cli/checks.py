"""What `sutarta check` looks at. Each check yields lines; the worst one counts."""

from __future__ import annotations

import shutil
import sqlite3
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from sutarta.apps.ledger.queries import audits
from sutarta.apps.mail import allotting
from sutarta.apps.mail import queries as letters
from sutarta.apps.mail.models import Door, Mailbox
from sutarta.apps.tenants.models import Group, Pulse
from sutarta.cli import alarms, durable, place
from sutarta.cli.keeping import copies, watch

MAY_REST = timedelta(minutes=3)


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True)
class Line:
    """One thing looked at, and how it is."""

    level: Level
    subject: str
    words: str


def all_checks(data: Path, at: datetime) -> Iterator[Iterator[Line]]:
    """Every check, those that need the tables only when there are some."""
    yield of_secrets(data)
    yield of_https()
    yield of_mail()
    yield of_disk(data)
    yield of_sqlite()
    yield of_zones()
    database = list(of_database())
    yield iter(database)
    if all(line.level is Level.OK for line in database):
        yield of_durability()
        yield of_hosts()
        yield of_backups(data, at)
        yield of_shipping(data, at)
        yield of_processes(at)
        yield of_letters(at)
        yield of_listener()
        yield of_audits()


def of_secrets(data: Path) -> Iterator[Line]:
    for name in ("secret.key", "backup.key", place.OWN_SETTINGS):
        file = data / name
        if file.exists() and file.stat().st_mode & 0o077:
            yield Line(Level.ERROR, name, f"others can read it; run chmod 600 {file}")
        elif file.exists():
            yield Line(Level.OK, name, "only its owner can read it")
    if settings.DEBUG:
        yield Line(Level.ERROR, "debug", "SUTARTA_DEBUG is on: strangers would see the insides")


def of_https() -> Iterator[Line]:
    is_behind_proxy = bool(getattr(settings, "SECURE_PROXY_SSL_HEADER", None))
    if not settings.HTTPS:
        yield Line(Level.WARN, "HTTPS", "off; set SUTARTA_HTTPS=yes on a public site")
    elif not is_behind_proxy:
        words = "on, but no proxy is trusted to say so; set SUTARTA_BEHIND_PROXY=yes behind Caddy"
        yield Line(Level.ERROR, "HTTPS", words)
    else:
        yield Line(Level.OK, "HTTPS", "on, told by the proxy in front")


def of_mail() -> Iterator[Line]:
    if not settings.MAIL_URL:
        yield Line(Level.WARN, "mail", "no server yet, letters wait; set SUTARTA_MAIL_URL")
    elif settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield Line(Level.ERROR, "mail", "letters have no sender; set SUTARTA_MAIL_FROM")
    else:
        yield Line(Level.OK, "mail", f"letters are sent from {settings.DEFAULT_FROM_EMAIL}")


def of_disk(data: Path) -> Iterator[Line]:
    free = shutil.disk_usage(data).free
    level = Level.ERROR if free < alarms.LEAST_FREE else Level.OK
    yield Line(level, "disk", f"{free / 1e9:.1f} GB free")


def of_sqlite() -> Iterator[Line]:
    if connection.vendor != "sqlite":
        yield Line(Level.OK, "database", "PostgreSQL")
    elif place.has_wal_race():
        words = f"SQLite {sqlite3.sqlite_version} has a rare fault in its log; 3.51.3 mended it"
        yield Line(Level.WARN, "database", words)
    else:
        yield Line(Level.OK, "database", f"SQLite {sqlite3.sqlite_version}")


def of_zones() -> Iterator[Line]:
    missing = settings.TIME_ZONE not in zoneinfo.available_timezones()
    words = "missing: deadlines cannot be told" if missing else "there"
    yield Line(Level.ERROR if missing else Level.OK, "time zone data", words)


def of_database() -> Iterator[Line]:
    try:
        executor = MigrationExecutor(connection)
        is_behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Line(Level.ERROR, "tables", f"the database does not answer ({error})")
        return
    if is_behind:
        yield Line(Level.ERROR, "tables", "of an older release; run sutarta upgrade")
    else:
        yield Line(Level.OK, "tables", "of this release")


def of_durability() -> Iterator[Line]:
    weak = list(durable.weaknesses())
    for words in weak:
        yield Line(Level.ERROR, "durability", f"{words}: a power cut could lose submissions")
    if not weak:
        yield Line(Level.OK, "durability", "what is confirmed is on the disk")


def of_hosts() -> Iterator[Line]:
    groups = Group.objects.prefetch_related("hosts")
    if not groups:
        yield Line(Level.ERROR, "hosts", "there is no group yet; run sutarta setup")
    for group in groups:
        names = [host.name for host in group.hosts.all()]
        if not any(host.is_primary for host in group.hosts.all()):
            yield Line(Level.ERROR, "hosts", f"{group} has no main host name, letters need one")
        else:
            yield Line(Level.OK, "hosts", f"{group} answers at {', '.join(names)}")


def of_backups(data: Path, at: datetime) -> Iterator[Line]:
    made = copies.made(settings.BACKUPS)
    if not made:
        yield Line(Level.WARN, "backups", f"none yet in {settings.BACKUPS}")
        return
    age = at.timestamp() - made[-1].stat().st_mtime
    level = Level.ERROR if age > alarms.BACKUP_AGE.total_seconds() else Level.OK
    yield Line(level, "backups", f"{len(made)} kept, the newest {age / 3600:.0f} h old")
    if settings.BACKUPS.stat().st_dev == data.stat().st_dev:
        words = "on the same disk as the data; set SUTARTA_BACKUPS to a folder elsewhere"
        yield Line(Level.WARN, "backups", words)


def of_shipping(data: Path, at: datetime) -> Iterator[Line]:
    folder = settings.SHIP_TO
    if folder is None:
        words = "none; set SUTARTA_SHIP_TO, or a broken disk costs a day"
        yield Line(Level.WARN, "second place", words)
        return
    standing = watch.standing()
    if standing.trouble:
        level = Level.ERROR if standing.is_late(at) else Level.WARN
        yield Line(level, "second place", f"{folder}: {standing.trouble}")
    if standing.last is None:
        yield Line(Level.WARN, "second place", "nothing shipped yet; sutarta serve does it")
    else:
        age = max(timedelta(), at - standing.last)
        level = Level.WARN if age > watch.PROMISED else Level.OK
        level = Level.ERROR if standing.is_late(at) else level
        yield Line(level, "second place", f"last shipped {age.total_seconds():.0f} s ago")
    for origin in standing.back:
        words = f"the log {origin} is behind what was shipped; see docs/second-place.md"
        yield Line(Level.ERROR, "second place", words)
    if folder.exists() and folder.stat().st_dev == data.stat().st_dev:
        words = "on the same disk as the data; set SUTARTA_SHIP_TO to a folder elsewhere"
        yield Line(Level.WARN, "second place", words)


def of_processes(at: datetime) -> Iterator[Line]:
    for name in ("worker", "sequencer"):
        pulse = Pulse.objects.filter(name=name).first()
        if pulse is None:
            yield Line(Level.WARN, name, "has not run yet; sutarta serve starts it")
        elif at - pulse.at > MAY_REST:
            yield Line(Level.ERROR, name, f"no sign of life since {pulse.at:%Y-%m-%d %H.%M} UTC")
        else:
            yield Line(Level.OK, name, "alive")


def of_letters(at: datetime) -> Iterator[Line]:
    for group in Group.objects.all():
        lost = letters.undelivered(group).count()
        if lost:
            yield Line(Level.ERROR, "letters", f"{group}: {lost} could not be delivered")
        elif settings.MAIL_URL and letters.stalled(group, at).exists():
            yield Line(Level.ERROR, "letters", f"{group}: some wait for more than an hour")


def of_listener() -> Iterator[Line]:
    """Whether somebody listens where a mailbox waits for a mail server."""
    count = Mailbox.objects.filter(door=Door.LISTENER, ended_at=None).count()
    if count and not settings.LISTEN:
        words = f"mailboxes that wait for a mail server: {count}; set SUTARTA_LISTEN"
        yield Line(Level.ERROR, "letters in", words)
    elif settings.LISTEN and not count:
        words = "a mail server may hand letters over, but no mailbox is added at the desk"
        yield Line(Level.WARN, "letters in", words)
    elif settings.LISTEN and (hosts := allotting.unknown_hosts()):
        words = f"SUTARTA_LISTEN_FOR names hosts at which no group answers: {', '.join(hosts)}"
        yield Line(Level.ERROR, "letters in", words)
    elif settings.LISTEN and (left := _not_allotted()):
        words = f"mailboxes that get no letters, for SUTARTA_LISTEN_FOR does not allot them: {left}"
        yield Line(Level.ERROR, "letters in", words)
    elif settings.LISTEN:
        yield Line(Level.OK, "letters in", f"a mail server hands them over at {settings.LISTEN}")


def _not_allotted() -> int:
    rows = Mailbox.objects.filter(door=Door.LISTENER, ended_at=None).select_related("group")
    is_free = allotting.is_free_for
    return sum(not is_free(one.group, one.address, Door.LISTENER) for one in rows)


def of_audits() -> Iterator[Line]:
    for group in Group.objects.all():
        last = audits.last(group)
        if last is None:
            yield Line(Level.WARN, "audit", f"{group}: none yet; sutarta serve does one a night")
        elif last.note:
            words = f"{group}: {last.note} findings; sutarta audit names them"
            yield Line(Level.ERROR, "audit", words)
        else:
            yield Line(Level.OK, "audit", f"{group}: all as the log says, {last.at:%Y-%m-%d}")
