"""Files named by the person, as documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.formats.reading import Reading


def read_bytes(file: Path) -> bytes:
    """The bytes of a file named by the person. Raises Stop when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Stop(f"The file {file} cannot be read: {error.strerror}.") from error


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
