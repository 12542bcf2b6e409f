"""`sutarta documents import`: outline and findings of a document."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from sutarta.cli.documents.files import read
from sutarta.cli.documents.saying import as_json, say

if TYPE_CHECKING:
    from sutarta.core.documents import Section
    from sutarta.formats.reading import Finding, Reading

HELP = "print outline and findings of a .docx, .odt, .html or Markdown file"
SHOWN = 60  # characters of a passage or of what was found
TOLD = ("author", "kind", "name", "text")  # details shown, in this order


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="blocks and findings for programs")


def run(arguments: Namespace) -> int:
    reading = read(arguments.file)
    if arguments.json:
        say(as_json(_as_json(reading)))
    else:
        say("\n".join(_for_people(reading)))
    return 0


def _as_json(reading: Reading) -> dict[str, object]:
    from sutarta.core.documents import dump
    from sutarta.formats import reviewing

    findings = [asdict(found) | {"detail": dict(found.detail)} for found in reading.findings]
    return {
        "schema": "sutarta.reading/1",
        "document": dump(reading.document),
        "findings": findings,
        **reviewing.dump(reading.revisions, reading.comments),
    }


def _for_people(reading: Reading) -> Iterator[str]:
    from sutarta.core.documents import outline

    document = reading.document
    yield document.title or "(no title)"
    yield f"{len(document.blocks)} passages, {len(document.media)} pictures"
    yield ""
    yield from _headings(outline(document)) or ["(no headings)"]
    yield ""
    many = len(reading.findings)
    yield f"{many} finding" if many == 1 else f"{many} findings"
    yield from (_line(found, reading) for found in reading.findings)


def _headings(sections: Iterable[Section], depth: int = 0) -> list[str]:
    lines: list[str] = []
    for section in sections:
        lines.append(" ".join(filter(None, ["  " * depth + section.number, section.title])))
        lines += _headings(section.sections, depth + 1)
    return lines


def _line(found: Finding, reading: Reading) -> str:
    from sutarta.formats.reading import SENTENCES

    line = f"- {SENTENCES[found.code]}"
    if found.block is not None:
        where = _excerpt(reading.document.blocks[found.block].text)
        line += f" [{found.block + 1}: {where or 'no words'}]"
    what = ", ".join(filter(None, (found.detail.get(each, "") for each in TOLD)))
    return f"{line} – {_excerpt(what)}" if what else line


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
