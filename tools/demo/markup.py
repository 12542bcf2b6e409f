"""Reading the plain text a demonstration document is written in.

% title, %% subtitle      # heading, ## and ### below it     ! annex heading, numbered apart
- item                    1) lettered item                   !contents
!table caption            || header row |                    | row |
!sums NAME caption        the table of that name in money.py
!figure NAME | what is seen on it | caption

In a table: <br> new paragraph, > goes on to the right, ^ is covered from above.
In any words: **bold**, ^[footnote]. A line may stand in one version alone:

[-p:topic] words of version 1, changed because of a proposal about the topic
[+g] words of version 2, changed because of the guidelines; r stands for editing
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

CAUSES = {"g": "GUIDELINES", "p": "SUBMISSION", "r": "EDITING"}
_ONLY = re.compile(r"\[([-+])([gpr])(?::([\w-]+))?\] ?")
_NUMBER = re.compile(r"(?<=\d) (?=\d{3}\b)")
_UNIT = re.compile(
    r"(?<=\d) (?=(?:m|d|val|min|proc|g|pav|pried\w+|versij\w+|lentel\w+)\b|[Ee]ur|žmo|km)"
)


@dataclass(frozen=True)
class Row:
    """One row of a table; ">" and "^" stand for cells covered from the left and from above."""

    cells: list[str]
    is_header: bool


@dataclass(frozen=True)
class Part:
    """One thing in the text: kind is the name of the method of paper.Writer that writes it."""

    kind: str
    words: str = ""
    level: int = 0
    name: str = ""
    alt: str = ""
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """A line that stands in one version alone, and why: `cause` as in CAUSES."""

    section: str
    is_gone: bool
    cause: str
    topic: str
    words: str


def only(text: str, version: int) -> str:
    """The lines that stand in this version, without their marks."""
    other = "+" if version == 1 else "-"
    kept = []
    for line in text.splitlines():
        mark = _ONLY.match(line)
        if mark and mark[1] == other:
            continue
        kept.append(line[mark.end() :] if mark else line)
    return "\n".join(kept)


def changes(text: str) -> Iterator[Change]:
    """Every line that stands in one version alone, with the heading above it."""
    section = ""
    for line in text.splitlines():
        mark = _ONLY.match(line)
        words = line[mark.end() :] if mark else line
        if re.match(r"#+ |! ", words):
            section = words.lstrip("#! ")
        if mark:
            yield Change(section, mark[1] == "-", CAUSES[mark[2]], mark[3] or "", words)


def parts(text: str) -> Iterator[Part]:
    """The parts of one version's text in order."""
    table: Part | None = None
    for line in filter(str.strip, _joined(text).splitlines()):
        if line.startswith("|") and table:
            table.rows.append(_row(line))
            continue
        if table:
            yield table
        part = _part(line)
        table = part if part.kind == "table" else None
        if table is None:
            yield part
    if table:
        yield table


def _joined(text: str) -> str:
    """Numbers and units kept together, as careful writers do in Word."""
    return _UNIT.sub("\u00a0", _NUMBER.sub("\u00a0", text))


def _part(line: str) -> Part:
    mark, _, words = line.strip().partition(" ")
    if re.fullmatch(r"#+", mark):
        return Part("heading", words, level=len(mark))
    if mark == "!figure":
        name, alt, caption = (piece.strip() for piece in words.split("|"))
        return Part("figure", caption, name=name, alt=alt)
    if mark == "!sums":
        name, _, caption = words.partition(" ")
        return Part("sums", caption, name=name)
    kinds = {
        "%": "title", "%%": "subtitle", "!": "annex", "!contents": "contents",
        "!table": "table", "-": "item", "1)": "step",
    }  # fmt: skip
    return Part(kinds[mark], words) if mark in kinds else Part("text", line)


def _row(line: str) -> Row:
    is_header = line.startswith("||")
    inner = line.strip().removeprefix("||").removeprefix("|").removesuffix("|")
    cells: list[str] = []
    for cell in (part.strip() for part in inner.split("|")):
        words = cell.rstrip(">").strip()
        cells += [words] + [">"] * (len(cell) - len(cell.rstrip(">")))
    return Row(cells, is_header)
