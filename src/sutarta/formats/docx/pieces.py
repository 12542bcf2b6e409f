"""The words of a paragraph with what became of them under change tracking."""

from __future__ import annotations

from collections.abc import Iterator

from sutarta.formats.reviewing import Piece

from .ooxml import W_P, W_R, W_T, W_TC, Element, q

ADDING = frozenset({q("w:ins"), q("w:moveTo")})
REMOVING = frozenset({q("w:del"), q("w:moveFrom")})
AUTHOR = q("w:author")
WORDS = (W_T, q("w:delText"))
SIGNS = {q("w:tab"): "\t", q("w:br"): "\n", q("w:cr"): "\n", q("w:noBreakHyphen"): "\u2011"}


def pieces_of(paragraph: Element) -> Iterator[tuple[Element, Piece]]:
    """Its words in order, without those of text boxes and notes, and the element of each."""
    for element in paragraph.iter(*WORDS, *SIGNS):
        is_sign = element.tag in SIGNS
        parent = element.getparent()
        if is_sign and (parent is None or parent.tag != W_R):
            continue  # a tab stop
        words = SIGNS[str(element.tag)] if is_sign else element.text or ""
        added: list[str] = []
        removed: list[str] = []
        for above in element.iterancestors():
            if above.tag == W_P:
                if above is paragraph:
                    yield element, Piece(words, tuple(reversed(added)), tuple(reversed(removed)))
                break
            if above.tag in ADDING:
                added.append(str(above.get(AUTHOR, "")))
            elif above.tag in REMOVING:
                removed.append(str(above.get(AUTHOR, "")))


def row_words(row: Element) -> str:
    """The words of a row, whatever became of them, its cells parted by tabs."""
    return "\t".join(
        " ".join(
            "".join(piece.words for _element, piece in pieces_of(each)) for each in cell.iter(W_P)
        ).strip()
        for cell in row.iterchildren(W_TC)
    )
