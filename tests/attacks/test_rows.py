"""Rows changed, deleted, put in and put back by hand: the audit names each."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sutarta.apps.consultations.models import (
    Attachment,
    FormerText,
    Submission,
    Translation,
    Visibility,
)
from sutarta.apps.ledger import imprints
from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries.auditing import book as books
from sutarta.apps.ledger.queries.auditing import look_through, rows
from sutarta.apps.strategies.models import Original, Version
from sutarta.apps.tenants.models import Counter, Group
from sutarta.core.canonical import fingerprint
from tests.attacks import living
from tests.attacks.changing import attack, change, delete, insert_another
from tests.attacks.living import audit, codes
from tests.make import NOON

pytestmark = pytest.mark.django_db

KINDS = rows.kinds()
ROWS = [kind for kind in KINDS if kind is not Group]  # a second one would be another group's


@pytest.fixture
def its():
    return living.live()


@pytest.fixture
def group(its):
    return its.group


def named(group, code):
    found = look_through(group, NOON).findings
    return {finding.subject for finding in found if finding.code == code}


def test_any_logged_field_of_any_row_changed_by_hand_is_named(group):
    book = books.read(group, NOON)  # the log itself is not touched here
    unnoticed, tried = [], 0
    for kind in KINDS:
        row = _one(kind, group)
        for name in imprints.covered(kind):
            with attack():
                if change(row, name):
                    tried += 1
                    found = {one.subject for one in rows.findings(group, book)}
                    if imprints.key(row) not in found:
                        unnoticed.append(f"{kind.__name__}.{name}")

    assert unnoticed == []
    assert tried > 150


def test_a_row_deleted_or_put_in_by_hand_is_named(group):
    unnoticed = []
    for kind in KINDS:
        row = _one(kind, group)
        with attack():
            if kind is not Group:  # nothing would be left to audit
                delete(row)
                if imprints.key(row) not in named(group, "row.missing"):
                    unnoticed.append(f"{kind.__name__} deleted")
        with attack():
            made = insert_another(row) if kind is not Group else None
            due = {imprints.key(made)} if made and _is_due(kind, made) else set()
            if not due <= named(group, "row.unknown"):
                unnoticed.append(f"{kind.__name__} put in")

    assert unnoticed == []


def _one(kind, group):
    found = rows._of(kind, group)
    return found.filter(getattr(kind, "LOGGED_IF", rows.Q())).first() or found.first()


def _is_due(kind, made):
    return kind._base_manager.filter(getattr(kind, "LOGGED_IF", rows.Q()), pk=made.pk).exists()


def said(its, number):
    return Submission.objects.get(group=its.group, number=number)


def update(model, **values):
    return lambda its: model.objects.filter(group=its.group).update(**values)


def of(number, **values):
    return lambda its: Submission.objects.filter(group=its.group, number=number).update(**values)


BY_HAND = {
    "words": (of(1, body="Valandų nereikia."), "text.other"),
    "the quote": (of(1, quote="Kita ištrauka"), "text.other"),
    "where a need is": (of(7, place="Kitur"), "text.other"),
    "the part a need is for": (of(7, ward=None), "text.other"),
    "whom a need is for": (of(7, for_whom=["OLDER"]), "text.other"),
    "words and their salt": (of(1, body="Kita", salt=b"x" * 32), "text.other"),
    "a salt of another length": (of(1, salt=b"x"), "text.other"),
    "the salt of words alone": (of(1, salt=b""), "text.unsealed"),
    "words wiped as if erased": (of(1, body="", salt=b""), "text.unsealed"),
    "a former text": (update(FormerText, body="Kita"), "text.other"),
    "words the public reads": (of(1, public_body="Valandų nereikia."), "shown.other"),
    "words the public reads uncovered": (of(2, public_body="Kaimynė O. K. serga."), "shown.other"),
    "words of a hidden one shown": (of(4, public_body="Sena mintis."), "shown.other"),
    "nothing to read any more": (of(1, public_body="", shown_salt=b""), "shown.unsealed"),
    "the name beside the words": (of(1, show_name=False), "shown.other"),
    "the author": (of(1, author_name="B. Ž."), "author.other"),
    "an organisation": (of(2, organisation="Bendrija"), "author.other"),
    "the author wiped": (of(1, author_name="", author_salt=b""), "author.unsealed"),
    "an address": (of(1, email="kitas@alksniai.example"), "contact.other"),
    "a telephone wiped": (of(2, phone=""), "contact.other"),
    "a contact wiped as if forgotten": (of(2, phone="", contact_salt=b""), "contact.unsealed"),
    "the file's fingerprint": (update(Attachment, digest="0" * 64), "file.other"),
    "the copy's digest": (update(Attachment, kept_digest="0" * 64), "file.other"),
    "the file's salt": (update(Attachment, salt=b""), "file.unsealed"),
    "the file's place": (update(Attachment, path="nowhere"), "file.bytes"),
    "a translation": (update(Translation, body="Kita"), "translation.other"),
    "words of a version": (lambda its: _reword(its.first), "version.words"),
    "the page of a version": (update(Version, rendered="[]"), "row.changed"),
    "salts of a version": (update(Version, salts={}), "version.words"),
    "the place of an original": (update(Original, path="nowhere"), "original.bytes"),
    "the count of numbers": (lambda its: _counted(its, 9), "number.counter"),
}


def test_what_a_commitment_covers_is_named_when_it_changes(its):
    unnoticed = []
    for what, (do, code) in BY_HAND.items():
        with attack():
            do(its)
            if code not in codes(its.group):
                unnoticed.append(what)

    assert unnoticed == []


def test_other_words_with_a_fingerprint_of_their_own_are_named_by_the_row(its):
    one = said(its, 1)
    salt = b"s" * 32
    of(1, public_body="Kita", shown_salt=salt, shown_digest=fingerprint(salt, {}))(its)

    assert imprints.key(one) in named(its.group, "row.changed")


@pytest.mark.parametrize("data", [b"kitas", b""], ids=["other bytes", "no bytes"])
def test_a_file_with_other_bytes_is_named(its, data):
    file = Attachment.objects.get(group=its.group)
    default_storage.delete(file.path)
    default_storage.save(file.path, ContentFile(data))

    assert [one.subject for one in audit(its.group) if one.code == "file.bytes"] == [
        imprints.key(file)
    ]


def test_a_file_that_is_gone_is_named(its):
    default_storage.delete(Attachment.objects.get(group=its.group).path)

    assert "file.bytes" in codes(its.group)


def test_other_bytes_with_their_own_digest_are_named_too(its):
    file = Attachment.objects.get(group=its.group)
    path = default_storage.save("other", ContentFile(b"kitas"))
    digest = hashlib.sha256(b"kitas").hexdigest()
    Attachment.objects.filter(pk=file.pk).update(path=path, kept_digest=digest)

    assert "file.other" in codes(its.group)


def test_a_submission_dropped_with_all_its_rows_and_entries_is_named(its):
    one = said(its, 4)
    for kind in KINDS:
        fields = {field.name for field in kind._meta.concrete_fields}
        if "submission" in fields:
            for row in kind.objects.filter(submission=one):
                for correction in getattr(row, "corrections", type(row).objects.none()).all():
                    delete(correction)
                delete(row)
    delete(one)
    Entry.objects.filter(group=its.group, about="p/4").delete()

    found = codes(its.group)
    assert found >= {"leaf.missing", "number.missing"}
    numbers = [one.facts for one in audit(its.group) if one.code == "number.missing"]
    assert numbers == [{"number": 4}]


def test_the_last_submission_dropped_with_the_count_set_back_is_named(its):
    last = said(its, 6)
    with attack():
        delete(last)
        _counted(its, 5)

        assert imprints.key(last) in named(its.group, "row.missing")


def test_what_was_taken_away_and_is_there_again_is_named(its):
    translation = Translation.objects.get(group=its.group)
    living.decide(its, said(its, 1), Visibility.HIDDEN)
    Translation.objects.bulk_create([translation])

    assert named(its.group, "row.back") == {imprints.key(translation)}


def test_the_finding_says_since_which_act(its):
    of(1, visibility=Visibility.HIDDEN)(its)

    (found,) = [one for one in audit(its.group) if one.code == "row.changed"]
    assert found.facts["at"] == NOON
    assert (found.facts["event"], len(found.facts["digest"])) == ("test.bound", 64)


def test_another_group_is_not_spoken_of(its):
    other = living.live()
    of(1, body="Kita")(other)

    assert audit(its.group) == []


def _counted(its, value):
    Counter.objects.filter(group=its.group, name="submission").update(value=value)


def _reword(version):
    content = bytes(version.content).replace(b"kasdien", b"niekada")
    assert content != bytes(version.content)
    Version.objects.filter(pk=version.pk).update(content=content)
