"""`sutarta demo --size large`: a town of many passages and many voices, for measuring.

The bundled strategy stands in it as often as it takes, and what people said is said again in other
words. Everything comes about by the same acts as in the usual demo; nothing of it is by chance.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from sutarta.apps.consultations.actions import answering, entering, moderating, speaking
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import (
    Channel,
    Consultation,
    Kind,
    Outcome,
    Submission,
    Visibility,
)
from sutarta.apps.people import actions as people
from sutarta.apps.tenants.models import Group
from sutarta.cli.demo import making, voice, words
from sutarta.cli.demo.desk import Staff
from sutarta.cli.demo.making import Draft, Plan
from sutarta.core.documents import Kind as BlockKind
from sutarta.formats import docx

BLOCKS, SPOKEN = 1_500, 2_000  # at least so many passages; so many submissions
BUNDLED = "alksniai-1.docx"
BODY = "word/document.xml"
BEGUN = timedelta(days=20)  # the version was published so long ago
OPENED = timedelta(days=15)  # before today
EVERY = timedelta(minutes=9)  # somebody speaks
STEP = 50  # submissions between two words about how far it is
OTHER_WAYS = (Channel.EMAIL, Channel.PAPER, Channel.PHONE, Channel.MEETING)
OPENINGS = (
    "", "Pritariu kitiems ir pridursiu. ", "Rašau pirmą kartą. ", "Ilgai galvojau. ",
    "Kaimynai mano tą patį. ", "Iš savo patirties. ", "Trumpai. ", "Skaičiau du vakarus. ",
    "Vakar kalbėjomės virtuvėje. ", "Jau rašiau kitur. ", "Klausiau kolegų. ",
)  # fmt: skip
DESPITE = "Atpažinti žmogaus iš teksto negalima."
REASON = "Ačiū, pasiūlymą svarstysime kartu su kitais apie tą pačią vietą."


@dataclass(frozen=True)
class Turn:
    """One thing that is said: the how manieth, what, about which passage, and when."""

    number: int
    text: str
    lineage_id: str
    at: datetime

    @property
    def key(self) -> str:
        return hashlib.sha256(f"demo large {self.number}".encode()).hexdigest()


def found(
    hosts: list[str], at: datetime, say: Callable[[str], None], spoken: int = SPOKEN
) -> Group:
    """The town with one large version and an open consultation about it."""
    begun = at - BEGUN
    group = people.found_group(
        hosts=hosts, at=begun - timedelta(days=90), is_demo=True, **words.GROUP
    )
    staff = making.admit(group, words.STAFF, begun - timedelta(days=60))
    say(f"A strategy of {BLOCKS:,} passages")
    usual = making.bundled(BUNDLED, words.TITLE, words.NOTE)
    draft = Draft("alksniai-didelis.docx", enlarged(usual.data, BLOCKS), usual.title, usual.note)
    version = making.publish(group, staff, draft, begun)
    today = making.today(group, at)
    plan = Plan(
        words.CONSULTATION, today - OPENED, making.end_of_month(today), words.SUMMARY, words.CONTACT
    )
    consultation = making.hold(staff, version, plan)
    for turn in _turns(consultation, spoken):
        if turn.number % (STEP * 10) == 0:
            say(f"Submissions {turn.number + 1:,} to {turn.number + STEP * 10:,}")
        _work_on(_said(turn, consultation, staff), turn, staff)
    return group


def enlarged(data: bytes, blocks: int) -> bytes:
    """The Word file with all its text repeated until it has at least so many blocks."""
    repeated = [
        one for one in docx.read(data).document.blocks if one.kind is not BlockKind.FOOTNOTE
    ]
    times = -(-blocks // len(repeated))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, _repeated(content, times) if part.filename == BODY else content)
    return made.getvalue()


def _repeated(content: bytes, times: int) -> bytes:
    """The last child of the body is the layout of the pages and stays one."""
    root = etree.fromstring(content)
    body = root[0]
    texts = list(body)[:-1]
    for _again in range(times - 1):
        for text in texts:
            body.insert(len(body) - 1, deepcopy(text))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _turns(consultation: Consultation, count: int) -> Iterator[Turn]:
    """Every twentieth speaks about the same passage, the others about all there are in turn."""
    ids = [block.id for block in consultation.version.document.blocks]
    texts: Sequence[str] = [said.says for said in voice.read("first") if said.says]
    for number in range(count):
        spoken_of = 1 if number % 20 == 0 else 1 + number * 7 % (len(ids) - 1)
        opening = OPENINGS[number // len(texts) % len(OPENINGS)]
        yield Turn(
            number,
            opening + texts[number % len(texts)],
            ids[spoken_of],
            consultation.opens_at + number * EVERY,
        )


def _said(turn: Turn, consultation: Consultation, staff: Staff) -> Submission:
    """Three of four write on the website; the office enters the others."""
    said = Words(kind=Kind.COMMENT, body=turn.text, lineage_id=turn.lineage_id)
    if turn.number % 4:
        return speaking.submit(
            consultation=consultation, words=said, at=turn.at, recorded_at=turn.at,
            request_key=turn.key, language="lt",
        ).submission  # fmt: skip
    return entering.enter(
        actor=staff.moderator, consultation=consultation, words=said,
        channel=OTHER_WAYS[turn.number // 4 % len(OTHER_WAYS)], received_at=turn.at, at=turn.at,
        request_key=turn.key,
    )  # fmt: skip


def _work_on(submission: Submission, turn: Turn, staff: Staff) -> None:
    """Nine of ten are published, and every third of all has the draft of an answer."""
    if turn.number % 10 != 9:
        moderating.moderate(
            actor=staff.moderator, submission=submission, visibility=Visibility.PUBLIC,
            despite=DESPITE, seen=submission.digest, at=turn.at,
        )  # fmt: skip
    if turn.number % 3 == 0:
        answering.draft_answer(
            actor=staff.moderator, submission=submission, outcome=Outcome.NOTED, reason=REASON,
            is_ready=True, at=turn.at,
        )  # fmt: skip
