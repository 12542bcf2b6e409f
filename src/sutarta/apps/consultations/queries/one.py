"""What the desk shows of one submission."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import FormerText, Moderation, Placement, Submission
from sutarta.apps.consultations.queries import happenings, inbox, passages, sealed
from sutarta.apps.consultations.queries.drafts import words_of
from sutarta.apps.consultations.queries.happenings import Act
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.queries.versions import HEAVY
from sutarta.apps.tenants.models import Group


def submissions(group: Group) -> QuerySet[Submission]:
    """Submissions of the group with all that their page shows."""
    return (
        inbox.submissions(group)
        .select_related("group", "version__strategy", "consultation__version", "answer__written_by")
        .select_related("consultation__strategy", "ward")
        .select_related("entered_by", "source")
        .defer(*(f"{path}__{name}" for path in PATHS for name in HEAVY))
        .prefetch_related("former_texts__replaced_by", "moderations__actor", "openings__actor")
        .prefetch_related("objections", "erasures__asked_by", "erasures__decided_by")
    )


PATHS = ("version", "consultation__version")


def passage(submission: Submission) -> Passage | None:
    """The passage spoken of."""
    return passages.of(submission.version).by_id.get(submission.lineage_id)


def changed(submission: Submission) -> list[Passage]:
    """The passages that the answer changes."""
    answer = getattr(submission, "answer", None)
    known = choosable(submission) if answer and answer.changed else {}
    return [known[id] for id in answer.changed if id in known] if answer else []


def choosable(submission: Submission) -> dict[str, Passage]:
    """Passages an answer may change: of the version spoken of, then those that came later.

    None for needs and ideas: they are placed beside the words that came of them instead.
    """
    spoken_of = submission.version
    if spoken_of is None:
        return {}
    later = Version.objects.filter(
        strategy=spoken_of.strategy_id, number__gt=spoken_of.number
    ).order_by("number")
    known = dict(words_of(spoken_of))
    for version in later:
        known = {**words_of(version), **known}
    return known


def placements(submission: Submission) -> QuerySet[Placement]:
    """Where it stands in later versions, in their order."""
    found = submission.placements.select_related("version").order_by("version__number")
    return found.defer(*(f"version__{name}" for name in HEAVY))


def last_moderation(submission: Submission) -> Moderation | None:
    """The decision in force; a text corrected since then has none."""
    rows = sorted(submission.moderations.all(), key=lambda row: (row.at, row.id))
    return rows[-1] if rows else None


def acts(submission: Submission) -> list[Act]:
    """Everything that happened to it, oldest first."""
    found = [Act(submission.received_at, _("Received"))]
    for former in submission.former_texts.all():
        said = "" if sealed.is_sealed(submission) else former.body or former.proposed
        found.append(_replaced(former, said))
    for row in submission.moderations.all():
        found.append(Act(row.at, row.get_visibility_display(), str(row.actor), row.reason))
    found += happenings.of(submission)
    found += _of_answer(submission)
    if submission.entered_by is not None:
        found.append(Act(submission.recorded_at, _("Entered"), str(submission.entered_by)))
    elif submission.confirmed_at is not None:
        found.append(Act(submission.confirmed_at, _("Address confirmed")))
    if submission.withdrawn_at is not None:
        why = submission.withdrawn_why
        label = _("Taken back with a whole survey") if why else _("Withdrawn by the author")
        found.append(Act(submission.withdrawn_at, label, note=why))
    return sorted(found, key=lambda act: act.at)


def _replaced(former: FormerText, said: str) -> Act:
    """Corrected by its author, or put right by whoever looked at the paper again."""
    if former.replaced_by is None:
        return Act(former.replaced_at, _("Corrected by the author; before:"), note=said)
    who = str(former.replaced_by)
    if former.submission.entered_by_id is None:
        return Act(former.replaced_at, _("Written down from the letter; before:"), who, note=said)
    return Act(former.replaced_at, _("Typed in wrongly and put right; before:"), who, note=said)


def _of_answer(submission: Submission) -> list[Act]:
    answer = getattr(submission, "answer", None)
    if answer is None:
        return []
    written = Act(answer.written_at, _("Answer written"), str(answer.written_by))
    if answer.published_at is None:
        return [written]
    return [written, Act(answer.published_at, _("Answer published"))]
