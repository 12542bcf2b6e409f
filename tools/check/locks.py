"""The locks name every package with a version and hashes, and no host."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
HOST = re.compile(r"https?:|file:|^-(?!r)|^--(?!hash)", re.MULTILINE)
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(\[[a-z0-9,._-]+\])?==[^\s\\]+(?: ; [^\\]+)? \\$")


def problems() -> Iterator[str]:
    """What is wrong with the locks, one sentence each."""
    for lock in sorted(REQUIREMENTS.glob("*.txt")):
        text = lock.read_text()
        yield from (f"{lock.name} names a host or option: {hit}" for hit in HOST.findall(text))
        for line in text.splitlines():
            if line and not line.startswith((" ", "#")) and not PINNED.match(line):
                yield f"{lock.name} has a line without version or hash: {line}"
        yield from _missing(lock, text)


def _missing(lock: Path, text: str) -> Iterator[str]:
    names = {line.partition("==")[0].partition("[")[0].lower() for line in text.splitlines()}
    source = lock.with_suffix(".in").read_text()
    for wanted in re.findall(r"^[A-Za-z0-9._-]+", source, re.MULTILINE):
        if wanted.lower() not in names and not wanted.startswith("-"):
            yield f"{lock.name} lacks {wanted}: run make locks"


if __name__ == "__main__":
    found = list(problems())
    sys.exit("\n".join(found) or 0)
