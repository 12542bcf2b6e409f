"""Files named by the person, as documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.formats.reading import Reading


MEGABYTE = 2**20
LARGEST = 30 * MEGABYTE  # as for a document taken in through the pages


def read_bytes(file: Path) -> bytes:
    """The bytes of a file named by the person. Raises Stop when it cannot be read or never ends."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise Stop(f"The file {file} cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise Stop(f"The file {file} is too large: at most {LARGEST // MEGABYTE} MB.")
    return data


def spare(target: Path, *given: Path | None) -> None:
    """Raise Stop when writing `target` would destroy a file that was given to be read."""
    for file in filter(None, given):
        try:
            if not target.samefile(file):
                continue
        except OSError:  # one of them is not there
            continue
        raise Stop(f"{target} is to be read: name another file to write.")


def read(file: Path) -> Reading:
    """A document with its findings, every block with an id. Raises Stop."""
    from sutarta.core.documents import identify
    from sutarta.formats.reading import Refused, read_safely

    data = read_bytes(file)
    try:
        reading = read_safely(file.name, data)
    except Refused as refusal:
        raise Stop(f"{file.name}: {refusal}") from refusal
    return replace(reading, document=identify(reading.document, seed=file.name))
