"""Where a submission stands now: its passage in the newest version, and how that reads today."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from sutarta.apps.consultations.models import Placement, Submission
from sutarta.apps.consultations.queries import passages, showing
from sutarta.apps.consultations.queries.showing import Link
from sutarta.apps.strategies.models import Version
from sutarta.core.documents import Change, redline


@dataclass(frozen=True)
class Whereabouts:
    """One submission in the newest version.

    outcome   key of ui.marks.STATUSES: KEPT, REWORDED, MOVED, SPLIT, MERGED, GONE
    lineage   its passage there, "" when it is gone
    place     link to its passage there, None when it is gone
    changes   redline from the words spoken about to those of now; empty when they are the same
    old_text  the words it was spoken under
    """

    outcome: str
    version: Version
    lineage: str
    place: Link | None
    changes: list[Change]
    old_text: str


def now(submission: Submission, newest: Version | None) -> Whereabouts | None:
    """Where it is in `newest`; None when that is the version spoken about, or nowhere to hang."""
    if newest is None or newest.pk == submission.version_id or not submission.lineage_id:
        return None
    placed = Placement.objects.filter(submission=submission, version=newest).first()
    if placed is None:
        return None
    old = passages.of(submission.version).by_id[submission.lineage_id].text
    here = passages.of(newest).by_id.get(placed.lineage_id)
    if here is None:
        return Whereabouts(placed.outcome.upper(), newest, "", None, [], old)
    address = [newest.strategy.number, newest.number, here.id]
    return Whereabouts(
        outcome=placed.outcome.upper(),
        version=newest,
        lineage=here.id,
        place=Link(
            showing.cite(here, newest),
            f"{reverse('consultations:passage', args=address)}#{here.id}",
        ),
        changes=redline(old, here.text) if old != here.text else [],
        old_text=old,
    )
