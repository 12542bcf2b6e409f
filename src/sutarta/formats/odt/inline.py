"""The words of one paragraph: spans, and the objects that stand among them."""

from __future__ import annotations

from dataclasses import dataclass, field

from sutarta.formats.building import Line, Story
from sutarta.formats.building.words import safe_address
from sutarta.formats.docx.context import NoteLabels
from sutarta.formats.docx.symbols import in_font

from . import objects
from .names import Element, count, get, q, shown
from .numbering import Numbering
from .objects import DRAWN
from .package import Package
from .styles import Styles

SPAN, LINK, NOTE = q("text:span"), q("text:a"), q("text:note")
BLANK, TAB, BREAK = q("text:s"), q("text:tab"), q("text:line-break")
MARKS = (
    q("text:bookmark"), q("text:bookmark-start"), q("text:reference-mark"),
    q("text:reference-mark-start"),
)  # fmt: skip
REFERENCES = (q("text:bookmark-ref"), q("text:reference-ref"))
SAID = q("text:ruby-text")
SILENT = frozenset({q("text:number"), q("text:script"), q("office:forms"), q("text:label")})
MOST_BLANKS = 1000


@dataclass(frozen=True)
class Sheet:
    """The file being read, and what all its passages share."""

    story: Story
    package: Package
    styles: Styles
    numbering: Numbering
    labels: NoteLabels = field(default_factory=lambda: NoteLabels({}))
    notes: dict[tuple[str, str], Element] = field(default_factory=dict)


class Inline:
    """Reads one paragraph.

    line      its words
    drawn     frames and shapes anchored in it
    """

    def __init__(self, paragraph: Element, place: int, sheet: Sheet, *, heading: bool) -> None:
        self.sheet = sheet
        self.place = place
        self.line = Line()
        self.drawn: list[Element] = []
        self.hidden: list[str] = []
        style = () if heading else (("paragraph", get(paragraph, "text:style-name")),)
        self._read(paragraph, style, "")
        if text := "".join(self.hidden).strip():
            sheet.story.note("left_out.hidden", place, text=text)

    def _read(self, element: Element, styles: tuple[tuple[str, str], ...], link: str) -> None:
        self._say(element.text, styles, link)
        for each in element:
            self._element(each, styles, link)
            self._say(each.tail, styles, link)

    def _say(
        self, text: str | None, styles: tuple[tuple[str, str], ...], link: str, as_is: bool = False
    ) -> None:
        if not text:
            return
        marks = self.sheet.styles.looks(*styles)
        if "hidden" in marks:
            self.hidden.append(text)
            return
        text = in_font(text, self.sheet.styles.font(*styles))
        # Every program underlines a link: it says nothing more.
        kept = marks - {"underline"} if link else marks
        self.line.say(text, kept, link, as_is=as_is)

    def _element(self, each: Element, styles: tuple[tuple[str, str], ...], link: str) -> None:
        if not isinstance(each.tag, str) or each.tag in SILENT:
            return
        if each.tag == SPAN:
            self._read(each, (("text", get(each, "text:style-name")), *styles), link)
        elif each.tag == BLANK:
            many = min(max(count(each, "text:c", 1), 0), MOST_BLANKS)
            self._say(" " * many, styles, link, as_is=True)
        elif each.tag in (TAB, BREAK):
            self._say("\t" if each.tag == TAB else "\n", styles, link, as_is=True)
        elif each.tag == NOTE:
            self._note(each)
        elif each.tag in DRAWN:
            self._draw(each, styles, link)
        elif each.tag in MARKS:
            self.sheet.story.mark(get(each, "text:name"), self.place)
        elif _is_hidden(each):
            self.hidden.append(shown(each) or get(each, "text:string-value"))
        elif each.tag == SAID:
            self._say("(", styles, link)
            self._read(each, styles, link)
            self._say(")", styles, link)
        else:
            self._read(each, styles, _link(each) or link)

    def _note(self, note: Element) -> None:
        """A note's label, as it was printed last."""
        kind = get(note, "text:note-class", "footnote")
        citation = note.find(q("text:note-citation"))
        own = "" if citation is None else shown(citation)
        key = (kind, get(note, "text:id") or str(len(self.sheet.notes)))
        self.sheet.notes.setdefault(key, note)
        self.line.refer(self.sheet.labels.refer(*key, own))

    def _draw(self, element: Element, styles: tuple[tuple[str, str], ...], link: str) -> None:
        text = objects.formula(element, self.sheet.package)
        if text:
            self._say(text, styles, link)
            self.sheet.story.note("equation.as_text", self.place, text=text)
        else:
            self.drawn.append(element)


def _link(element: Element) -> str:
    if element.tag == LINK:
        return safe_address(get(element, "xlink:href"))
    if element.tag in REFERENCES:
        return f"#{get(element, 'text:ref-name')}"
    return ""


def _is_hidden(element: Element) -> bool:
    return (
        get(element, "text:display") == "none"
        or get(element, "text:is-hidden") == "true"
        or (element.tag == q("text:hidden-text") and get(element, "text:is-hidden") != "false")
    )
