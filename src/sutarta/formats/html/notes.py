"""Footnotes of a page, and the comments Word wrote at its end.

Every program names footnotes in its own way, but all make them of two links that lead to one
another: a short one in the text, and one at the beginning or end of the note.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from .page import words

Element = etree._Element

LONGEST_MARK = 8
HOLDERS = frozenset({"li", "div", "aside", "dd", "p", "td"})
FEW = 20
COMMENT_LIST, COMMENT = "mso-element:comment-list", "mso-element:comment"


@dataclass
class Notes:
    """What refers to what; elements by their lxml identity, all of them kept alive.

    references  link in the text -> the element that holds the note
    holders     those elements
    backs       links that lead from a note back to the text
    """

    references: dict[Element, Element] = field(default_factory=dict)
    holders: set[Element] = field(default_factory=set)
    backs: set[Element] = field(default_factory=set)


def find_notes(root: Element) -> Notes:
    """All footnotes of the page: the first of two links that lead to one another refers."""
    named = _named(root)
    pairs: dict[Element, tuple[Element, Element]] = {}
    backs: set[Element] = set()
    for link in root.iter("a"):
        target = named.get(_inside(link))
        if target is None or link in backs or not 0 < len(words(link)) <= LONGEST_MARK:
            continue
        back = next((b for b in _near(target) if b is not link and _answers(b, link, named)), None)
        if back is not None:
            pairs[link] = (target, back)
            backs.add(back)
    targets = {target for target, _back in pairs.values()}
    notes = Notes(backs=backs)
    for link, (_target, back) in pairs.items():
        holder = _holder(link, back, targets)
        if holder is not None:
            notes.references[link] = holder
            notes.holders.add(holder)
    return notes


def _inside(link: Element) -> str:
    """Name of the place in the page a link leads to, "" for elsewhere."""
    address = str(link.get("href", ""))
    return unquote(address[1:]) if address.startswith("#") else ""


def _named(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in root.iter(etree.Element):
        for name in (element.get("id"), element.get("name")):
            if name:
                found.setdefault(str(name), element)
    return found


def _near(target: Element) -> Iterator[Element]:
    """Links in or right after what a link leads to."""
    yield from islice(target.iter("a"), FEW)
    following = target.getnext()
    if following is not None and following.tag == "a":
        yield following


def _answers(back: Element, link: Element, named: Mapping[str, Element]) -> bool:
    """Whether a link leads to the other one, or to what is right around or inside that."""
    place = named.get(_inside(back))
    if place is None:
        return False
    around = [link, *islice(link.iterancestors(), 2)]
    return place in around or link in islice(place.iterancestors(), 2)


def _holder(link: Element, back: Element, targets: set[Element]) -> Element | None:
    """The element that is the note: around the way back, grown to what is named as one note."""
    above = (back, *back.iterancestors())
    holder = next((each for each in above if each.tag in HOLDERS), None)
    if holder is None or link in set(holder.iter("a")):
        return None
    outer = holder.getparent()
    while outer is not None and outer.tag in HOLDERS and outer.get("id"):
        inside = set(outer.iter(etree.Element))
        if link in inside or len(inside & targets) > 1:
            break
        holder, outer = outer, outer.getparent()
    return holder


def take_out_comments(root: Element) -> dict[str, str]:
    """Name of each comment Word wrote at the end -> its words; the list is taken out."""
    found: dict[str, str] = {}
    for frame in [each for each in root.iter("div") if _says(each, COMMENT_LIST)]:
        for comment in [each for each in frame.iter("div") if _says(each, COMMENT)]:
            names = [str(each.get("name")) for each in comment.iter("a") if each.get("name")]
            for mark in list(comment.iter("a")):
                if mark.get("class") == "msocomoff" or mark.get("name"):
                    mark.text = ""
            found |= dict.fromkeys(names, words(comment))
        parent = frame.getparent()
        if parent is not None:
            parent.remove(frame)
    return found


def _says(element: Element, said: str) -> bool:
    return said in str(element.get("style", "")).replace(" ", "").lower().split(";")
