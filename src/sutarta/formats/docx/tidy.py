"""Makes a part plain before it is read: alternatives chosen, wrappers taken off."""

from __future__ import annotations

from .findings import Notebook, Place
from .ooxml import (
    INDEX,
    W_NS,
    W_P,
    W_R,
    W_T,
    W_TBL,
    W_TC,
    W_TR,
    W_VAL,
    Element,
    child,
    drop,
    find,
    position,
    q,
    switch,
    unwrap,
    words_of,
)

# Extensions whose content we read; of any other alternative the fallback is taken.
UNDERSTOOD = frozenset({"wps", "wpg", "wpc", "w14", "w15", "wp14", "wp15", "a14"})
WRAPPERS = ("w:sdt", "w:sdtContent", "w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:ruby")
TRIFLES = (
    "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:rubyPr", "w:proofErr",
    "w:permStart", "w:permEnd", "w:lastRenderedPageBreak",
)  # fmt: skip

CONTENTS_TITLES = frozenset(
    {
        "turinys", "contents", "table of contents", "lentelių sąrašas", "paveikslų sąrašas",
        "list of tables", "list of figures",
    }
)  # fmt: skip


def number_paragraphs(root: Element) -> None:
    """Mark every w:p with its position, before anything is taken away."""
    for index, paragraph in enumerate(root.iter(W_P)):
        paragraph.set(INDEX, str(index))


def choose_alternatives(root: Element) -> None:
    """Keep one branch of each mc:AlternateContent: the first we understand, else the fallback."""
    for element in list(root.iter(q("mc:AlternateContent"))):
        chosen = _chosen(element)
        for branch in list(element):
            if branch is not chosen:
                element.remove(branch)
        if chosen is not None:
            unwrap(chosen)
        unwrap(element)


def _chosen(element: Element) -> Element | None:
    choices = element.findall(q("mc:Choice"))
    for choice in choices:
        if set(str(choice.get("Requires", "")).split()) <= UNDERSTOOD:
            return choice
    fallback = element.find(q("mc:Fallback"))
    if fallback is not None and len(fallback):
        return fallback
    return choices[0] if choices else None


def is_contents_title(paragraph: Element) -> bool:
    """Whether it says what stands above a table of contents."""
    return words_of(paragraph).casefold() in CONTENTS_TITLES


def title_before(paragraph: Element) -> str:
    """The title of the table of contents that begins with this paragraph, "" for none."""
    before = next(iter(paragraph.itersiblings(W_P, preceding=True)), None)
    return "" if before is None or not is_contents_title(before) else words_of(before)


def leave_out_contents(root: Element, part: str, notes: Notebook) -> None:
    """Take out every automatic table of contents that stands in its own frame."""
    for frame in list(root.iter(q("w:sdt"))):
        galleries = find(frame, "w:sdtPr//w:docPartGallery")
        if any(str(each.get(W_VAL)).lower() == "table of contents" for each in galleries):
            lines = [words_of(each) for each in frame.iter(W_P)]
            place, text = Place(part, position(frame)), "\n".join(filter(None, lines))
            notes.add("left_out.contents", place, lines=str(len(lines)), text=text)
            drop(frame)


def leave_out_hidden_rows(root: Element, part: str, notes: Notebook) -> None:
    """Take out the rows of tables that do not show."""
    for row in list(root.iter(W_TR)):
        if switch(child(row, "trPr"), "hidden"):
            if text := " ".join(filter(None, map(words_of, row.iter(W_P)))):
                notes.add("left_out.hidden", Place(part, position(row)), text=text)
            table = row.getparent()
            drop(row)
            if table is not None and table.find(f".//{W_TR}") is None:
                drop(table)


def take_off_wrappers(root: Element) -> None:
    """Content controls, smart tags and the like disappear, their content stays."""
    for element in list(root.iter(*map(q, TRIFLES))):
        drop(element)
    for element in root.iter(q("w:ruby")):
        _say_after(element)
    for element in list(root.iter(*map(q, WRAPPERS))):
        unwrap(element)
    for element in list(root.iter(W_P, W_TBL, W_TR, W_TC)):
        _take_out_of_foreign(element)


def _take_out_of_foreign(element: Element) -> None:
    """Other programs wrap elements of their own around paragraphs and parts of tables."""
    parent = element.getparent()
    while parent is not None and parent.getparent() is not None and not _is_word(parent):
        unwrap(parent)
        parent = element.getparent()


def _is_word(element: Element) -> bool:
    return str(element.tag).startswith(f"{{{W_NS}}}")


def _say_after(ruby: Element) -> None:
    """Let how a word is said stand behind it, in brackets."""
    said = child(ruby, "rt")
    if said is None or not words_of(said):
        return
    for place, sign in ((0, "("), (len(said), ")")):
        run = said.makeelement(W_R)
        bracket = said.makeelement(W_T)
        bracket.text = sign
        run.append(bracket)
        said.insert(place + (sign == ")"), run)
    ruby.append(said)
