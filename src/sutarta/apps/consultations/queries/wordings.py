"""What the group's writer gets: accepted wordings as changes of a version, answers beside it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations import covering
from sutarta.apps.consultations.models import (
    Answer,
    ChangeReason,
    Kind,
    Outcome,
    Placement,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import passages, showing
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.strategies.models import Version, Withholding
from sutarta.apps.strategies.queries.versions import HEAVY
from sutarta.core.documents import Block, Change, redline
from sutarta.core.documents.proposing import worded

AGREED = (Outcome.ACCEPTED, Outcome.PARTLY)
ORDER = {Outcome.ACCEPTED: 0, Outcome.PARTLY: 1}

# Why an accepted wording stands in a comment instead of the text.
WHY_NOT = {
    "gone": _("The passage is no longer in the text."),
    "reworded": _("The passage has been reworded since."),
    "withheld": _("The words of the passage are withheld."),
    "unread": _("Its text is not public."),
    "covered": _("Places of it are covered."),
    "language": _("It is written in another language."),
    "kind": _(
        "Such a wording does not fit this place by itself: a title of a table, a picture, a "
        "footnote, or another number of cells."
    ),
    "other": _("Another accepted wording of the same passage stands in the text."),
    "same": _("The passage reads so already."),
}


@dataclass(frozen=True)
class Told:
    """One answered submission as the writer gets it.

    passage   where it stands in the version, None for a general one and where that is gone
    text      what the public reads of it, None when it may not
    blocks    its passage as it would read with the accepted wording; empty: a comment alone
    why_not   key of WHY_NOT for an accepted wording that is a comment alone; else ""
    """

    submission: Submission
    answer: Answer
    passage: Passage | None
    text: Text | None
    blocks: tuple[Block, ...] = ()
    why_not: str = ""

    @property
    def number(self) -> int:
        return self.submission.number

    @property
    def author(self) -> str:
        return showing.author(self.submission)

    @property
    def reason_not(self) -> str:
        return str(WHY_NOT[self.why_not]) if self.why_not else ""

    @property
    def words(self) -> list[Change]:
        """Redline from the passage to the wording proposed."""
        if self.passage is None or self.text is None:
            return []
        return redline(self.passage.text, self.text.proposed)


@dataclass(frozen=True)
class Handover:
    """Everything the writer of the next version gets along with this one, by number."""

    version: Version
    told: Sequence[Told]

    @cached_property
    def changes(self) -> list[Told]:
        """Accepted wordings that stand in the text as tracked changes."""
        return [one for one in self.told if one.blocks]

    @cached_property
    def aside(self) -> list[Told]:
        """Accepted wordings that stand in a comment alone."""
        return [one for one in self.told if one.why_not]

    @cached_property
    def comments(self) -> list[list[Told]]:
        """What stands in one comment together: one answer to several similar ones is said once."""
        found: dict[object, list[Told]] = {}
        for one in self.told:
            place = one.passage.id if one.passage else ""
            its = one.answer
            bundle = one.submission.bundle_id
            key = (place, bundle, its.outcome, its.reason) if bundle else one.number
            found.setdefault(key, []).append(one)
        return list(found.values())


def handover(version: Version) -> Handover:
    """What was answered about a published version, and what earlier answers left to be done.

    Told is everything said about the version itself and answered; of what was said about
    earlier ones, that which was answered since the version came, and every accepted wording
    that no change of a passage is tied to as long as the passage reads as it did then. Four
    questions, one more for each version read for the first time.
    """
    found = list(_answered(version))
    places = _places(version, found)
    tied = _tied(version)
    withheld = _withheld(version)
    blocks = {block.id: block for block in version.document.blocks}
    told = []
    taken: set[str] = set()
    for answer in sorted(found, key=_turn):
        one = _told(answer, version, places, blocks, withheld, taken)
        if _belongs(one, version, tied):
            told.append(one)
            taken.update(block.id for block in one.blocks)
    return Handover(version, sorted(told, key=lambda one: one.number))


def accepted(strategy: UUID) -> QuerySet[Answer]:
    """Published answers that take a wording up, wholly or partly, with submission and version."""
    return _published(strategy).filter(outcome__in=AGREED, submission__kind=Kind.WORDING)


def _answered(version: Version) -> QuerySet[Answer]:
    answers = _published(version.strategy_id)
    return answers.filter(submission__version__number__lte=version.number)


def _published(strategy: UUID) -> QuerySet[Answer]:
    answers = Answer.objects.filter(
        submission__version__strategy=strategy,
        published_at__isnull=False,
        submission__withdrawn_at=None,
    )
    answers = answers.exclude(submission__visibility=Visibility.SET_ASIDE)
    light = (f"submission__version__{name}" for name in HEAVY)
    related = ("submission__version__strategy", "submission__group")
    return answers.select_related(*related).defer(*light)


def _turn(answer: Answer) -> tuple[int, int]:
    """What was accepted wholly goes into the text before what was accepted in part."""
    return ORDER.get(Outcome(answer.outcome), len(ORDER)), answer.submission.number


def _places(version: Version, answers: Iterable[Answer]) -> Mapping[UUID, str]:
    """Submission -> its passage in the version, "" where it has none."""
    own = {
        answer.submission_id: answer.submission.lineage_id
        for answer in answers
        if answer.submission.version_id == version.pk
    }
    placed = Placement.objects.filter(version=version)
    return {**dict(placed.values_list("submission", "lineage_id")), **own}


def _tied(version: Version) -> set[UUID]:
    """Submissions that some change of a passage is tied to already."""
    rows = ChangeReason.objects.filter(
        version__strategy=version.strategy_id,
        version__number__lte=version.number,
        submission__isnull=False,
    )
    return set(rows.values_list("submission", flat=True))


def _withheld(version: Version) -> set[tuple[int, str]]:
    """Number of a version, passage whose words nobody reads there any more."""
    rows = Withholding.objects.filter(
        version__strategy=version.strategy_id, ended_at=None
    ).annotate(number=F("version__number"))
    return set(rows.values_list("number", "lineage_id"))


def _told(
    answer: Answer,
    version: Version,
    places: Mapping[UUID, str],
    blocks: Mapping[str, Block],
    withheld: Container[tuple[int, str]],
    taken: Container[str],
) -> Told:
    one = answer.submission
    here = passages.of(version).by_id.get(places.get(one.pk, ""))
    told = Told(one, answer, here, showing.public_text(one))
    if one.kind != Kind.WORDING or answer.outcome not in AGREED:
        return told
    why = _hindrance(told, version, withheld)
    if why or here is None or told.text is None:
        return replace(told, why_not=why)
    made = worded(blocks[here.id], told.text.proposed)
    why = _misfit(made, here, taken)
    return replace(told, blocks=() if why else made, why_not=why)


def _hindrance(told: Told, version: Version, withheld: Container[tuple[int, str]]) -> str:
    """Key of WHY_NOT that keeps the words out of any text, "" for none."""
    here, text, one = told.passage, told.text, told.submission
    if here is None:
        return "gone"
    if (version.number, here.id) in withheld or (one.version.number, one.lineage_id) in withheld:
        return "withheld"
    if text is None:
        return "unread"
    if covering.MARK.search(text.proposed):
        return "covered"
    if one.language != version.strategy.language:
        return "language"
    return "" if _stands(one, here) else "reworded"


def _misfit(made: Sequence[Block], here: Passage, taken: Container[str]) -> str:
    """Key of WHY_NOT that keeps the words out of this passage, "" for none."""
    if not made:
        return "kind"
    if len(made) == 1 and made[0].text == here.text:
        return "same"
    return "other" if here.id in taken else ""


def _stands(one: Submission, here: Passage) -> bool:
    """Whether the passage reads as it did when the wording was proposed for it."""
    spoken_of = passages.of(one.version).by_id.get(one.lineage_id)
    return spoken_of is not None and spoken_of.text == here.text


def _belongs(one: Told, version: Version, tied: Container[UUID]) -> bool:
    if one.submission.version_id == version.pk:
        return True
    is_new = one.answer.published_at >= version.published_at
    return is_new or (bool(one.blocks) and one.submission.pk not in tied)
