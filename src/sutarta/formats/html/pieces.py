"""The words of a paragraph of a page with what became of them under change tracking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from lxml import etree

from sutarta.formats import reviewing
from sutarta.formats.reviewing import Piece, Revision

from .page import SILENT, at, words

Element = etree._Element
Found = list[tuple[list[Element], Piece]]

PARAGRAPHS = frozenset(
    {"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "pre", "div"}
)
MAILTO = "mailto:"
KINDS = {"ins": reviewing.INSERTION, "del": reviewing.DELETION}


def is_tracked(element: Element) -> bool:
    """Whether an ins or del says who or when; others are only how words shall look."""
    if element.tag not in KINDS:
        return False
    return bool(element.get("datetime") or str(element.get("cite", "")).startswith(MAILTO))


def author_of(element: Element) -> str:
    """Who changed it: Word writes a name as it writes addresses, "mailto:A.%20B."."""
    return unquote(str(element.get("cite", "")).removeprefix(MAILTO))


def revisions(tracked: Iterable[Element], part: str) -> Iterator[Revision]:
    """Every tracked ins or del, before anything is settled."""
    known: dict[Element, Found] = {}
    for element in tracked:
        yield _revision(element, part, known)


def _revision(element: Element, part: str, known: dict[Element, Found]) -> Revision:
    """One of them; `known` keeps the words of paragraphs that were looked at before.

    One that holds whole paragraphs is told with its own words alone.
    """
    author, text = author_of(element), words(element)
    found: Found = [([element], Piece(text, **_history([element])))]
    around = next((each for each in element.iterancestors() if each.tag in PARAGRAPHS), None)
    if around is None or next(element.iter(*PARAGRAPHS), None) is not None:
        around = element
    else:
        found = known[around] = known.get(around) or list(_pieces(around))
    pieces = [piece for _path, piece in found]
    first = next((n for n, (path, _piece) in enumerate(found) if element in path), 0)
    return Revision(
        kind=KINDS[str(element.tag)],
        author=author,
        date=str(element.get("datetime", "")),
        text=text,
        part=part,
        index=at(around),
        before=reviewing.before(pieces),
        after=reviewing.after(pieces, author),
        start=len(reviewing.before(pieces[:first])),
    )


def _pieces(around: Element) -> Iterator[tuple[list[Element], Piece]]:
    """Its words, blanks as a page shows them, with the tracked elements around each."""
    path: list[Element] = []
    is_blank = True
    for event, element in etree.iterwalk(around, events=("start", "end")):
        if event == "start" and is_tracked(element):
            path.append(element)
        elif event == "end" and path and path[-1] is element:
            path.pop()
        silent = element if event == "start" else element.getparent()
        text = (element.text if event == "start" else element.tail) or ""
        if event == "end" and element is around:
            return
        if event == "start" and element.tag == "br":
            text = " " + text
        if text and (silent is None or silent.tag not in SILENT):
            shown = " ".join(f"x{text}x".split())[1:-1]
            shown = shown[1:] if is_blank and shown[:1] == " " else shown
            is_blank = shown[-1:] == " " if shown else is_blank
            yield list(path), Piece(shown, **_history(path))


def _history(path: list[Element]) -> dict[str, tuple[str, ...]]:
    return {
        "added": tuple(author_of(each) for each in path if each.tag == "ins"),
        "removed": tuple(author_of(each) for each in path if each.tag == "del"),
    }
