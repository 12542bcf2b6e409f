"""Accepted wordings in the group's own Word file: tracked changes, and answers in its margin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.apps.consultations import covering
from sutarta.apps.consultations.models import Answer, Kind, Outcome, Submission
from sutarta.apps.consultations.queries.wordings import Handover, Told
from sutarta.apps.strategies.queries import exporting
from sutarta.apps.ui import wording
from sutarta.apps.ui.marks import STATUSES
from sutarta.core.documents import Block, Document, identify
from sutarta.core.documents.proposing import worded
from sutarta.core.text import excerpt
from sutarta.formats import docx
from sutarta.formats.docx import writing
from sutarta.formats.docx.writing import Comment, Hand

QUOTED = 600  # characters of what somebody said; the register has all of it
KEY = "p/{}"  # as the address of the submission, so that a later import knows it again


def key(submission: Submission) -> str:
    """The mark that a change of a passage carries through Word and back."""
    return KEY.format(submission.number)


def word_file(handover: Handover) -> bytes:
    """The version as `strategies.queries.exporting` gives it to staff, with what was answered.

    Where the group's own file cannot take the changes, a new one is written that can. Says
    everything in the language of the strategy, and nothing the public does not read.
    """
    version = handover.version
    with translation.override(version.strategy.language):
        try:
            return _tracked(exporting.word_file(version), handover)
        except (docx.Refused, writing.NotPatched):
            return _tracked(exporting.new_file(version), handover)


def _tracked(data: bytes, handover: Handover) -> bytes:
    """Raises NotPatched where the file does not take all of it."""
    document = identify(docx.read(data).document, "handover")
    changes = {one.blocks[0].id: one for one in handover.changes}
    reworded = _reworded(document, changes)
    hands = {block.id: _hand(one) for one in handover.changes for block in one.blocks}
    comments: dict[str, list[Comment]] = {}
    known = {block.id for block in document.blocks}
    first = document.blocks[0].id
    for together in handover.comments:
        passage = together[0].passage
        place = passage.id if passage and passage.id in known else first
        comments.setdefault(place, []).append(_comment(together))
    group = handover.version.strategy.group
    usual = Hand(group.short_name, _local(handover.version.made_at, group.zone))
    return writing.track(data, document, reworded, hand=usual, hands=hands, comments=comments)


def _reworded(document: Document, changes: Mapping[str, Told]) -> Document:
    """Raises NotPatched where a passage of the file does not read as in the version."""
    missing = set(changes)
    blocks: list[Block] = []
    for block in document.blocks:
        one = changes.get(block.id)
        missing.discard(block.id)
        blocks += [block] if one is None else _as_proposed(block, one)
    if missing:
        raise writing.NotPatched("the file lacks a passage that changes")
    return replace(document, blocks=tuple(blocks))


def _as_proposed(block: Block, one: Told) -> tuple[Block, ...]:
    """Made of the block in the file, so that nothing but the wording is a change."""
    same = one.passage is not None and block.text.split() == one.passage.text.split()
    made = worded(block, one.text.proposed) if same and one.text else ()
    if [each.id for each in made] != [each.id for each in one.blocks]:
        raise writing.NotPatched("the passage reads otherwise in the file")
    return made


def _hand(one: Told) -> Hand:
    at = one.answer.corrected_at or one.answer.published_at
    name = _("%(author)s, %(number)s") % {"author": one.author, "number": _nr(one)}
    return Hand(name, _local(at, one.submission.group.zone), key(one.submission))


def _comment(together: Sequence[Told]) -> Comment:
    """One answer in the margin: which proposals, what became of them, what they said, why."""
    first = together[0]
    group = first.submission.group
    said = [line for one in together for line in _said(one)]
    at = _local(first.answer.corrected_at or first.answer.published_at, group.zone)
    quote = first.submission.quote if len(together) == 1 else ""
    paragraphs = (_head(together), *said, *_reason(first.answer))
    initials = key(first.submission)  # known again when they come back: no remark of a colleague
    return Comment(paragraphs, group.short_name, at, initials, quote)


def _head(together: Sequence[Told]) -> str:
    """„Nr. 17, Nr. 19: atsižvelgta iš dalies“, and a word on where the wording stands."""
    outcome = Outcome(together[0].answer.outcome)
    numbers = ", ".join(map(_nr, together))
    head = f"{numbers}: {str(STATUSES[outcome].word).lower()}."
    if outcome == Outcome.PARTLY and any(one.blocks for one in together):
        return f"{head} {_('The whole wording stands in the text: accept what fits.')}"
    return head


def _said(one: Told) -> Iterator[str]:
    """What the writer has to know of it; the wording itself only where the text lacks it."""
    if one.blocks:
        return
    if one.submission.kind == Kind.WORDING and one.why_not:
        yield _("Not put into the text: %(why)s") % {"why": one.reason_not}
    text = one.text
    if text is not None and text.proposed:
        yield _("Wording proposed (%(author)s): %(words)s") % {
            "author": one.author, "words": _short(text.proposed)}  # fmt: skip
    elif text is not None and text.body:
        yield _("%(author)s: %(words)s") % {"author": one.author, "words": _short(text.body)}


def _reason(answer: Answer) -> Iterator[str]:
    lines = [line.strip() for line in answer.reason.split("\n") if line.strip()]
    if lines:
        yield _("Answer: %(words)s") % {"words": lines[0]}
        yield from lines[1:]


def _short(words: str) -> str:
    return excerpt(covering.plain(words), QUOTED)


def _nr(one: Told) -> str:
    return wording.nr(one.number)


def _local(at: datetime, zone: str) -> datetime:
    """As Word writes it, which knows no zone."""
    return at.astimezone(ZoneInfo(zone))
