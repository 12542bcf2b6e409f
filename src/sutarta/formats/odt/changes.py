"""Tracked changes: told as findings, then accepted or rejected as a whole.

What was deleted is kept before the text, with a mark at its place; what was inserted stands in
the text between two marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

from lxml import etree

from sutarta.formats import reviewing
from sutarta.formats.building import Story, tidy
from sutarta.formats.building.mixed import drop
from sutarta.formats.docx.changes import Changes
from sutarta.formats.reviewing import Revision

from .names import PARAGRAPHS, Element, get, position, q, shown
from .pieces import END, POINT, START, Pieces, pieces_of

REGION, FRAME = q("text:changed-region"), q("text:tracked-changes")
INFO = q("office:change-info")
CODES = {
    q("text:insertion"): "changes.insertion",
    q("text:deletion"): "changes.deletion",
    q("text:format-change"): "changes.formatting",
}
# What parts words though no blank stands there.
PARTED = frozenset({*PARAGRAPHS, q("text:s"), q("text:tab"), q("text:line-break")})
HOLDERS = (q("text:list-item"), q("text:list"))


@dataclass
class Change:
    """One change: who, when, and for what was deleted the very passages."""

    code: str
    author: str
    date: str
    passages: list[Element] = field(default_factory=list)


def settle(body: Element, story: Story, changes: Changes) -> None:
    """Tell every change, then leave the text as if all were settled."""
    known = _known(body)
    _tell(body, known, story)
    if changes == "reject":
        inserted = {name for name, each in known.items() if each.code == "changes.insertion"}
        _take_out(body, inserted)
        for point in list(body.iter(POINT)):
            change = known.get(get(point, "text:change-id"))
            if change is not None and change.code == "changes.deletion":
                _put_back(point, change.passages)
    for frame in list(body.iter(FRAME)):
        drop(frame)
    for mark in list(body.iter(START, END, POINT)):
        drop(mark)


def _known(body: Element) -> dict[str, Change]:
    found = {}
    for region in body.iter(REGION):
        kind = next((each for each in region if each.tag in CODES), None)
        if kind is None:
            continue
        info = kind.find(INFO)
        author = "" if info is None else str(info.findtext(q("dc:creator")) or "")
        date = "" if info is None else str(info.findtext(q("dc:date")) or "")
        passages = [each for each in kind if each.tag != INFO]
        name = get(region, "text:id") or get(region, "xml:id")
        found[name] = Change(CODES[str(kind.tag)], author, date, passages)
    return found


def _tell(body: Element, known: dict[str, Change], story: Story) -> None:
    if not known:
        return
    words = quotes(body, START, END, "text:change-id")
    inserted = {name: one.author for name, one in known.items() if one.code.endswith("insertion")}
    deleted = {
        name: (one.author, one.passages)
        for name, one in known.items()
        if one.code.endswith("deletion")
    }
    pieces = pieces_of(body, inserted, deleted)
    for mark in body.iter(START, POINT):
        name = get(mark, "text:change-id")
        change = known.get(name)
        if change is not None:
            is_point = mark.tag == POINT
            text = " ".join(map(shown, change.passages)) if is_point else words.get(name, "")
            text = " ".join(tidy(text).split())
            who = {"author": change.author, "date": change.date}
            story.note(change.code, position(mark), **who, text=text)
            story.notebook.review.revisions += _revisions(name, change, text, story.part, pieces)


def _revisions(
    name: str, change: Change, text: str, part: str, pieces: Pieces
) -> Iterator[Revision]:
    """One for each paragraph that an insertion goes through; anything else has one place.

    What was changed within a note is no revision of a paragraph: it is only told.
    """
    if name not in pieces.starts:
        return
    begun, earlier = pieces.starts[name]
    inside = pieces.words.get(name) if change.code.endswith("insertion") else None
    for index, words in (inside or {begun: text}).items():
        own = pieces.of(index)
        yield Revision(
            kind=change.code.removeprefix("changes."),
            author=change.author,
            date=change.date,
            text=" ".join(words.split()),
            part=part,
            index=index,
            before=reviewing.before(own),
            after=reviewing.after(own, change.author),
            start=len(reviewing.before(own[: earlier if index == begun else 0])),
        )


def quotes(body: Element, start: str, end: str, name: str) -> dict[str, str]:
    """Name of each pair of marks -> the words between them, on one line."""
    active: dict[str, list[str]] = {}
    found: dict[str, list[str]] = {}
    for event, element in _shown(body):
        text = element.text if event == "start" else element.tail
        if event == "end" and element.tag == start:
            found[get(element, name)] = active[get(element, name)] = []
        elif event == "end" and element.tag == end:
            active.pop(get(element, name), None)
        elif event == "end" and element.tag in PARTED:
            text = f" {text or ''}"
        for pieces in active.values():
            pieces.append(text or "")
    return {key: " ".join("".join(pieces).split()) for key, pieces in found.items()}


def _shown(body: Element) -> Iterator[tuple[str, Element]]:
    """Beginnings and ends of all elements but of what was deleted."""
    is_deleted = False
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag == FRAME:
            is_deleted = event == "start"
        elif not is_deleted and element is not body:
            yield event, element


def _take_out(body: Element, names: set[str]) -> None:
    """Take out what stands between the marks of these changes; paragraphs begun anew join."""
    pairs = list(_pairs(body, names))
    for element in _emptied(body, names):
        is_marked = next(element.iter(START, END, POINT), None) is not None
        if not (is_marked and element.tag in PARAGRAPHS):
            drop(element)
    for first, last in pairs:
        _join(first, last)


def _emptied(body: Element, names: set[str]) -> list[Element]:
    """Take the words out between the marks; the elements that stood there whole."""
    active: set[str] = set()
    begun: set[Element] = set()
    whole: list[Element] = []
    for event, element in list(_shown(body)):
        if event == "start":
            if active and element.tag != END:
                begun.add(element)
                element.text = None
            continue
        _switch(element, names, active)
        if active:
            element.tail = None
            if element in begun and element.tag != START:
                whole.append(element)
    return whole


def _switch(mark: Element, names: set[str], active: set[str]) -> None:
    """Begin or end a change at its mark."""
    name = get(mark, "text:change-id")
    if mark.tag == START and name in names:
        active.add(name)
    elif mark.tag == END:
        active.discard(name)


def _pairs(body: Element, names: set[str]) -> Iterator[tuple[Element, Element]]:
    """The paragraphs in which each of these changes begins and ends, when they are two."""
    begins: dict[str, Element] = {}
    for mark in body.iter(START, END):
        name = get(mark, "text:change-id")
        paragraph = next(mark.iterancestors(*PARAGRAPHS), None)
        if paragraph is None or name not in names:
            continue
        if mark.tag == START:
            begins[name] = paragraph
        elif begins.get(name) not in (None, paragraph):
            yield begins[name], paragraph


def _join(first: Element, last: Element) -> None:
    """Let the first paragraph run on into the last, whose frame goes when it is empty."""
    if last.text:
        _append_text(first, last.text)
    for each in list(last):
        first.append(each)
    last.text = None
    holder: Element | None = last
    while holder is not None:
        outer = holder.getparent()
        drop(holder)
        holder = outer if outer is not None and outer.tag in HOLDERS and not len(outer) else None


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _put_back(point: Element, passages: list[Element]) -> None:
    """Put what was deleted back at its place: its first and last paragraphs join the text there."""
    if any(above in passages for above in point.iterancestors()):
        return
    paragraph = next(point.iterancestors(*PARAGRAPHS), None)
    if paragraph is None:
        for passage in passages:
            point.addprevious(passage)
        return
    if len(passages) == 1 and passages[0].tag in PARAGRAPHS:
        _insert_inline(point, passages[0])
        return
    right = _split(point, paragraph)
    paragraph.addnext(right)
    if passages and passages[0].tag in PARAGRAPHS:
        _join(paragraph, passages.pop(0))
    if passages and passages[-1].tag in PARAGRAPHS:
        last = passages.pop()
        for each in (each for each in [right.text] if each):
            _append_text(last, each)
        for inner in list(right):
            last.append(inner)
        right.addnext(last)
        drop(right)
        right = last
    for passage in passages:
        right.addprevious(passage)


def _insert_inline(point: Element, passage: Element) -> None:
    wrapper = etree.Element(q("text:span"))
    wrapper.text = passage.text
    for each in list(passage):
        wrapper.append(each)
    point.addprevious(wrapper)


def _split(point: Element, paragraph: Element) -> Element:
    """What follows the point in its paragraph, as a paragraph of its own."""
    inner: Element = point
    right: Element | None = None
    while True:
        outer = inner.getparent()
        if outer is None:
            raise ValueError("the point stands in no such paragraph")
        part = copy(outer)
        for each in list(part):
            part.remove(each)
        part.text, part.tail = inner.tail, None
        following = list(inner.itersiblings())
        inner.tail = None
        if right is not None:
            part.insert(0, right)
            right.tail, part.text = part.text, None
        for each in following:
            part.append(each)
        right, inner = part, outer
        if outer is paragraph:
            return part
