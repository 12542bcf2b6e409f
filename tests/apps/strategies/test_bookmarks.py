"""Ids that a Word file of ours brings back reach the draft through the preview."""

from __future__ import annotations

import pytest

from sutarta.apps.strategies import actions, queries
from sutarta.apps.strategies.models import VersionReason
from sutarta.core.documents import Document, identify
from sutarta.formats.docx import writing
from sutarta.formats.papers import pieces_of
from tests import make
from tests.formats.papers import paper

pytestmark = pytest.mark.django_db


def test_passages_with_the_same_words_are_told_apart_by_their_bookmarks():
    blocks = [make.block(text) for text in ("Taip.", "Apie pagalbą į namus.", "Taip.")]
    before = make.version(document=identify(Document(tuple(blocks)), "t"))
    first, middle, last = before.document.blocks
    data = writing.write(paper(*pieces_of(Document((last, middle, first)))))
    who = make.member(of=before.group)
    import_ = actions.keep_import(
        actor=who, strategy=before.strategy, name="taisyta.docx", data=data, at=make.NOON
    )

    draft = actions.make_draft(
        actor=who, import_=import_, reason=VersionReason.ANSWERS, note="", at=make.NOON
    )

    assert [block.id for block in draft.document.blocks[1:]] == [last.id, middle.id, first.id]
    corrected = queries.corrected(import_)
    assert [block.id for block in corrected.blocks] == ["p0", "p1", "p2", "p3"]
