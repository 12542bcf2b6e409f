"""Remarks of a working group in a Word file: which of them may become submissions, and as what."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Consultation, Kind
from sutarta.apps.consultations.queries import passages, public
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.consultations.rules import entering as rules
from sutarta.apps.consultations.rules.speaking import LONGEST
from sutarta.apps.strategies import corrections
from sutarta.apps.strategies.models import Import, Strategy
from sutarta.apps.strategies.remarks import Remark
from sutarta.core.canonical import canonical_bytes
from sutarta.core.documents import Document, inherit

AROUND = 80  # characters kept before and after a quote
SHORTEST = 10  # characters that stand for a place in a longer passage, such as a row
LONGEST_NAME = 120


@dataclass(frozen=True)
class Said:
    """What a remark says as a submission: the fields of actions.speaking.Words it fills."""

    kind: str
    body: str = ""
    proposed: str = ""
    lineage_id: str = ""
    quote: str = ""
    quote_before: str = ""
    quote_after: str = ""
    author_name: str = ""


@dataclass(frozen=True)
class Offer:
    """A remark with what it would be as a submission.

    words     the submission; None when it cannot be one
    passage   of the version people speak about
    why_not   a sentence, when words is None
    """

    remark: Remark
    words: Said | None = None
    passage: Passage | None = None
    why_not: str = ""


def open_on(strategy: Strategy, at: datetime) -> Consultation | None:
    """The consultation in which people speak about a version of the strategy right now."""
    running = public.announced(strategy.group).filter(strategy=strategy, version__isnull=False)
    return next((one for one in running.order_by("-number") if one.is_open(at)), None)


def request_key(consultation: Consultation, remark: Remark, words: Said) -> str:
    """The same remark in a later edition of the file is the same submission: taken once."""
    told: list[Any] = [str(consultation.pk), remark.author, str(remark.at), *vars(words).values()]
    return "remark:" + hashlib.sha256(canonical_bytes([str(one) for one in told])).hexdigest()


def offers(
    import_: Import,
    remarks: Sequence[Remark],
    its: Consultation | None,
    actor: Any,
    at: datetime,
) -> list[Offer]:
    """What each remark may become in the consultation `its`; without one all are notes only."""
    if its is None:
        reason = _("No consultation on this strategy is open.")
        return [Offer(one, why_not=reason) for one in remarks]
    if not (role := rules.may_enter_here(actor, its.group, at)):
        return [Offer(one, why_not=str(role.reason)) for one in remarks]
    place = Places.of(import_, its)
    with translation.override(its.strategy.language):
        made = [place.words(one) for one in remarks]
    return [_offer(one, words, place, at) for one, words in zip(remarks, made, strict=True)]


def _offer(one: Remark, words: Said | None, place: Places, at: datetime) -> Offer:
    if one.is_look_alone:
        return Offer(one, why_not=_("Only the look was changed."))
    if words is None:
        reason = _("Its passage does not read like this in the version people speak about.")
        return Offer(one, why_not=reason)
    if max(len(words.body), len(words.proposed)) > LONGEST:
        return Offer(one, why_not=_("It is too long for a submission."))
    if one.at is None:
        return Offer(one, why_not=_("The file does not say when it was written."))
    verdict = rules.may_have_come(place.consultation, one.at, at)
    if not verdict:
        return Offer(one, why_not=str(verdict.reason))
    return Offer(one, words, place.passages.by_id.get(words.lineage_id))


@dataclass(frozen=True)
class Places:
    """The passages of the version spoken of, as the blocks of a file continue them.

    lineages   of the file's blocks: the id in the version, "" where it is not surely the same
    sources    of the file's blocks: part and index of the paragraph
    alike      words of a passage on one line -> its id; "" where several read the same
    """

    consultation: Consultation
    passages: passages.Passages
    lineages: tuple[str, ...]
    sources: tuple[tuple[str, int] | None, ...]
    alike: Mapping[str, str]

    @classmethod
    def of(cls, import_: Import, its: Consultation) -> Places:
        found = passages.of(its.version)
        alike: dict[str, str] = {}
        for id, passage in found.by_id.items():
            words = _line(passage.text)
            alike[words] = "" if words in alike else id
        # As stored: the public text lacks what was withheld, and is not a document.
        old: Document = its.version.document
        new = corrections.apply(import_.document, import_.corrections)
        made = inherit(old, new, "remarks").document
        ids = tuple(block.id if block.id in found.by_id else "" for block in made.blocks)
        sources = tuple(
            (block.source.part, block.source.index) if block.source else None
            for block in made.blocks
        )
        return cls(its, found, ids, sources, alike)

    def words(self, one: Remark) -> Said | None:
        """What the remark says as a submission, in the language of the strategy; None: nothing."""
        if one.is_look_alone:
            return None
        return self._comment(one) if one.is_comment else self._change(one)

    def _comment(self, one: Remark) -> Said | None:
        who = {"body": one.text, "author_name": one.author[:LONGEST_NAME]}
        if not one.text.strip():
            return None
        if one.block is None:
            return Said(kind=Kind.GENERAL, **who)
        lineage = self.lineages[one.block]
        if not lineage:
            return None
        return Said(kind=Kind.COMMENT, lineage_id=lineage, **who, **self._quoted(one, lineage))

    def _quoted(self, one: Remark, lineage: str) -> dict[str, str]:
        text = self.passages.by_id[lineage].text
        if not one.quote or text.count(one.quote) != 1:
            return {}
        start = text.index(one.quote)
        end = start + len(one.quote)
        return {
            "quote": one.quote,
            "quote_before": text[max(start - AROUND, 0) : start],
            "quote_after": text[end : end + AROUND],
        }

    def _change(self, one: Remark) -> Said | None:
        who = one.author[:LONGEST_NAME]
        if not one.before.strip():
            return self._new(one, who)
        lineage = self._same(one)
        if not lineage:
            return None
        if not one.after.strip():
            body = _("Move this elsewhere.") if one.is_move else _("Delete this.")
            whole = _line(self.passages.by_id[lineage].text) == _line(one.before)
            body = body if whole else f"{body}\n\n„{one.before}“"
            return Said(Kind.COMMENT, body, lineage_id=lineage, author_name=who)
        text = self.passages.by_id[lineage].text
        is_whole = _line(text) == _line(one.before)
        proposed = one.after if is_whole else text.replace(one.before, one.after)
        if _line(proposed) == _line(text):
            return None
        return Said(Kind.WORDING, proposed=proposed, lineage_id=lineage, author_name=who)

    def _new(self, one: Remark, who: str) -> Said | None:
        """New words have no passage of their own: they are proposed after the one before them."""
        if not one.after.strip():
            return None
        new = one.after.replace("\t", " · ")
        above = () if one.block is None else self.lineages[: one.block + 1]
        if one.block is not None and self.sources[one.block] == (one.part, one.index):
            above = above[:-1]  # the new words themselves; moved ones are known by their own id
        lineage = next((id for id in reversed(above) if id), "")
        if not lineage:
            body = (_("Move this here:") if one.is_move else _("Add this:")) + f"\n\n{new}"
            return Said(Kind.GENERAL, body, author_name=who)
        after = _("Move this here, after it:") if one.is_move else _("Add this after it:")
        body = f"{after}\n\n{new}"
        return Said(Kind.COMMENT, body, lineage_id=lineage, author_name=who)

    def _same(self, one: Remark) -> str:
        """The passage that reads as the words did before the change, "" for none or several."""
        here = self.lineages[one.block] if one.block is not None else ""
        if here:
            text = self.passages.by_id[here].text
            if _line(text) == _line(one.before):
                return here
            if len(one.before) >= SHORTEST and text.count(one.before) == 1:
                return here
        return self.alike.get(_line(one.before), "")


def _line(text: str) -> str:
    return " ".join(text.split())
