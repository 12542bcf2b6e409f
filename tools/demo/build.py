"""Write the Word files of the demonstration, as a careful person writes them in Word.

python tools/demo/build.py             write them beside the code of the demo
python tools/demo/build.py --to DIR    write them somewhere else
python tools/demo/build.py --check     only say whether they are what the texts give
python tools/demo/build.py --changes   list what version 2 changes, and why
python tools/demo/build.py --count     ask LibreOffice on which page each heading stands
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "src" / "sutarta" / "cli" / "demo"
sys.path.insert(0, str(HERE))

from furniture import contents  # noqa: E402
from markup import changes, only  # noqa: E402
from paper import written  # noqa: E402


@dataclass(frozen=True)
class Source:
    """One file to write: the folder its texts lie in, and the version they are read for."""

    folder: str
    version: int
    author: str

    @property
    def name(self) -> str:
        return f"{self.folder}-{self.version}.docx"

    @property
    def pages(self) -> Path:
        return HERE / self.folder / f"pages-{self.version}.json"

    def made(self) -> bytes:
        pages = json.loads(self.pages.read_text()) if self.pages.exists() else {}
        return written(only(text(self.folder), self.version), self.version, self.author, pages)


SOURCES = (
    Source("alksniai", 1, "Alksnių miesto VVG"),
    Source("alksniai", 2, "Alksnių miesto VVG"),
    Source("kelmyne", 1, "Kelmynės krašto VVG"),
)


def text(folder: str) -> str:
    """The chapters of a document in the order of their file names."""
    return "\n".join(file.read_text() for file in sorted((HERE / folder).glob("*.txt")))


def is_as_made(file: Path, data: bytes) -> bool:
    """Whether the file holds these very parts."""
    return file.exists() and dict(contents(file.read_bytes())) == dict(contents(data))


def count_pages(source: Source) -> None:
    """Remember for the table of contents on which page each heading stands."""
    from pypdf import PdfReader

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / source.name
        file.write_bytes(source.made())
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, file]
        subprocess.run(command, check=True, capture_output=True)
        pages = PdfReader(file.with_suffix(".pdf"))
        found = {
            str(mark["/Title"]): pages.get_destination_page_number(mark) + 1
            for mark in _flat(pages.outline)
        }
    source.pages.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    sys.stdout.write(f"{source.name}: {len(pages.pages)} pages\n")


def _flat(outline: list) -> list:
    """Bookmarks of all levels, one after another."""
    return [
        mark for entry in outline for mark in (_flat(entry) if isinstance(entry, list) else [entry])
    ]


def tell_changes() -> None:
    for change in changes(text("alksniai")):
        sign = "-" if change.is_gone else "+"
        fields = (sign, change.cause, change.topic, change.section, change.words)
        sys.stdout.write("\t".join(fields) + "\n")


def main() -> int:
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=TARGET, metavar="DIR")
    for verb in ("check", "changes", "count"):
        parser.add_argument(f"--{verb}", action="store_true")
    asked = parser.parse_args()
    if asked.changes:
        tell_changes()
        return 0
    if asked.count:
        for source in SOURCES:
            count_pages(source)
        return 0
    bad = 0
    for source in SOURCES:
        file, data = asked.to / source.name, source.made()
        if asked.check and not is_as_made(file, data):
            sys.stderr.write(f"{source.name} is not what its texts give: run make demo-files\n")
            bad = 1
        elif not asked.check:
            file.write_bytes(data)
    return bad


if __name__ == "__main__":
    raise SystemExit(main())
