"""Documents inside a document: not taken in, but told with their words."""

from __future__ import annotations

import html
import re

from .context import Context
from .findings import Place
from .ooxml import R_ID, W_P, W_T, Element, q
from .package import Package
from .safe import Refused

FOREIGN = frozenset({q("w:altChunk"), q("w:subDoc")})
LONGEST = 2000
UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)


def tell_foreign(element: Element, context: Context) -> None:
    """Tell of a document that Word shows here, at the paragraph it stands in or after."""
    relation = context.relation(element.get(R_ID))
    name = text = ""
    if relation is not None:
        name = relation.target.rsplit("/", 1)[-1]
        if not relation.external and context.package.has(relation.target):
            text = _words(context.package.bytes(relation.target))[:LONGEST]
    kind = "embedded document"
    context.notebook.add(
        "object.unreadable", _place(element, context), kind=kind, name=name, text=text
    )


def _place(element: Element, context: Context) -> Place | None:
    near = next(element.iterancestors(W_P), None)
    if near is None:
        near = next(iter(element.itersiblings(W_P, preceding=True)), None)
    if near is None:
        near = next(iter(element.itersiblings(W_P)), None)
    return None if near is None else context.place(near)


def _words(data: bytes) -> str:
    """What a Word file, a page or a plain text says, on one line; "" for anything else."""
    if data.startswith(b"PK"):
        try:
            package = Package(data)
            paragraphs = package.xml(package.main).iter(W_P)
        except Refused:
            return ""
        lines = ("".join(each.text or "" for each in one.iter(W_T)) for one in paragraphs)
        return " ".join(" ".join(lines).split())
    if data.startswith(b"{\\rtf") or b"\x00" in data:
        return ""
    page = UNSEEN.sub(" ", data.decode("utf-8", "replace"))
    return " ".join(html.unescape(page).split())
