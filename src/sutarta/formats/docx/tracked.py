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
    teller = _Teller(part, notes)
    marks: list[tuple[tuple[str, int, str], Element]] = []
    for element in list(root.iter(*RUNS)):
        key = (RUNS[str(element.tag)], position(element), str(element.get(AUTHOR, "")))
        if _what(element) == "paragraph mark":
            marks.append((key, element))
        elif not _continues(element, visible_before(element)):
            told.add(key)
            teller.tell(key[0], element, "".join(map(words, _pieces(element))))
    for key, element in marks:
        if key not in told:
            told.add(key)
            teller.tell(key[0], element, "")
    _tell_formatting(root, teller)


class _Teller:
    """Notes changes of one part; the words of a paragraph are worked out once for all of them."""

    def __init__(self, part: str, notes: Notebook) -> None:
        self._part, self._notes = part, notes
        self._paragraphs: dict[Element, _Words] = {}

    def tell(self, code: str, element: Element, text: str) -> None:
        author, date = str(element.get(AUTHOR, "")), str(element.get(DATE, ""))
        what, at = _what(element), position(element)
        place, text = Place(self._part, at), text.strip()
        self._notes.add(code, place, author=author, date=date, text=text, what=what)
        told = Revision(
            kind=code.removeprefix("changes."),
            author=author,
            date=date,
            text=text,
            part=self._part,
            index=at,
            what=what,
        )
        self._notes.review.revisions.append(self._around(told, element))

    def _around(self, told: Revision, element: Element) -> Revision:
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
        if paragraph not in self._paragraphs:
            self._paragraphs[paragraph] = _Words(paragraph)
        words_of = self._paragraphs[paragraph]
        return replace(
            told,
            before=words_of.before,
            after=words_of.after(told.author),
            start=words_of.start(element),
        )


class _Words:
    """The words of a paragraph before any change, after one person's, and where each stands.

    before   as in Revision
    """

    def __init__(self, paragraph: Element) -> None:
        self._pieces: list[Piece] = []
        self._starts: dict[Element, int] = {}
        self._after: dict[str, str] = {}
        reached = 0
        for own, piece in pieces_of(paragraph):
            self._pieces.append(piece)
            self._starts.setdefault(own, reached)
            reached += len(reviewing.before([piece]))
        self.before = reviewing.before(self._pieces)

    def after(self, author: str) -> str:
        if author not in self._after:
            self._after[author] = reviewing.after(self._pieces, author)
        return self._after[author]

    def start(self, element: Element) -> int:
        """Where in `before` what is inside `element` begins; its end when nothing is."""
        inside = (self._starts[each] for each in element.iter() if each in self._starts)
        return next(inside, len(self.before))


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


def _tell_formatting(root: Element, teller: _Teller) -> None:
    """All that one person formatted in one paragraph or table is one finding."""
    found: dict[tuple[int, str], list[Element]] = {}
    for element in root.iter(*FORMATTING):
        key = (position(element), str(element.get(AUTHOR, "")))
        found.setdefault(key, []).append(element)
    for together in found.values():
        teller.tell("changes.formatting", together[0], _formatted(together))


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
