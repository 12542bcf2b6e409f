"""Where the sender's own words end, and quoted letters and signatures begin."""

from __future__ import annotations

import re

from . import headings

_SAYS = r"(?:rašė|parašė|wrote|a écrit|написал\(?а?\)?|пишет|schrieb|napisał\(?a?\)?)"
# „2026-11-20, pn, 10:12 R M <r@post.lt> rašė:“, "On Fri, Nov 20, 2026, R M <r@post.lt> wrote:",
# „R M <r@post.lt> rašė 2026-11-20 10:12:“; Gmail in Russian has no verb
_WROTE = re.compile(
    rf"(?:^|.*[\s>]){_SAYS}(?:\s*|\s[^:]*\d[^:]*(?::\d\d[^:]*)*):\s*$|.*\d{{4}}.*<\S+@\S+>:\s*$"
)
_CLOCK = re.compile(r"\b[0-2]?\d[:.][0-5]\d\b")
_DATED = re.compile(r"\d{1,4}[-./: ]\d|\b(?:19|20)\d\d\b")
_BEGINS = re.compile(
    r"\s*(?:On\b|Am\b|Le\b|Dnia\b|W dniu\b|\d{1,4}[-./ ]|\w{2,5}\.?,?\s*\d|\w+adien\w+\b|"
    r".{0,80}<\S+@\S+>|.{1,60}\d{4}-\d\d-\d\d)"
)
_RULED = re.compile(
    r"\s*[-_]{2,}\s*(?:(?:[^\W\d_]+\s+){0,3}"
    r"(?:laišk\w*|praneš\w*|žinut\w*|message|mail|nachricht|wiadomość|сообщение|письмо)"
    r"(?:\s+(?:from|nuo|iš)\b.{0,80})?)\s*[-_]{2,}\s*$|"
    r"\s*(?:Begin forwarded message|Persiunčiamas (?:laiškas|pranešimas)|"
    r"Pradedamas persiųstas laiškas|Persiųsto laiško pradžia)\s*:\s*$",
    re.IGNORECASE,
)
_LINE = re.compile(r"\s*(?:_{5,}|-{10,}|={10,})\s*$")
_FAR = 12  # lines: rulers and empty ones between a ruler and what it stands above
_SIGNATURE = re.compile(r"--\s?$")
_DEVICE = re.compile(
    r"\s*(?:Sent (?:from|with|using|via) (?:my|the|outlook|mail|yahoo|proton|samsung|gmail|an?)\b|"
    r"(?:Iš|At|Nu)?s(?:iųst|iunčiam)a (?:iš|naudojant|per|mobiliuoju|su)\b|"
    r"Get Outlook for|(?:Gauti|Gaukite|Atsisiųskite) „?Outlook|"
    r"Отправлено с\b|Von meinem \w+ gesendet|Wysłane z\b)",
    re.IGNORECASE,
)
_LONGEST_DEVICE = 90  # characters; whoever writes more than that about sending writes words
_QUOTED = re.compile(r"\s?>")


def cut(text: str) -> tuple[str, str]:
    """Own words, and what is quoted or signature. Every line that holds words is in one of them.

    A letter that is nothing but quoted has no own words.

    >>> cut("Sutinku.\\n\\n2026-11-20 10:12 R M <r@post.lt> rašė:\\n> Ar sutinkate?")
    ('Sutinku.', '2026-11-20 10:12 R M <r@post.lt> rašė:\\n> Ar sutinkate?')
    """
    lines = text.split("\n")
    end = next((at for at in range(len(lines)) if _rest_is_not_own(lines, at)), len(lines))
    own: list[str] = []
    quoted: list[str] = []
    attributions = _attributions(lines, end)
    for at, line in enumerate(lines[:end]):
        apart = at in attributions or _QUOTED.match(line) or _names_device(lines, at)
        (quoted if apart else own).append(line)
    quoted += lines[end:]
    return "\n".join(own).strip(), "\n".join(quoted).strip("\n")


def passes_on(line: str) -> bool:
    """Whether the line says that another letter follows, as programs write it."""
    return bool(_RULED.match(line))


def _rest_is_not_own(lines: list[str], at: int) -> bool:
    line = lines[at]
    if _RULED.match(line) or _SIGNATURE.match(line) or headings.begins(lines, at):
        return True
    if _LINE.match(line):
        below = _below_rulers(lines, at)
        return below > at and _rest_is_not_own(lines, below)
    return _attribution_from(lines, at) > at and not _is_quoted_below(lines, at)


def _below_rulers(lines: list[str], at: int) -> int:
    """The first line below the ruler that says something and is no ruler, not far below it."""
    near = range(at + 1, min(at + 1 + _FAR, len(lines)))
    return next((n for n in near if lines[n].strip() and not _LINE.match(lines[n])), at)


def _names_device(lines: list[str], at: int) -> bool:
    """„Išsiųsta iš mano telefono“ on a line of its own, with nothing of the same breath below."""
    below = lines[at + 1 : at + 2]
    ends = not below or not below[0].strip() or bool(_QUOTED.match(below[0]))
    ends = ends or _rest_is_not_own(lines, at + 1) or bool(_DEVICE.match(below[0]))
    return bool(_DEVICE.match(lines[at])) and len(lines[at]) <= _LONGEST_DEVICE and ends


def _attributions(lines: list[str], end: int) -> set[int]:
    """Lines that say who wrote the marked lines below them."""
    found: set[int] = set()
    for at in range(end):
        found.update(range(at, _attribution_from(lines, at)))
    return found


def _attribution_from(lines: list[str], at: int) -> int:
    """End of the attribution that begins here, at most three lines long; `at` when none does."""
    if not _BEGINS.match(lines[at][:200]):
        return at
    for last in range(at, min(at + 3, len(lines))):
        if not lines[last].strip():
            return at
        if _WROTE.match(lines[last][-300:]):
            return last + 1 if _names_letter(" ".join(lines[at : last + 1])) else at
    return at


def _names_letter(whole: str) -> bool:
    """Whether it says when, and by whose address or at what hour: „2026 m. jis rašė:“ does not."""
    return bool(_DATED.search(whole)) and ("@" in whole or bool(_CLOCK.search(whole)))


def _is_quoted_below(lines: list[str], at: int) -> bool:
    """Whether the first words below the attribution are marked as quoted, line by line."""
    below = (line for line in lines[_attribution_from(lines, at) :] if line.strip())
    return bool(_QUOTED.match(next(below, ">")))
