"""What residents of the invented town said so far, and what the desk did with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sutarta.apps.consultations.actions import answering, moderating, speaking
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import (
    Channel,
    Consultation,
    Kind,
    Outcome,
    Submission,
    Visibility,
)
from sutarta.apps.people.models import User
from sutarta.core.documents import Block, Document


@dataclass(frozen=True)
class Voice:
    """One thing somebody said.

    day       days after the draft was published; shown: whether it was moderated
    passage   how the passage begins; "" for none, "*" for the longest one
    replace   for a suggested wording: (words of the passage, words instead)
    answer    of a question, published; draft: outcome and reason, not published yet
    """

    kind: Kind
    day: float
    body: str = ""
    passage: str = ""
    replace: tuple[str, str] = ("", "")
    why: str = ""
    author: str = ""
    organisation: str = ""
    channel: Channel = Channel.WEB
    shown: bool = True
    answer: str = ""
    draft: tuple[Outcome, str] | None = None


ALKSNIAI = [
    Voice(
        Kind.WORDING, 1.45, passage="Pagalba į namus teikiama darbo dienomis. Darbuotojas",
        replace=("darbo dienomis", "kasdien, taip pat savaitgaliais"),
        why="Mano kaimynė savaitgalį lieka visai viena. Valgyti norisi ir sekmadienį.",
        author="A. Ž.",
        draft=(
            Outcome.ACCEPTED,
            "Pritariame. Apie savaitgalius poreikių tyrime rašė 96 žmonės. Paslaugų teikėjai "
            "patvirtino, kad kasdienė pagalba įmanoma už tą pačią sumą, jei vizitai trumpesni.",
        ),
    ),
    Voice(
        Kind.COMMENT, 2.6, "Autobusu iš Pušyno į polikliniką nenuvažiuosi, o taksi kainuoja "
        "dvylika eurų į abi puses. Prie 35 minučių pėsčiomis reikėtų parašyti ir tai.",
        passage="Iki artimiausios socialinių paslaugų įstaigos", author="J. B.",
    ),
    Voice(
        Kind.COMMENT, 3.4, "Mums užtektų vieno vakaro per savaitę. Svarbiausia, kad ateitų tas "
        "pats žmogus, nes mama svetimų bijo.",
        passage="Šeimos, prižiūrinčios artimuosius", channel=Channel.PHONE,
    ),
    Voice(
        Kind.QUESTION, 4.3, "Ar bendruomenės namuose bus galima rengti gimtadienius? Kiek tai "
        "kainuotų?",
        passage="Namai atviri kasdien iki 21 val.", author="V. K.",
        answer="Taip, jei salė tuo metu laisva. Kainą nustatys namų naudotojų susirinkimas; "
        "skaičiuojame, kad tai būtų šildymo išlaidos, apie 15 eurų už vakarą.",
    ),
    Voice(
        Kind.WORDING, 5.7, passage="Jei rodiklis dvejus metus atsilieka",
        replace=(
            "atsilieka, valdyba",
            "atsilieka daugiau kaip ketvirtadaliu, valdyba per du mėnesius",
        ),
        why="Kitaip neaišku, kiek turi atsilikti ir kiek lauksime paaiškinimo.",
        organisation="Trečiojo amžiaus universitetas", channel=Channel.EMAIL,
        draft=(Outcome.ACCEPTED, "Pritariame: taip bus aišku, kada ir ką turime padaryti."),
    ),
    Voice(
        Kind.GENERAL, 6.2, "Prie poliklinikos ir autobusų stoties nėra kur prisėsti. Siūlau "
        "bent tris suoliukus su atlošais.",
        channel=Channel.PAPER,
        draft=(
            Outcome.OUT_OF_SCOPE,
            "Suoliukai – savivaldybės darbas, šios strategijos pinigų jiems skirti negalime. "
            "Jūsų pasiūlymą perdavėme savivaldybei.",
        ),
    ),
    Voice(
        Kind.COMMENT, 8.5, "Gerai, kad jaunuolis gauna atlyginimą. Bet keturių mėnesių per mažai: "
        "kol išmoksti, jau ir baigiasi.",
        passage="Padedame 16–29 metų žmonėms", author="M. L.",
    ),
    Voice(
        Kind.COMMENT, 11.8, "Kur bus antra patalpa Pušyno kvartale? Jei senoje katilinėje, ten "
        "laiptai ir siauros durys, su vežimėliu neįvažiuosi.",
        passage="Plečiame dienos centrą", organisation="Žmonių su negalia draugija", shown=False,
    ),
    Voice(
        Kind.GENERAL, 13.1, "Prašau strategiją trumpai papasakoti ir tiems, kas internetu "
        "nesinaudoja: perskaityti bibliotekoje ar atspausdinti laikraštyje.",
        shown=False,
    ),
]  # fmt: skip

ANY_DOCUMENT = [
    Voice(
        Kind.COMMENT, 2.4, "Ar galėtumėte šią vietą parašyti trumpiau? Perskaičiau dukart ir vis "
        "tiek ne viską supratau.",
        passage="*", author="J. B.",
    ),
    Voice(
        Kind.QUESTION, 4.6, "Kur galima perskaityti šį projektą atspausdintą?",
        answer="Atspausdintas projektas padėtas grupės biure ir miesto bibliotekoje.",
    ),
    Voice(
        Kind.GENERAL, 9.2, "Siūlau projektą pristatyti susitikime, ne tik internete.", shown=False
    ),
]  # fmt: skip


def speak(
    consultation: Consultation, actor: User, start: datetime, now: datetime, *, is_own: bool
) -> None:
    """Let everybody speak; moderate and answer what the desk got to meanwhile."""
    document = consultation.version.document
    for voice in ANY_DOCUMENT if is_own else ALKSNIAI:
        at = min(start + timedelta(days=voice.day), now)
        submission = _submit(consultation, _words(voice, document), voice, actor, at)
        if voice.shown:
            _look_after(submission, voice, actor, min(at + timedelta(hours=20), now))


def _submit(
    consultation: Consultation, words: Words, voice: Voice, actor: User, at: datetime
) -> Submission:
    receipt = speaking.submit(
        consultation=consultation,
        words=words,
        channel=voice.channel,
        at=at,
        recorded_at=at,
        request_key=hashlib.sha256(f"demo {voice.day}".encode()).hexdigest(),
        actor=None if voice.channel == Channel.WEB else actor,
        language="lt",
    )
    return receipt.submission


def _words(voice: Voice, document: Document) -> Words:
    passage = _passage(document, voice.passage)
    return Words(
        kind=voice.kind,
        body=voice.body,
        proposed=passage.text.replace(*voice.replace) if passage and voice.replace[0] else "",
        why=voice.why,
        lineage_id=passage.id if passage else "",
        author_name=voice.author,
        organisation=voice.organisation,
        show_name=bool(voice.author),
    )


def _passage(document: Document, beginning: str) -> Block | None:
    if not beginning:
        return None
    if beginning == "*":
        return max(document.blocks, key=lambda block: (block.kind == "paragraph", len(block.text)))
    spaced = beginning.replace("\u00a0", " ")
    return next(
        block for block in document.blocks if block.text.replace("\u00a0", " ").startswith(spaced)
    )


def _look_after(submission: Submission, voice: Voice, actor: User, at: datetime) -> None:
    moderating.moderate(
        actor=actor,
        submission=submission,
        visibility=Visibility.PUBLIC,
        seen=submission.digest,
        at=at,
    )
    submission.refresh_from_db()
    if voice.answer:
        answering.answer_question(actor=actor, submission=submission, reason=voice.answer, at=at)
    if voice.draft:
        outcome, reason = voice.draft
        answering.draft_answer(
            actor=actor, submission=submission, outcome=outcome, reason=reason,
            changed=[submission.lineage_id] if outcome == Outcome.ACCEPTED else [],
            is_ready=True, at=at,
        )  # fmt: skip
