"""A large strategy in a scratch database: many blocks, many comments, some answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests import make

from sutarta.apps.consultations.models import Consultation, Submission, Visibility
from sutarta.apps.people.models import User
from sutarta.core.documents import Block, Document, Kind, identify

SECTION = 25  # blocks under one heading
WORDS = (
    "Pagalba į namus teikiama kasdien, taip pat savaitgaliais, vyresnio amžiaus žmonėms, kuriems "
    "sunku savarankiškai tvarkytis, o šeimoms, prižiūrinčioms artimuosius, – kelios laisvos "
    "valandos per savaitę."
)
SAID = "Parašykite ir valandas: vakare ateiti svarbiau nei rytą, nes tada žmogus lieka vienas."


def build(blocks: int, comments: int, at: datetime) -> Consultation:
    """An open consultation on a published version, reached at the host bench.test."""
    group = make.group(host="bench.test")
    actor = make.member(of=group)
    version = make.version(group=group, made_by=actor, document=_document(blocks))
    consultation = make.consultation(
        version=version,
        made_by=actor,
        opens_at=at - timedelta(days=20),
        last_day=(at + timedelta(days=20)).date(),
    )
    for number in range(comments):
        _comment(consultation, number, at, actor)
    return consultation


def _document(count: int) -> Document:
    return identify(Document(tuple(map(_block, range(count)))), seed="bench")


def _block(number: int) -> Block:
    if number % SECTION == 0:
        section = number // SECTION + 1
        return make.block(f"{section} skyrius", Kind.HEADING, level=1, number=f"{section}.")
    return make.block(f"{number}. {WORDS}")


def _comment(consultation: Consultation, number: int, at: datetime, actor: User) -> Submission:
    # Most paragraphs have one or two comments; the second one is where all like to speak.
    blocks = consultation.version.document.blocks
    spoken_of = 1 if number % 20 == 0 else 1 + number * 7 % (len(blocks) - 1)
    return make.submission(
        consultation=consultation,
        lineage_id=blocks[spoken_of].id,
        body=f"{number}. {SAID}",
        at=at - timedelta(days=10) + timedelta(seconds=number),
        visibility=Visibility.PUBLIC,
    )
