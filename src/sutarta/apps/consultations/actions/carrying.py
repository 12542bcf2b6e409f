"""Publishing a next version and carrying every submission over to it: nothing is dropped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from sutarta.apps.consultations.actions import letters, reasoning
from sutarta.apps.consultations.models import Filing, Placement, Submission
from sutarta.apps.consultations.queries import carrying, passages, since
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import require
from sutarta.apps.strategies.actions.drafting import publish_version
from sutarta.apps.strategies.models import Passage, Version
from sutarta.apps.strategies.queries.versions import HEAVY, has_newer
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants import gathering
from sutarta.apps.tenants import queries as groups
from sutarta.core.documents import Outcome

SERIES = "submission"  # of the numbers that submissions get


@transaction.atomic
def publish_next(*, actor: Any, version: Version, at: datetime) -> Version:
    """Publish the draft and give every earlier submission its place in it.

    Raises Refused while people speak about the strategy, and while a passage somebody has
    spoken of is not decided: the version stays a private draft.
    """
    tenants.hold_numbers(version.group, SERIES)  # what comes meanwhile is placed by itself
    at_work = carrying.running(version, at)
    undecided = len(carrying.undecided(version))
    require(rules.may_publish_next(actor, version, at_work, undecided, at))
    published = publish_version(actor=actor, version=version, at=at)
    place_submissions(version=published, at=at)
    reasoning.tie_returned(actor=actor, version=published, at=at)
    reasoning.bind(published, at)
    _tell_authors(published, at)
    return published


def _tell_authors(version: Version, at: datetime) -> None:
    """One letter to everybody whose passage changed after they had their answer. Those who
    still wait for it read the same in the letter that brings it.
    """
    told = since.answered_and_changed(version)
    since.note(told)
    base = groups.address(version.group)
    by_address = defaultdict(list)
    for submission in told:
        if submission.news:
            by_address[submission.email.lower()].append(submission)
    for email, theirs in by_address.items():
        letters.post(
            group=version.group,
            to=email,
            kind="passage_changed",
            about=version.pk,
            language=theirs[-1].language,
            at=at,
            version=version,
            told=[(one, letters.own_page(one, base)) for one in theirs],
        )


@transaction.atomic
def place_submissions(*, version: Version, at: datetime) -> Counter[str]:
    """Give every submission of an earlier version a place in `version`.

    May be run again: only what has no place yet gets one. Returns outcome -> how many.
    """
    has_place = Placement.objects.filter(version=version).values("submission")
    lacking = carrying.earlier_submissions(version).exclude(pk__in=has_place)
    lacking = lacking.select_related("version").defer(*(f"version__{name}" for name in HEAVY))
    earlier = carrying.places_before(version)
    fates = {passage.old_id: passage for passage in version.passages.all()}
    known = {block.id for block in version.document.blocks}
    rows = []
    for submission in lacking:
        place = carrying.place_after(earlier[submission.pk], fates, known)
        rows.append(_row(submission, version, place, at))
    Placement.objects.bulk_create(rows)
    filings = _carry_filings(version, fates, known)
    return _log(rows, filings, version, at)


def _carry_filings(
    version: Version, fates: Mapping[str, Passage], known: Container[str]
) -> list[Filing]:
    """Filings go where their passages went, except where the submission stands by itself."""
    last = carrying.before(version).last()
    if last is None:
        return []
    there = set(Filing.objects.filter(version=version).values_list("submission", "lineage_id"))
    own = dict(Placement.objects.filter(version=version).values_list("submission", "lineage_id"))
    rows = {}
    for filing in Filing.objects.filter(version=last):
        place = carrying.place_after(carrying.Place(Outcome.KEPT, filing.lineage_id), fates, known)
        key = (filing.submission_id, place.lineage_id)
        if place.lineage_id and key not in there and own.get(key[0]) != place.lineage_id:
            rows[key] = Filing(
                group_id=filing.group_id,
                submission_id=filing.submission_id,
                version=version,
                lineage_id=place.lineage_id,
                actor_id=filing.actor_id,
                at=filing.at,
            )
    return Filing.objects.bulk_create(rows.values())


def place_submission(submission: Submission, at: datetime) -> None:
    """Give one that came late a place in every version published after the one it speaks of."""
    spoken_of = submission.version
    if spoken_of is None:
        return
    # Whoever publishes another waits for the number that this one has taken.
    if not gathering.once(("newer", spoken_of.pk), partial(has_newer, spoken_of)):
        return
    place = carrying.Place(Outcome.KEPT, submission.lineage_id)
    for version in carrying.newer_versions(submission):
        fates = {row.old_id: row for row in version.passages.filter(old_id=place.lineage_id)}
        place = carrying.place_after(place, fates, passages.of(version).by_id)
        row = _row(submission, version, place, at)
        row.save(force_insert=True)
        _log([row], [], version, at)


def _log(
    rows: list[Placement], filings: list[Filing], version: Version, at: datetime
) -> Counter[str]:
    outcomes = Counter(row.outcome for row in rows)
    if rows or filings:
        ledger.record(
            "submissions.carried",
            group=version.group,
            at=at,
            about=f"s/{version.strategy.number}/{version.number}",
            rows=[*rows, *filings],
            strategy=version.strategy.number,
            version=version.number,
            outcomes=dict(sorted(outcomes.items())),
        )
    return outcomes


def _row(
    submission: Submission, version: Version, place: carrying.Place, at: datetime
) -> Placement:
    spoken_of = passages.of(submission.version).by_id.get(submission.lineage_id)
    return Placement(
        group_id=version.group_id,
        submission=submission,
        version=version,
        outcome=str(place.outcome),
        lineage_id=place.lineage_id,
        old_text=spoken_of.text if spoken_of else "",
        placed_at=at,
    )
