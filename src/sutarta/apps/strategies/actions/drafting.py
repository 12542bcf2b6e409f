"""From a corrected file to a draft, and from a draft to a published version."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.people.models import User
from sutarta.apps.strategies import corrections, queries, rendering, rules
from sutarta.apps.strategies.actions import noting
from sutarta.apps.strategies.models import (
    Import,
    Passage,
    StaffNote,
    Strategy,
    Version,
    VersionReason,
)
from sutarta.core.canonical import SALT_LENGTH, canonical_bytes
from sutarta.core.documents import (
    Document,
    Fate,
    Outcome,
    document_digest,
    dump,
    inherit,
)


def make_draft(
    *,
    actor: User,
    import_: Import,
    reason: VersionReason,
    note: str,
    at: datetime,
    replace: bool = False,
) -> Version:
    """Turn the corrected import into the strategy's private draft.

    Lineage ids are given anew for the first version and inherited from the newest published
    one afterwards; what did not stay word for word gets a Passage. A draft already there is
    replaced only when `replace` says so, and keeps its key. Matching takes seconds, so it
    goes before the transaction; Refused when another version was published meanwhile.
    """
    require(rules.may_draft(actor, import_, at, replace=replace))
    before = queries.newest(import_.strategy)
    number = before.number + 1 if before else 1
    document, fates = _identified(import_, before, seed=f"{import_.strategy_id}/{number}")
    with transaction.atomic():
        strategy = Strategy.objects.select_for_update().get(pk=import_.strategy_id)
        current = Import.objects.get(pk=import_.pk)
        require(rules.may_draft(actor, current, at, replace=replace))
        if queries.newest(strategy) != before:
            raise Refused(_("This version is published already."))
        version = queries.draft_of(strategy) or Version(
            group=strategy.group, strategy=strategy, number=number
        )
        version.reason, version.note = reason, note
        version.original = current.original
        version.content = canonical_bytes(dump(document))
        version.keys = _keys(current, document)
        version.made_by, version.made_at = actor, at
        version.save()
        version.passages.all().delete()
        version.edits.all().delete()  # they corrected other words
        if before:
            _note_passages(version, before.document, document, fates)
        StaffNote.objects.filter(file=current).update(version=None, lineage_id="")
        noting.place_notes(current)
        ledger.record(
            "version.drafted",
            group=strategy.group,
            at=at,
            strategy=strategy.number,
            version=version.number,
            original=current.original.digest,
        )
    return version


def _identified(
    import_: Import, before: Version | None, seed: str
) -> tuple[Document, Sequence[Fate]]:
    old = before.document if before else Document(())
    # Not as the preview names its blocks: ids that bookmarks brought back are hints here.
    new = corrections.apply(import_.document, import_.corrections)
    inherited = inherit(old, new, seed)
    return inherited.document, inherited.fates


def _keys(import_: Import, document: Document) -> dict[str, list[str]]:
    """Lineage id -> marks of the file that shall count there."""
    found = {
        document.blocks[int(position)].id: [key for key in keys if key not in import_.untied]
        for position, keys in import_.keys.items()
    }
    return {id: keys for id, keys in found.items() if keys}


def _note_passages(version: Version, old: Document, new: Document, fates: Sequence[Fate]) -> None:
    """A row for every passage of the old document that did not stay as it was."""
    Passage.objects.bulk_create(
        Passage(
            group=version.group,
            version=version,
            old_id=old.blocks[fate.old].id,
            outcome=fate.outcome,
            new_ids=[new.blocks[at].id for at in fate.new],
            confidence=fate.confidence,
            candidates=[
                [new.blocks[at].id, round(likeness, 3)] for at, likeness in fate.candidates
            ],
        )
        for fate in fates
        if fate.outcome is not Outcome.KEPT
    )


@transaction.atomic
def discard_draft(*, actor: User, version: Version, at: datetime) -> None:
    """Remove a draft; the import it was made of stays open and can be drafted again."""
    version = Version.objects.select_for_update().get(pk=version.pk)
    require(rules.may_discard(actor, version, at))
    group, strategy, number = version.group, version.strategy.number, version.number
    version.passages.all().delete()
    try:
        version.delete()
    except ProtectedError as error:
        raise Refused(
            _("A consultation is being prepared on this draft. Remove it first.")
        ) from error
    ledger.record("version.discarded", group=group, at=at, strategy=strategy, version=number)


@transaction.atomic
def publish_version(*, actor: User, version: Version, at: datetime) -> Version:
    """Make the draft public and immutable: salts, digest and HTML are made once, here."""
    current = Version.objects.select_for_update().get(pk=version.pk)
    require(rules.may_publish(actor, current, at))
    document = current.document
    salts = {block.id: secrets.token_bytes(SALT_LENGTH) for block in document.blocks}
    current.salts = {block_id: salt.hex() for block_id, salt in salts.items()}
    current.digest = document_digest(document, salts)
    current.rendered = rendering.stored(
        rendering.render(document, rendering.public_pictures(current))
    )
    current.published_at = at
    current.save()
    imports = Import.objects.filter(strategy=current.strategy_id, closed_at=None)
    imports.filter(original=current.original_id).update(closed_at=at)
    outcomes = Counter(current.passages.values_list("outcome", flat=True))
    ledger.record(
        "version.published",
        group=current.group,
        at=at,
        about=f"s/{current.strategy.number}/{current.number}",
        rows=[current, current.original, *current.passages.all()],
        strategy=current.strategy.number,
        version=current.number,
        digest=current.digest,
        reason=current.reason,
        original=current.original.digest,
        passages=dict(outcomes),
    )
    return current
