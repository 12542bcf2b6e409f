"""Comments put into the margin of somebody else's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sutarta.formats.docx.ooxml import W_ID, W_P, Element, child, number, q

from .hands import Comment, told
from .making import root, w, words
from .parts import Parts
from .pieces import Piece, join_runs
from .story import cleaned_lines

Find = Callable[[Element], list[Piece]]


class Margin:
    """Adds comments to a file, behind those it has."""

    def __init__(self, parts: Parts, find: Find) -> None:
        """`find` gives the pieces of a paragraph."""
        self._parts, self._find = parts, find
        self._last = -1

    def say(self, comment: Comment, paragraphs: Sequence[Element]) -> None:
        """Put a comment on the words it quotes in one of the paragraphs, else on the first."""
        number = self._write(comment)
        for paragraph in paragraphs:
            if comment.quote and self._on_words(paragraph, comment.quote, number):
                return
        _around(paragraphs[0], number)

    def _write(self, comment: Comment) -> int:
        _name, comments = self._parts.own("comments", root("comments"))
        if self._last < 0:
            given = (number(each.get(W_ID), 0) for each in comments.iter(q("w:comment")))
            self._last = max(given, default=-1)
        self._last += 1
        made = w("comment", id=self._last, **told(comment), initials=comment.initials)
        for line in comment.paragraphs or ("",):
            made.append(w("p", w("r", *words(cleaned_lines(line)))))
        comments.append(made)
        return self._last

    def _on_words(self, paragraph: Element, quote: str, number: int) -> bool:
        pieces = self._find(paragraph)
        text = "".join(piece.text for piece in pieces)
        start = text.find(quote)
        if start < 0:
            join_runs(paragraph)
            return False
        first, last = _cut(pieces, start, start + len(quote))
        _child_of(paragraph, first.run).addprevious(w("commentRangeStart", id=number))
        after = _child_of(paragraph, last.run)
        after.addnext(_reference(number))
        after.addnext(w("commentRangeEnd", id=number))
        join_runs(paragraph)
        return True


def _cut(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, Piece]:
    """The first and the last piece of the words from `start` to `end`."""
    waiting, within, at = list(pieces), list[Piece](), 0
    while waiting and at < end:
        piece = waiting.pop(0)
        border = next((b for b in (start, end) if at < b < at + len(piece.text)), None)
        if border is not None and piece.letters is not None:
            waiting.insert(0, piece.cut(border - at))
        at += len(piece.text)
        if at > start:
            within.append(piece)
    return within[0], within[-1]


def _child_of(paragraph: Element, element: Element) -> Element:
    """The child of the paragraph that holds the element."""
    while (outer := element.getparent()) is not None and outer is not paragraph:
        element = outer
    return element


def _around(paragraph: Element, number: int) -> None:
    at = 0 if child(paragraph, "pPr") is None else 1
    while at < len(paragraph) and paragraph[at].tag in (q("w:bookmarkStart"), q("w:bookmarkEnd")):
        at += 1
    paragraph.insert(at, w("commentRangeStart", id=number))
    paragraph.append(w("commentRangeEnd", id=number))
    paragraph.append(_reference(number))


def _reference(number: int) -> Element:
    return w("r", w("commentReference", id=number))


def referring(main: Element, kind: str, identity: str) -> Element | None:
    """The paragraph that refers to a note."""
    for mark in main.iter(q(f"w:{kind}Reference")):
        if mark.get(W_ID) == identity:
            return next(mark.iterancestors(W_P), None)
    return None
