"""Tracked changes as findings and as remarks: who changed which words when, one for each act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sutarta.formats import reviewing
from sutarta.formats.reviewing import Piece, Revision

from .findings import Notebook, Place
from .ooxml import W_P, W_R, W_T, W_TR, Element, position, q
from .pieces import pieces_of, row_words

RUNS = {
    q("w:ins"): "changes.insertion",
    q("w:del"): "changes.deletion",
    q("w:moveTo"): "changes.move",
    q("w:moveFrom"): "changes.move",
    q("w:cellIns"): "changes.insertion",
    q("w:cellDel"): "changes.deletion",
}
FORMATTING = tuple(
    q(f"w:{name}PrChange") for name in ("r", "p", "tbl", "tr", "tc", "sect", "tblPrEx")
)
# What the change was made to, when not to the words inside it.
OWNERS = {q("w:trPr"): "row", q("w:tcPr"): "cell", q("w:rPr"): "paragraph mark"}
SIDES = {q("w:moveFrom"): "from", q("w:moveTo"): "to"}
# Elements that may stand between two runs or paragraphs without parting them.
INVISIBLE = frozenset(
    q(f"w:{name}{edge}")
    for name in ("bookmark", "commentRange", "moveFromRange", "moveToRange")
    for edge in ("Start", "End")
)
AUTHOR, DATE = q("w:author"), q("w:date")


def tell_changes(root: Element, part: str, notes: Notebook) -> None:
    """One finding for each insertion, deletion, move, and formatted paragraph."""
    told: set[tuple[str, int, str]] = set()
    marks: list[tuple[tuple[str, int, str], Element]] = []
    for element in list(root.iter(*RUNS)):
        key = (RUNS[str(element.tag)], position(element), str(element.get(AUTHOR, "")))
        if _what(element) == "paragraph mark":
            marks.append((key, element))
        elif not _continues(element, visible_before(element)):
            told.add(key)
            _add(key[0], element, part, notes, "".join(map(words, _pieces(element))))
    for key, element in marks:
        if key not in told:
            told.add(key)
            _add(key[0], element, part, notes, "")
    _tell_formatting(root, part, notes)


def _add(code: str, element: Element, part: str, notes: Notebook, text: str) -> None:
    author, date = str(element.get(AUTHOR, "")), str(element.get(DATE, ""))
    what, place = _what(element), position(element)
    notes.add(code, Place(part, place), author=author, date=date, text=text.strip(), what=what)
    told = Revision(
        kind=code.removeprefix("changes."),
        author=author,
        date=date,
        text=text.strip(),
        part=part,
        index=place,
        what=what,
    )
    notes.review.revisions.append(_around(told, element))


def _around(told: Revision, element: Element) -> Revision:
    """The revision with the words of its paragraph, or of its row when it is about a row."""
    row = next(element.iterancestors(W_TR), None)
    if told.what == reviewing.ROW and row is not None:
        words, extent = row_words(row), sum(1 for _paragraph in row.iter(W_P))
        if told.kind == reviewing.DELETION:
            return replace(told, before=words, extent=extent)
        return replace(told, after=words, extent=extent)
    paragraph = next(element.iterancestors(W_P), None)
    if paragraph is None:
        return told
    pieces = list(pieces_of(paragraph))
    words_only = [piece for _element, piece in pieces]
    earlier = [piece for own, piece in pieces[: _first_inside(element, pieces)]]
    return replace(
        told,
        before=reviewing.before(words_only),
        after=reviewing.after(words_only, told.author),
        start=len(reviewing.before(earlier)),
    )


def _first_inside(element: Element, pieces: list[tuple[Element, Piece]]) -> int:
    """How many pieces stand before those inside `element`; all when it holds none."""
    inside = set(element.iter())
    return next((at for at, (own, _piece) in enumerate(pieces) if own in inside), len(pieces))


def _what(element: Element) -> str:
    if element.tag in FORMATTING:
        return ""
    parent = element.getparent()
    owner = OWNERS.get("" if parent is None else str(parent.tag), "")
    if parent is not None and parent.tag == q("w:numPr"):
        return "paragraph mark"
    return owner or SIDES.get(str(element.tag), "")


def _pieces(element: Element) -> Iterator[Element]:
    """The change itself and those that follow it unbroken by the same person at the same time."""
    piece: Element | None = element
    before = element
    while piece is not None and (piece is element or _continues(piece, before)):
        yield piece
        before, piece = piece, visible_after(piece)


def _continues(element: Element, before: Element | None) -> bool:
    if before is None or before.tag != element.tag:
        return False
    return all(before.get(name) == element.get(name) for name in (AUTHOR, DATE))


def visible_before(element: Element) -> Element | None:
    """The nearest earlier sibling that shows."""
    found = element.getprevious()
    while found is not None and found.tag in INVISIBLE:
        found = found.getprevious()
    return found


def visible_after(element: Element) -> Element | None:
    """The nearest later sibling that shows."""
    found = element.getnext()
    while found is not None and found.tag in INVISIBLE:
        found = found.getnext()
    return found


def words(element: Element) -> str:
    """Text inside, deleted text too; of a row's or cell's mark, the text of that row or cell."""
    parent = element.getparent()
    if parent is not None and OWNERS.get(str(parent.tag)) in ("row", "cell"):
        outer = parent.getparent()
        element = element if outer is None else outer
    return "".join(each.text or "" for each in element.iter(W_T, q("w:delText")))


def _tell_formatting(root: Element, part: str, notes: Notebook) -> None:
    """All that one person formatted in one paragraph or table is one finding."""
    found: dict[tuple[int, str], list[Element]] = {}
    for element in root.iter(*FORMATTING):
        key = (position(element), str(element.get(AUTHOR, "")))
        found.setdefault(key, []).append(element)
    for together in found.values():
        _add("changes.formatting", together[0], part, notes, _formatted(together))


def _formatted(together: list[Element]) -> str:
    """The runs whose look changed, or the whole paragraph when its own look did too."""
    runs = [each for each in map(_run, together) if each is not None]
    if len(runs) == len(together):
        return "".join(map(words, runs))
    above = next(together[0].iterancestors(W_P), None)
    return "" if above is None else words(above)


def _run(change: Element) -> Element | None:
    """The run the change is about, None when it is about something larger."""
    return next((each for each in list(change.iterancestors())[1:2] if each.tag == W_R), None)
