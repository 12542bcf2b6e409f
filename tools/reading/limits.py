"""How long do the largest files take, and how much memory?

PYTHONPATH=src .venv/bin/python tools/reading/limits.py [FILE...]

Each file is read as strangers' files are, in a process of its own; measured are the wall time its
caller waits and the most memory the process held. Listed are the five slowest and hungriest.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from passages import chosen

from sutarta.formats.reading import Refused, kind_of, read_safely

LISTED = 5


def main() -> int:
    seconds: dict[str, float] = {}
    megabytes: dict[str, float] = {}
    refused: dict[str, str] = {}
    for file in chosen(__doc__ or ""):
        began = time.monotonic()
        try:
            read_safely(file.name, file.read_bytes())
        except Refused as refusal:
            refused[file.name] = refusal.code
        seconds[file.name] = time.monotonic() - began
        megabytes[file.name] = _peak(file)
    _list("s", seconds)
    _list("MB", megabytes)
    sys.stdout.write(f"{len(seconds)} files, {len(refused)} refused\n")
    sys.stdout.writelines(f"  {code:<14} {name}\n" for name, code in sorted(refused.items()))
    return 0


def _list(unit: str, found: dict[str, float]) -> None:
    most = sorted(found.items(), key=lambda each: -each[1])[:LISTED]
    sys.stdout.writelines(f"{amount:8.2f} {unit:<2} {name}\n" for name, amount in most)


def _peak(file: Path) -> float:
    """The most memory a worker for this file held at once, in MB."""
    data = file.read_bytes()
    try:
        kind = kind_of(file.name, data)
    except Refused:
        return 0.0
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(data)
        given.seek(0)
        worker = "sutarta.formats.reading.worker"
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", worker, kind, "accept", "lt", "10", "512"],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, given.fileno(), 0),
                (os.POSIX_SPAWN_DUP2, said.fileno(), 1),
            ],
        )
        _child, _status, usage = os.wait4(child, 0)
    return usage.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
