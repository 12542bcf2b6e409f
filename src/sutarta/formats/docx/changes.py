"""Tracked changes: told as findings, then accepted or rejected as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from .findings import Notebook, Place
from .ooxml import W_P, W_T, W_TBL, W_TC, W_TR, Element, child, drop, position, q, unwrap

Changes = Literal["accept", "reject"]

CODES = {
    q("w:ins"): "changes.insertion",
    q("w:del"): "changes.deletion",
    q("w:moveTo"): "changes.move",
    q("w:moveFrom"): "changes.move",
    q("w:cellIns"): "changes.insertion",
    q("w:cellDel"): "changes.deletion",
}
NEW = (q("w:ins"), q("w:moveTo"))
OLD = (q("w:del"), q("w:moveFrom"))
CELL_NEW, CELL_OLD = q("w:cellIns"), q("w:cellDel")
DELETED_TEXT = {q("w:delText"): W_T, q("w:delInstrText"): q("w:instrText")}
FORMATTING = tuple(
    q(f"w:{name}PrChange") for name in ("r", "p", "tbl", "tr", "tc", "sect", "tblPrEx")
)
# What a changed w:pPr keeps although it is not part of the former one.
KEPT = frozenset({q("w:rPr"), q("w:sectPr")})
# Elements that may stand between two runs without parting them.
INVISIBLE = frozenset(q(f"w:{name}") for name in ("bookmarkStart", "bookmarkEnd"))


def settle(root: Element, part: str, changes: Changes, notes: Notebook) -> None:
    """Write every tracked change down, then leave the text as if all were settled."""
    for element in list(root.iter(*CODES)):
        _tell(element, part, notes)
    for element in list(root.iter(*FORMATTING)):
        _tell_formatting(element, part, notes)
        if changes == "reject":
            _restore(element)
        drop(element)
    keep, lose = (NEW, OLD) if changes == "accept" else (OLD, NEW)
    _settle_rows(root, lose)
    _settle_cells(root, CELL_OLD if changes == "accept" else CELL_NEW)
    lost_marks = [p for p in root.iter(W_P) if _mark(p, lose)]
    _settle_runs(root, keep, lose)
    _join(lost_marks)


def _tell(element: Element, part: str, notes: Notebook) -> None:
    """One finding for an unbroken row of pieces by the same person."""
    if _continues(element, _before(element)):
        return
    pieces = [element]
    while (after := _after(pieces[-1])) is not None and _continues(after, pieces[-1]):
        pieces.append(after)
    notes.add(
        CODES[str(element.tag)],
        Place(part, position(element)),
        author=str(element.get(q("w:author"), "")),
        date=str(element.get(q("w:date"), "")),
        text="".join(map(words, pieces)).strip(),
        what=_what(element),
    )


def _what(element: Element) -> str:
    """Which thing is new or gone, when it is not plain words."""
    parent = element.getparent()
    kind = "" if parent is None else str(parent.tag)
    if kind == q("w:trPr"):
        return "row"
    if kind == q("w:tcPr"):
        return "cell"
    if kind == q("w:rPr"):
        return "paragraph mark"
    if str(element.tag) == q("w:moveFrom"):
        return "from"
    return "to" if str(element.tag) == q("w:moveTo") else ""


def _before(element: Element) -> Element | None:
    found = element.getprevious()
    while found is not None and found.tag in INVISIBLE:
        found = found.getprevious()
    return found


def _after(element: Element) -> Element | None:
    found = element.getnext()
    while found is not None and found.tag in INVISIBLE:
        found = found.getnext()
    return found


def _continues(element: Element, before: Element | None) -> bool:
    if before is None or before.tag != element.tag:
        return False
    return all(before.get(name) == element.get(name) for name in (q("w:author"), q("w:date")))


def words(element: Element) -> str:
    """Text inside, deleted text too; of a row's or cell's mark, the text of that row or cell."""
    parent = element.getparent()
    if parent is not None and parent.tag in (q("w:trPr"), q("w:tcPr")):
        outer = parent.getparent()
        element = element if outer is None else outer
    return "".join(each.text or "" for each in element.iter(W_T, q("w:delText")))


def _tell_formatting(element: Element, part: str, notes: Notebook) -> None:
    owner = element.getparent()
    holder = None if owner is None else owner.getparent()
    notes.add(
        "changes.formatting",
        Place(part, position(element)),
        author=str(element.get(q("w:author"), "")),
        date=str(element.get(q("w:date"), "")),
        text="" if holder is None or holder.tag == W_TBL else words(holder)[:200],
    )


def _restore(change: Element) -> None:
    """Put the former properties in the place of the present ones."""
    present = change.getparent()
    former = next(iter(change), None)
    if present is None or former is None:
        return
    for each in list(present):
        if each is not change and each.tag not in KEPT:
            present.remove(each)
    for place, each in enumerate(list(former)):
        present.insert(place, each)


def _settle_rows(root: Element, lose: tuple[str, ...]) -> None:
    for row in list(root.iter(W_TR)):
        properties = child(row, "trPr")
        if properties is not None and any(each.tag in lose for each in properties):
            table = row.getparent()
            drop(row)
            if table is not None and table.find(f".//{W_TR}") is None:
                drop(table)


def _settle_cells(root: Element, lost: str) -> None:
    for mark in list(root.iter(lost)):
        cell = next(iter(mark.iterancestors(W_TC)), None)
        row = None if cell is None else cell.getparent()
        if cell is not None and row is not None and len(row.findall(W_TC)) > 1:
            drop(cell)


def _mark(paragraph: Element, lose: tuple[str, ...]) -> bool:
    """Whether the end of this paragraph goes, so that it runs on into the next one."""
    properties = child(child(paragraph, "pPr"), "rPr")
    return properties is not None and any(each.tag in lose for each in properties)


def _settle_runs(root: Element, keep: tuple[str, ...], lose: tuple[str, ...]) -> None:
    for element in list(root.iter(*lose)):
        drop(element)
    for element in list(root.iter(*keep)):
        unwrap(element)
    for element in list(root.iter(*DELETED_TEXT)):
        element.tag = DELETED_TEXT[str(element.tag)]


def _join(paragraphs: list[Element]) -> None:
    """Let each paragraph run on into the next, which keeps its own look: the mark carries it."""
    for paragraph in paragraphs:
        content = list(_content(paragraph))
        following = _after(paragraph)
        if following is not None and following.tag == W_P:
            for place, each in enumerate(content, start=_first(following)):
                following.insert(place, each)
            drop(paragraph)
        elif not content and following is not None:
            drop(paragraph)


def _content(paragraph: Element) -> Iterator[Element]:
    return (each for each in paragraph if each.tag != q("w:pPr"))


def _first(paragraph: Element) -> int:
    return 0 if child(paragraph, "pPr") is None else 1
