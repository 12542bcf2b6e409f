"""The words of one paragraph: spans, and the objects that stand among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sutarta.core.documents.blocks import Span

from .context import Context
from .drawings import HOLDERS, Drawn, read_drawing
from .equations import linear
from .foreign import FOREIGN, tell_foreign
from .ooxml import LINK, R_ID, W_ID, W_R, W_T, Element, child, font_of, has_own_mark, q, symbol_of
from .symbols import UNKNOWN, in_font, symbol

TAB = frozenset({q("w:tab"), q("w:ptab")})
BREAK = frozenset({q("w:br"), q("w:cr")})
REFERENCES = {q("w:footnoteReference"): "footnote", q("w:endnoteReference"): "endnote"}
MATH = frozenset({q("m:oMath"), q("m:oMathPara")})
PROPERTIES, HYPERLINK, SYM = q("w:pPr"), q("w:hyperlink"), q("w:sym")
NO_BREAK_HYPHEN = q("w:noBreakHyphen")
UNREADABLE = {q("w:contentPart"): "ink", q("w:control"): "control", q("w:movie"): "film"}


@dataclass
class Inline:
    """What a paragraph holds.

    spans   its words, ends trimmed, neighbours that look alike joined
    drawn   pictures and text boxes anchored in it
    """

    spans: tuple[Span, ...] = ()
    drawn: list[Drawn] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.spans or self.drawn)


def read_inline(paragraph: Element, context: Context, heading: bool = False) -> Inline:
    """Read one paragraph; what is left out or turned into words becomes a finding.

    heading  the look its style gives everybody is then no mark
    """
    reader = _Reader(paragraph, context, heading)
    reader.read(paragraph, "")
    if hidden := "".join(reader.hidden).strip():
        context.note("left_out.hidden", paragraph, text=hidden)
    return Inline(trim(join(reader.spans)), reader.drawn)


class _Reader:
    def __init__(self, paragraph: Element, context: Context, heading: bool) -> None:
        self.paragraph = paragraph
        self.context = context
        self.style = context.styles.of(paragraph)
        self.heading = heading
        self.spans: list[Span] = []
        self.hidden: list[str] = []
        self.drawn: list[Drawn] = []

    def read(self, element: Element, link: str) -> None:
        for each in element:
            if each.tag == W_R:
                self._run(each, link or self.context.address(each.get(LINK, "")))
            elif each.tag == HYPERLINK:
                self.read(each, self._target(each) or link)
            elif each.tag in MATH:
                self._equation(each)
            elif each.tag in FOREIGN:
                tell_foreign(each, self.context)
            elif each.tag != PROPERTIES:
                self.read(each, link)

    def _target(self, hyperlink: Element) -> str:
        anchor = str(hyperlink.get(q("w:anchor"), ""))
        relation = self.context.relation(hyperlink.get(R_ID))
        target = relation.target if relation is not None and relation.external else ""
        if target and anchor and "#" not in target:
            return self.context.address(f"{target}#{anchor}")
        return self.context.address(target or (f"#{anchor}" if anchor else ""))

    def _equation(self, element: Element) -> None:
        text = " ".join(linear(element).split())
        if text:
            self.spans.append(Span(text))
            self.context.note("equation.as_text", self.paragraph, text=text)

    def _run(self, run: Element, link: str) -> None:
        properties = child(run, "rPr")
        look = self.context.looks.of(properties, self.style, self.heading)
        if look.hidden:
            self.hidden.append("".join(each.text or "" for each in run.iter(W_T)))
            return
        marks = look.plain if link else look.marks
        font = font_of(properties)
        content = list(run)
        while content:
            each = content.pop(0)
            if each.tag in REFERENCES:
                self._reference(each, content, font)
            elif text := self._text(each, font):
                self.spans.append(Span(text, marks, link))
            elif each.tag in HOLDERS:
                self.drawn += read_drawing(each, self.paragraph, self.context)
            elif each.tag in UNREADABLE:
                kind = UNREADABLE[str(each.tag)]
                self.context.note("object.unreadable", self.paragraph, kind=kind)
            elif each.tag in MATH:
                self._equation(each)
            elif each.tag == W_R or each.tag == q("w:rt") or each.tag == q("w:rubyBase"):
                self.read(each, link)

    def _text(self, element: Element, font: str) -> str:
        """Words of one child of a run, "" when it has none."""
        if element.tag == W_T:
            text = (element.text or "").replace("\n", " ").replace("\r", " ").replace("\t", " ")
            return self._lettered(text, font)
        if element.tag in TAB:
            return "\t"
        if element.tag in BREAK:
            return "\n"
        if element.tag == NO_BREAK_HYPHEN:
            return "\N{NON-BREAKING HYPHEN}"
        if element.tag == SYM:
            return self._symbol(element, font)
        return ""

    def _lettered(self, text: str, font: str) -> str:
        """Words in a font; letters of a symbol font that nobody knows are told."""
        found = in_font(text, font)
        if UNKNOWN in found and UNKNOWN not in text:
            self.context.note("object.unreadable", self.paragraph, kind="symbol", name=font)
        return found

    def _symbol(self, element: Element, font: str) -> str:
        stated = symbol_of(element, font)
        if stated is None:
            return ""
        code, font = stated
        found = symbol(code, font)
        if found == UNKNOWN:
            name = f"{font} {code:04X}"
            self.context.note("object.unreadable", self.paragraph, kind="symbol", name=name)
        return found

    def _reference(self, element: Element, after: list[Element], font: str) -> None:
        """A note's label; a label of the author's own is the rest of the run."""
        kind = REFERENCES[str(element.tag)]
        own = ""
        if has_own_mark(element):
            own = "".join(self._text(each, font) for each in after).strip()
            after.clear()
        label = self.context.labels.refer(kind, str(element.get(W_ID, "")), own)
        self.spans.append(Span(label, note=label))


def join(spans: Iterable[Span]) -> list[Span]:
    """Neighbours that look alike become one span."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and not last.note and _alike(last, span):
            joined[-1] = replace(last, text=last.text + span.text)
        elif span.text:
            joined.append(span)
    return joined


def _alike(one: Span, other: Span) -> bool:
    return one.marks == other.marks and one.link == other.link and one.note == other.note


def trim(spans: list[Span]) -> tuple[Span, ...]:
    """Without blanks at both ends.

    >>> trim([Span("  "), Span(" A", ("bold",)), Span(" b ")])
    (Span(text='A', marks=('bold',), link='', note=''), Span(text=' b', marks=(), link='', note=''))
    """
    kept = list(spans)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)
