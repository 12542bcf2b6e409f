"""Posting letters and sending those that are due."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db.models import Q
from django.utils import translation
from django.utils.html import escape

from sutarta.apps.mail import threads
from sutarta.apps.mail.models import Letter, LetterState
from sutarta.apps.mail.queries.sending import WAITS_FOR_FILE
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording

log = logging.getLogger(__name__)

# Waits after each failed try; about three days in all, then staff are shown the letter.
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440, 1440)]
LEASE = timedelta(minutes=5)
SENT_KEPT = timedelta(days=30)
KEPT = timedelta(days=365)
CAME_BACK = "came back"  # what stands as the error of a letter that left and did not arrive


@dataclass(frozen=True)
class Draft:
    """A letter as it is to be stored; what need not be there as on mail.models.Letter."""

    to: str
    subject: str
    text: str
    kind: str
    key: str
    language: str
    html: str = ""
    leave_url: str = ""
    file_name: str = ""
    thread: Sequence[str] = ()
    reply_to: str = ""


def post(
    *,
    group: Group,
    to: str,
    subject: str,
    text: str,
    kind: str,
    key: str,
    language: str,
    at: datetime,
    html: str = "",
    leave_url: str = "",
    file_name: str = "",
    thread: Sequence[str] = (),
    reply_to: str = "",
) -> Letter:
    """Store a letter in the caller's transaction; the worker sends it. Same key, same letter.

    file_name   of a file that is put in later (`enclose`); the letter waits for it
    thread      ids of letters it follows, the oldest first; what is no id of a letter is left out
    """
    rest = (html, leave_url, file_name, thread, reply_to)
    draft = Draft(to, subject, text, kind, key, language, *rest)
    facts = _stored(draft, at)
    letter, _is_new = Letter.objects.get_or_create(
        group=group, key=facts.pop("key"), defaults=facts
    )
    return letter


def post_all(*, group: Group, drafts: Sequence[Draft], at: datetime) -> None:
    """The same for many letters in few questions; those whose key is there already are left out."""
    letters = [Letter(group=group, **_stored(draft, at)) for draft in drafts]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)


def _stored(draft: Draft, at: datetime) -> dict[str, Any]:
    subject = " ".join(draft.subject.split())[:200]
    thread = threads.joined(draft.thread)
    times = {"created_at": at, "next_at": at}
    return {**asdict(draft), "subject": subject, "thread": thread, **times}


def forget(*, group: Group, to: str, kinds: Sequence[str]) -> int:
    """Remove letters of these kinds to an address, sent or waiting: it wants no more of them."""
    return Letter.objects.filter(group=group, to=to, kind__in=kinds).delete()[0]


def enclose(letter: Letter, file_text: str) -> None:
    """Put in the file that the letter waits for; without a text it goes without one."""
    name = letter.file_name if file_text else ""
    waiting = Letter.objects.filter(pk=letter.pk, file_text="")
    waiting.update(file_name=name, file_text=file_text)


def send_due(at: datetime, limit: int = 50) -> int:
    """Send the letters whose time has come; returns how many went out.

    One that names a file and does not hold it yet waits for it.

    A letter is leased before it is sent, so that two workers never send the same one and a
    crash in between only delays it. Without a mail server letters wait.
    """
    if not settings.MAIL_URL:
        return 0
    due = Letter.objects.filter(state=LetterState.QUEUED, next_at__lte=at).exclude(WAITS_FOR_FILE)
    return sum(_send(one, at) for one in due.order_by("next_at").select_related("group")[:limit])


def _send(letter: Letter, at: datetime) -> bool:
    mine = Letter.objects.filter(pk=letter.pk, state=LetterState.QUEUED, next_at=letter.next_at)
    if not mine.update(next_at=at + LEASE):
        return False
    try:
        _message(letter).send()
    except (SMTPException, OSError, ValueError) as error:  # the last: no server takes such a one
        _put_off(letter, at, error)
        return False
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT, sent_at=at, error="")
    return True


def _message(letter: Letter) -> EmailMessage:
    reply_to = letter.reply_to or letter.group.email
    headers = {
        "Content-Language": letter.language,
        "Message-ID": threads.own_id(letter.pk),
        **threads.headers(letter.thread),
        **_leaving(letter),
    }
    text, html = _words(letter)
    message = EmailMultiAlternatives(
        letter.subject,
        text,
        to=[letter.to],
        reply_to=[reply_to] if reply_to else None,
        headers=headers,
    )
    if html:
        message.attach_alternative(html, "text/html")
    if letter.file_name:
        message.attach(letter.file_name, letter.file_text, "application/json")
    return message


def _words(letter: Letter) -> tuple[str, str]:
    """Text and HTML as they leave: letters of a financed group name the European Union, too."""
    with translation.override(letter.language):
        line = wording.eu_line(letter.group)
    if not line:
        return letter.text, letter.html
    end = f"<p>{escape(line)}</p>\n</body>"
    return f"{letter.text.rstrip()}\n\n{line}\n", letter.html.replace("</body>", end)


def _leaving(letter: Letter) -> dict[str, str]:
    """What mail programs need to offer leaving in one press (RFC 8058)."""
    if not letter.leave_url:
        return {}
    return {
        "List-Unsubscribe": f"<{letter.leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _put_off(letter: Letter, at: datetime, error: Exception) -> None:
    log.warning("letter %s not sent: %s", letter.pk, type(error).__name__)
    tries = letter.attempts + 1
    given_up = tries >= len(WAITS)
    Letter.objects.filter(pk=letter.pk).update(
        attempts=tries,
        error=str(error)[:300],
        state=LetterState.FAILED if given_up else LetterState.QUEUED,
        next_at=at + WAITS[min(tries, len(WAITS) - 1)],
    )


def came_back(letter: Letter) -> None:
    """Note that a letter did not arrive, as the server of its address tells; staff are shown it."""
    sent = Letter.objects.filter(pk=letter.pk, state=LetterState.SENT)
    sent.update(state=LetterState.FAILED, error=CAME_BACK)


def forget_sent(at: datetime) -> int:
    """Remove letters sent over thirty days ago, and after a year those that never left.

    They hold addresses and secret links.
    """
    sent = Q(state=LetterState.SENT, sent_at__lt=at - SENT_KEPT)
    return Letter.objects.filter(sent | Q(created_at__lt=at - KEPT)).delete()[0]
