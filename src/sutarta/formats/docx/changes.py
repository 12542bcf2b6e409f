"""Tracked changes: told as findings, then accepted or rejected as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from .findings import Notebook
from .ooxml import W_P, W_T, W_TC, W_TR, Element, child, drop, q, unwrap
from .tracked import FORMATTING, tell_changes, visible_after

Changes = Literal["accept", "reject"]

NEW = (q("w:ins"), q("w:moveTo"))
OLD = (q("w:del"), q("w:moveFrom"))
CELL_NEW, CELL_OLD = q("w:cellIns"), q("w:cellDel")
DELETED_TEXT = {q("w:delText"): W_T, q("w:delInstrText"): q("w:instrText")}
# What a changed w:pPr keeps although it is not part of the former one.
KEPT = frozenset({q("w:rPr"), q("w:sectPr")})


def settle(root: Element, part: str, changes: Changes, notes: Notebook) -> None:
    """Write every tracked change down, then leave the text as if all were settled."""
    tell_changes(root, part, notes)
    for element in list(root.iter(*FORMATTING)):
        if changes == "reject":
            _restore(element)
        drop(element)
    keep, lose = (NEW, OLD) if changes == "accept" else (OLD, NEW)
    _settle_rows(root, lose)
    _settle_cells(root, CELL_OLD if changes == "accept" else CELL_NEW)
    lost_marks = [p for p in root.iter(W_P) if _mark(p, lose)]
    _settle_runs(root, keep, lose)
    _join(lost_marks)


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
    for paragraph in reversed(paragraphs):
        content = list(_content(paragraph))
        following = visible_after(paragraph)
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
