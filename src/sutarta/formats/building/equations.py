"""Formulas in MathML as one line of text."""

from __future__ import annotations

from lxml import etree

Element = etree._Element

SILENT = frozenset({"annotation", "annotation-xml"})
PAIRS = {
    "mfrac": "{}/{}", "msup": "{}^{}", "msub": "{}_{}", "mroot": "√[{1}]({0})",
    "munder": "{}_{}", "mover": "{}^{}",
}  # fmt: skip
TRIPLES = {"msubsup": "{}_{}^{}", "munderover": "{}_{}^{}"}


def linear(element: Element) -> str:
    """What a formula says.

    >>> linear(etree.fromstring("<math><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></math>"))
    'πr^2'
    """
    name = str(element.tag).rsplit("}", 1)[-1]
    if name in SILENT:
        return ""
    parts = [linear(each) for each in element if isinstance(each.tag, str)]
    if name in PAIRS and len(parts) == 2:
        return PAIRS[name].format(*map(_grouped, parts))
    if name in TRIPLES and len(parts) == 3:
        return TRIPLES[name].format(*map(_grouped, parts))
    if name == "mi" and len("".join(map(str, element.itertext())).strip()) > 1:
        return f"{(element.text or '').strip()} "
    if name == "msqrt":
        return f"√({''.join(parts)})"
    tails = [each.tail or "" for each in element]
    inside = "".join(part + tail for part, tail in zip(parts, tails, strict=False))
    return " ".join(((element.text or "") + inside).split())


def _grouped(text: str) -> str:
    text = text.strip()
    return text if text.isalnum() else f"({text})"
