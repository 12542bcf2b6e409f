"""What a file is by its content, and its reader."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from .separated import read_separated
from .sheet import MAX_FILE, MAX_UNPACKED, Book, Refused
from .workbook import ODS, XLSX, read_workbook

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: .xls, or a workbook with a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def read(data: bytes) -> Book:
    """The sheets of a workbook (.xlsx, .ods) or of a file with separators (.csv).

    What it is, its content says, never its name. Raises Refused with one of REASONS.
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    if data.startswith(_OLD):
        raise Refused("locked" if _LOCKED in data else "old")
    book = _of_zip(data) if data.startswith(b"PK\x03\x04") else read_separated(data)
    if not book.sheets:
        raise Refused("empty")
    return book


def _of_zip(data: bytes) -> Book:
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Refused("too_large")
            names = {part.filename for part in parts}
            return read_workbook(data, package, _kind(package, names))
    except (BadZipFile, EOFError, NotImplementedError) as error:
        raise Refused("broken") from error
    except RuntimeError as error:  # how zipfile says that a part is encrypted
        raise Refused("locked") from error


def _kind(package: ZipFile, names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return XLSX
    if "xl/workbook.bin" in names:
        raise Refused("old")
    if "mimetype" in names and package.read("mimetype").strip().endswith(b".spreadsheet"):
        if b"encryption-data" in package.read("META-INF/manifest.xml")[:100_000]:
            raise Refused("locked")
        return ODS
    raise Refused("neither")
