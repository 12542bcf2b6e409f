"""Letting the residents of an invented place speak, in the order of time."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sutarta.apps.consultations.actions import (
    attaching,
    bundling,
    entering,
    speaking,
    supporting,
)
from sutarta.apps.consultations.actions.entering import Origin
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import Channel, Consultation, Submission
from sutarta.cli.demo import desk, files, places
from sutarta.cli.demo.desk import Staff
from sutarta.cli.demo.voice import Voice, moment
from sutarta.core.documents import Document

LOOKED_AFTER = timedelta(hours=20)  # from its arrival to the desk's decision
ENTERED = timedelta(hours=2)  # from its arrival to its entry, when it came another way


@dataclass(frozen=True)
class Round:
    """A consultation, who works on it and until when things happen in it."""

    consultation: Consultation
    staff: Staff
    until: datetime

    @property
    def document(self) -> Document:
        return self.consultation.version.document

    def moment(self, voice: Voice) -> datetime:
        """When it came."""
        if voice.minutes_late:
            late = timedelta(minutes=voice.minutes_late)
            return self.consultation.deadline.closes_at + late
        return self.moment_of(voice.when)

    def moment_of(self, when: str) -> datetime:
        zone = self.consultation.group.zone
        return min(moment(when, self.consultation.opens_at, zone), self.until)


Said = dict[str, Submission]
Deed = tuple[datetime, int, Callable[[datetime], None]]


def speak(round_: Round, voices: Sequence[Voice]) -> Said:
    """Let everybody speak and the desk look after it, in the order of time.

    Returns what each voice became, by its id.
    """
    said: Said = {}
    deeds = [
        deed for place, voice in enumerate(voices) for deed in _deeds(round_, voice, place, said)
    ]
    for at, _place, do in sorted(deeds, key=lambda deed: deed[:2]):
        do(at)
    _put_together(round_, voices, said)
    return said


def _deeds(round_: Round, voice: Voice, place: int, said: Said) -> Iterator[Deed]:
    """Everything that happens with one voice before the answers, each with its moment."""
    came = round_.moment(voice)

    def arrive(at: datetime) -> None:
        said[voice.id] = _submit(round_, voice, at)

    yield came, place, arrive
    if not voice.waits:
        looked = max(came, min(came + LOOKED_AFTER, round_.until))

        def look_after(at: datetime) -> None:
            desk.look_after(said[voice.id], voice, round_.staff, at)
            _agree(said[voice.id], voice, at, max(at, round_.until))

        yield looked, place, look_after
    if voice.withdrawn:
        yield (
            round_.moment_of(voice.withdrawn), place,
            lambda at: speaking.withdraw(submission=said[voice.id], at=at),
        )  # fmt: skip
    if voice.erased:
        yield (
            round_.moment_of(voice.erased), place,
            lambda at: desk.erase(said[voice.id], round_.staff, at),
        )  # fmt: skip


def _put_together(round_: Round, voices: Sequence[Voice], said: Said) -> None:
    """Those that say the same get one answer, written for all of them."""
    for head in dict.fromkeys(voice.same for voice in voices if voice.same):
        same = [said[voice.id] for voice in voices if head in (voice.id, voice.same)]
        bundling.bundle(actor=round_.staff.moderator, submissions=same, at=round_.until)


def _submit(round_: Round, voice: Voice, at: datetime) -> Submission:
    """On the website people write themselves; what came another way the office enters."""
    consultation = round_.consultation
    key = hashlib.sha256(f"demo {consultation.number} {voice.id}".encode()).hexdigest()
    words = _words(voice, round_.document)
    if voice.via == Channel.WEB:
        submission = speaking.submit(
            consultation=consultation, words=words, at=at, recorded_at=at, request_key=key,
            language="lt",
        ).submission  # fmt: skip
        actor = None
    else:
        actor = round_.staff.moderator
        entered = max(at, min(at + ENTERED, round_.until))
        submission = entering.enter(
            actor=actor, consultation=consultation, words=words, channel=Channel(voice.via),
            received_at=at, at=entered, request_key=key, origin=_origin(voice, at),
        )  # fmt: skip
    if voice.file:
        attaching.attach(
            submission=submission, name=voice.file, data=files.made(voice.file), at=at, actor=actor
        )
    return submission


def _origin(voice: Voice, at: datetime) -> Origin:
    return Origin(voice.place, voice.link, at.date() if voice.link else None)


def _words(voice: Voice, document: Document) -> Words:
    passage = None
    if voice.at:
        passage = places.longest(document) if voice.at == "*" else places.find(document, voice.at)
    return Words(
        kind=voice.kind,
        body=voice.says,
        proposed=_proposed(voice, passage.text) if passage else "",
        why=voice.why,
        lineage_id=passage.id if passage else "",
        author_name=voice.who,
        organisation=voice.org,
        show_name=bool(voice.who) and voice.named,
        email=voice.email or _letter_address(voice),
        phone=voice.phone,
        post_address=voice.post,
    )


def _proposed(voice: Voice, passage: str) -> str:
    """The wording somebody wishes. Raises NoSuchPlace when the words to replace are not there."""
    if voice.adds:
        return f"{passage} {voice.adds}"
    old, new = voice.instead
    start = places.spaced(passage).find(old)  # one sign for one: hard spaces stay where they are
    if start < 0:
        raise places.NoSuchPlace(f"{voice.at}: {old}")
    return passage[:start] + new + passage[start + len(old) :] if old else ""


def _letter_address(voice: Voice) -> str:
    """Whoever wrote a letter can be answered."""
    if voice.via != Channel.EMAIL:
        return ""
    plain = unicodedata.normalize("NFKD", voice.id).encode("ascii", "ignore").decode().lower()
    return f"{plain}@pastas.example"


def _agree(submission: Submission, voice: Voice, since: datetime, until: datetime) -> None:
    """Others agree, one after another, while people may speak."""
    for place in range(voice.supports):
        supporting.agree(
            submission=submission,
            device=hashlib.sha256(f"demo {submission.number} {place}".encode()).hexdigest(),
            network="",
            at=since + (until - since) * place / (voice.supports + 1),
        )
