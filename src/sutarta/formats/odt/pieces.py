"""The words of every paragraph with what became of them under change tracking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from sutarta.formats.reviewing import Piece

from .names import PARAGRAPHS, Element, count, get, position, q, shown

START, END, POINT = q("text:change-start"), q("text:change-end"), q("text:change")
# Words in them are none of the paragraph's.
APART = frozenset({q("text:tracked-changes"), q("text:note"), q("office:annotation")})
BREAKS = {q("text:tab"): "\t", q("text:line-break"): "\n"}
BLANKS = q("text:s")
MOST_BLANKS = 100


@dataclass
class Pieces:
    """Pieces by the position of their paragraph, and where each change begins.

    starts   name of a change -> position of its paragraph, and how many pieces stand before it
    words    name of an insertion -> its words by the position of their paragraph
    """

    found: dict[int, list[Piece]] = field(default_factory=dict)
    starts: dict[str, tuple[int, int]] = field(default_factory=dict)
    words: dict[str, dict[int, str]] = field(default_factory=dict)

    def of(self, index: int) -> list[Piece]:
        return self.found.get(index, [])


def pieces_of(
    body: Element, inserted: Mapping[str, str], deleted: Mapping[str, tuple[str, list[Element]]]
) -> Pieces:
    """Walk over the text once.

    inserted   name of each insertion -> its author
    deleted    name of each deletion -> its author and the passages taken out
    """
    made, active = Pieces(), dict[str, str]()
    apart: Element | None = None
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            apart = element if apart is None and element.tag in APART else apart
            if apart is None and element.tag in (START, POINT):
                _begin(element, inserted, deleted, made, active)
            elif apart is None and element.tag == END:
                active.pop(get(element, "text:change-id"), None)
            text = _sign(element) + (element.text or "")
        else:
            text = element.tail or ""
            apart = None if apart is element else apart
        if text and apart is None:
            _put(element if event == "start" else element.getparent(), text, active, made)
    return made


def _begin(
    mark: Element,
    inserted: Mapping[str, str],
    deleted: Mapping[str, tuple[str, list[Element]]],
    made: Pieces,
    active: dict[str, str],
) -> None:
    name, index = get(mark, "text:change-id"), position(mark)
    made.starts[name] = (index, len(made.of(index)))
    if mark.tag == START and name in inserted:
        active[name] = inserted[name]
    elif mark.tag == POINT and name in deleted:
        author, passages = deleted[name]
        words = "\n".join(map(_whole, passages))
        made.found.setdefault(index, []).append(Piece(words, tuple(active.values()), (author,)))


def _put(own: Element | None, text: str, active: Mapping[str, str], made: Pieces) -> None:
    """What stands between paragraphs, such as line ends of the file, belongs to none."""
    if own is None or not any(e.tag in PARAGRAPHS for e in (own, *own.iterancestors())):
        return
    index = position(own)
    made.found.setdefault(index, []).append(Piece(text, tuple(active.values())))
    for name in active:
        words = made.words.setdefault(name, {})
        words[index] = words.get(index, "") + text


def _sign(element: Element) -> str:
    if element.tag == BLANKS:
        return " " * min(count(element, "text:c", 1), MOST_BLANKS)
    return BREAKS.get(str(element.tag), "")


def _whole(passage: Element) -> str:
    """Its words; blanks at the edges part it from the words around."""
    text = shown(passage)
    inner = "".join(map(str, passage.itertext()))
    lead = " " if inner[:1].isspace() else ""
    return f"{lead}{text}{' ' if text and inner[-1:].isspace() else ''}"
