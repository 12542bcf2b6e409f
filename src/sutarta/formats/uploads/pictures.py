"""Pictures: drawn anew without what the camera wrote about place, time and owner."""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image, ImageOps

from .refusals import MAX_PIXELS, Refused

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_KEPT = {"icc_profile", "transparency"}  # colours would change without them
_PRIVATE = {0xE1, 0xED, 0xFE, *range(0xE3, 0xED), 0xEF}  # Exif and XMP, IPTC, comments, makers
_START_OF_SCAN = 0xDA


def clean(data: bytes, media_type: str) -> bytes:
    """The first frame, upright, without metadata. Raises Refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd notes are thrown away anyhow
            picture: Image.Image = Image.open(io.BytesIO(data), formats=[FORMATS[media_type]])
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused("too_many_pixels")
            picture.load()
            return _written(picture, media_type)
    except Image.DecompressionBombError as error:
        raise Refused("too_many_pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise Refused("broken") from error


def _written(picture: Image.Image, media_type: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    upright.info = {key: its for key, its in upright.info.items() if key in _KEPT}
    if media_type == "image/jpeg" and upright.mode not in {"L", "RGB"}:
        upright = upright.convert("RGB")
    out = io.BytesIO()
    facts = {"exif": b"", "icc_profile": upright.info.get("icc_profile")}
    quality = {} if media_type == "image/png" else {"quality": 90}
    upright.save(out, FORMATS[media_type], **facts, **quality)
    return out.getvalue()


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG inside another file, without its notes on place and owner, not drawn anew.

    What does not read like a JPEG comes back as it was.
    """
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        mark = jpeg[at + 1]
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if mark == _START_OF_SCAN:
            return bytes(kept) + jpeg[at:]
        is_other = mark == 0xE2 and not jpeg.startswith(b"ICC_PROFILE", at + 4)
        if mark not in _PRIVATE and not is_other:
            kept += jpeg[at:end]
        at = end
    return jpeg
