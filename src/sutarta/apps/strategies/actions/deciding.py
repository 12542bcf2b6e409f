"""A person settles where a doubtful passage goes on in the draft, and thinks better of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.people.models import User
from sutarta.apps.strategies import queries, rules
from sutarta.apps.strategies.models import Passage, Version
from sutarta.core.canonical import canonical_bytes
from sutarta.core.documents import Document, Outcome, dump, reassign


@transaction.atomic
def decide_passage(
    *, actor: User, passage: Passage, becomes: Sequence[str], at: datetime
) -> Passage:
    """Settle a doubtful passage: it goes on as these passages of the draft; none: it is gone.

    becomes   their ids as the machine gave them, or as they are now. The one read first carries
              the passage on, and what was said about it is shown there; several: it was split

    A passage that goes on where another one already does is merged into it. Deciding again
    takes the former decision back first; passages that had been merged into this one become
    doubtful again. Deciding the same again changes nothing.
    """
    version = Version.objects.select_for_update().get(pk=passage.version_id)
    passage = version.passages.get(pk=passage.pk)
    require(rules.may_decide(actor, passage, at))
    chosen = _as_they_are_now(version, passage, becomes)
    if passage.decided_at is not None and chosen == _decision(version, passage):
        return passage
    document = _untie(version, passage)
    _settle(version, document, passage, chosen)
    passage.decided_by, passage.decided_at = actor, at
    passage.save()
    _log("passage.decided", version, passage, at, becomes=passage.new_ids)
    return passage


@transaction.atomic
def reopen_passage(*, actor: User, passage: Passage, at: datetime) -> Passage:
    """Take a decision back: the passage is doubtful again. One not decided stays as it is."""
    version = Version.objects.select_for_update().get(pk=passage.version_id)
    passage = version.passages.get(pk=passage.pk)
    require(rules.may_decide(actor, passage, at))
    if passage.decided_at is None:
        return passage
    _keep(version, _untie(version, passage))
    _doubt(passage)
    _log("passage.reopened", version, passage, at)
    return passage


def _log(event: str, version: Version, passage: Passage, at: datetime, **facts: object) -> None:
    ledger.record(
        event,
        group=version.group,
        at=at,
        strategy=version.strategy.number,
        version=version.number,
        passage=passage.old_id,
        outcome=passage.outcome,
        **facts,
    )


def _as_they_are_now(version: Version, passage: Passage, becomes: Sequence[str]) -> list[str]:
    """The chosen ids after what other decisions tied, as if this passage were not tied, in
    reading order. Raises Refused when one is not in the draft.
    """
    others = version.passages.exclude(pk=passage.pk).exclude(own_id="")
    tied = dict(others.values_list("own_id", "old_id"))
    places = _places(version, passage)
    chosen = {_own(passage, tied.get(id, id)) for id in becomes}
    if not chosen <= set(places):
        raise Refused(_("This passage is not in the draft any more. Choose again."))
    return sorted(chosen, key=places.__getitem__)


def _own(passage: Passage, id: str) -> str:
    """The id a block bore before this passage was tied to it."""
    return passage.own_id if passage.own_id and id == passage.old_id else id


def _places(version: Version, passage: Passage) -> dict[str, int]:
    return {_own(passage, block.id): at for at, block in enumerate(version.document.blocks)}


def _decision(version: Version, passage: Passage) -> list[str]:
    places = _places(version, passage)
    ids = {_own(passage, id) for id in passage.new_ids} & set(places)
    return sorted(ids, key=places.__getitem__)


def _untie(version: Version, passage: Passage) -> Document:
    """The draft's words as if this passage had never been tied."""
    if not passage.own_id:
        return version.document
    for other in _going_on_as(version, passage, passage.old_id):
        if other.outcome == Outcome.MERGED and other.decided_at is not None:
            _doubt(other)
        else:
            _rename(other, passage.old_id, passage.own_id)
    return reassign(version.document, passage.old_id, passage.own_id)


def _settle(version: Version, document: Document, passage: Passage, chosen: Sequence[str]) -> None:
    passage.own_id, passage.ties = "", []
    if not chosen:
        passage.outcome, passage.new_ids = Outcome.GONE, []
    elif chosen[0] in _former_ids(version):
        passage.outcome, passage.new_ids = Outcome.MERGED, list(chosen)
    else:
        passage.outcome = Outcome.SPLIT if len(chosen) > 1 else Outcome.REWORDED
        passage.own_id, *rest = chosen
        passage.new_ids = [passage.old_id, *rest]
        document = reassign(document, passage.own_id, passage.old_id)
        for other in _going_on_as(version, passage, passage.own_id):
            _rename(other, passage.own_id, passage.old_id)
    _keep(version, document)


def _going_on_as(version: Version, passage: Passage, id: str) -> list[Passage]:
    """Other passages one of whose new ids is `id`."""
    return [other for other in version.passages.exclude(pk=passage.pk) if id in other.new_ids]


def _rename(other: Passage, old: str, new: str) -> None:
    other.new_ids = [new if id == old else id for id in other.new_ids]
    other.save(update_fields=["new_ids"])


def _doubt(passage: Passage) -> None:
    passage.outcome, passage.new_ids, passage.own_id, passage.ties = Outcome.DOUBTFUL, [], "", []
    passage.decided_by = passage.decided_at = None
    passage.save()


def _keep(version: Version, document: Document) -> None:
    version.content = canonical_bytes(dump(document))
    version.save(update_fields=["content"])


def _former_ids(version: Version) -> set[str]:
    before = queries.newest(version.strategy)
    return {block.id for block in before.document.blocks} if before else set()
