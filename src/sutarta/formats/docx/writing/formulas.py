"""Formulas in tracked changes: as they are for Word, as a line of text for other programs.

LibreOffice takes a formula for an object, and no change it reads from a file holds an object: one
that is struck would stay, whatever is done with the change. So it is given words instead, by the
means every reader of such files must know (ISO/IEC 29500-3, AlternateContent).
"""

from __future__ import annotations

from lxml import etree

from sutarta.formats.docx.equations import linear
from sutarta.formats.docx.ooxml import NAMESPACES, Element, drop, q, unwrap
from sutarta.formats.docx.runs import MATH

from .making import w, words

W15 = "w15"  # what Word since 2013 understands, and others do not say they do
_ALTERNATE, _CHOICE = q("mc:AlternateContent"), q("mc:Choice")


def told_twice(formula: Element, name: str) -> Element:
    """Put a w:r with its words beside the formula, and both into what is given back.

    formula   an m:oMath or m:oMathPara that stands in a paragraph
    name      "t", or "delText" where it is struck
    """
    known = {"mc": NAMESPACES["mc"], W15: NAMESPACES[W15]}
    made = etree.Element(_ALTERNATE, nsmap=known)
    formula.addprevious(made)
    choice = etree.SubElement(made, _CHOICE)
    spare = etree.SubElement(made, q("mc:Fallback"))
    choice.append(formula)
    spare.append(w("r", *words(" ".join(linear(formula).split()), name)))
    names = (prefix for prefix, uri in made.nsmap.items() if uri == NAMESPACES[W15])
    choice.set("Requires", next(filter(None, names), W15))
    return made


def tell_once(root: Element) -> None:
    """Leave the formulas alone that an earlier export told twice."""
    for alternate in list(root.iter(_ALTERNATE)):
        choice = next(alternate.iterchildren(_CHOICE), None)
        if choice is None or not len(choice) or choice[0].tag not in MATH:
            continue
        for branch in list(alternate):
            if branch is not choice:
                drop(branch)
        unwrap(choice)
        unwrap(alternate)
