"""Tracked changes as Word saves them in a page: told, then accepted or rejected."""

from __future__ import annotations

from lxml import etree

from sutarta.formats.building import Story
from sutarta.formats.docx.changes import Changes

from .page import at, words

Element = etree._Element

CODES = {"ins": "changes.insertion", "del": "changes.deletion"}
MAILTO = "mailto:"


def settle(root: Element, story: Story, changes: Changes) -> None:
    """Tell every change that says who or when, and take out what is not kept.

    An ins or del of a page that says neither is how the words shall look.
    """
    lost = "del" if changes == "accept" else "ins"
    for element in [each for each in root.iter(*CODES) if _is_tracked(each)]:
        name = str(element.tag)
        author = str(element.get("cite", "")).removeprefix(MAILTO)
        date = str(element.get("datetime", ""))
        story.note(CODES[name], at(element), author=author, date=date, text=words(element))
        element.tag = "span"
        if name == lost:
            _empty(element)


def _is_tracked(element: Element) -> bool:
    return bool(element.get("datetime") or str(element.get("cite", "")).startswith(MAILTO))


def _empty(element: Element) -> None:
    tail = element.tail
    for inner in list(element):
        element.remove(inner)
    element.text, element.tail = None, tail
