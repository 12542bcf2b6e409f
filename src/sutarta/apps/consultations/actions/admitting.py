"""A letter enters the register: words, files, what stands beside them, and a receipt in reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions import attaching, speaking
from sutarta.apps.consultations.actions.acknowledging import InReply
from sutarta.apps.consultations.actions.attaching import Handed
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import (
    Arrival,
    Channel,
    Consultation,
    Kind,
    Note,
    Source,
    Submission,
)
from sutarta.apps.consultations.queries import judging, letter_words
from sutarta.apps.consultations.refusals import BadFile
from sutarta.apps.consultations.rules.attaching import MOST
from sutarta.apps.mail.queries import receiving
from sutarta.formats.letters import Letter


@dataclass(frozen=True)
class Opened:
    """A raw letter as far as it could be read, and its files, looked through already.

    unread    why `letter` holds its header lines alone, "" when it was read
    refused   names of files that are not taken, each with the reason
    """

    letter: Letter
    unread: str = ""
    files: tuple[Handed, ...] = ()
    refused: tuple[str, ...] = ()


def looked_through(letter: Letter) -> tuple[tuple[Handed, ...], tuple[str, ...]]:
    """The files that are taken, and the names of those that are not: as on the website, at most
    five. Takes seconds, so it goes before any transaction.
    """
    wanted, logos = letter_words.files(letter)
    taken: list[Handed] = []
    refused = [f"{one.name}: {_('a small picture of the text')}" for one in logos]
    for one in wanted:
        if len(taken) == MOST:
            refused.append(f"{one.name}: {_('a submission holds at most five files')}")
            continue
        try:
            taken.append(attaching.read(one.name, one.data))
        except BadFile as bad:
            refused.append(f"{one.name}: {bad.sentence}")
    return tuple(taken), tuple(refused)


def admit(arrival: Arrival, opened: Opened, consultation: Consultation, at: datetime) -> Submission:
    """Enter the letter in the caller's transaction, which also settles it: both or neither.

    The instant that counts is when the letter was received, however late it was fetched. Entered
    twice, taken once: the key is the letter's own.
    """
    raw, letter = arrival.letter, opened.letter
    language = consultation.strategy.language
    said = letter_words.said(letter, opened.unread, language)
    received_at = judging.arrived_at(raw)
    receipt = speaking.submit(
        consultation=consultation,
        words=Words(
            kind=Kind.IDEA if consultation.is_idea_call else Kind.GENERAL,
            body=said.body,
            author_name=said.author_name,
            email=said.email,
        ),
        channel=Channel.EMAIL,
        at=received_at,
        recorded_at=at,
        request_key=f"letter:{raw.pk}",
        language=language,
        in_reply=InReply(
            subject=letter.subject,
            thread=(*reversed(letter.references), letter.message_id),
            reply_to=receiving.address_of(raw.group, consultation.number),
            is_read=not opened.unread,
            is_vouched=arrival.is_vouched and said.email == letter.sender_address,
        ),
    )
    submission = receipt.submission
    if receipt.is_new:
        _keep_beside(submission, said.beside, opened.refused, at)
        _keep_id(submission, letter)
        for file in opened.files:
            attaching.keep(submission=submission, handed=file, at=at, came_at=received_at)
        if arrival.is_vouched and said.email == letter.sender_address:
            speaking.confirm(submission=submission, at=at)
    return submission


def _keep_beside(submission: Submission, beside: str, refused: Sequence[str], at: datetime) -> None:
    """Notes of nobody: what the letter quotes, and which files are left in the sealed letter."""
    texts = [beside] if beside.strip() else []
    if refused:
        with translation.override(submission.group.language):
            head = _("Files of the letter that are not taken along; the sealed letter has them:")
        texts.append("\n".join([head, *refused]))
    for text in texts:
        Note.objects.create(
            group=submission.group, submission=submission, text=text, actor=None, at=at
        )


def _keep_id(submission: Submission, letter: Letter) -> None:
    """So that the same letter, uploaded by hand later, is known; a copy of one that is known
    already goes without.
    """
    digest = judging.message_digest(letter.message_id)
    known = Source.objects.filter(group=submission.group, message_digest=digest)
    if digest and not known.exists():
        Source.objects.create(group=submission.group, submission=submission, message_digest=digest)
