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
from sutarta.apps.strategies import queries, rendering, rules
from sutarta.apps.strategies.models import (
    Import,
    Passage,
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
    reassign,
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
        version.made_by, version.made_at = actor, at
        version.save()
        version.passages.all().delete()
        version.edits.all().delete()  # they corrected other words
        if before:
            _note_passages(version, before.document, document, fates)
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
    inherited = inherit(old, queries.corrected(import_), seed)
    return inherited.document, inherited.fates


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
def decide_passage(*, actor: User, passage: Passage, new_id: str | None, at: datetime) -> Passage:
    """Settle a doubtful passage: it goes on as `new_id`, or is gone (None).

    `new_id` is the id of a passage of the draft as the machine gave it, or as it is now.
    A passage that goes on where another one already does is merged into it. Deciding again
    takes the former decision back first; passages that had been merged into this one become
    doubtful again. Deciding the same again changes nothing.
    """
    version = Version.objects.select_for_update().get(pk=passage.version_id)
    passage = version.passages.get(pk=passage.pk)
    require(rules.may_decide(actor, passage, at))
    chosen = _as_it_is_now(version, passage, new_id)
    if passage.decided_at is not None and chosen == _decision(passage):
        return passage
    document = _untie(version, passage)
    _settle(version, document, passage, chosen)
    passage.decided_by, passage.decided_at = actor, at
    passage.save()
    ledger.record(
        "passage.decided",
        group=version.group,
        at=at,
        strategy=version.strategy.number,
        version=version.number,
        passage=passage.old_id,
        outcome=passage.outcome,
        becomes=passage.new_ids,
    )
    return passage


def _as_it_is_now(version: Version, passage: Passage, new_id: str | None) -> str | None:
    """The chosen id after what other decisions tied; Refused when it is not in the draft."""
    if new_id is None:
        return None
    others = version.passages.exclude(pk=passage.pk).exclude(own_id="")
    tied = dict(others.values_list("own_id", "old_id"))
    chosen = tied.get(new_id, new_id)
    if chosen == passage.old_id and passage.own_id:
        return passage.own_id
    if chosen != passage.own_id and chosen not in {block.id for block in version.document.blocks}:
        raise Refused(_("This passage is not in the draft any more. Choose again."))
    return chosen


def _decision(passage: Passage) -> str | None:
    if passage.own_id:
        return passage.own_id
    return passage.new_ids[0] if passage.new_ids else None


def _untie(version: Version, passage: Passage) -> Document:
    """The draft's words as if this passage had never been tied."""
    if not passage.own_id:
        return version.document
    merged = version.passages.filter(outcome=Outcome.MERGED, decided_at__isnull=False)
    for other in merged:
        if passage.old_id in other.new_ids:
            other.outcome, other.new_ids = Outcome.DOUBTFUL, []
            other.decided_by = other.decided_at = None
            other.save()
    return reassign(version.document, passage.old_id, passage.own_id)


def _settle(version: Version, document: Document, passage: Passage, chosen: str | None) -> None:
    passage.own_id, passage.ties = "", []
    if chosen is None:
        passage.outcome, passage.new_ids = Outcome.GONE, []
    elif chosen in _former_ids(version):
        passage.outcome, passage.new_ids = Outcome.MERGED, [chosen]
    else:
        passage.outcome, passage.new_ids = Outcome.REWORDED, [passage.old_id]
        passage.own_id = chosen
        document = reassign(document, chosen, passage.old_id)
    version.content = canonical_bytes(dump(document))
    version.save(update_fields=["content"])


def _former_ids(version: Version) -> set[str]:
    before = queries.newest(version.strategy)
    return {block.id for block in before.document.blocks} if before else set()


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
        strategy=current.strategy.number,
        version=current.number,
        digest=current.digest,
        reason=current.reason,
        original=current.original.digest,
        passages=dict(outcomes),
    )
    return current
