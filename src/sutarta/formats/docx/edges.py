"""Page headers and footers: left out, and told with their words."""

from __future__ import annotations

from .findings import Notebook
from .ooxml import BLANK, R_ID, W_P, W_T, Element, q, said
from .package import Package
from .tidy import choose_alternatives

EDGES = {q("w:headerReference"): "left_out.header", q("w:footerReference"): "left_out.footer"}
DRAWN_WORDS = q("v:textpath")


def tell_headers(root: Element, package: Package, notes: Notebook) -> None:
    """The words of page headers and footers; a mere page number is not worth telling."""
    relations = package.relations(package.main)
    told = set()
    for reference in root.iter(*EDGES):
        relation = relations.get(str(reference.get(R_ID, "")))
        if relation is None or relation.external or not package.has(relation.target):
            continue
        part = package.xml(relation.target)
        choose_alternatives(part)
        text = "\n".join(filter(None, map(_own_words, part.iter(W_P))))
        code = EDGES[str(reference.tag)]
        if any(letter.isalpha() for letter in text) and (code, text) not in told:
            told.add((code, text))
            notes.add(code, None, text=text)


def _own_words(paragraph: Element) -> str:
    """Words of a paragraph, drawn ones too; those of a text box in it are paragraphs themselves."""
    found = []
    for each in paragraph.iter(W_T, *BLANK, DRAWN_WORDS):
        if next(each.iterancestors(W_P), None) is paragraph:
            is_drawn = each.tag == DRAWN_WORDS
            found.append(str(each.get("string", "")) if is_drawn else said(each))
    return " ".join("".join(found).split())
