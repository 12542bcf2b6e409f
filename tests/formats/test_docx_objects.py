"""Formulas and text boxes under tracked changes, in the way that Word and LibreOffice both take."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sutarta.core.documents import Document, Span, identify
from sutarta.formats import docx
from sutarta.formats.docx import writing
from tests.formats.docx import packages as w
from tests.formats.settling import lines
from tests.formats.test_docx_out import found

HAND = writing.Hand("A. B.", datetime(2026, 11, 22, 10, 30, tzinfo=UTC))
FORMULA = "<m:oMath><m:r><m:t>x=y</m:t></m:r></m:oMath>"
AROUND = w.paragraph("Prieš formulę.") + w.paragraph("Po formulės.")
BOX = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Box"/><a:graphic><a:graphicData><wps:wsp>'
    "<wps:txbx><w:txbxContent><w:p><w:r><w:t>Dėžutė</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def document_of(data: bytes) -> Document:
    return identify(docx.read(data).document, "t")


def without(document: Document, *gone: int) -> Document:
    kept = tuple(block for at, block in enumerate(document.blocks) if at not in gone)
    return replace(document, blocks=kept)


def texts(data: bytes, changes: docx.Changes) -> list[str]:
    return [block.text for block in docx.read(data, changes=changes).document.blocks]


@pytest.mark.parametrize(
    "formula", [FORMULA, f"<m:oMathPara>{FORMULA}{FORMULA.replace('x', 'z')}</m:oMathPara>"]
)
@pytest.mark.parametrize("said", [None, "Čia nieko."])
def test_a_struck_formula_is_told_in_words_too(formula, said):
    data = w.word_file(w.paragraph(w.text("Čia ") + formula + w.text(".")) + AROUND)
    old = document_of(data)
    new = without(old, 0)
    if said:
        first = replace(old.blocks[0], spans=(Span(said),))
        new = replace(old, blocks=(first, *old.blocks[1:]))

    made = writing.track(data, old, new, hand=HAND)

    assert texts(made, "accept") == [block.text for block in new.blocks]
    assert texts(made, "reject") == [block.text for block in old.blocks]
    assert lines(made, accept=True) == [block.text for block in new.blocks]
    assert lines(made, accept=False) == [block.text for block in old.blocks]
    assert (
        len(found(made, "//w:del//mc:Choice[@Requires='w15']//m:oMath"))
        == formula.count("oMath>") // 2
    )
    assert len(found(made, "//w:del//mc:Fallback/w:r/w:delText")) == 1


def test_a_moved_formula_is_one_formula_for_word_and_words_for_others():
    formula = w.paragraph(w.text("Taikoma ") + FORMULA)
    data = w.word_file(formula + AROUND + w.paragraph("Pabaiga čia."))
    old = document_of(data)
    new = replace(old, blocks=(*old.blocks[1:], old.blocks[0]))

    made = writing.track(data, old, new, hand=HAND)

    assert texts(made, "accept") == [block.text for block in new.blocks]
    assert texts(made, "reject") == [block.text for block in old.blocks]
    assert lines(made, accept=True) == [block.text for block in new.blocks]


def test_a_formula_told_twice_is_one_again_when_the_file_goes_on():
    data = w.word_file(w.paragraph(w.text("Čia ") + FORMULA) + AROUND)
    old = document_of(data)
    once = writing.track(data, old, without(old, 0), hand=HAND)
    again = replace(old.blocks[0], spans=(Span("Kita x=y"),))

    made = writing.track(once, old, replace(old, blocks=(again, *old.blocks[1:])), hand=HAND)

    assert texts(made, "accept") == ["Kita x=y", *(block.text for block in old.blocks[1:])]
    assert texts(made, "reject") == [block.text for block in old.blocks]
    assert len(found(made, "//m:oMath")) == 1
    assert found(made, "//mc:AlternateContent") == []


def test_a_text_box_is_struck_with_its_row_and_its_words_stay_words():
    data = w.word_file(
        w.table(w.row(w.cell(w.paragraph(w.text("Vienas") + BOX))), w.row("Du")) + AROUND
    )
    old = document_of(data)

    made = writing.track(data, old, without(old, 1), hand=HAND)

    assert texts(made, "accept") == ["", "Du", "Prieš formulę.", "Po formulės."]
    assert texts(made, "reject") == [block.text for block in old.blocks]
    assert len(found(made, "//w:txbxContent//w:t")) == 1
    assert found(made, "//w:txbxContent//w:delText") == []
    assert found(made, "//w:txbxContent//w:del") == []
