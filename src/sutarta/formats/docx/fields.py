"""Fields: only the result Word showed last is kept; codes go, links are remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from .findings import Notebook, Place
from .ooxml import (
    LINK,
    W_P,
    W_R,
    W_T,
    W_VAL,
    Element,
    child,
    drop,
    number,
    position,
    q,
    said,
    switch,
    unwrap,
    words_of,
)
from .symbols import symbol
from .tidy import title_before

HYPERLINK = re.compile(r'^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\]\S*))?', re.IGNORECASE)
ANCHOR = re.compile(r'\\l\s+"?([^"\s]+)', re.IGNORECASE)
REFERENCE = re.compile(r"^\s*(?:REF|PAGEREF|NOTEREF)\s+(\S+)(?=.*\\h)", re.IGNORECASE)
CONTENTS = re.compile(r"^\s*TOC\b", re.IGNORECASE)
BUTTON = re.compile(r"^\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.+)", re.IGNORECASE)
SIGN = re.compile(r"^\s*SYMBOL\s+(0x[0-9a-f]{1,6}|[1-9]\d{0,6})\b", re.IGNORECASE)
FONT = re.compile(r'\\f\s+"([^"]+)"', re.IGNORECASE)
# Numbers and formulas that Word works out whenever it shows them.
UNCOUNTED = re.compile(r"^\s*(?:LISTNUM|AUTONUM\w*|EQ)\b", re.IGNORECASE)
NO_CODE = frozenset({q("w:instrText"), q("w:fldChar"), q("w:rPr")})


@dataclass
class Field:
    """One open field, with the run children of its code and of its result."""

    begin: Element
    code: str = ""
    coded: list[Element] = field(default_factory=list)
    shown: list[Element] = field(default_factory=list)
    separate: bool = False
    has_words: bool = False  # in its code, where Word writes no words and shows none


def settle_fields(root: Element, part: str, notes: Notebook) -> None:
    """Take out codes and tables of contents; mark the runs of links with their address."""
    open_fields: list[Field] = []
    for run in list(root.iter(W_R)):
        for each in list(run):
            _step(each, open_fields, part, notes)
    for element in list(root.iter(q("w:fldSimple"))):
        _settle_simple(element, part, notes)
    for element in list(root.iter(q("w:instrText"), q("w:fldChar"))):
        drop(element)


def _step(each: Element, open_fields: list[Field], part: str, notes: Notebook) -> None:
    """Follow one child of a run. A field that never ends loses nothing but its code."""
    kind = str(each.get(q("w:fldCharType"), "")) if each.tag == q("w:fldChar") else ""
    if kind == "begin":
        open_fields.append(Field(each))
    elif not open_fields:
        return
    elif kind == "separate":
        open_fields[-1].separate = True
    elif kind == "end":
        _close(open_fields.pop(), open_fields, part, notes)
    elif each.tag == q("w:instrText"):
        _add_code(open_fields[-1], each.text or "")
    elif each.tag not in NO_CODE:
        _add(open_fields[-1], each)


def _add(last: Field, each: Element) -> None:
    if last.separate:
        last.shown.append(each)
    else:
        last.coded.append(each)
        last.has_words |= each.tag == W_T


def _add_code(last: Field, text: str) -> None:
    if not last.separate:
        last.code += text


def _close(done: Field, outer: list[Field], part: str, notes: Notebook) -> None:
    """What a finished field showed belongs to the field around it too."""
    _leave_out_code(done, part, notes)
    if CONTENTS.match(done.code) and done.shown:
        paragraph = next(done.begin.iterancestors(W_P), None)
        title = "" if paragraph is None else title_before(paragraph)
        text = "\n".join(filter(None, [title, *_lines(done.shown)]))
        notes.add("left_out.contents", Place(part, position(done.begin)), text=text)
        for each in done.shown:
            drop(each)
        return
    if not done.shown:
        _show_code(done, part, notes)
    link = address(done.code)
    for each in done.shown:
        run = each.getparent()
        if link and run is not None and not run.get(LINK):
            run.set(LINK, link)
    if outer:
        (outer[-1].shown if outer[-1].separate else outer[-1].coded).extend(done.shown)


def _leave_out_code(done: Field, part: str, notes: Notebook) -> None:
    """A code is not shown; of one that swallowed the text, the words are told."""
    if done.has_words and (text := "\n".join(filter(None, _lines(done.coded)))):
        notes.add("left_out.hidden", Place(part, position(done.begin)), text=text)
    for each in done.coded:
        drop(each)


def _lines(shown: list[Element]) -> Iterator[str]:
    """What these children of runs say, paragraph by paragraph."""
    for _paragraph, together in groupby(
        shown, key=lambda each: next(each.iterancestors(W_P), None)
    ):
        yield " ".join("".join(map(said, together)).split())


def address(code: str) -> str:
    """Where a field's code leads: an address, "#bookmark", or "" when nowhere.

    >>> address(' HYPERLINK "https://vvg.example/" \\\\l "tikslai" ')
    'https://vvg.example/#tikslai'
    >>> address(" REF _Ref12 \\\\r \\\\h "), address(" PAGE ")
    ('#_Ref12', '')
    """
    if reference := REFERENCE.match(code):
        return f"#{reference[1]}"
    if (link := HYPERLINK.match(code)) is None:
        return ""
    anchor = ANCHOR.search(code)
    return (link[1] or link[2] or "") + (f"#{anchor[1]}" if anchor else "")


def _show_code(done: Field, part: str, notes: Notebook) -> None:
    """A field without a result shows its box, its chosen line, or what its code says."""
    text = _form_text(child(done.begin, "ffData")) or coded_words(done.code)
    if not text and UNCOUNTED.match(done.code):
        name = " ".join(done.code.split())
        notes.add("object.unreadable", Place(part, position(done.begin)), kind="field", name=name)
    if text:
        shown = done.begin.makeelement(W_T)
        shown.text = text
        done.begin.addprevious(shown)
        done.shown.append(shown)


def coded_words(code: str) -> str:
    """What a code itself shows: a sign by its number, the words of a button; "" for none.

    >>> coded_words(' SYMBOL 183 \\\\f "Symbol" '), coded_words(" MACROBUTTON X [pavadinimas] ")
    ('•', '[pavadinimas]')
    """
    if button := BUTTON.match(code):
        return button[1].strip()
    if (sign := SIGN.match(code)) is None:
        return ""
    font = FONT.search(code)
    return symbol(int(sign[1], 0), font[1] if font else "")


def _form_text(data: Element | None) -> str:
    box = child(data, "checkBox")
    if box is not None:
        checked = switch(box, "checked")
        return "☒" if (switch(box, "default") if checked is None else checked) else "☐"
    choice = child(data, "ddList")
    if choice is None:
        return ""
    entries = [str(each.get(W_VAL, "")) for each in choice.findall(q("w:listEntry"))]
    result = child(choice, "result")
    chosen = number(None if result is None else result.get(W_VAL), 0)
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def _settle_simple(element: Element, part: str, notes: Notebook) -> None:
    code = str(element.get(q("w:instr"), ""))
    if CONTENTS.match(code) and element.find(f".//{W_T}") is not None:
        notes.add("left_out.contents", Place(part, position(element)), text=words_of(element))
        drop(element)
        return
    link = address(code)
    for run in element.iter(W_R) if link else ():
        run.set(LINK, link)
    unwrap(element)
