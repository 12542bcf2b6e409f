"""What stands beside the text: comments."""

from __future__ import annotations

from collections.abc import Mapping

from sutarta.formats.reviewing import Comment

from .findings import Notebook, Place
from .ooxml import OFF, PARA_ID, W_ID, W_P, W_T, Element, position, q
from .package import Package

START, END = q("w:commentRangeStart"), q("w:commentRangeEnd")
REFERENCE = q("w:commentReference")
LONGEST_QUOTE = 300
# What the part commentsExtended says of a comment.
EX, EX_ID = q("w15:commentEx"), q("w15:paraId")
EX_PARENT, EX_DONE = q("w15:paraIdParent"), q("w15:done")


def tell_comments(root: Element, package: Package, notes: Notebook) -> None:
    """One finding for each comment of the main part, with the words it was made on."""
    comments = package.optional(package.related("comments"))
    if comments is None:
        return
    places, quotes = _places(root), _quotes(root)
    found = list(comments.iter(q("w:comment")))
    threads = _threads(found, package)
    for comment in found:
        identity = str(comment.get(W_ID, ""))
        index = places.get(identity)
        author, date = str(comment.get(q("w:author"), "")), str(comment.get(q("w:date"), ""))
        text = "\n".join(_words(each) for each in comment.iter(W_P)).strip()
        quote = quotes.get(identity, "")[:LONGEST_QUOTE]
        place = None if index is None else Place(package.main, index)
        notes.add("comment", place, author=author, date=date, text=text, quote=quote)
        answered, is_resolved = threads[comment]
        notes.review.comments.append(
            Comment(
                author=author,
                date=date,
                text=text,
                part=package.main,
                index=-1 if index is None else index,
                quote=quote,
                replies_to=answered,
                is_resolved=is_resolved,
                initials=str(comment.get(q("w:initials"), "")),
            )
        )


def _threads(
    comments: list[Element], package: Package
) -> Mapping[Element, tuple[int | None, bool]]:
    """Each comment -> index of the one it answers, and whether it is closed.

    Word tells this in a part of its own, by the last paragraph of each comment.
    """
    extended = package.optional(package.related("commentsExtended"))
    told = {} if extended is None else {str(each.get(EX_ID)): each for each in extended.iter(EX)}
    own = {str(last.get(PARA_ID)): at for at, last in enumerate(map(_last, comments))}
    found: dict[Element, tuple[int | None, bool]] = {}
    for comment in comments:
        each = told.get(str(_last(comment).get(PARA_ID, "")))
        answered = None if each is None else own.get(str(each.get(EX_PARENT, "")))
        is_done = each is not None and str(each.get(EX_DONE, "0")).lower() not in OFF
        found[comment] = (answered, is_done)
    return found


def _last(comment: Element) -> Element:
    """Its last paragraph; the comment itself when it has none."""
    *_others, last = comment, *comment.iter(W_P)
    return last


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


def _words(paragraph: Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(W_T)).strip()
