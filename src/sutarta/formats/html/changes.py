"""Tracked changes as Word saves them in a page: told, then accepted or rejected."""

from __future__ import annotations

from lxml import etree

from sutarta.formats.building import Story
from sutarta.formats.docx.changes import Changes

from .page import at, words
from .pieces import author_of, is_tracked, revisions

Element = etree._Element

CODES = {"ins": "changes.insertion", "del": "changes.deletion"}


def settle(root: Element, story: Story, changes: Changes) -> None:
    """Tell every change that says who or when, and take out what is not kept.

    An ins or del of a page that says neither is how the words shall look.
    """
    lost = "del" if changes == "accept" else "ins"
    tracked = [each for each in root.iter(*CODES) if is_tracked(each)]
    story.notebook.review.revisions += revisions(tracked, story.part)
    for element in tracked:
        name, author = str(element.tag), author_of(element)
        date = str(element.get("datetime", ""))
        story.note(CODES[name], at(element), author=author, date=date, text=words(element))
        element.tag = "span"
        if name == lost:
            _empty(element)


def _empty(element: Element) -> None:
    tail = element.tail
    for inner in list(element):
        element.remove(inner)
    element.text, element.tail = None, tail
