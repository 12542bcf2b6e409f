"""Tables of somebody else's file: rows that come and go, cells that change, as tracked changes."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace

from sutarta.core.documents import Block, Cell, Document, Span
from sutarta.formats.docx.ooxml import TEXT_BOX, W_P, W_TC, W_TR, W_VAL, Element, child, drop, q
from sutarta.formats.papers import Row, Run, Table, pieces_of

from .hands import Pen
from .inline import Scribe, own_runs, wrap
from .making import w
from .paragraphs import ONCE, forget_identity, put_in, retell
from .shapes import mark_end
from .steps import without_numeral
from .tables import table

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
# CT_TrPr: these stand last.
TRACKED = frozenset(map(q, ("w:ins", "w:del", "w:trPrChange")))


def held(row: Element) -> list[Element]:
    """Cells of a row, without those that are covered from above or from the left."""
    return [cell for cell in _cells(row) if not _is_covered(cell)]


def _cells(row: Element) -> list[Element]:
    """Its cells; one may stand inside a content control."""
    return [cell for cell in row.iter(W_TC) if next(cell.iterancestors(W_TR)) is row]


def fits(row: Element, old: Block, new: Block) -> bool:
    """Whether the new cells can be told into the cells the row has."""
    return len(held(row)) == len(old.cells) == len(new.cells)


def retell_row(row: Element, old: Block, new: Block, scribe: Scribe, pen: Pen) -> None:
    """Change the cells that say something else."""
    for cell, before, after in zip(held(row), old.cells, new.cells, strict=True):
        if not _says(before, after, scribe):
            retell(cell, before.paragraphs, after.paragraphs, scribe, pen, is_cell=True)


def _says(old: Cell, new: Cell, scribe: Scribe) -> bool:
    """Whether two cells show the same; the same label may be of another note."""
    pairs = zip(old.paragraphs, new.paragraphs, strict=False)
    return len(old.paragraphs) == len(new.paragraphs) and all(scribe.says(*pair) for pair in pairs)


def strike_row(row: Element, pen: Pen) -> None:
    """Mark a row as taken out, with all it says; text boxes go with the words they hang on."""
    for paragraph in row.iter(W_P):
        box = next(paragraph.iterancestors(TEXT_BOX), None)
        if box is not None and row in box.iterancestors(W_TR):
            continue
        for run in own_runs(paragraph):
            wrap(run, pen, "del")
        mark_end(paragraph, pen.mark("del"))
    _mark(row, pen.mark("del"))


def row_like(row: Element, cells: Sequence[Cell], scribe: Scribe, pen: Pen) -> Element:
    """A new row that looks like `row`, saying `cells`, marked as put in."""
    made = copy.deepcopy(row)
    made.tail = None
    _bare(made)
    patterns = held(made) or _cells(made)
    for each in [each for each in made if each.tag == W_TC or each.tag == q("w:sdt")]:
        drop(each)
    for at, cell in enumerate(cells):
        like = copy.deepcopy(patterns[min(at, len(patterns) - 1)])
        made.append(like)
        _span(like, cell.colspan)
        _say(like, cell, scribe, pen)
    _mark(made, pen.mark("ins"))
    return made


def new_table(blocks: Sequence[Block], scribe: Scribe, pen: Pen) -> Element | None:
    """A table block and its rows as a table, every row marked as put in; None without rows."""
    pieces = pieces_of(Document(tuple(blocks)))
    piece = next((each for each in pieces if isinstance(each, Table)), None)
    if piece is None or not piece.rows:
        return None
    plain = replace(piece, heads=0, rows=tuple(map(_unmarked, piece.rows)))

    def tell(runs: Sequence[Run], *_of: str) -> Element:
        spans = tuple(Span(run.text, run.marks, run.link, run.note) for run in runs)
        return put_in(w("pPr"), spans, scribe, pen)

    made = next(table(plain, tell, lambda _change: pen.mark("ins")))
    for row in made.findall(W_TR)[: piece.heads]:
        _properties(row).insert(0, w("tblHeader"))
    _draw_lines(made, blocks[0].text)
    return made


def _unmarked(row: Row) -> Row:
    """As new; who heads a column is told by the row, not by marks on the words."""
    cells = tuple(replace(cell, header=False) for cell in row.cells)
    return replace(row, cells=cells, change="new")


def _draw_lines(made: Element, caption: str) -> None:
    """Lines of its own, as the file may not know our style of tables."""
    properties = made[0]
    lines = [w(side, val="single", sz=4, space=0, color="auto") for side in SIDES]
    look = child(properties, "tblLook")
    at = len(properties) if look is None else properties.index(look)
    properties.insert(at, w("tblBorders", *lines))
    if caption:
        properties.append(w("tblCaption", val=caption))


def _say(cell: Element, told: Cell, scribe: Scribe, pen: Pen) -> None:
    """Let a copied cell say something else, in paragraphs that look like its first."""
    first = next(cell.iter(W_P), None)
    shape = child(first, "pPr")
    for each in list(cell):
        if each.tag != q("w:tcPr"):
            cell.remove(each)
    is_counted = first is not None and scribe.is_counted(first)
    for spans in told.paragraphs or ((),):
        own = w("pPr") if shape is None else copy.deepcopy(shape)
        spans = without_numeral(spans) if is_counted else spans
        for each in own.findall(q("w:rPr")):
            drop(each)
        cell.append(put_in(own, spans, scribe, pen))


def _bare(row: Element) -> None:
    """Take out what only the original may have, and the marks of changes it has by now."""
    for element in row.iter():
        forget_identity(element)
    for each in list(row.iter(*ONCE, q("w:cnfStyle"))):
        drop(each)
    properties = child(row, "trPr")
    for each in [] if properties is None else list(properties):
        if each.tag in TRACKED or each.tag == q("w:tblHeader"):
            drop(each)


def _span(cell: Element, columns: int) -> None:
    """Let a cell cover so many columns, and none of the rows beside its own."""
    properties = child(cell, "tcPr")
    if properties is None:
        properties = w("tcPr")
        cell.insert(0, properties)
    for each in list(properties):
        if each.tag in (q("w:gridSpan"), q("w:vMerge"), q("w:hMerge")):
            drop(each)
    if columns > 1:
        at = sum(each.tag in (q("w:cnfStyle"), q("w:tcW")) for each in properties)
        properties.insert(at, w("gridSpan", val=columns))


def _is_covered(cell: Element) -> bool:
    properties = child(cell, "tcPr")
    for name in ("vMerge", "hMerge"):
        merge = child(properties, name)
        if merge is not None and str(merge.get(W_VAL, "continue")) == "continue":
            return True
    return False


def _properties(row: Element) -> Element:
    found = child(row, "trPr")
    if found is None:
        found = w("trPr")
        after = child(row, "tblPrEx")
        if after is None:
            row.insert(0, found)
        else:
            after.addnext(found)
    return found


def _mark(row: Element, mark: Element) -> None:
    _properties(row).append(mark)
