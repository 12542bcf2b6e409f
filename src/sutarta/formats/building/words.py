"""The words of one paragraph while it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from sutarta.core.documents.blocks import Span
from sutarta.formats.docx.context import SAFE_ADDRESS
from sutarta.formats.docx.runs import join, trim

# Soft hyphens, zero-width blanks and what XML cannot hold say nothing to a reader.
SILENT = re.compile("[\u00ad\u200b\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# ODF and HTML alike fold these; a no-break space is a sign of its own.
BLANKS = re.compile("[ \t\r\n\f]+")


def tidy(text: str) -> str:
    """Without the signs that nobody sees.

    >>> tidy("ben" + chr(0xAD) + "druomenė")
    'bendruomenė'
    """
    return SILENT.sub("", text)


def safe_address(target: str) -> str:
    """An address a reader may follow, "#name" inside, "" for anything else.

    >>> safe_address(" https://vvg.lt/a b"), safe_address("javascript:alert(1)")
    ('https://vvg.lt/a%20b', '')
    """
    target = tidy(target).strip()
    if target.startswith("#"):
        return unquote(target) if len(target) > 1 else ""
    target = re.sub(r"\s", "%20", target)
    return target if SAFE_ADDRESS.fullmatch(target) else ""


@dataclass
class Line:
    """Spans as they are found; blanks are folded unless they are said `as_is`."""

    spans: list[Span] = field(default_factory=list)

    def say(
        self, text: str, marks: Iterable[str] = (), link: str = "", *, as_is: bool = False
    ) -> None:
        text = tidy(text)
        if not as_is:
            text = BLANKS.sub(" ", text)
            if self._ends_blank() and text.startswith(" "):
                text = text[1:]
        if text:
            self.spans.append(Span(text, tuple(sorted(marks)), link))

    def refer(self, label: str) -> None:
        """A reference to the note of that label."""
        self.spans.append(Span(label, note=label))

    def _ends_blank(self) -> bool:
        return not self.spans or self.spans[-1].text.endswith((" ", "\n"))

    @property
    def blank(self) -> bool:
        return not any(span.text.strip() for span in self.spans)

    @property
    def is_broken(self) -> bool:
        """Whether nothing but blanks was said since the last line break, and there is one."""
        for span in reversed(self.spans):
            if text := span.text.rstrip(" "):
                return text.endswith("\n")
        return False

    def done(self) -> tuple[Span, ...]:
        """What was said, ends trimmed, neighbours that look alike joined; begins anew."""
        spans, self.spans = self.spans, []
        return trim(join(map(_without_blank_ends, spans)))


def _without_blank_ends(span: Span) -> Span:
    """No blanks around a line break, where they do not show."""
    return replace(span, text=re.sub(" *\n *", "\n", span.text)) if "\n" in span.text else span
