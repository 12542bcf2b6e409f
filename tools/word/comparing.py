"""Does `sutarta documents compare --docx` give back either version, by LibreOffice's hand?

    python tools/word/comparing.py [--own] OLD NEW [OLD NEW]...

Compares each pair, has LibreOffice accept all changes and reject them, and reads the two files
again: the first must say what NEW says and the second what OLD says, line for line. A line of a
Word file is right, too, as LibreOffice writes it when it saves that file untouched: it counts dates
of today and numbers of tables anew and puts text boxes elsewhere. Numbers that a paper of our own
prints as words, labels of notes, which are counted by whoever shows them, and the words said
instead of pictures do not count. With `--own` the paper is written anew even where OLD is one of
Word's files. Exit status 1 when any differs.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from itertools import zip_longest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import office

from sutarta.cli.documents.comparing import Compared
from sutarta.cli.stop import Stop
from sutarta.core.documents import Document
from sutarta.formats import docx

DEEDS: tuple[office.Deed, ...] = ("accept", "reject")
SHOWN = 160
OWN = "--own" in sys.argv  # there labels are words, as a redline has no notes of its own


def main(arguments: list[str]) -> int:
    paths = [Path(each) for each in arguments if each != "--own"]
    files: dict[str, bytes] = {}
    deeds: dict[str, office.Deed] = {}
    wanted: dict[str, list[str]] = {}
    sources: dict[str, Path] = {}
    refused = 0
    for number, (old, new) in enumerate(zip(paths[::2], paths[1::2], strict=True)):
        try:
            made = Compared(Namespace(old=old, new=new, language="en", author="Sutarta"))
            data = made.written() if OWN else made.docx()
        except Stop:
            refused += 1
            continue
        for deed in DEEDS:
            name = f"{number}-{deed}"
            files[name], deeds[name] = data, deed
            wanted[name] = _said(made.new if deed == "accept" else made.old)
            sources[name] = new if deed == "accept" else old
    untouched = {str(path): path for path in sources.values() if path.suffix == ".docx"}
    numbers = {name: f"untouched-{at}" for at, name in enumerate(untouched)}
    saved = {numbers[name]: path.read_bytes() for name, path in untouched.items()}
    settled = office.settled(files | saved, deeds | dict.fromkeys(saved, "save"))
    wrong = []
    for name in files:
        shown = settled.get(numbers.get(str(sources[name]), ""))
        if told := _differing(name, settled, wanted[name], shown):
            wrong.append(told)
    told = f"{len(paths) // 2} pairs, {refused} refused, {len(files)} files settled"
    sys.stdout.write("\n".join([f"{told}, {len(wrong)} otherwise", *wrong]) + "\n")
    return int(bool(wrong))


def _differing(name: str, settled: dict[str, bytes], wanted: list[str], shown: bytes | None) -> str:
    """The first line that is neither what the file says nor as LibreOffice shows the file."""
    if name not in settled:
        return f"{name}: not saved again"
    found = _read(settled[name])
    other = wanted if shown is None else _read(shown)
    if found == other:
        return ""
    others = other if len(other) == len(wanted) else wanted
    for line, *right in zip_longest(found, wanted, others, fillvalue=""):
        if line not in right and not any(each and line.endswith(f" {each}") for each in right):
            return f"{name}: {line[:SHOWN]!r} for {right[0][:SHOWN]!r}"
    return ""


def _read(data: bytes) -> list[str]:
    try:
        return _said(docx.read(data).document)
    except docx.Refused:
        return []


def _said(document: Document) -> list[str]:
    lines = []
    for block in document.blocks:
        paragraphs = [each for cell in block.cells for each in cell.paragraphs] or [block.spans]
        texts = (
            "".join("*" if s.note and not OWN else s.text for s in spans) for spans in paragraphs
        )
        lines += [_plain(line) for text in texts for line in text.split("\n")]
    return [line for line in lines if line and not line.startswith("[")]


def _plain(line: str) -> str:
    """Without white space at its ends, and without the joiners LibreOffice leaves at pictures."""
    return " ".join(line.replace("\u200d", "").replace("\u200b", "").split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
