"""Trees in which words stand beside elements, as in web pages and OpenDocument."""

from __future__ import annotations

from lxml import etree


def drop(element: etree._Element) -> None:
    """Take an element out; the words after it stay."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail or "", element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
