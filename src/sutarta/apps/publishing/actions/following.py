"""Following by e-mail: asking, saying yes from the mailbox, leaving."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.apps.consultations.queries import receipts
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail import limits, pages
from sutarta.apps.people.access import require
from sutarta.apps.publishing.models import Follow
from sutarta.apps.publishing.queries import following
from sutarta.apps.publishing.queries.following import Subject
from sutarta.apps.publishing.rules import following as rules
from sutarta.apps.tenants import queries as groups
from sutarta.apps.tenants.models import Group

UNANSWERED_KEPT = timedelta(days=7)
ASKED, DIGEST = "follow.asked", "follow.digest"  # kinds of letters


@transaction.atomic
def ask(*, subject: Subject, email: str, language: str, network: str, at: datetime) -> bool:
    """Ask the owner of an address by letter; returns whether a letter went out.

    Nothing else is sent before they answer. Whether the address follows already is told to its
    owner alone. False when too many letters were asked for in this hour.
    Raises Refused when nothing more will come of it.
    """
    require(rules.may_follow(subject.consultation))
    email = email.lower()
    if not limits.may_write(email, network, at):
        return False
    follow = _asked(subject, email, language, at)
    _post_question(follow, at)
    return True


def _asked(subject: Subject, email: str, language: str, at: datetime) -> Follow:
    """The row of this address and thing; one that still waits is asked anew."""
    group = subject.strategy.group
    secret = following.secret_for(group, email)
    follow, is_new = Follow.objects.get_or_create(
        group=group,
        email=email,
        strategy=subject.strategy,
        consultation=subject.consultation,
        lineage_id=subject.lineage,
        defaults={
            "about": subject.about,
            "language": language,
            "secret_digest": receipts.secret_digest(secret),
            "asked_at": at,
            "told_until": at,
        },
    )
    if not is_new and follow.confirmed_at is None:
        follow.asked_at, follow.language = at, language
        follow.save(update_fields=["asked_at", "language"])
    return follow


def _post_question(follow: Follow, at: datetime) -> None:
    secret = following.secret_for(follow.group, follow.email)
    address = groups.address(follow.group)
    versions = following.versions_of(follow.strategy)
    with translation.override(follow.language):
        context = {
            "group": follow.group,
            "follow": follow,
            "name": following.subject_of(follow).name(versions),
            "confirm": address + reverse("publishing:follow_confirm", args=[secret, follow.pk]),
            "own": address + reverse("publishing:follow_mine", args=[secret]),
            "days": UNANSWERED_KEPT.days,
        }
        post(follow, _("Do you want to hear of it by e-mail?"), "asked", context, at)


def post(follow: Follow, subject: str, name: str, context: dict[str, Any], at: datetime) -> None:
    """Post one letter in both forms, at most once in an hour for one row."""
    text = render_to_string(f"publishing/following/letters/{name}.txt", context)
    body = render_to_string(f"publishing/following/letters/{name}.html", context)
    mail.post(
        group=follow.group,
        to=follow.email,
        subject=subject,
        text=text,
        html=pages.framed(subject, body, follow.language),
        kind=ASKED,
        key=f"{ASKED}:{follow.pk}:{at:%Y%m%d%H}",
        language=follow.language,
        at=at,
    )


@transaction.atomic
def confirm(*, follow: Follow, at: datetime) -> None:
    """Its owner said yes: news from now on are told. Saying so again changes nothing."""
    waiting = Follow.objects.filter(pk=follow.pk, confirmed_at=None)
    waiting.update(confirmed_at=at, told_until=at)


@transaction.atomic
def leave(*, group: Group, secret: str, follow: Follow | None = None) -> int:
    """End one follow, or without one named all of this address; returns how many ended.

    With the last one the address itself is removed everywhere, letters that wait included.
    """
    mine = Follow.objects.filter(group=group, secret_digest=receipts.secret_digest(secret))
    email = mine.values_list("email", flat=True).first()
    leaving = mine if follow is None else mine.filter(pk=follow.pk)
    ended, _rows = leaving.delete()
    if email and not mine.exists():
        mail.forget(group=group, to=email, kinds=[ASKED, DIGEST])
    return ended


@transaction.atomic
def speak(*, group: Group, secret: str, language: str) -> None:
    """From now on letters to this address are written in another language."""
    mine = Follow.objects.filter(group=group, secret_digest=receipts.secret_digest(secret))
    mine.update(language=language)


@transaction.atomic
def forget_unanswered(at: datetime) -> int:
    """Remove addresses that did not answer within a week, with the letters that asked them."""
    rows = Follow.objects.filter(confirmed_at=None, asked_at__lte=at - UNANSWERED_KEPT)
    return _forget(list(rows.select_related("group")))


@transaction.atomic
def forget_left(keys: Container[str]) -> int:
    """Remove again who left before a restore brought them back, with their letters."""
    rows = Follow.objects.select_related("group")
    return _forget([row for row in rows if str(row.pk) in keys])


def _forget(gone: Sequence[Follow]) -> int:
    for row in gone:
        Follow.objects.filter(pk=row.pk).delete()
    for row in gone:
        if not Follow.objects.filter(group=row.group, email=row.email).exists():
            mail.forget(group=row.group, to=row.email, kinds=[ASKED, DIGEST])
    return len(gone)
