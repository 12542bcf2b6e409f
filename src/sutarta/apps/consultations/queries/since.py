"""What became of the words somebody spoke about: from the version they read to the newest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from sutarta.apps.consultations.models import Placement, Submission, Visibility
from sutarta.apps.consultations.queries import carrying, passages, reasons, showing
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.consultations.queries.reasons import Reason
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.queries.versions import HEAVY
from sutarta.core.documents import Change, Outcome, redline


@dataclass(frozen=True)
class News:
    """What changed in the passage of one submission.

    outcome   key of ui.marks.STATUSES: REWORDED, MOVED, SPLIT, MERGED, GONE
    place     „2.3 pastraipa, 2 versija“: its place in the newest version, "" when it is gone
    before    the words it was spoken under; after: those of now, "" when they are gone
    was       its place in the version spoken of
    lineage   its id in the newest version, the one it was spoken of by when it is gone
    """

    outcome: str
    spoken_of: Version
    newest: Version
    place: str
    before: str
    after: str
    was: str
    lineage: str

    @property
    def words(self) -> list[Change]:
        """Redline from the words spoken under to those of now, empty when they are the same."""
        return redline(self.before, self.after) if self.before != self.after else []

    @property
    def path(self) -> str:
        """Address of the change among all others since then, without the host."""
        numbers = [self.newest.strategy.number, self.newest.number, self.spoken_of.number]
        return f"{reverse('consultations:compare', args=numbers)}#{self.lineage}"


def news_for(submissions: Iterable[Submission]) -> dict[UUID, News]:
    """Submission key -> what changed in its passage; those with nothing to tell are left out.

    Three questions for any number of submissions, one more for every version read for the
    first time. A passage that stands as it stood is no news, nor is a general proposal.
    """
    asked = [one for one in submissions if one.lineage_id]
    versions = _versions(asked)
    newest = _newest(versions.values())
    placed = _placed(asked, newest.values())
    found = {}
    for submission in asked:
        spoken_of = versions[submission.version_id]
        latest = newest[spoken_of.strategy_id]
        row = placed.get((submission.pk, latest.pk))
        if row is not None and (news := _news(submission, spoken_of, latest, row)):
            found[submission.pk] = news
    return found


def note(submissions: Sequence[Submission]) -> None:
    """Give every submission its `.news`, None when there is none, for letters."""
    found = news_for(submissions)
    for submission in submissions:
        submission.news = found.get(submission.pk)


def answered_and_changed(version: Version) -> list[Submission]:
    """Submissions whose authors have their answer and an address, and whose passage did not
    stay as it was in `version`: they are told when it is published.
    """
    placed = Placement.objects.filter(version=version).exclude(
        outcome__in=(Outcome.KEPT, carrying.GENERAL)
    )
    found = Submission.objects.filter(
        placements__in=placed, answer__published_at__isnull=False, withdrawn_at=None
    )
    found = found.exclude(email="").exclude(visibility=Visibility.SET_ASIDE)
    return list(found.select_related("group").order_by("number"))


def why(news: News, submission: Submission) -> list[Reason]:
    """The reasons for what became of the passage of the submission."""
    found = reasons.between(news.spoken_of, news.newest)
    return found.of({submission.lineage_id, news.lineage})


def _versions(asked: Sequence[Submission]) -> Mapping[UUID, Version]:
    keys = {one.version_id for one in asked}
    return Version.objects.select_related("strategy").defer(*HEAVY).in_bulk(keys)


def _newest(versions: Iterable[Version]) -> dict[UUID, Version]:
    """Strategy -> its newest published version."""
    published = Version.objects.filter(
        strategy__in={one.strategy_id for one in versions}, published_at__isnull=False
    )
    rows = published.select_related("strategy").defer(*HEAVY).order_by("number")
    return {row.strategy_id: row for row in rows}


def _placed(
    asked: Sequence[Submission], newest: Iterable[Version]
) -> dict[tuple[UUID, UUID], Placement]:
    rows = Placement.objects.filter(
        submission__in=[one.pk for one in asked], version__in=[one.pk for one in newest]
    )
    return {(row.submission_id, row.version_id): row for row in rows}


def _news(
    submission: Submission, spoken_of: Version, newest: Version, row: Placement
) -> News | None:
    old = passages.of(spoken_of).by_id[submission.lineage_id]
    here = passages.of(newest).by_id.get(row.lineage_id)
    after = here.text if here else ""
    if row.outcome == carrying.GENERAL or (row.outcome == Outcome.KEPT and old.text == after):
        return None
    return News(
        outcome=_outcome(row, here),
        spoken_of=spoken_of,
        newest=newest,
        place=showing.cite(here, newest) if here else "",
        before=old.text,
        after=after,
        was=showing.cite(old, spoken_of),
        lineage=here.id if here else old.id,
    )


def _outcome(row: Placement, here: Passage | None) -> str:
    """Through several versions a passage may be kept in the last step only: its words tell."""
    if here is None:
        return "GONE"
    return "REWORDED" if row.outcome == Outcome.KEPT else row.outcome.upper()
