"""A page as a tree, and the part of it that holds the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from sutarta.formats.building import Story
from sutarta.formats.building.mixed import drop
from sutarta.formats.docx.safe import Refused

from .tables import give_rows

Element = etree._Element

DEEPEST = 200
# Letters no XML holds: the tree takes them from a page, and takes them back from nobody.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Our own marks on every element: its place in the page, and the place after all it holds.
AT, END = "sutarta-at", "sutarta-end"
# Word's conditions around what browsers shall see.
# Those that end as a comment does are one, and end only there.
CONDITIONS = re.compile(r"<!\[(?:if|endif|CDATA)[^>-]*>", re.IGNORECASE)
EMPTY_IN_XML = re.compile(
    r"<(a|abbr|b|div|em|i|iframe|li|ol|p|script|span|strong|style|td|textarea|th|title|tr|ul)"
    r"(\s[^<>]*)?/>"
)
SILENT = frozenset(
    {
        "script",
        "style",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "xml",
        "param",
        "source",
        "track",
        "rp",
    }
)
PARTING = frozenset(
    {"p", "div", "li", "td", "th", "br", "h1", "h2", "h3", "h4", "h5", "h6", "option", "dt", "dd"}
)
AROUND_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog"}
)
AROUND_NAMES = frozenset(
    {
        "nav", "navbar", "navigation", "menu", "mainmenu", "main-menu", "topmenu", "header",
        "footer", "sidebar", "breadcrumb", "breadcrumbs", "cookie", "cookies", "cookie-bar",
        "site-header", "site-footer", "page-header", "page-footer", "skip-link",
    }
)  # fmt: skip
CONTROLS = frozenset({"button", "input", "select", "textarea", "option"})
WITHIN_TEXT = frozenset({"article", "section", "main", "blockquote", "td", "li"})


def parsed(text: str) -> Element:
    """Root of the page, every element with its place. Raises Refused."""
    text = CONDITIONS.sub("", text)
    if "<!entity" in text[:100_000].lower():
        raise Refused("external_entity")
    if text.lstrip().startswith("<?xml"):
        text = EMPTY_IN_XML.sub(r"<\1\2></\1>", text)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("no_text") from error
    if root is None:
        raise Refused("no_text")
    _keep_letters(root)
    give_rows(root)
    _number(root)
    return root


def _keep_letters(root: Element) -> None:
    for element in root.iter(etree.Element):
        if element.text and UNWRITABLE.search(element.text):
            element.text = UNWRITABLE.sub("", element.text)
        if element.tail and UNWRITABLE.search(element.tail):
            element.tail = UNWRITABLE.sub("", element.tail)


def _number(root: Element) -> None:
    depth = 0
    for place, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise Refused("too_deep")
        element.set(AT if event == "start" else END, str(place))


def at(element: Element) -> int:
    return int(element.get(AT, "0"))


def after(element: Element) -> int:
    return int(element.get(END, "0"))


def words(element: Element) -> str:
    """The words inside, on one line, without those of scripts."""
    pieces = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and each.tag not in SILENT:
            pieces.append(each.text or "")
        elif event == "end" and each is not element:
            pieces.append(" " if each.tag in PARTING else "")
            inside = each.getparent()
            if inside is None or inside.tag not in SILENT:
                pieces.append(each.tail or "")
    return " ".join("".join(pieces).split())


def content(root: Element, story: Story) -> Element:
    """The element that holds the document; what surrounds it is told and taken out."""
    body = next(root.iter("body"), root)
    chosen = _main(body)
    for element in list(_around(chosen, strict=chosen is not body)):
        _leave_out(element, story)
    if chosen is not body:
        for element in list(_beside(chosen, body)):
            _leave_out(element, story)
    return chosen


def _main(body: Element) -> Element:
    """The page's own main part, else its only article when that holds most of the words."""
    for path in (".//main", ".//*[@role='main']"):
        found = [each for each in body.iterfind(path) if words(each)]
        if len(found) == 1:
            return found[0]
    articles = [each for each in body.iter("article") if words(each)]
    if len(articles) == 1 and 2 * len(words(articles[0])) > len(words(body)):
        return articles[0]
    return body


def _around(chosen: Element, *, strict: bool) -> Iterator[Element]:
    """Menus and the like inside; where there is no main part, by what they are called too."""
    for element in chosen.iter(etree.Element):
        if element is chosen:
            continue
        is_menu = element.tag == "nav" or str(element.get("role", "")).lower() in AROUND_ROLES
        if is_menu or (not strict and _is_edge(element)):
            yield element


def _is_edge(element: Element) -> bool:
    """Whether it surrounds the text, by its element or its name, and is no part of the text."""
    names = _names(element)
    named = element.tag in ("div", "ul", "section") and bool(names & AROUND_NAMES)
    named = named or (element.tag == "a" and "skip-link" in names)
    is_note = str(element.get("role", "")).startswith("doc-")
    if is_note or (not named and element.tag not in ("header", "footer", "aside")):
        return False
    return not any(each.tag in WITHIN_TEXT for each in element.iterancestors())


def _names(element: Element) -> set[str]:
    named = f"{element.get('id', '')} {element.get('class', '')}"
    return set(named.lower().split())


def _beside(chosen: Element, body: Element) -> Iterator[Element]:
    """What stands in the page before and after the chosen part."""
    for above in (chosen, *chosen.iterancestors()):
        if above is body:
            break
        yield from above.itersiblings(preceding=True)
        yield from above.itersiblings()


def _leave_out(element: Element, story: Story) -> None:
    story.left_out("left_out.page", None, words(element))
    drop(element)
