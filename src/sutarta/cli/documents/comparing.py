"""`sutarta documents compare`: what changed between two files, for people, Word, print and the
web.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sutarta.cli.documents.files import read, read_bytes, spare
from sutarta.cli.documents.saying import as_json, say
from sutarta.cli.documents.words import LANGUAGES, language_of, wording
from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.core.documents import Change, Comparison, Pair
    from sutarta.formats.comparing import Wording
    from sutarta.formats.papers import Paper, Remark

HELP = "show what changed between two documents: in words, as a page, for Word or as PDF"
AUTHOR = "Sutarta"
AROUND = 40  # characters shown on either side of a change in the terminal
SIGNS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD", help="a document")
    parser.add_argument("new", type=Path, metavar="NEW", help="the same, a later one")
    parser.add_argument("--html", type=Path, metavar="OUT", help="write one web page")
    parser.add_argument("--docx", type=Path, metavar="OUT", help="write tracked changes for Word")
    parser.add_argument("--pdf", type=Path, metavar="OUT", help="write a tagged PDF")
    parser.add_argument("--json", action="store_true", help="every passage for programs")
    parser.add_argument(
        "--language", choices=LANGUAGES, help="of the texts and what is said of them"
    )
    parser.add_argument(
        "--author", default=AUTHOR, help="who made the changes, said in Word and PDF"
    )


def run(arguments: Namespace) -> int:
    _check_targets(arguments)
    made = Compared(arguments)
    for target, make in (
        (arguments.html, made.html),
        (arguments.docx, made.docx),
        (arguments.pdf, made.pdf),
    ):
        if target is not None:
            _write(target, make())
    if arguments.json:
        say(as_json(made.facts()))
    else:
        is_told = not (arguments.html or arguments.docx or arguments.pdf)
        say("\n".join(made.told(passages=is_told)))
    return 0


def _check_targets(arguments: Namespace) -> None:
    targets = [one for one in (arguments.html, arguments.docx, arguments.pdf) if one is not None]
    for target in targets:
        spare(target, arguments.old, arguments.new)
    if len(set(map(realpath, targets))) < len(targets):
        raise Stop("Name a file of its own for each of --html, --docx and --pdf.")


class Compared:
    """Two files and what changed between them.

    old, new   the documents, the new one with the ids of the old one's passages it continues
    found      what changed
    """

    def __init__(self, arguments: Namespace) -> None:
        from sutarta.core.documents import compare, inherit

        self._arguments = arguments
        self._old, self._new = read(arguments.old), read(arguments.new)
        heir = inherit(self._old.document, self._new.document, str(arguments.new.name))
        self.old, self.new = self._old.document, heir.document
        texts = "\n".join(block.text for block in heir.document.blocks)
        self._language = arguments.language or language_of(texts)
        self._words: Wording = wording(self._language)
        ids = [block.id for block in heir.document.blocks]
        way = {self.old.blocks[fate.old].id: [ids[at] for at in fate.new] for fate in heir.fates}
        self.found: Comparison = compare(self.old, self.new, [way])

    def html(self) -> bytes:
        from sutarta.formats.comparing import page

        return page(
            self.found,
            self._words,
            names=self._names,
            language=self._language,
            pictures=self._pictures,
        ).encode()

    def docx(self) -> bytes:
        """The old file with tracked changes where it is one of Word's, else a file of our own."""
        from sutarta.formats import docx
        from sutarta.formats.docx import writing

        data = read_bytes(self._arguments.old)
        hand = writing.Hand(self._arguments.author, self._at)
        try:
            return writing.track(data, self.old, self.new, hand=hand, pictures=self._pictures)
        except (docx.Refused, writing.NotPatched):
            return self.written()

    def written(self) -> bytes:
        """A Word file of our own with tracked changes."""
        from sutarta.formats.docx import writing

        return writing.write(self._paper(exact=True))

    def pdf(self) -> bytes:
        from sutarta.formats import pdf

        try:
            return pdf.write(self._paper(exact=False))
        except pdf.NotWritten as error:
            raise Stop(f"The PDF could not be set: {error}.", 1) from error

    def told(self, *, passages: bool) -> Iterator[str]:
        """Counts, and with `passages` every change in a line or two."""
        counts = self._counts()
        for name, label in self._words.counts.items():
            if counts[name] or name == "kept":
                yield f"{counts[name]:6} {label}"
        for pair in self.found.changes if passages else ():
            yield ""
            yield from self._told(pair)

    def _told(self, pair: Pair) -> Iterator[str]:
        number = (pair.new_numbers or pair.old_numbers)[0]
        said = self._words.numbers if pair.is_numbers else self._words.turns[pair.turn]
        moved = self._words.sayings.moved_from.format(place=(pair.old_numbers or [""])[0])
        yield f"{number} {said}" + (f", {moved}" if pair.is_moved else "")
        yield "    " + _line(pair.words).replace("\n", " / ").replace("\t", " | ")

    def facts(self) -> dict[str, Any]:
        return {
            "schema": "sutarta.comparison/1",
            "old": self._names[0],
            "new": self._names[1],
            "counts": self._counts(),
            "passages": [_facts(pair) for pair in self.found.pairs],
        }

    def _counts(self) -> dict[str, int]:
        from sutarta.formats.comparing import counted

        return counted(self.found)

    @property
    def _names(self) -> tuple[str, str]:
        return self._arguments.old.name, self._arguments.new.name

    @property
    def _at(self) -> datetime:
        """When the newer file was saved: the same files give the same answer."""
        return datetime.fromtimestamp(int(self._arguments.new.stat().st_mtime), UTC)

    @property
    def _pictures(self) -> dict[str, bytes]:
        return {**self._old.pictures, **self._new.pictures}

    def _paper(self, *, exact: bool) -> Paper:
        from sutarta.formats.comparing import lay
        from sutarta.formats.papers import Paper, Run

        words, counts = self._words, self._counts()
        said = ", ".join(
            f"{label}: {counts[name]}" for name, label in words.counts.items() if counts[name]
        )
        return Paper(
            title=f"{words.title}: {self._names[0]} → {self._names[1]}",
            language=self._language,
            author=self._arguments.author,
            made_at=self._at,
            pieces=lay(self.found, words.sayings, None if exact else self._remarks, exact=exact),
            running=" → ".join(self._names),
            lead=() if exact else (said,),
            bare=exact,
            legend=()
            if exact
            else (
                Run(f"{words.how} "),
                Run(words.struck, change="gone"),
                Run(", "),
                Run(words.underlined, change="new"),
                Run("."),
            ),
            tracked=exact,
            pictures=self._pictures,
        )

    def _remarks(self, pairs: Sequence[Pair]) -> tuple[Remark, ...]:
        """Numbers that differ alone are said to be it."""
        from sutarta.formats.papers import Remark, plain

        return tuple(
            Remark((plain(f"{pair.new_numbers[0]}: {self._words.numbers}."),))
            for pair in pairs
            if pair.is_numbers
        )


def _facts(pair: Pair) -> dict[str, Any]:
    said: dict[str, Any] = {
        "turn": pair.turn.value,
        "moved": pair.is_moved,
        "only_numbers": pair.is_numbers,
        "old": [{"id": b.id, "at": at} for b, at in zip(pair.old, pair.old_at, strict=True)],
        "new": [{"id": b.id, "at": at} for b, at in zip(pair.new, pair.new_at, strict=True)],
        "numbers": {"old": pair.old_numbers, "new": pair.new_numbers},
        "words": [[change.op, change.text] for change in pair.words],
    }
    if pair.cells and pair.is_change:
        said["cells"] = [[[c.op, c.text] for c in cell] for cell in pair.cells]
    return said


def _line(changes: Sequence[Change]) -> str:
    """A redline in one line: [-gone-], {+new+}, and of what stayed only the words around."""
    drawn = []
    for at, change in enumerate(changes):
        text = change.text
        if change.op == "same":
            text = _shortened(text, is_first=at == 0, is_last=at == len(changes) - 1)
        drawn.append(SIGNS[change.op].format(text))
    return "".join(drawn)


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    head = "" if is_first else text[:AROUND]
    tail = "" if is_last else text[-AROUND:]
    if len(text) <= 3 * AROUND:
        return text
    return f"{head}…{tail}" if head or tail else f"{text[: 2 * AROUND]}…"


def _write(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as error:
        raise Stop(f"{target} cannot be written: {error.strerror}.") from error
