"""The words of an HTML letter, as lines."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

Element = etree._Element

_LEFT_OUT = {"script", "style", "head", "title", "template", "noscript", "svg", "object"}
_BLOCKS = {
    "p", "div", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6",
    "section", "article", "header", "footer", "pre", "hr", "address", "center",
}  # fmt: skip
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table"}
_LONGEST = 4_000_000  # characters: far beyond what is kept of any letter
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def words(html: str) -> str:
    """Text with a line per block; what stands in a blockquote is marked with „> “.

    Nothing is fetched, no entity is read from elsewhere, hidden parts are left out.
    """
    html = html[:_LONGEST]
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or parser.error_log.filter_from_fatals():
        return _bare(html)
    return _Lines().of(root)


def _bare(html: str) -> str:
    """Of what is nested too deep for the parser the words without their tags: none gets lost."""
    return unescape(_TAG.sub("\n", html)).strip()


class _Lines:
    """Walks the tree without recursion, as letters may nest as deep as they like."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.line = ""
        self.quotes = 0

    def of(self, root: Element) -> str:
        hidden: Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start" and hidden is None:
                hidden = element if _is_hidden(element) else None
                if hidden is None:
                    self._begin(element)
            elif event == "end" and (hidden is None or hidden is element):
                if hidden is None:
                    self._finish(element)
                hidden = None
                self._add(element.tail)
            elif event in {"comment", "pi"} and hidden is None:
                self._add(element.tail)
        self._break()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.done)).strip("\n")

    def _begin(self, element: Element) -> None:
        name = str(element.tag)
        if name in _BLOCKS:
            self._break(apart=name in _APART)
        if name == "br":
            self._break(always=True)
        if _is_quotation(element):
            self.quotes += 1
        if name == "li":
            self.line = "– "
        self._add(element.text)

    def _finish(self, element: Element) -> None:
        name = str(element.tag)
        if name in {"td", "th"}:
            self._add(" ")
        if name in _BLOCKS:
            self._break(apart=name in _APART)
        if _is_quotation(element):
            self.quotes -= 1

    def _add(self, text: str | None) -> None:
        said = _SPACES.sub(" ", text or "")
        self.line += said.lstrip(" ") if not self.line else said

    def _break(self, *, always: bool = False, apart: bool = False) -> None:
        """End the line. A quoted line is marked, so that it is told from the sender's own."""
        mark = "> " * min(self.quotes, 9)
        if self.line.strip() or always:
            self.done.append(f"{mark}{self.line.strip()}".rstrip() if mark else self.line.strip())
        if apart and self.done and self.done[-1]:
            self.done.append("")
        self.line = ""


def _is_hidden(element: Element) -> bool:
    style = str(element.get("style") or "").replace(" ", "").lower()
    return element.tag in _LEFT_OUT or "display:none" in style or element.get("hidden") is not None


def _is_quotation(element: Element) -> bool:
    """Not what was merely moved to the right: programs do that by a blockquote without border."""
    style = str(element.get("style") or "").replace(" ", "").lower()
    return element.tag == "blockquote" and "border:none" not in style
