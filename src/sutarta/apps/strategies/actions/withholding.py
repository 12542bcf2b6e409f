"""Withholding words that were published by mistake, such as somebody's data: a logged act.

The words leave the stored version, so no page, comparison, paper or search can show them; the
digest of the version stays, and the commitment of the passage with it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.strategies import covering, rendering, rules
from sutarta.apps.strategies.models import Version, Withholding
from sutarta.core.canonical import canonical_bytes
from sutarta.core.documents import (
    Block,
    Document,
    commitment,
    dump,
    dump_block,
    load_block,
)

KEPT_FOR = timedelta(days=90)  # in which a withholding can be taken back


@transaction.atomic
def withhold(
    *, actor: Any, version: Version, lineage_id: str, reason: str, at: datetime
) -> list[Withholding]:
    """Cover a passage, in this version and wherever else the same words stand under its name.

    reason   for everybody to read: it stands where the words stood

    Returns what was covered, the version named first. Raises Refused when the passage is not
    there or covered already, or without a reason.
    """
    require(rules.may_withhold(actor, version, at))
    if not reason.strip():
        raise Refused(_("Write the reason. Everybody will read it."))
    published = Version.objects.select_for_update().filter(
        strategy=version.strategy_id, published_at__isnull=False
    )
    holding = [(one, its) for one in published if (its := _passage(one, lineage_id))]
    text = next((its.text for one, its in holding if one.pk == version.pk), None)
    if text is None or _is_withheld(version, lineage_id):
        raise Refused(_("There is no such passage, or its words are withheld already."))
    same = [(one, its) for one, its in holding if its.text == text]
    same.sort(key=lambda pair: (pair[0].pk != version.pk, -pair[0].number))
    return [_withhold(actor, one, its, reason.strip()[:300], at) for one, its in same]


@transaction.atomic
def show_again(*, actor: Any, withholding: Withholding, at: datetime) -> Withholding:
    """Take it back: the words stand there again. Raises Refused once they were removed."""
    version = Version.objects.select_for_update().get(pk=withholding.version_id)
    row = Withholding.objects.select_related("version", "group").get(pk=withholding.pk)
    require(rules.may_show_again(actor, row, at))
    document = covering.restored(version.document, load_block(row.kept))
    _rewrite(version, document, {**version.salts, row.lineage_id: row.salt}, at)
    row.kept, row.salt, row.ended_by, row.ended_at = None, "", actor, at
    row.save()
    _record("version.passage_shown", row, version, at)
    return row


def forget_withheld(at: datetime) -> int:
    """Remove withheld words for good when nobody took it back in time; returns how many."""
    over = Withholding.objects.filter(
        ended_at=None, kept__isnull=False, withheld_at__lte=at - KEPT_FOR
    )
    return over.update(kept=None, salt="")


def _withhold(actor: Any, version: Version, block: Block, reason: str, at: datetime) -> Withholding:
    salts = dict(version.salts)
    salt = salts.pop(block.id)
    row = Withholding.objects.create(
        group=version.group,
        version=version,
        lineage_id=block.id,
        reason=reason,
        kept=dump_block(block),
        salt=salt,
        commitment=commitment(block, bytes.fromhex(salt)),
        withheld_by=actor,
        withheld_at=at,
    )
    _rewrite(version, covering.covered(version.document, block.id, reason), salts, at)
    _record("version.passage_withheld", row, version, at)
    return row


def _rewrite(version: Version, document: Document, salts: dict[str, str], at: datetime) -> None:
    """The one way past `Version.save`, which keeps published versions as they are."""
    pictures = rendering.public_pictures(version)
    version.content = canonical_bytes(dump(document))
    version.rendered = rendering.stored(rendering.render(document, pictures))
    version.salts, version.covered_at = salts, at
    fields = ("content", "rendered", "salts", "covered_at")
    Version.objects.filter(pk=version.pk).update(
        **{name: getattr(version, name) for name in fields}
    )


def _record(event: str, row: Withholding, version: Version, at: datetime) -> None:
    strategy = version.strategy.number
    ledger.record(
        event,
        group=row.group,
        at=at,
        about=f"s/{strategy}/{version.number}/{row.lineage_id}",
        rows=[row, version],
        strategy=strategy,
        version=version.number,
        passage=row.lineage_id,
    )


def _is_withheld(version: Version, lineage_id: str) -> bool:
    return version.withholdings.filter(lineage_id=lineage_id, ended_at=None).exists()


def _passage(version: Version, lineage_id: str) -> Block | None:
    return next((one for one in version.document.blocks if one.id == lineage_id), None)
