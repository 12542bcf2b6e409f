"""New words for a paragraph whose marks, links and footnotes stay where the words stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby

from sutarta.core.documents.blocks import Span
from sutarta.core.documents.redline import Change, stays

_PLAIN = Span("")
_BLANK_LINE = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_FIRST_CODE = 0xF0000  # private signs: one stands for a reference while words are compared


@dataclass(frozen=True)
class _Sign:
    """One character and how it looks; `look` is a span without text."""

    character: str
    look: Span


def plain(spans: Sequence[Span]) -> str:
    """The words as typed in a plain text box: a reference to a footnote is "[label]".

    >>> plain([Span("Kasdien"), Span("1", note="1"), Span(".")])
    'Kasdien[1].'
    """
    return "".join(f"[{span.note}]" if span.note else span.text for span in spans)


def respan(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Spans that read as `text`, dressed as the same words of `spans` are.

    text    as `plain` writes it; "[label]" of a footnote that `spans` refer to stays or becomes
            a reference

    A word that stays keeps its marks and link. Words written instead of others take what all of
    those had in common; words put between two others take what both have, and at either end
    what the whole text has.

    >>> respan([Span("Dirbame "), Span("kasdien", ("bold",))], "Dirbame beveik kasdien")[0]
    Span(text='Dirbame beveik ', marks=(), link='', note='')
    """
    if text == plain(spans):
        return tuple(spans)
    codes = _codes(spans, text)
    old = [sign for span in spans for sign in _signs(span, codes)]
    before = "".join(sign.character for sign in old)
    changes = stays(before, _coded(text, codes))
    return _spans(_dressed(old, changes, _references(spans, codes)), codes)


def paragraphs(spans: Sequence[Span]) -> tuple[tuple[Span, ...], ...]:
    """The words parted at blank lines, each part without space around it; no empty ones.

    >>> [plain(part) for part in paragraphs([Span("Pirma.\\n\\n"), Span("Antra.", ("bold",))])]
    ['Pirma.', 'Antra.']
    """
    text = "".join(span.text for span in spans)
    starts, ends = [0], []
    for gap in _BLANK_LINE.finditer(text):
        ends.append(gap.start())
        starts.append(gap.end())
    ends.append(len(text))
    parts = (_trimmed(spans, text, start, end) for start, end in zip(starts, ends, strict=True))
    return tuple(part for part in parts if part)


def neat(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours that look alike made one, empty ones left out."""
    looks = [(replace(span, text=""), span.text) for span in spans if span.text]
    return tuple(
        replace(look, text="".join(text for _look, text in run)) if not look.note else Span(
            look.note, look.marks, look.link, look.note
        )
        for look, run in groupby(looks, key=lambda pair: pair[0])
    )  # fmt: skip


def _codes(spans: Sequence[Span], text: str) -> dict[str, str]:
    """Label -> a sign that stands nowhere in either text."""
    present = set(text).union(*(span.text for span in spans))
    labels = dict.fromkeys(span.note for span in spans if span.note)
    free = (chr(code) for code in range(_FIRST_CODE, 0xFFFFE) if chr(code) not in present)
    return dict(zip(labels, free, strict=False))


def _coded(text: str, codes: dict[str, str]) -> str:
    if not codes:
        return text
    labels = "|".join(map(re.escape, codes))
    return re.sub(rf"\[({labels})\]", lambda found: codes[found.group(1)], text)


def _signs(span: Span, codes: dict[str, str]) -> list[_Sign]:
    look = replace(span, text="")
    text = codes[span.note] if span.note else _coded(span.text, codes)
    return [_Sign(character, look) for character in text]


def _references(spans: Sequence[Span], codes: dict[str, str]) -> dict[str, Span]:
    """Sign of a footnote -> how a reference to it looks."""
    return {codes[span.note]: replace(span, text="") for span in reversed(spans) if span.note}


def _dressed(
    old: Sequence[_Sign], changes: Sequence[Change], references: dict[str, Span]
) -> list[_Sign]:
    new: list[_Sign] = []
    gone: list[_Sign] = []
    at = 0
    for change in changes:
        if change.op == "new":
            look = _blended(old, new, gone, at)
            new += (_Sign(sign, references.get(sign, look)) for sign in change.text)
            continue
        signs, at = old[at : at + len(change.text)], at + len(change.text)
        if change.op == "same":
            new += signs
            gone = []
        else:
            gone = list(signs)
    return new


def _blended(old: Sequence[_Sign], new: Sequence[_Sign], gone: Sequence[_Sign], at: int) -> Span:
    """How words look that come at `at`: like those that went, else like both neighbours."""
    replaced = [sign.look for sign in gone if sign.character.strip() and not sign.look.note]
    if replaced:
        return reduce(_common, replaced)
    left = next((sign.look for sign in reversed(new) if not sign.look.note), None)
    right = next((sign.look for sign in old[at:] if not sign.look.note), None)
    if left and right:
        return _common(left, right)
    every = [sign.look for sign in old if not sign.look.note]
    return reduce(_common, every) if every else _PLAIN


def _common(one: Span, other: Span) -> Span:
    marks = tuple(mark for mark in one.marks if mark in other.marks)
    return Span("", marks, one.link if one.link == other.link else "")


def _spans(signs: Sequence[_Sign], codes: dict[str, str]) -> tuple[Span, ...]:
    labels = {code: label for label, code in codes.items()}
    spans: list[Span] = []
    for sign in signs:
        label = labels.get(sign.character, "")
        if sign.look.note:  # two references side by side stay two
            spans.append(replace(sign.look, text=sign.look.note))
        elif spans and not spans[-1].note and replace(spans[-1], text="") == sign.look:
            text = spans[-1].text + (f"[{label}]" if label else sign.character)
            spans[-1] = replace(spans[-1], text=text)
        else:
            spans.append(replace(sign.look, text=f"[{label}]" if label else sign.character))
    return tuple(spans)


def _trimmed(spans: Sequence[Span], text: str, start: int, end: int) -> tuple[Span, ...]:
    """What stands from `start` to `end`, without white space at its ends."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    kept, at = [], 0
    for span in spans:
        piece = span.text[max(0, start - at) : max(0, end - at)]
        at += len(span.text)
        if piece and start < end:
            kept.append(replace(span, text=piece))
    return tuple(kept)
