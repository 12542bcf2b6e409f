"""References to notes that the file does not have: nothing is read of what leads nowhere."""

from __future__ import annotations

from .findings import Notebook, Place
from .ooxml import W_ID, W_P, Element, drop, position, q
from .package import Package
from .runs import REFERENCES


def leave_out_dead_references(root: Element, part: str, package: Package, notes: Notebook) -> None:
    """Take references without a note out of a part; a mark of the author's own stays as words.

    A file with such a reference does not conform (ISO/IEC 29500-1, w:footnoteReference), and
    programs show different things in its place: an empty note, a number, or nothing.
    """
    known: dict[str, set[str | None]] = {}
    for reference in list(root.iter(*REFERENCES)):
        kind = REFERENCES[str(reference.tag)]
        if kind not in known:
            known[kind] = _worded(package, kind)
        if reference.get(W_ID) not in known[kind]:
            place = Place(part, position(reference))
            drop(reference)
            notes.add("object.unreadable", place, kind=kind)


def _worded(package: Package, kind: str) -> set[str | None]:
    """Ids of the notes of a kind; one without a paragraph is no note."""
    name = package.related(f"{kind}s")
    notes = package.xml(name).iter(q(f"w:{kind}")) if name else ()
    return {each.get(W_ID) for each in notes if next(each.iter(W_P), None) is not None}
