"""Letters to followers: at most one a week to an address, never an empty one."""

from __future__ import annotations

import hashlib
import zoneinfo
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from sutarta.apps.mail import actions as mail
from sutarta.apps.mail import pages
from sutarta.apps.publishing.actions.following import DIGEST
from sutarta.apps.publishing.models import Follow
from sutarta.apps.publishing.queries import digests, following
from sutarta.apps.publishing.queries.digests import Section
from sutarta.apps.tenants import queries as groups
from sutarta.apps.tenants.models import Group

APART = timedelta(days=7)  # between two letters to one address
SETTLED = timedelta(minutes=5)  # an act states when it was begun: by then it is stored
BATCH = 50  # addresses in one transaction


def write_due(at: datetime) -> int:
    """Write to everybody who has something to hear; returns how many letters.

    Safe to run any number of times: what was told is noted in the transaction that posts it.
    """
    followed = Follow.objects.filter(confirmed_at__isnull=False)
    written = 0
    for group in Group.objects.filter(pk__in=followed.values("group")).order_by("pk"):
        for emails in _batches(following.due(group, at - APART)):
            written += _write(group, emails, at)
    return written


def _batches(emails: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(emails), BATCH):
        yield emails[start : start + BATCH]


@transaction.atomic
def _write(group: Group, emails: Sequence[str], at: datetime) -> int:
    """Post the letters of some addresses and note what they told."""
    rows = following.of_addresses(group, emails).select_for_update(of=("self",))
    due = _still_due(list(rows), at)
    if not due:
        return 0
    known = digests.gathered(group, [row for rows in due for row in rows], at - SETTLED)
    base = groups.address(group)
    drafts, told = [], []
    for theirs in due:
        if draft := _draft(group, base, theirs, known):
            drafts.append(draft)
            told += [row.pk for row in theirs]
    mail.post_all(group=group, drafts=drafts, at=at)
    Follow.objects.filter(pk__in=told).update(told_until=at - SETTLED, written_at=at)
    return len(drafts)


def _still_due(rows: Sequence[Follow], at: datetime) -> list[list[Follow]]:
    """By address; another worker may have written meanwhile."""
    by_address = [list(theirs) for _email, theirs in groupby(rows, attrgetter("email"))]
    return [theirs for theirs in by_address if not _written_since(theirs, at - APART)]


def _written_since(theirs: Sequence[Follow], since: datetime) -> bool:
    return any(row.written_at is not None and row.written_at > since for row in theirs)


def _draft(
    group: Group, base: str, theirs: Sequence[Follow], known: digests.Gathered
) -> mail.Draft | None:
    """The letter to one address; None when there is nothing to tell."""
    last = theirs[-1]
    with translation.override(last.language), timezone.override(zoneinfo.ZoneInfo(group.zone)):
        found = digests.sections(theirs, known)
        if not found:
            return None
        secret = following.secret_for(group, last.email)
        leave_url = base + reverse("publishing:follow_leave", args=[secret])
        subject = _subject(group, found)
        context = {
            "group": group,
            "sections": found,
            "base": base,
            "subject": subject,
            "own": base + reverse("publishing:follow_mine", args=[secret]),
            "leave": leave_url,
        }
        body = render_to_string("publishing/following/letters/digest.html", context)
        return mail.Draft(
            to=last.email,
            subject=subject,
            text=render_to_string("publishing/following/letters/digest.txt", context),
            html=pages.framed(subject, body, last.language),
            kind=DIGEST,
            key=_key(theirs),
            language=last.language,
            leave_url=leave_url,
        )


def _subject(group: Group, found: Sequence[Section]) -> str:
    """The news itself when it is one; else how many there are."""
    count = sum(len(section.items) + section.more for section in found)
    if count == 1:
        return found[0].items[0].title
    words = ngettext("%(group)s: %(n)s piece of news", "%(group)s: %(n)s pieces of news", count)
    return words % {"group": group.short_name, "n": count}


def _key(theirs: Sequence[Follow]) -> str:
    """The same news to the same address make the same letter, whoever writes it."""
    address = hashlib.sha256(theirs[0].email.encode()).hexdigest()[:24]
    heard = max(row.told_until for row in theirs)
    return f"{DIGEST}:{address}:{heard.isoformat()}"
