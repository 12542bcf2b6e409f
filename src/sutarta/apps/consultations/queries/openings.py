"""For the audit: whether commitments still open to what is stored, or an act says why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sutarta.apps.consultations.models import Attachment, FormerText, Submission, Translation
from sutarta.apps.consultations.queries import attachments, receipts, sealed, translations
from sutarta.apps.consultations.queries.public import HEAVY_VERSION
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import imprints
from sutarta.apps.ledger.queries.auditing import Act, Book, Finding
from sutarta.apps.strategies.queries.openings import file_digest
from sutarta.apps.tenants.models import Counter, Group
from sutarta.core.canonical import SALT_LENGTH, fingerprint

SERIES = "submission"
CONTACT, WORDS = {"CONTACT", "WORDS"}, {"WORDS"}


@dataclass
class Forgotten:
    """Numbers of submissions of which acts say that something was erased or ended by rule."""

    contacts: set[int] = field(default_factory=set)
    words: set[int] = field(default_factory=set)


def findings(group: Group, book: Book) -> Iterator[Finding]:
    """Texts, authors, contacts, files and translations that are not what was committed to."""
    forgotten = _forgotten(book.told)
    former = _by_submission(FormerText.objects.filter(group=group).order_by("replaced_at", "id"))
    numbers = set()
    for submission in _submissions(group):
        numbers.add(submission.number)
        yield from _words(submission, former[submission.pk], forgotten)
        yield from _author(submission, forgotten)
        yield from _shown(submission, forgotten)
    yield from _gaps(group, numbers)
    yield from _files(group)
    yield from _translations(group)


def _forgotten(told: Mapping[str, Iterable[Act]]) -> Forgotten:
    found = Forgotten()
    for act in told.get("submission.erased", ()):
        if act.facts["scope"] in CONTACT:
            found.contacts.add(act.facts["number"])
        if act.facts["scope"] in WORDS:
            found.words.add(act.facts["number"])
    for act in told.get("contacts.forgotten", ()):
        found.contacts |= set(act.facts["numbers"])
    for act in told.get("originals.forgotten", ()):
        found.words |= set(act.facts["numbers"])
    return found


def _submissions(group: Group) -> Iterator[Submission]:
    rows = Submission.objects.filter(group=group).select_related(
        "consultation__strategy", "version", "ward"
    )
    return rows.defer(*HEAVY_VERSION).order_by("number").iterator(1_000)


def _by_submission(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[row.submission_id].append(row)
    return found


def _words(
    submission: Submission, former: list[FormerText], forgotten: Forgotten
) -> Iterator[Finding]:
    rows = [*former, submission]
    for revision, row in enumerate(rows, start=1):
        text = Text.of(row)
        if bytes(row.salt):
            said = receipts.content(submission, text, revision)
            if not _opens(row.salt, said, row.digest):
                yield _about("text.other", submission)
        elif submission.number not in forgotten.words:
            yield _about("text.unsealed", submission)
        elif text != (sealed.public(submission) if row is submission else Text()):
            yield _about("text.other", submission)


def _author(submission: Submission, forgotten: Forgotten) -> Iterator[Finding]:
    for name, said, left in (
        ("author", receipts.author(submission), submission.author_name),
        (
            "contact",
            receipts.contact(submission),
            submission.email + submission.phone + submission.post_address,
        ),
    ):
        salt = bytes(getattr(submission, f"{name}_salt"))
        if salt:
            if not _opens(salt, said, getattr(submission, f"{name}_digest")):
                yield _about(f"{name}.other", submission)
        elif submission.number not in forgotten.contacts:
            yield _about(f"{name}.unsealed", submission)
        elif left:
            yield _about(f"{name}.other", submission)


def _shown(submission: Submission, forgotten: Forgotten) -> Iterator[Finding]:
    salt, shows_nothing = bytes(submission.shown_salt), sealed.public(submission) == Text()
    if salt:
        if not _opens(salt, receipts.shown(submission), submission.shown_digest):
            yield _about("shown.other", submission)
    elif not shows_nothing:
        yield _about("shown.other", submission)
    elif submission.shown_digest and submission.number not in forgotten.words:
        yield _about("shown.unsealed", submission)


def _gaps(group: Group, numbers: set[int]) -> Iterator[Finding]:
    """Numbers are given without gaps, and none was given that is not in the register."""
    counter = Counter.objects.filter(group=group, name=SERIES).first()
    given = counter.value if counter else 0
    for number in sorted(set(range(1, min(given, max(numbers, default=0)) + 1)) - numbers):
        yield Finding("number.missing", f"p/{number}", {"number": number})
    if given != max(numbers, default=0):
        last = max(numbers, default=0)
        yield Finding("number.counter", SERIES, {"given": given, "last": last})


def _files(group: Group) -> Iterator[Finding]:
    for row in Attachment.objects.filter(group=group).select_related("submission"):
        if bytes(row.salt) and not _opens(row.salt, attachments.content(row), row.commitment):
            yield _about("file.other", row.submission, row)
        elif row.removed_at is None and not bytes(row.salt):
            yield _about("file.unsealed", row.submission, row)
        elif row.removed_at is None and file_digest(row.path) != row.kept_digest:
            yield _about("file.bytes", row.submission, row)


def _translations(group: Group) -> Iterator[Finding]:
    for row in Translation.objects.filter(group=group).select_related("submission"):
        if not _opens(row.salt, translations.content(row), row.digest):
            yield _about("translation.other", row.submission, row)


def _opens(salt: bytes, said: object, digest: str) -> bool:
    return len(salt) == SALT_LENGTH and fingerprint(bytes(salt), said) == digest


def _about(code: str, submission: Submission, row: Any = None) -> Finding:
    facts = {"number": submission.number, "about": f"p/{submission.number}"}
    return Finding(code, imprints.key(row or submission), facts)
