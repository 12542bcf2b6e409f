"""Where the sender's own words end, and quoted letters and signatures begin."""

from __future__ import annotations

import re

# „2026-11-20, pn, 10:12 R M <r@post.lt> rašė:“, "On Fri, Nov 20, 2026, R M <r@post.lt> wrote:"
_WROTE = re.compile(r"(?:rašė|parašė|wrote|написал\(?а?\)?|пишет|schrieb|napisał\(?a?\)?)\s*:\s*$")
_NAMES_LETTER = re.compile(r"(?=.*\d{1,4}[-./: ]\d)(?=.*(?:@|<|\b(?:19|20)\d\d\b))", re.DOTALL)
_BEGINS = re.compile(r"\s*(?:>\s*)?(?:On\b|Am\b|Dnia\b|W dniu\b|\d{1,4}[-. ]|\w{2,4},?\s*\d)")
_RULED = re.compile(
    r"\s*[-_]{2,}\s*(?:Original Message|Forwarded message|Pradinis laiškas|Pradinis pranešimas|"
    r"Originalus laiškas|Persiųstas laiškas|Persiųstas pranešimas|Исходное сообщение)"
    r"\s*[-_]{2,}\s*$|\s*(?:Begin forwarded message|Persiunčiamas laiškas)\s*:\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*\*?(?:Nuo|From|Siuntėjas|От|Von|Od)\s*:\*?\s*\S", re.IGNORECASE)
_SENT = re.compile(
    r"\s*\*?(?:Išsiųsta|Siuntimo data|Sent|Date|Data|Отправлено|Дата|Gesendet|Wysłano)\s*:\*?\s*\S",
    re.IGNORECASE,
)
_HEADER_LINES = 6
_SIGNATURE = re.compile(r"--\s?$")
_DEVICE = re.compile(
    r"\s*(?:Sent from my|Sent from (?:Outlook|Mail|Yahoo)|Išsiųsta iš|Siųsta iš|Get Outlook for)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s?>")


def cut(text: str) -> tuple[str, str]:
    """Own words, and what is quoted or signature. Every line that holds words is in one of them.

    A letter that is nothing but quoted, as when it was forwarded, counts as own words.

    >>> cut("Sutinku.\\n\\n2026-11-20 10:12 R M <r@post.lt> rašė:\\n> Ar sutinkate?")
    ('Sutinku.', '2026-11-20 10:12 R M <r@post.lt> rašė:\\n> Ar sutinkate?')
    """
    lines = text.split("\n")
    end = next((at for at in range(len(lines)) if _rest_is_not_own(lines, at)), len(lines))
    own: list[str] = []
    quoted: list[str] = []
    attributions = _attributions(lines, end)
    for at, line in enumerate(lines[:end]):
        apart = at in attributions or _QUOTED.match(line) or _DEVICE.match(line)
        (quoted if apart else own).append(line)
    quoted += lines[end:]
    if not "".join(own).strip():
        return text.strip("\n"), ""
    return "\n".join(own).strip(), "\n".join(quoted).strip("\n")


def _rest_is_not_own(lines: list[str], at: int) -> bool:
    line = lines[at]
    if _RULED.match(line) or _SIGNATURE.match(line):
        return True
    if _FROM.match(line):
        return any(_SENT.match(below) for below in lines[at + 1 : at + _HEADER_LINES])
    return _attribution_from(lines, at) > at and not _is_quoted_below(lines, at)


def _attributions(lines: list[str], end: int) -> set[int]:
    """Lines that say who wrote the marked lines below them."""
    found: set[int] = set()
    for at in range(end):
        found.update(range(at, _attribution_from(lines, at)))
    return found


def _attribution_from(lines: list[str], at: int) -> int:
    """End of the attribution that begins here, at most three lines long; `at` when none does."""
    if not _BEGINS.match(lines[at]):
        return at
    for last in range(at, min(at + 3, len(lines))):
        if not lines[last].strip():
            return at
        if _WROTE.search(lines[last]):
            whole = " ".join(lines[at : last + 1])
            return last + 1 if _NAMES_LETTER.match(whole) else at
    return at


def _is_quoted_below(lines: list[str], at: int) -> bool:
    """Whether the first words below the attribution are marked as quoted, line by line."""
    below = (line for line in lines[_attribution_from(lines, at) :] if line.strip())
    return bool(_QUOTED.match(next(below, ">")))
