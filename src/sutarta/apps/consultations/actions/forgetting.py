"""Personal data ends by rule: nobody has to remember to forget."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sutarta.apps.consultations.actions import attaching, erasing
from sutarta.apps.consultations.actions.sealing import NO_SALT
from sutarta.apps.consultations.models import Attachment, Note, Objection, Placement, Submission
from sutarta.apps.consultations.queries import sealed
from sutarta.apps.consultations.rules.retention import CONTACTS_KEPT
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.strategies.models import Withholding
from sutarta.apps.tenants.models import Group

AT_ONCE = 2_000  # numbers one act names; the rest goes the next time


def forget_contacts(at: datetime) -> int:
    """Erase addresses, and names that were not to be shown, a year after the answers.

    Returns how many submissions were stripped. Words, numbers and fingerprints stay: no
    fingerprint covers a name or an address.
    """
    over = Submission.objects.filter(consultation__answered_at__lte=at - CONTACTS_KEPT)
    contact = ~Q(email="") | ~Q(phone="") | ~Q(post_address="")
    holding = over.filter(contact | (~Q(author_name="") & Q(show_name=False)))
    groups = Group.objects.filter(pk__in=holding.values("group"))
    return sum(_strip(holding.filter(group=group), group, at) for group in groups)


def forget_originals(at: datetime) -> int:
    """Remove what people wrote under texts that were covered, not published, set aside or
    withdrawn, a year after the answers; what the public reads stays, and so do fingerprints.

    Returns how many.
    """
    over = Submission.objects.filter(
        Q(visibility__in=sealed.SEALED) | ~Q(withdrawn_at=None),
        consultation__answered_at__lte=at - CONTACTS_KEPT,
        erased_at=None,
    ).exclude(salt=NO_SALT, **{part: F(f"public_{part}") for part in erasing.TEXTS})
    groups = Group.objects.filter(pk__in=over.values("group"))
    return sum(_unseal(over.filter(group=group), group, at) for group in groups)


def forget_files(at: datetime) -> int:
    """Remove files handed over, a year after the answers; fingerprints stay.

    Returns how many were removed.
    """
    over = Attachment.objects.filter(
        removed_at=None, submission__consultation__answered_at__lte=at - CONTACTS_KEPT
    )
    rows = over.select_related("group", "submission").order_by("added_at")
    return attaching.remove(rows, at=at, rule="retention")


def forget_notes(at: datetime) -> int:
    """Empty what colleagues noted and what readers reported, a year after the answers.

    Both may speak of people. Who wrote when and how it was settled stays. Returns how many.
    """
    over = Q(submission__consultation__answered_at__lte=at - CONTACTS_KEPT)
    notes = Note.objects.filter(over).exclude(text="").update(text="")
    return notes + Objection.objects.filter(over).exclude(said="").update(said="")


def forget_old_words(at: datetime) -> int:
    """Empty the words submissions were carried over from, once a withholding of them is for good.

    Their imprints do not cover these words. Returns how many.
    """
    gone = Withholding.objects.filter(
        ended_at=None,
        kept__isnull=True,
        version=OuterRef("submission__version"),
        lineage_id=OuterRef("submission__lineage_id"),
    )
    return Placement.objects.filter(Exists(gone)).exclude(old_text="").update(old_text="")


@transaction.atomic
def _strip(holding: QuerySet[Submission], group: Group, at: datetime) -> int:
    """The act names the numbers, so that contacts stripped by hand stand out."""
    found = dict(holding.order_by("number").values_list("pk", "number")[:AT_ONCE])
    mine = Submission.objects.filter(pk__in=found)
    mine.filter(show_name=False).update(author_name="", author_salt=NO_SALT)
    mine.update(email="", phone="", post_address="", contact_salt=NO_SALT)
    ledger.record(
        "contacts.forgotten",
        group=group,
        at=at,
        submissions=len(found),
        numbers=list(found.values()),
        rule="retention",
    )
    return len(found)


@transaction.atomic
def _unseal(over: QuerySet[Submission], group: Group, at: datetime) -> int:
    rows = list(over.order_by("number")[:AT_ONCE])
    gone = [translation for row in rows for translation in erasing.drop_original(row)]
    ledger.record(
        "originals.forgotten",
        group=group,
        at=at,
        gone=gone,
        submissions=len(rows),
        numbers=[row.number for row in rows],
        rule="retention",
    )
    return len(rows)
