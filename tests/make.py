"""One function per thing a test may need: dull defaults, keywords for what matters."""

from __future__ import annotations

import hashlib
import io
import itertools
import secrets
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import docx
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.actions import (
    entering,
    languages,
    paper,
    sealing,
    speaking,
    translating,
)
from sutarta.apps.consultations.models import (
    Answer,
    Arrival,
    Attachment,
    Channel,
    Consultation,
    Deadline,
    Deed,
    FormWords,
    LetterOpening,
    Objection,
    ObjectionKind,
    ObjectionReason,
    OnPaper,
    PaperRun,
    Rendition,
    Report,
    StandardText,
    Submission,
    Translation,
    Visibility,
)
from sutarta.apps.consultations.models import Kind as SubmissionKind
from sutarta.apps.consultations.models import Outcome as SubmissionOutcome
from sutarta.apps.consultations.queries import attachments, receipts, reporting, translations
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import Witness
from sutarta.apps.mail.actions import receiving
from sutarta.apps.mail.models import Door, Mailbox, RawLetter, RawState
from sutarta.apps.people.models import Membership, Role, User
from sutarta.apps.publishing.models import About, Follow, Outlet, Publication
from sutarta.apps.publishing.queries import following
from sutarta.apps.strategies import rendering
from sutarta.apps.strategies.actions import withholding as withholding_actions
from sutarta.apps.strategies.models import (
    Import,
    Original,
    Passage,
    Picture,
    StaffNote,
    Strategy,
    Version,
    VersionReason,
    Withholding,
)
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Group
from sutarta.core import deadlines
from sutarta.core.canonical import canonical_bytes, fingerprint
from sutarta.core.documents import (
    Block,
    Document,
    Kind,
    Span,
    document_digest,
    dump,
    identify,
)
from sutarta.core.text import search_text
from sutarta.core.translog import Signer
from sutarta.core.translog.notes import COSIGNATURE
from sutarta.formats import docx as reader

NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # 12.00 in Vilnius
LAST_DAY = date(2026, 11, 30)
_count = itertools.count(1)


def group(**facts: Any) -> Group:
    """A group; its host is `host` or an invented one under .test."""
    n = next(_count)
    host = facts.pop("host", f"group{n}.test")
    defaults = {
        "name": f"Alksnių {n} miesto vietos veiklos grupė",
        "short_name": f"Alksnių {n} VVG",
        "municipality": "Alksnių miesto savivaldybė",
        "email": f"pasiulymai{n}@alksniai.example",
        "phone": "+370 600 00000",
        "address": "Liepų g. 7, Alksniai",
        "office_hours": "I–IV 9–16 val.",
    }
    at = NOON - timedelta(days=90)
    made = tenants.found_group(hosts=[host], at=at, **{**defaults, **facts})
    ledger.log_of(made, at)
    return made


def user(**facts: Any) -> User:
    n = next(_count)
    return User.objects.create_user(**{"email": f"r{n}@alksniai.example", "name": "R M", **facts})


def member(*, of: Group, role: str = Role.COORDINATOR, **facts: Any) -> User:
    """A user who holds `role` in the group, whatever day the test runs on."""
    who = user(**facts)
    since = datetime(2020, 1, 1, tzinfo=UTC)
    Membership.objects.create(group=of, user=who, role=role, starts_at=since)
    return who


def passkey(*, of: User, name: str = "Telefonas") -> Authenticator:
    """A passkey of a person, as a device would have answered when it was added."""
    key = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    made = AttestedCredentialData.create(Aaguid(bytes(16)), of.pk.bytes, key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    proof = AuthenticatorData.create(bytes(32), flags, 0, made)
    client = CollectedClientData.create("webauthn.create", b"0" * 32, "http://localhost")
    credential = {
        "id": websafe_encode(of.pk.bytes),
        "rawId": websafe_encode(of.pk.bytes),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", proof, {})),
        },
    }
    data = {"name": name, "credential": credential}
    return Authenticator.objects.create(user=of, type=Authenticator.Type.WEBAUTHN, data=data)


def strategy(**facts: Any) -> Strategy:
    its_group = facts.pop("group", None) or group()
    defaults = {
        "number": tenants.take_number(its_group, "strategy"),
        "title": "Alksnių miesto 2023–2029 m. vietos plėtros strategija",
        "language": "lt",
        "created_at": NOON - timedelta(days=60),
    }
    return Strategy.objects.create(group=its_group, **{**defaults, **facts})


def block(text: str, kind: Kind = Kind.PARAGRAPH, **facts: Any) -> Block:
    return Block(kind, spans=(Span(text),), **facts)


def document(*texts: str, **facts: Any) -> Document:
    """A document with one heading and the given paragraphs, all with lineage ids."""
    texts = texts or (
        "Pagalba į namus teikiama kasdien, taip pat savaitgaliais.",
        "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę.",
    )
    heading = block("Ko žmonėms trūksta", Kind.HEADING, level=1, number="2.")
    return identify(Document((heading, *map(block, texts)), **facts), seed="test")


def now() -> datetime:
    """The real time, for journeys through middleware, which reads the clock."""
    return datetime.now(UTC)  # noqa: TID251


def today(days: int = 0) -> date:
    """The day it is where the groups are, or so many days later."""
    return (now() + timedelta(days=days)).astimezone(ZoneInfo("Europe/Vilnius")).date()


def version(*texts: str, **facts: Any) -> Version:
    """A published version of one heading and the given paragraphs; `published=False`: a draft."""
    its_strategy = facts.pop("strategy", None) or strategy(group=facts.pop("group", None))
    published = facts.pop("published", True)
    words = facts.pop("document", None) or document(*texts)
    its_group = its_strategy.group
    salts = {its.id: secrets.token_bytes(32) for its in words.blocks}
    defaults = {
        "number": its_strategy.versions.count() + 1,
        "reason": VersionReason.FIRST,
        "original": original(group=its_group),
        "content": canonical_bytes(dump(words)),
        "salts": {name: salt.hex() for name, salt in salts.items()},
        "digest": document_digest(words, salts) if published else "",
        "made_at": NOON - timedelta(days=40),
        "made_by": facts.pop("made_by", None) or user(),
        "published_at": NOON - timedelta(days=30) if published else None,
    }
    made = Version(group=its_group, strategy=its_strategy, **{**defaults, **facts})
    if published:
        pictures = rendering.public_pictures(made)
        made.rendered = rendering.stored(rendering.render(words, pictures))
    made.save()
    return made


def word_file(*paragraphs: str | list[list[str]], inserted: str = "") -> bytes:
    """A Word file: "# Title" is a heading, "*Title" bold, a list of lists a table; `inserted`
    is a paragraph written with tracked changes.
    """
    word = docx.Document()
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            words = paragraph.lstrip("#*")
            level = paragraph.count("#", 0, 9)
            style = f"Heading {level}" if level else None
            run = word.add_paragraph(style=style).add_run(words.strip())
            run.bold = paragraph.startswith("*") or None
            continue
        table = word.add_table(rows=0, cols=len(paragraph[0]))
        for row in paragraph:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    if inserted:
        run = word.add_paragraph("").add_run(inserted)._r
        change = OxmlElement("w:ins")
        change.set(qn("w:id"), "1")
        change.set(qn("w:author"), "R. M.")
        change.set(qn("w:date"), "2026-11-01T10:00:00Z")
        run.addprevious(change)
        change.append(run)
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def import_(*paragraphs: str | list[list[str]], **facts: Any) -> Import:
    """`word_file(*paragraphs)` in the preview; read without the sandbox, which takes its time."""
    its_strategy = facts.pop("strategy", None) or strategy()
    reading = reader.read(word_file(*paragraphs), language=its_strategy.language)
    its_strategy.imports.filter(closed_at=None).update(closed_at=NOON)
    defaults = {
        "original": original(group=its_strategy.group),
        "read": canonical_bytes(dump(reading.document)),
        "findings": [],
        "made_by": facts.pop("made_by", None) or user(),
        "made_at": NOON,
    }
    return Import.objects.create(
        group=its_strategy.group, strategy=its_strategy, **{**defaults, **facts}
    )


def staff_note(of: Import, **facts: Any) -> StaffNote:
    """A comment of the file, kept as a note."""
    defaults = {
        "key": f"c{next(_count)}",
        "part": "word/document.xml",
        "index": 1,
        "author_name": "K. L.",
        "text": "Kiek tiksliai valandų?",
        "kept_by": facts.pop("kept_by", None) or user(),
        "kept_at": NOON,
    }
    return StaffNote.objects.create(
        group=of.group, strategy=of.strategy, file=of, **{**defaults, **facts}
    )


def original(**facts: Any) -> Original:
    path = default_storage.save("originals/test.docx", ContentFile(b"PK"))
    digest = hashlib.sha256(b"PK").hexdigest()
    defaults = {"name": "strategija.docx", "digest": digest, "size": 2, "path": path}
    return Original.objects.create(
        **{**defaults, "kept_at": NOON, "kept_by": facts.pop("kept_by", None) or user(), **facts}
    )


def consultation(**facts: Any) -> Consultation:
    """An open consultation at NOON, until the end of LAST_DAY; `wording`, `last_day` change it.

    With a `strategy` it is an idea call: there is no version yet.
    """
    its_strategy, its_version = facts.pop("strategy", None), facts.pop("version", None)
    if its_strategy is None:
        its_version = its_version or version(group=facts.pop("group", None))
        its_strategy = its_version.strategy
    last_day, wording = facts.pop("last_day", LAST_DAY), facts.pop("wording", deadlines.Wording())
    who = facts.pop("made_by", None) or user()
    its_group = its_strategy.group
    defaults = {
        "number": tenants.take_number(its_group, "consultation"),
        "title": "Strategijos projekto aptarimas",
        "summary": "Aptariame, kokios pagalbos žmonėms reikia arčiau namų.",
        "waived": ["broad_terms", "planned", "not_planned", "deciders", "open_questions"],
        "opens_at": NOON - timedelta(days=20),
        "answers_by": last_day + timedelta(days=14),
        "made_at": NOON - timedelta(days=21),
        "announced_at": NOON - timedelta(days=20),
    }
    made = Consultation.objects.create(
        group=its_group,
        strategy=its_strategy,
        version=its_version,
        made_by=who,
        **{**defaults, **facts},
    )
    deadline(made, last_day=last_day, wording=wording, set_by=who)
    return made


def running(**facts: Any) -> Consultation:
    """One that has been open for five days of the real clock and will be for eight more."""
    begun = now() - timedelta(days=5)
    defaults = {
        "opens_at": begun,
        "announced_at": begun,
        "last_day": (begun + timedelta(days=13)).date(),
    }
    return consultation(**{**defaults, **facts})


def deadline(its: Consultation, **facts: Any) -> Deadline:
    """A deadline of the consultation, set at NOON unless said otherwise."""
    value = deadlines.Deadline.of(
        facts.pop("last_day", LAST_DAY),
        facts.pop("wording", deadlines.Wording()),
        its.group.zone,
    )
    return Deadline.objects.create(
        group=its.group,
        consultation=its,
        local_date=value.local_date,
        wording=value.wording.code,
        zone=value.zone,
        tz_version=value.tz_version,
        closes_at=value.instant,
        **{
            "set_by": facts.pop("set_by", None) or user(),
            "set_at": NOON - timedelta(days=21),
            **facts,
        },
    )


def passage(of: Version, number: int = 1) -> str:
    """Lineage id of a paragraph of the version; the heading is number 0."""
    return of.document.blocks[number].id


def receipt(**facts: Any) -> speaking.Receipt:
    """What `actions.speaking.submit` gives: a comment on the first paragraph, sent at NOON."""
    its = facts.pop("consultation", None) or consultation()
    at = facts.pop("at", NOON)
    rest = {
        "channel": facts.pop("channel", Channel.WEB),
        "recorded_at": facts.pop("recorded_at", at),
        "request_key": facts.pop("request_key", None) or f"key-{next(_count)}",
        "actor": facts.pop("actor", None),
        "language": facts.pop("language", "lt"),
    }
    defaults = {"kind": SubmissionKind.COMMENT, "body": "Parašykite ir valandas."}
    if facts.get("kind") in {None, SubmissionKind.COMMENT, SubmissionKind.WORDING}:
        defaults["lineage_id"] = passage(its.version)
    words = speaking.Words(**{**defaults, **facts})
    return speaking.submit(consultation=its, words=words, at=at, **rest)


def entered(**facts: Any) -> Submission:
    """A comment that staff found elsewhere a minute ago and entered."""
    its = facts.pop("consultation", None) or consultation()
    at = facts.pop("at", None) or now()
    defaults = {"kind": SubmissionKind.GENERAL, "body": "Reikia keltuvo prie poliklinikos."}
    rest = {
        "actor": facts.pop("actor", None) or member(of=its.group, role=Role.MODERATOR),
        "channel": facts.pop("channel", Channel.ELSEWHERE),
        "received_at": facts.pop("received_at", at - timedelta(minutes=1)),
        "request_key": facts.pop("request_key", None) or f"entry-{next(_count)}",
        "origin": facts.pop("origin", None)
        or entering.Origin("Alksnių kaimynai", "https://kaimynai.example/1", LAST_DAY),
        "left_out": facts.pop("left_out", ""),
        "publish": facts.pop("publish", False),
    }
    words = speaking.Words(**{**defaults, **facts})
    return entering.enter(consultation=its, words=words, at=at, **rest)


def on_paper(of: Submission, *, place: int = 1, **facts: Any) -> OnPaper:
    """That it was typed in from a sheet of paper, the first on it."""
    defaults = {"sheet": uuid4(), "printed": None}
    return OnPaper.objects.create(
        group=of.group, submission=of, place=place, **{**defaults, **facts}
    )


def raw_letter(raw: bytes = b"", **facts: Any) -> RawLetter:
    """A letter as it came, at NOON and fetched at once; `to` is the address it was sent to."""
    at = facts.pop("received_at", NOON)
    defaults = {
        "group": facts.pop("group", None) or group(),
        "door": Door.LISTENER,
        "fetched_at": facts.pop("fetched_at", at),
        "origin": f"lmtp:{next(_count)}",
        "envelope_to": facts.pop("to", ""),
    }
    raw = raw or b"From: J. B. <j.b@post.example>\r\nSubject: Takas\r\n\r\nReikia tako.\r\n"
    return receiving.take_in(raw=raw, received_at=at, **{**defaults, **facts})


def arrival(*, of: Group, state: str = RawState.TO_SORT, **facts: Any) -> Arrival:
    """A letter somebody looked at and that waits to be sorted."""
    letter = raw_letter(group=of)
    receiving.settle(letter, state, facts.pop("reason", "GENERAL"), NOON)
    defaults = {"sender_name": "J. B.", "sender_address": "j.b@post.example", "subject": "Takas"}
    return Arrival.objects.create(group=of, letter=letter, tries=1, **{**defaults, **facts})


def letter_opening(of: Arrival, **facts: Any) -> LetterOpening:
    defaults = {
        "reason": "Neaiškūs žodžiai",
        "at": NOON,
        "actor": facts.pop("actor", None) or user(),
    }
    return LetterOpening.objects.create(group=of.group, arrival=of, **{**defaults, **facts})


def mailbox(*, of: Group, address: str = "info@alksniai.example", **facts: Any) -> Mailbox:
    """An address of the group at which letters come to our own server; it knows tags."""
    defaults = {"door": Door.LISTENER, "has_tags": True, "added_at": NOON}
    return Mailbox.objects.create(group=of, address=address, **{**defaults, **facts})


def paper_run(of: Consultation, *, count: int = 1, language: str = "lt") -> PaperRun:
    """Forms printed with codes."""
    actor = member(of=of.group, role=Role.MODERATOR)
    return paper.print_forms(actor=actor, consultation=of, language=language, count=count, at=now())


def submission(**facts: Any) -> Submission:
    """One submission; `visibility` other than CHECKING publishes its text as it is."""
    visibility = facts.pop("visibility", Visibility.CHECKING)
    made = receipt(**facts).submission
    if visibility != Visibility.CHECKING:
        made.visibility = visibility
    if visibility in {Visibility.PUBLIC, Visibility.REDACTED}:
        made.public_body, made.public_proposed = made.body, made.proposed
        made.public_why = made.why
        made.keys = search_text(f"{made.body} {made.proposed} {made.why}")
        sealing.seal_shown(made)
    made.save()
    return made


def answer(to: Submission, **facts: Any) -> Answer:
    """A published answer that accepts; `published_at=None`: one still being prepared."""
    defaults = {
        "outcome": SubmissionOutcome.ACCEPTED,
        "reason": "Pritariame: valandas įrašome.",
        "changed": [],
        "is_ready": True,
        "written_by": facts.pop("written_by", None) or user(),
        "written_at": NOON,
        "published_at": NOON + timedelta(days=10),
    }
    return Answer.objects.create(group=to.group, submission=to, **{**defaults, **facts})


def attachment(to: Submission, data: bytes = b"GIF", **facts: Any) -> Attachment:
    """A file handed over at NOON; `approved_at` opens it, when the submission is public."""
    defaults = {
        "name": "kiemas.png",
        "media_type": "image/png",
        "size": len(data),
        "path": default_storage.save(f"{to.group_id}/attachments/test.png", ContentFile(data)),
        "digest": hashlib.sha256(data).hexdigest(),
        "kept_digest": hashlib.sha256(data).hexdigest(),
        "salt": secrets.token_bytes(32),
        "added_at": NOON,
    }
    made = Attachment(group=to.group, submission=to, **{**defaults, **facts})
    made.commitment = fingerprint(made.salt, attachments.content(made))
    made.save(force_insert=True)
    return made


def standard_text(*, of: Group, **facts: Any) -> StandardText:
    """A reusable text of the group."""
    defaults = {"title": "Perduota", "text": "{nr} perdavėme savivaldybei.", "made_at": NOON}
    who = facts.pop("made_by", None) or user()
    return StandardText.objects.create(group=of, made_by=who, **{**defaults, **facts})


def rendition(of: Consultation, **facts: Any) -> Rendition:
    """What a consultation is about, in Ukrainian unless told otherwise."""
    facts = {"language": "uk", "title": "Стратегія містечка", "text": "Що зміниться.", **facts}
    return languages.set_rendition(
        actor=facts.pop("actor", None) or member(of=of.group),
        consultation=of,
        is_easy=facts.pop("is_easy", False),
        at=facts.pop("at", NOON),
        **facts,
    )


def form_words(*, of: Group, language: str = "uk", **facts: Any) -> FormWords:
    """The form in a further language, in the words there are to begin with."""
    return languages.set_form_words(
        actor=facts.get("actor") or member(of=of),
        group=of,
        language=language,
        words=facts.get("words", tongues.starting_words(language)),
        at=facts.get("at", NOON),
    )


def translation(to: Submission, body: str = "Vertimas.", **facts: Any) -> Translation:
    """Of a published submission that holds a body alone."""
    return translating.translate(
        actor=facts.get("actor") or member(of=to.group),
        submission=to,
        language=facts.get("language", "lt"),
        text=Text(body),
        seen=translations.public_digest(to),
        at=facts.get("at", NOON),
    )


def deed(*, of: Group, **facts: Any) -> Deed:
    """One thing done at the desk to many; by itself it changed nothing."""
    defaults = {"kind": "assign", "before": {}, "at": NOON}
    who = facts.pop("actor", None) or user()
    return Deed.objects.create(group=of, actor=who, **{**defaults, **facts})


def report(of: Consultation, **facts: Any) -> Report:
    """A closing report; `published_at` publishes it as it stands."""
    defaults = {"what_changed": "Įrašėme valandas.", "written_by": user(), "written_at": NOON}
    made = Report.objects.create(group=of.group, consultation=of, **{**defaults, **facts})
    if made.published_at is not None:
        made.content = reporting.freeze(made)
        made.save()
    return made


def follow(**facts: Any) -> Follow:
    """A confirmed follow of `consultation`, or of the strategy of `version`; with `passage`, the
    number of a paragraph of that version, of this passage.
    """
    its, spoken = facts.pop("consultation", None), facts.pop("version", None)
    spoken = spoken or (its.version if its else version(group=facts.pop("group", None)))
    strategy_ = its.strategy if its else spoken.strategy
    number = facts.pop("passage", None)
    lineage = passage(spoken, number) if number else ""
    email = facts.pop("email", "s.k@alksniai.example")
    about = About.CONSULTATION if its else About.PASSAGE if lineage else About.STRATEGY
    defaults = {
        "language": "lt",
        "secret_digest": receipts.secret_digest(following.secret_for(strategy_.group, email)),
        "asked_at": NOON,
        "confirmed_at": NOON,
        "told_until": facts.get("confirmed_at") or NOON,
    }
    return Follow.objects.create(
        group=strategy_.group,
        about=about,
        strategy=strategy_,
        consultation=its,
        lineage_id=lineage,
        email=email,
        **{**defaults, **facts},
    )


def objection(to: Submission, **facts: Any) -> Objection:
    """A reader's report that nobody has settled yet."""
    defaults = {"kind": ObjectionKind.REPORT, "reason": ObjectionReason.PERSONAL, "at": NOON}
    return Objection.objects.create(group=to.group, submission=to, **{**defaults, **facts})


def publication(of: Consultation, copy: bytes = b"", **facts: Any) -> Publication:
    """A newspaper that named the deadline in force, seen at NOON; `copy` is the bytes kept."""
    defaults = {
        "deadline": of.deadline,
        "outlet": Outlet.NEWSPAPER,
        "where": "Alksnių žinios",
        "seen_on": NOON.date(),
        "recorded_at": NOON,
    }
    if copy:
        path = f"{of.group_id}/publications/test.png"
        defaults |= {
            "copy_name": "iskarpa.png",
            "copy_type": "image/png",
            "copy_path": default_storage.save(path, ContentFile(copy)),
            "copy_digest": hashlib.sha256(copy).hexdigest(),
            "copy_size": len(copy),
        }
    who = facts.pop("recorded_by", None) or user()
    return Publication.objects.create(
        group=of.group, consultation=of, recorded_by=who, **{**defaults, **facts}
    )


def illustrated(picture_bytes: bytes) -> Document:
    """A document with a heading, two paragraphs and one picture."""
    digest = hashlib.sha256(picture_bytes).hexdigest()
    figure = Block(Kind.FIGURE, image=digest, alt="Gyventojų skaičius pagal metus")
    words = document()
    return identify(
        replace(words, blocks=(*words.blocks, figure), media={digest: "image/png"}), "test"
    )


def picture(picture_bytes: bytes, **facts: Any) -> Picture:
    """A kept picture of the group."""
    digest = hashlib.sha256(picture_bytes).hexdigest()
    path = default_storage.save(
        f"{facts['group'].pk}/pictures/{digest}", ContentFile(picture_bytes)
    )
    return Picture.objects.create(digest=digest, media_type="image/png", path=path, **facts)


def reworded(before: Version, lineage: str, text: str) -> Version:
    """The next version, published, in which one passage of `before` reads `text`."""
    blocks = tuple(
        replace(its, spans=(Span(text),)) if its.id == lineage else its
        for its in before.document.blocks
    )
    words = replace(before.document, blocks=blocks)
    after = version(strategy=before.strategy, document=words, reason=VersionReason.ANSWERS)
    Passage.objects.create(
        group=after.group,
        version=after,
        old_id=lineage,
        outcome="reworded",
        new_ids=[lineage],
        confidence=1.0,
    )
    return after


def cosigner(name: str = "biblioteka") -> Signer:
    """A witness's key; the same name has the same key."""
    return Signer(name, hashlib.sha256(name.encode()).digest(), COSIGNATURE)


def withholding(of: Version, *, lineage_id: str = "", **facts: Any) -> Withholding:
    """One passage of a published version withheld by an action."""
    defaults = {"reason": "Paskelbta per klaidą.", "at": NOON}
    (found, *_rest) = withholding_actions.withhold(
        actor=facts.pop("actor", None) or member(of=of.group),
        version=of,
        lineage_id=lineage_id or passage(of),
        **{**defaults, **facts},
    )
    return found


def witness(*, of: Group, name: str = "biblioteka", **facts: Any) -> Witness:
    """Somebody who witnesses the group's log, with the key of `cosigner(name)`."""
    key = str(cosigner(name).verifier)
    defaults = {"name": "Alksnių biblioteka", "public": key, "added_at": NOON}
    return Witness.objects.create(group=of, **{**defaults, **facts})
