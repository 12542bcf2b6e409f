"""The words of one block of a draft: plain boxes, which a script may dress as an editor."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ui.forms import PlainForm
from sutarta.core.documents import (
    BadDocument,
    Block,
    Cell,
    Kind,
    Span,
    dump_spans,
    load_spans,
    neat,
    paragraphs,
    plain,
    respan,
)

LONGEST = 20_000  # characters of one block
RICH_LIMIT = 400_000  # characters of what the script sends
_LINK = re.compile(r"(?:(?:https?://|mailto:|tel:|#)[^\s\x00-\x1f]{1,2000})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAK = Span("\n\n")
_FORMED = (Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING)
_KINDS = [
    ("paragraph-0", _("a paragraph")),
    ("item-0", _("a list item")),
    ("item-1", _("a list item, one step in")),
    ("item-2", _("a list item, two steps in")),
    ("heading-1", _("a heading of level 1")),
    ("heading-2", _("a heading of level 2")),
    ("heading-3", _("a heading of level 3")),
    ("heading-4", _("a heading of level 4")),
]
_LABELS = {
    Kind.TABLE: _("Name of the table"),
    Kind.FIGURE: _("Words under the picture"),
    Kind.FOOTNOTE: _("Words of the footnote"),
}
Parts = tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Box:
    """One text box and what it held: `parts` are paragraphs."""

    name: str
    parts: Parts

    @property
    def text(self) -> str:
        return plain(self.spans)

    @property
    def spans(self) -> tuple[Span, ...]:
        joined = [(_BREAK, *part) if at else part for at, part in enumerate(self.parts)]
        return tuple(span for part in joined for span in part)


class BlockForm(PlainForm):
    """One block; `blocks` is what it becomes: of a paragraph with a blank line, several.

    block    the block as it is; one without an id is new
    labels   of the footnotes that words may refer to
    columns  names of a table's columns
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        *args: Any,
        block: Block,
        labels: Collection[str] = (),
        columns: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        self.block, self.labels = block, set(labels)
        self.boxes = list(_boxes(block))
        super().__init__(*args, **kwargs)
        for box in self.boxes:
            self._add_box(box, columns)
        if block.kind in _FORMED:
            self._add_kind()
        if block.kind is Kind.FIGURE:
            self._add_alt()
        self._dress()

    @property
    def blocks(self) -> list[Block]:
        """The block with its new words, and those that follow it. Only when valid."""
        parts: dict[str, Parts] = self.cleaned_data["parts"]
        block = self.block
        if block.kind is Kind.ROW:
            cells = tuple(
                replace(cell, paragraphs=parts[box.name])
                for cell, box in zip(block.cells, self.boxes, strict=True)
            )
            return [replace(block, cells=cells)]
        words = parts["words"]
        if block.kind not in _FORMED:
            alt = self.cleaned_data.get("alt", block.alt)
            return [replace(block, spans=words[0] if words else (), alt=alt)]
        kind, level, number = self._kind
        first = replace(block, kind=kind, level=level, number=number, spans=words[0])
        following = number if not any(map(str.isalnum, number)) else ""
        return [first, *(Block(kind, part, level=level, number=following) for part in words[1:])]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parts = {}
        for box in self.boxes:
            try:
                parts[box.name] = self._parts(box)
            except forms.ValidationError as error:
                self.add_error(box.name, error)
        cleaned["parts"] = parts
        self._refuse_parted_heading(parts)
        return cleaned

    def _add_box(self, box: Box, columns: Sequence[str]) -> None:
        kind = self.block.kind
        may_be_empty = kind in (Kind.ROW, Kind.TABLE, Kind.FIGURE)
        at = int(box.name.removeprefix("cell")) if kind is Kind.ROW else 0
        named = columns[at] if at < len(columns) else ""
        label = _LABELS.get(kind, _("The words"))
        if kind is Kind.ROW:
            label = named or _("Cell %(n)s") % {"n": at + 1}
        self.fields[box.name] = forms.CharField(
            label=label,
            strip=False,
            required=not may_be_empty,
            max_length=LONGEST,
            initial=box.text,
            help_text=self._hint(box),
            widget=forms.Textarea(attrs={"rows": 2 if may_be_empty else 6}),
            error_messages={
                "required": _("Write the words. To have none, take the passage out instead."),
                "max_length": _("The text is too long: at most 20,000 characters."),
            },
        )
        self.fields[f"{box.name}_rich"] = forms.CharField(
            required=False, strip=False, widget=forms.HiddenInput
        )

    def _hint(self, box: Box) -> Any:
        if self.block.kind in (Kind.PARAGRAPH, Kind.ITEM):
            if any(span.note for span in box.spans):
                return _("A blank line begins a new paragraph. [1] is a footnote: leave it there.")
            return _("A blank line begins a new paragraph. Bold words and links stay as they are.")
        return ""

    def _add_kind(self) -> None:
        block = self.block
        now = f"{block.kind.value}-{block.level}"
        known = [value for value, _label in _KINDS]
        others = [] if now in known else [(now, _("what it is now"))]
        self.fields["kind"] = forms.ChoiceField(
            label=_("This is"),
            choices=[*_KINDS, *others],
            initial=now,
            error_messages={"invalid_choice": _("Choose what it is from the list.")},
        )
        self.fields["number"] = forms.CharField(
            label=_("Number or sign in front"),
            help_text=_("As printed, such as 2.1. or a) or •. Leave empty for none."),
            required=False,
            max_length=20,
            initial=block.number,
            error_messages={"max_length": _("At most 20 characters.")},
        )

    def _add_alt(self) -> None:
        self.fields["alt"] = forms.CharField(
            label=_("What the picture shows"),
            required=False,
            max_length=500,
            initial=self.block.alt,
            help_text=_("People who cannot see the picture hear this."),
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"max_length": _("The text is too long: at most 500 characters.")},
        )

    def _dress(self) -> None:
        """What the script needs to know stands on the boxes; classes as on every form."""
        for box in self.boxes:
            attrs = self.fields[box.name].widget.attrs
            attrs |= {"class": "ds-input", "data-rich": self[f"{box.name}_rich"].auto_id}
            attrs["data-spans"] = json.dumps([dump_spans(part) for part in box.parts])
            if self._may_have_parts:
                attrs["data-many"] = "yes"
            attrs.pop("cols", None)
        for name in ("kind", "number", "alt"):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "ds-input"

    @property
    def _may_have_parts(self) -> bool:
        return self.block.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW)

    @property
    def _kind(self) -> tuple[Kind, int, str]:
        kind, _dash, level = self.cleaned_data["kind"].partition("-")
        return Kind(kind), int(level), self.cleaned_data["number"].strip()

    def _parts(self, box: Box) -> Parts:
        """The paragraphs of one box, from the script when it sent any, else from the words."""
        rich = self.cleaned_data.get(f"{box.name}_rich", "")
        if rich:
            parts = _read(rich, self.labels | {span.note for span in box.spans if span.note})
            same = parts == tuple(map(neat, box.parts))
        else:
            text = _CONTROL.sub("", self.cleaned_data.get(box.name, "").replace("\r\n", "\n"))
            same = text == _CONTROL.sub("", box.text)
            parts = paragraphs(respan(box.spans, text))
        if same:
            return box.parts
        if not parts and self.fields[box.name].required and not self.errors.get(box.name):
            raise forms.ValidationError(self.fields[box.name].error_messages["required"])
        return parts if parts or self.block.kind is not Kind.ROW else ((),)

    def _refuse_parted_heading(self, parts: dict[str, Parts]) -> None:
        if self.block.kind is Kind.ROW or len(parts.get("words", ())) < 2:
            return
        kind = self.cleaned_data.get("kind", "")
        if not kind.startswith(("paragraph", "item")):
            self.add_error("words", _("This is one paragraph: take the blank line out."))


def _boxes(block: Block) -> Iterator[Box]:
    if block.kind is Kind.ROW:
        for at, cell in enumerate(block.cells):
            yield Box(f"cell{at}", cell.paragraphs)
    else:
        yield Box("words", (block.spans,) if block.spans else ())


def new_like(block: Block) -> Block:
    """An empty block such as may stand beside `block`: in a table a row with as many cells."""
    if block.kind is Kind.ROW:
        cells = tuple(Cell(((),), cell.colspan, 1, cell.header) for cell in block.cells)
        return Block(Kind.ROW, cells=cells, table=block.table)
    if block.kind is Kind.ITEM:
        sign = block.number if not any(map(str.isalnum, block.number)) else ""
        return Block(Kind.ITEM, level=block.level, number=sign)
    return Block(Kind.PARAGRAPH)


def _read(rich: str, labels: Collection[str]) -> Parts:
    """Paragraphs as the script sent them: only marks, links and footnotes known here."""
    not_understood = forms.ValidationError(
        _("We could not read what the editor sent. Reload the page and try again."), code="rich"
    )
    try:
        data = json.loads(rich) if len(rich) <= RICH_LIMIT else None
        read = tuple(neat(load_spans(part)) for part in data) if isinstance(data, list) else None
    except (ValueError, RecursionError, BadDocument) as error:
        raise not_understood from error
    if read is None or not all(_is_allowed(span, labels) for part in read for span in part):
        raise not_understood
    parts = tuple(part for spans in read for part in paragraphs(spans))
    if sum(len(span.text) for part in parts for span in part) > LONGEST:
        raise forms.ValidationError(_("The text is too long: at most 20,000 characters."))
    return parts


def _is_allowed(span: Span, labels: Collection[str]) -> bool:
    return (
        not _CONTROL.search(span.text)
        and bool(_LINK.fullmatch(span.link))
        and (not span.note or span.note in labels)
    )
