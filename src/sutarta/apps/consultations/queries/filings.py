"""Passages a submission also speaks of, as staff read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from sutarta.apps.consultations.models import Filing, Placement, Submission
from sutarta.apps.consultations.queries import passages
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.queries.versions import HEAVY
from sutarta.core.text import matches, search_text

MATCHES = 12  # passages offered for one search


@dataclass(frozen=True)
class Filed:
    """One filing as the desk shows it."""

    filing: Filing
    passage: Passage
    url: str


def newest(submission: Submission) -> Version | None:
    """The newest published version of the strategy spoken of, light; None before the first."""
    published = Version.objects.filter(
        strategy=submission.consultation.strategy_id, published_at__isnull=False
    )
    return published.select_related("strategy").defer(*HEAVY).order_by("-number").first()


def own_place(submission: Submission, version: Version) -> str:
    """Where it stands by itself in `version`; "" for nowhere."""
    if version.pk == submission.version_id:
        return submission.lineage_id
    placed = Placement.objects.filter(submission=submission, version=version).first()
    return placed.lineage_id if placed else ""


def of(submission: Submission, version: Version) -> list[Filed]:
    """Its filings in `version`, in the order of the text."""
    known = passages.of(version).by_id
    rows = rows_of(submission).filter(version=version)
    found = [(row, known[row.lineage_id]) for row in rows if row.lineage_id in known]
    address = [version.strategy.number, version.number]
    return [
        Filed(
            filing,
            passage,
            f"{reverse('consultations:passage', args=[*address, passage.id])}#{passage.id}",
        )
        for filing, passage in sorted(found, key=lambda pair: pair[1].place)
    ]


def rows_of(submission: Submission) -> QuerySet[Filing]:
    return Filing.objects.filter(submission=submission).select_related("actor")


def offered(version: Version, words: str) -> list[Passage]:
    """The first passages of `version` with that printed number or with those words."""
    known: Mapping[str, Passage] = passages.of(version).by_id
    words = words.strip()
    if not words:
        return []
    by_number = [one for one in known.values() if one.number == words.rstrip(".")]
    by_words = (one for one in known.values() if matches(words, search_text(one.text)))
    return by_number or [one for _place, one in zip(range(MATCHES), by_words, strict=False)]
