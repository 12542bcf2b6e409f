"""Office files: zips of XML, packed anew without authors, properties and previews."""

from __future__ import annotations

import io
import zipfile
import zlib

from . import odf, ooxml
from .pictures import without_notes
from .refusals import (
    MAX_ENTRIES,
    MAX_FILE,
    MAX_RATIO,
    MAX_UNZIPPED,
    RATIO_COUNTS_FROM,
    Refused,
)

Parts = dict[str, bytes]


def clean(data: bytes) -> tuple[str, bytes]:
    """Media type and the file packed anew. Raises Refused."""
    parts = _parts(data)
    if "[Content_Types].xml" in parts:
        media_type, kept = ooxml.clean(parts)
    elif "mimetype" in parts:
        media_type, kept = odf.clean(parts)
    else:
        raise Refused("unknown")
    photos = {name: without_notes(its) for name, its in kept.items() if _is_photo(name)}
    packed = _packed({**kept, **photos})
    if len(packed) > 2 * MAX_FILE:
        raise Refused("too_large")
    return media_type, packed


def _is_photo(name: str) -> bool:
    return name.lower().endswith((".jpg", ".jpeg"))


def _parts(data: bytes) -> Parts:
    """Every part by name, read to its end; folders left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            entries = [entry for entry in zipped.infolist() if not entry.is_dir()]
            _check(entries, len(data))
            return {entry.filename: zipped.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise Refused("broken") from error
    except (NotImplementedError, RuntimeError) as error:  # other packing; a password
        raise Refused("encrypted") from error


def _check(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")
    names = {entry.filename.lower() for entry in entries}
    if len(names) != len(entries) or any(".." in name.split("/") for name in names):
        raise Refused("broken")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNZIPPED or len(entries) > MAX_ENTRIES:
        raise Refused("bomb")
    if unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed:
        raise Refused("bomb")


def _packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            is_bare = name == "mimetype"  # ODF wants it first and unpacked
            entry.compress_type = zipfile.ZIP_STORED if is_bare else zipfile.ZIP_DEFLATED
            zipped.writestr(entry, data)
    return out.getvalue()
