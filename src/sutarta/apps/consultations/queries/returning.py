"""Proposals whose marks come back in a Word file: which changes are due to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Answer, Submission
from sutarta.apps.consultations.queries import passages, showing, wordings
from sutarta.apps.strategies import queries as strategies
from sutarta.apps.strategies.models import Import, Version
from sutarta.core.documents import Block, Document, display_numbers
from sutarta.core.documents.proposing import is_taken_up

KEY = re.compile(r"p/([1-9][0-9]{0,8})")


@dataclass(frozen=True)
class Returned:
    """An accepted wording whose mark stands at a passage of the file.

    place      id of the block that bears the mark
    is_taken   whether its words took the wording up, wholly or for the greater part
    is_tied    whether nobody said that it is to count for nothing
    """

    key: str
    place: str
    answer: Answer
    is_taken: bool
    is_tied: bool = True

    @property
    def submission(self) -> Submission:
        return self.answer.submission

    @property
    def state(self) -> str:
        """What a person at the desk has to know of it."""
        if not self.is_taken:
            return _("Not taken up: the passage reads otherwise than was accepted.")
        if not self.is_tied:
            return _("Not connected with the change of this passage.")
        return _("Connected with the change of this passage.")

    @property
    def counts(self) -> bool:
        """Whether the change of the passage is due to it."""
        return self.is_taken and self.is_tied


def in_import(import_: Import, document: Document) -> list[Returned]:
    """In the order of the text; places are ids as the preview gives them.

    document   of the import, with what was corrected in the preview
    """
    keys = {f"p{position}": found for position, found in import_.keys.items()}
    return _returned(import_.strategy_id, document.blocks, keys, set(import_.untied))


def on_preview(import_: Import) -> dict[str, Any]:
    """What the page of a file being looked at says of it; empty when nothing came back."""
    if not import_.keys:
        return {}
    document = strategies.corrected(import_)
    found = in_import(import_, document)
    if not found:
        return {}
    numbers = display_numbers(document)
    return {
        "title": _("Accepted proposals that came back with the file"),
        "lead": _(
            "Once the version is published, everybody reads beside these changes which proposal "
            "they came of."
        ),
        "rows": [
            {
                "key": one.key,
                "number": one.submission.number,
                "url": reverse("consultations:desk_submission", args=[one.submission.number]),
                "place": one.place,
                "shown": numbers[one.place],
                "outcome": one.answer.outcome,
                "is_taken": one.is_taken,
                "is_tied": one.is_tied,
                "state": one.state,
            }
            for one in found
        ],
    }


def in_version(version: Version) -> list[Returned]:
    """In the order of the text; places are lineage ids. One question, none without marks."""
    if not version.keys:
        return []
    return _returned(version.strategy_id, version.document.blocks, version.keys)


def is_taken(answer: Answer, text: str) -> bool:
    """Whether a passage that reads so now has taken up the wording that was accepted.

    Nobody can tell of a wording that is not public.
    """
    one = answer.submission
    spoken_of = passages.of(one.version).by_id.get(one.lineage_id)
    words = showing.public_text(one)
    if spoken_of is None or words is None:
        return False
    return is_taken_up(spoken_of.text, words.proposed, text)


def _returned(
    strategy: UUID,
    blocks: Iterable[Block],
    keys: Mapping[str, Iterable[str]],
    untied: Iterable[str] = (),
) -> list[Returned]:
    """Keys that name no accepted wording about this strategy are passed over."""
    wanted = {key: int(match[1]) for found in keys.values() for key in found
              if (match := KEY.fullmatch(key))}  # fmt: skip
    if not wanted:
        return []
    answers = wordings.accepted(strategy).filter(submission__number__in=set(wanted.values()))
    by_number = {answer.submission.number: answer for answer in answers}
    marked = [
        (key, block, answer)
        for block in blocks
        for key in keys.get(block.id, ())
        if (answer := by_number.get(wanted.get(key, 0)))
    ]
    texts: dict[str, list[str]] = {}
    for key, block, _answer in marked:
        texts.setdefault(key, []).append(block.text)
    return [
        Returned(key, block.id, answer, _is_taken(answer, block, texts[key]), key not in untied)
        for key, block, answer in marked
    ]


def _is_taken(answer: Answer, block: Block, texts: Iterable[str]) -> bool:
    """texts: of all blocks that bear the mark, for a wording may have several paragraphs."""
    one = answer.submission
    spoken_of = passages.of(one.version).by_id.get(one.lineage_id)
    is_same = spoken_of is not None and spoken_of.text == block.text
    return not is_same and is_taken(answer, "\n".join(texts))
