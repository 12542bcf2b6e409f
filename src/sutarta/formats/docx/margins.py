"""What stands beside the text: comments, page headers and footers."""

from __future__ import annotations

from collections.abc import Mapping

from .findings import Notebook, Place
from .ooxml import R_ID, W_ID, W_P, W_T, Element, position, q
from .package import Package

START, END = q("w:commentRangeStart"), q("w:commentRangeEnd")
REFERENCE = q("w:commentReference")
EDGES = {q("w:headerReference"): "left_out.header", q("w:footerReference"): "left_out.footer"}
LONGEST_QUOTE = 300


def tell_comments(root: Element, package: Package, notes: Notebook) -> None:
    """One finding for each comment of the main part, with the words it was made on."""
    comments = package.optional(package.related("comments"))
    if comments is None:
        return
    places = _places(root)
    quotes = _quotes(root)
    for comment in comments.iter(q("w:comment")):
        identity = str(comment.get(W_ID, ""))
        index = places.get(identity)
        notes.add(
            "comment",
            None if index is None else Place(package.main, index),
            author=str(comment.get(q("w:author"), "")),
            date=str(comment.get(q("w:date"), "")),
            text="\n".join(_words(each) for each in comment.iter(W_P)).strip(),
            quote=quotes.get(identity, "")[:LONGEST_QUOTE],
        )


def _places(root: Element) -> Mapping[str, int]:
    """Comment id -> position of the paragraph where it begins."""
    found: dict[str, int] = {}
    for mark in root.iter(START, REFERENCE):
        found.setdefault(str(mark.get(W_ID, "")), position(mark))
    return found


def _quotes(root: Element) -> Mapping[str, str]:
    """Comment id -> words between its marks; paragraphs are parted by a blank."""
    open_quotes: dict[str, list[str]] = {}
    quotes: dict[str, str] = {}
    for element in root.iter(START, END, W_T, W_P):
        identity = str(element.get(W_ID, ""))
        if element.tag == START:
            open_quotes[identity] = []
        elif element.tag == END:
            quotes[identity] = " ".join("".join(open_quotes.pop(identity, [])).split())
        else:
            text = element.text or "" if element.tag == W_T else " "
            for words in open_quotes.values():
                words.append(text)
    return quotes


def tell_headers(root: Element, package: Package, notes: Notebook) -> None:
    """The words of page headers and footers; a mere page number is not worth telling."""
    relations = package.relations(package.main)
    told = set()
    for reference in root.iter(*EDGES):
        relation = relations.get(str(reference.get(R_ID, "")))
        if relation is None or relation.external or not package.has(relation.target):
            continue
        part = package.xml(relation.target)
        text = "\n".join(filter(None, map(_words, part.iter(W_P))))
        code = EDGES[str(reference.tag)]
        if any(letter.isalpha() for letter in text) and (code, text) not in told:
            told.add((code, text))
            notes.add(code, None, text=text)


def _words(paragraph: Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(W_T)).strip()
