"""A submission as people see it: its state, author, words, answer and the words that changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sutarta.apps.consultations import covering
from sutarta.apps.consultations.models import (
    Answer,
    ForWhom,
    Submission,
    Translation,
    Visibility,
)
from sutarta.apps.consultations.queries import passages, sealed, translations
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.rules import supporting
from sutarta.apps.strategies.models import Version
from sutarta.apps.ui import wording
from sutarta.core.documents import Change, redline
from sutarta.core.text import title_from


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Shown:
    """One submission on a page.

    state     key of ui.marks.STATUSES
    text      what may be read, None while or because it may not
    changes   redline from the passage to the wording proposed; empty for other kinds
    passage   what it was spoken under, None for general ones
    changed   links to the words that changed because of it
    late      how late it came, in words; "" when in time
    overdue   whether the check of its text takes longer than promised
    may_support   whether one may agree with it now
    translation   what stands beside the words for readers of this page
    outdated      whether the translation there was says what the author has corrected since
    """

    submission: Submission
    state: str
    author: str
    text: Text | None
    changes: list[Change]
    passage: Passage | None
    answer: Answer | None
    changed: list[Link]
    late: str
    overdue: bool
    may_support: bool = False
    translation: Translation | None = None
    outdated: bool = False

    @property
    def number(self) -> int:
        return self.submission.number

    @property
    def title(self) -> str:
        return _title(self.submission, self.text)

    @property
    def title_language(self) -> str:
        """In which the title stands: theirs where it is made of their words, "" for our own."""
        return self.submission.language if self.text else ""

    @property
    def whom(self) -> list[str]:
        """Whom a need or an idea is for, in words."""
        return [str(ForWhom(code).label) for code in self.submission.for_whom]

    @property
    def where(self) -> str:
        """Where a need or an idea is, as far as that may be read."""
        ward = self.submission.ward
        if self.text is None:
            return ""
        return ", ".join(filter(None, [ward.name if ward else "", self.text.place]))

    @property
    def place(self) -> Link:
        """Link to the passage in the version spoken about, to the version for general ones, to
        the call for an idea."""
        return _place(self.submission, self.passage)

    @property
    def agreed(self) -> int:
        """How many agree, where the query counted them."""
        return getattr(self.submission, "agreed", 0)


def shown(
    submission: Submission,
    newest: Version | None,
    *,
    own: bool = False,
    check_limit: datetime | None = None,
    at: datetime | None = None,
) -> Shown:
    """The submission as the public sees it, or with `own` as its author does.

    newest        newest published version of the strategy: where changed words are linked to
    check_limit   what came before this instant should have been checked by now
    at            now, where one may agree with it
    """
    text = _own_text(submission) if own else public_text(submission)
    passage = passages.of(submission.version).by_id.get(submission.lineage_id)
    answer = published_answer(submission)
    return Shown(
        submission=submission,
        state=state(submission),
        author=author(submission, own=own),
        text=text,
        changes=_changes(passage, text),
        passage=passage,
        answer=answer,
        changed=changed_links(answer.changed, newest) if answer and newest else [],
        late=how_late(submission),
        overdue=check_limit is not None
        and submission.visibility == Visibility.CHECKING
        and submission.recorded_at < check_limit,
        may_support=at is not None and bool(supporting.may_support(submission, at)),
        translation=None if own else translations.beside(submission),
        outdated=not own and translations.is_outdated(submission),
    )


def state(submission: Submission) -> str:
    """Where it stands, as a key of ui.marks.STATUSES."""
    if submission.withdrawn_at is not None:
        return "WITHDRAWN"
    if answer := published_answer(submission):
        return answer.outcome
    if submission.erased_at is not None:
        return "ERASED"
    if submission.visibility == Visibility.CHECKING:
        return "CHECKING"
    return "WAITING" if submission.is_read else "HIDDEN"


def published_answer(submission: Submission) -> Answer | None:
    answer = getattr(submission, "answer", None)
    return answer if answer is not None and answer.published_at is not None else None


def between(old: Version, new: Version, lineage: str) -> list[Change]:
    """What became of the words of one passage; empty when they are the same in both versions."""
    before, after = (passages.of(version).by_id.get(lineage) for version in (old, new))
    texts = (before.text if before else "", after.text if after else "")
    return redline(*texts) if texts[0] != texts[1] else []


def how_late(submission: Submission) -> str:
    """„Gauta praėjus 7 min. po termino.“, or "" when it came in time."""
    if not submission.is_late:
        return ""
    gap = submission.received_at - submission.consultation.deadline.closes_at
    return _("Received %(gap)s after the deadline.") % {"gap": wording.remaining(gap)}


def changed_links(ids: Iterable[str], newest: Version) -> list[Link]:
    """Links to the story of each changed passage; where it is gone, its number is not known."""
    held = passages.of(newest).by_id
    links = []
    for id in ids:
        number = held[id].number if id in held else ""
        label = _("Passage %(number)s") % {"number": number} if number else _("A passage now gone")
        links.append(Link(label, _history(newest, id)))
    return links


def cite(passage: Passage | None, version: Version) -> str:
    """„2.3 pastraipa, 2 versija“."""
    facts = {"version": version.number, "passage": passage.number if passage else ""}
    if passage is None:
        return _("The whole strategy, version %(version)s") % facts
    return _("passage %(passage)s, version %(version)s") % facts


def public_text(submission: Submission) -> Text | None:
    """The words as moderation lets everybody read them; None when nobody may."""
    if not submission.is_read:
        return None
    return sealed.public(submission)


def author(submission: Submission, *, own: bool = False) -> str:
    """A name is free text like the rest: nobody but its author reads it before it is checked."""
    named = submission.shown_author if own or submission.is_read else ""
    return named or _("Resident")


def _own_text(submission: Submission) -> Text:
    return Text.of(submission)


def _title(submission: Submission, text: Text | None) -> str:
    if text is None:
        return str(submission.get_kind_display())
    return title_from(covering.plain(text.why or text.proposed or text.body))


def _changes(passage: Passage | None, text: Text | None) -> list[Change]:
    if passage is None or text is None or not text.proposed:
        return []
    return redline(passage.text, text.proposed)


def _place(submission: Submission, passage: Passage | None) -> Link:
    version = submission.version
    if version is None:
        its = submission.consultation
        return Link(its.title, reverse("consultations:consultation", args=[its.number]))
    address: list[Any] = [version.strategy.number, version.number]
    if passage is None:
        return Link(cite(None, version), reverse("consultations:version", args=address))
    url = reverse("consultations:passage", args=[*address, passage.id])
    return Link(cite(passage, version), f"{url}#{passage.id}")


def _history(version: Version, lineage: str) -> str:
    return reverse("consultations:history", args=[version.strategy.number, version.number, lineage])
