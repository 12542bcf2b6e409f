"""What kind of file some bytes are, by themselves; nobody's word counts for it."""

from __future__ import annotations

from .refusals import Refused

PICTURES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
OOXML = {
    f"{_OOXML}.wordprocessingml.document": ".docx",
    f"{_OOXML}.spreadsheetml.sheet": ".xlsx",
    f"{_OOXML}.presentationml.presentation": ".pptx",
}
ODF = {f"{_ODF}.text": ".odt", f"{_ODF}.spreadsheet": ".ods", f"{_ODF}.presentation": ".odp"}
PDF = {"application/pdf": ".pdf"}
MEDIA_TYPES = {**PDF, **PICTURES, **OOXML, **ODF}
SUFFIXES = tuple(MEDIA_TYPES.values())

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}


def family(data: bytes) -> str:
    """ "pdf", "image/…" or "zip"; raises Refused for anything else."""
    if not data:
        raise Refused("empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    if data.startswith(_OLE):
        raise Refused("old_office")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        raise Refused("heic")
    raise Refused("unknown")
