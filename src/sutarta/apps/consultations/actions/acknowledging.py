"""The letter that brings a receipt: of its own, or as a reply to the letter somebody wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import languages, proving, receipts
from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import logs
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail import pages
from sutarta.apps.mail import queries as letters
from sutarta.apps.tenants import queries as groups
from sutarta.apps.ui import wording

DAY = timedelta(days=1)
ANSWERS_A_DAY = 20  # receipts to an address whose letters its own domain signed for us
UNPROVEN_A_DAY = 5  # to one that anybody may have written there
# A subject with a link does not go back: a stranger may have put somebody else's address above it.
_LINK = re.compile(r"://|www\.|\.(?:com|net|org|ru|info)\b", re.IGNORECASE)


@dataclass(frozen=True)
class InReply:
    """The letter that a receipt answers.

    subject   as its sender wrote it
    thread    ids of the letters before ours, the oldest first; the last is the one answered
    reply_to  where an answer to the receipt comes in; "" for the group's own address
    is_read   whether the words could be read by the program
    is_vouched   whether it is known to be from whom it says
    """

    subject: str
    thread: tuple[str, ...] = ()
    reply_to: str = ""
    is_read: bool = True
    is_vouched: bool = False


def may_answer(address: str, in_reply: InReply, at: datetime) -> bool:
    """Whether one more letter may be answered there today.

    Anybody can write a stranger's address above a letter, and a program that answers without
    saying so would be answered for ever: what is taken in is taken in, but this ends.
    """
    most = ANSWERS_A_DAY if in_reply.is_vouched else UNPROVEN_A_DAY
    return letters.written_to(address, receipts.LETTER, at - DAY) < most


def post_receipt(
    submission: Submission, secret: str, entry: Entry, in_reply: InReply | None = None
) -> None:
    """Post the receipt in the caller's transaction; its file is put in once the log has it."""
    base = groups.address(submission.group)
    code = receipts.confirmation_for(secret)
    theirs = languages.words_for(submission.group, submission.language)
    with translation.override(submission.reply_language):
        number = wording.nr(submission.number)
        context = {
            "theirs": theirs,
            "submission": submission,
            "consultation": submission.consultation,
            "group": submission.group,
            "in_reply": in_reply,
            "base": base,
            "confirm_url": base + reverse("consultations:confirm", args=[secret, code]),
            "public_url": base + reverse("consultations:submission", args=[submission.number]),
            "code": proving.code(entry),
            "check_url": base + proving.check_path(submission.number, entry),
            "log": logs.in_force(submission.group),
        }
        subject = _("%(number)s: we have received your submission") % {"number": number}
        if theirs:
            subject = f"{number}: {theirs['thanks'].text}"
        if in_reply and not _LINK.search(in_reply.subject):
            subject = reply_subject(in_reply.subject) or subject
        text = render_to_string("consultations/public/letter_receipt.txt", context)
        body = render_to_string("consultations/public/letter_receipt.html", context)
        file_name = proving.file_name(submission)
    mail.post(
        group=submission.group,
        to=submission.email,
        subject=subject,
        text=text,
        html=pages.framed(subject, body, submission.reply_language),
        kind=receipts.LETTER,
        key=receipts.letter_key(submission),
        language=submission.reply_language,
        at=submission.recorded_at,
        file_name=file_name,
        thread=in_reply.thread if in_reply else (),
        reply_to=in_reply.reply_to if in_reply else "",
    )


def reply_subject(subject: str) -> str:
    """Of the answer to a letter: one “Re:”, however often they wrote to and fro; "" to one without.

    The sender's own words go back to the sender alone, on one line.
    """
    words = " ".join(subject.split())
    while words.lower().startswith(("re:", "ats:", "ats.:", "aw:")):
        words = words.partition(":")[2].strip()
    return f"Re: {words}"[:200].strip() if words else ""
