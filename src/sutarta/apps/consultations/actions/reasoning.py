"""Saying why passages changed, and taking it back. Reasons are added beside fixed words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import ChangeCause, ChangeReason, Submission
from sutarta.apps.consultations.queries import comparison, returning, suggesting
from sutarta.apps.consultations.queries.comparison import Compared
from sutarta.apps.consultations.rules import reasoning as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.strategies.models import Version

NEEDS_NOTE = {ChangeCause.GUIDELINES, ChangeCause.AMENDMENT, ChangeCause.DECISION}


@transaction.atomic
def explain(
    *,
    actor: Any,
    version: Version,
    passages: Sequence[str],
    cause: str,
    number: int | None = None,
    note: str = "",
    link: str = "",
    at: datetime,
) -> int:
    """Give one reason to many changes of the version; returns how many got it or its words.

    passages   ids of changed passages, as core.documents.Pair has them
    number     of the submission, for SUBMISSION alone
    note       one that is linked already gets these words, if there are any

    Raises Refused when a passage did not change, and when the reason says nothing: a proposal
    needs its number, changed guidelines, an amendment and a decision need a sentence.
    """
    version = _held(version)
    require(rules.may_explain(actor, version, at))
    compared = _compared(version)
    changes = {change.pair.id: change for change in compared.changes}
    _require_sense(passages, changes, cause, number, note)
    submission = _submission(version, number) if cause == ChangeCause.SUBMISSION else None
    reason = {"cause": cause, "submission": submission, "note": note.strip(), "link": link}
    has_it = _those_with(version, **reason)
    rows = [
        ChangeReason(
            group=version.group, version=version, lineage_id=id, made_by=actor, made_at=at, **reason
        )
        for id in dict.fromkeys(passages)
        if not has_it & changes[id].pair.ids
    ]
    worded = _word(version, has_it, passages, reason) if note.strip() or link else ()
    return _store(version, rows, at, worded)


@transaction.atomic
def link_suggested(
    *, actor: Any, version: Version, only: tuple[str, int] | None = None, at: datetime
) -> int:
    """Link proposals to the changes they seem to have caused; returns how many links there are.

    only   (id of a changed passage, number of a submission): this suggestion and no other
    """
    version = _held(version)
    require(rules.may_explain(actor, version, at))
    found = suggesting.suggested(_compared(version))
    rows = [
        _due_to(one.submission, version, one.lineage, actor, at)
        for suggestions in found.values()
        for one in suggestions
        if only is None or only == (one.lineage, one.number)
    ]
    return _store(version, rows, at)


@transaction.atomic
def take_back(*, actor: Any, version: Version, reasons: Iterable[UUID], at: datetime) -> int:
    """Remove reasons that were given by mistake; returns how many. The log keeps the deed."""
    version = _held(version)
    require(rules.may_explain(actor, version, at))
    gone = list(version.change_reasons.filter(pk__in=list(reasons)))
    version.change_reasons.filter(pk__in=[row.pk for row in gone]).delete()
    if gone:
        ledger.record(
            "change.reason_withdrawn",
            group=version.group,
            at=at,
            about=_about(version),
            gone=_bound(version, gone),
            strategy=version.strategy.number,
            version=version.number,
            reasons=len(gone),
        )
    return len(gone)


@transaction.atomic
def untie(*, actor: Any, version: Version, place: str, key: str, at: datetime) -> bool:
    """Let a mark that came back with the Word file of a draft count for nothing at a passage.

    Nothing of it was public, so nothing is logged. Returns whether there was such a mark;
    Raises Refused for a published version: its reasons are taken back as any other.
    """
    version = _held(version)
    require(rules.may_explain(actor, version, at))
    if version.is_published:
        raise Refused(_("A published version stays as it is."))
    left = [one for one in version.keys.get(place, ()) if one != key]
    if left == list(version.keys.get(place, ())):
        return False
    version.keys = {**version.keys, place: left}
    version.save(update_fields=["keys"])
    return True


def tie_returned(*, actor: Any, version: Version, at: datetime) -> int:
    """Write down what the Word file of a version brought back; for the action that publishes it.

    Not logged here: `bind` logs every reason of the version together. Returns how many.
    """
    known = set(version.change_reasons.values_list("lineage_id", "submission"))
    rows = {
        (one.place, one.submission.pk): _due_to(one.submission.pk, version, one.place, actor, at)
        for one in returning.in_version(version)
        if one.counts and (one.place, one.submission.pk) not in known
    }
    return len(ChangeReason.objects.bulk_create(rows.values()))


def _due_to(
    submission: UUID, version: Version, place: str, actor: Any, at: datetime
) -> ChangeReason:
    """A proposal as what caused the change of a passage."""
    return ChangeReason(
        group=version.group,
        version=version,
        lineage_id=place,
        cause=ChangeCause.SUBMISSION,
        submission_id=submission,
        made_by=actor,
        made_at=at,
    )


def _held(version: Version) -> Version:
    """The row as it is now; others who explain changes of this version wait."""
    return (
        Version.objects.select_for_update(of=("self",))
        .select_related("strategy", "group")
        .get(pk=version.pk)
    )


def _compared(version: Version) -> Compared:
    before = comparison.before(version)
    if before is None:
        raise Refused(_("The first version changed nothing."))
    return comparison.compared(before, version)


def _require_sense(
    passages: Sequence[str], changes: Any, cause: str, number: int | None, note: str
) -> None:
    if not passages:
        raise Refused(_("Tick at least one change."))
    if not set(passages) <= set(changes):
        raise Refused(_("One of the ticked passages did not change. Look again."))
    if cause not in ChangeCause.values:
        raise Refused(_("Choose what caused the change."))
    if cause == ChangeCause.SUBMISSION and number is None:
        raise Refused(_("Write the number of the proposal."))
    if cause in NEEDS_NOTE and not note.strip():
        raise Refused(_("Say in one sentence what was decided or changed, and when."))


def _submission(version: Version, number: int | None) -> Submission:
    """The proposal of that number, spoken about an earlier version of the same strategy."""
    found = Submission.objects.filter(
        group=version.group,
        number=number,
        version__strategy=version.strategy_id,
        version__number__lt=version.number,
    ).first()
    if found is None:
        raise Refused(_("No proposal about an earlier version of this strategy has this number."))
    return found


def _those_with(version: Version, **reason: Any) -> set[str]:
    """Passages that have this very reason already; of a proposal its number says enough."""
    if reason["submission"] is not None:
        reason = {"submission": reason["submission"]}
    return set(version.change_reasons.filter(**reason).values_list("lineage_id", flat=True))


def _word(
    version: Version, has_it: set[str], passages: Sequence[str], reason: dict[str, Any]
) -> Sequence[ChangeReason]:
    """Give a proposal linked already the sentence and the link; returns where they are new."""
    if not reason["submission"]:
        return ()
    words = {"note": reason["note"], "link": reason["link"]}
    linked = version.change_reasons.filter(
        submission=reason["submission"], lineage_id__in=has_it & set(passages)
    )
    keys = list(linked.exclude(**words).values_list("pk", flat=True))
    new = ChangeReason.objects.filter(pk__in=keys)
    new.update(**words)
    return list(new)


def _store(
    version: Version,
    rows: Sequence[ChangeReason],
    at: datetime,
    worded: Sequence[ChangeReason] = (),
) -> int:
    """Keep the rows and log them; `worded` others got new words."""
    ChangeReason.objects.bulk_create(rows)
    if rows or worded:
        causes = Counter(str(row.cause) for row in rows)
        ledger.record(
            "change.explained",
            group=version.group,
            at=at,
            about=_about(version),
            rows=_bound(version, [*rows, *worded]),
            strategy=version.strategy.number,
            version=version.number,
            passages=len({row.lineage_id for row in rows}),
            causes=dict(sorted(causes.items())),
            worded=len(worded),
        )
    return len(rows) + len(worded)


def bind(version: Version, at: datetime) -> None:
    """Reasons given while the version was a draft are public now; for other actions."""
    if rows := list(version.change_reasons.all()):
        ledger.record(
            "change.published",
            group=version.group,
            at=at,
            about=_about(version),
            rows=rows,
            strategy=version.strategy.number,
            version=version.number,
            reasons=len(rows),
        )


def _bound(version: Version, rows: Sequence[ChangeReason]) -> Sequence[ChangeReason]:
    """What the log binds: a draft may be discarded, and its reasons with it."""
    return rows if version.is_published else ()


def _about(version: Version) -> str:
    return f"s/{version.strategy.number}/{version.number}" if version.is_published else ""
