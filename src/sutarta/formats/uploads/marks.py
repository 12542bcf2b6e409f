"""A group's mark: one picture, made anew as a small square."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from . import kinds, pictures
from .refusals import Refused

SIDE = 512  # pixels


def square(data: bytes) -> bytes:
    """The picture as a PNG of at most SIDE pixels a side, clear around what is not square.

    Raises Refused, also for a file that is no picture.
    """
    family = kinds.family(data)
    if family not in kinds.PICTURES:
        raise Refused("unknown")
    with Image.open(io.BytesIO(pictures.clean(data, family))) as picture:
        drawn = picture.convert("RGBA")
    drawn.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    side = max(drawn.size)
    out = io.BytesIO()
    ImageOps.pad(drawn, (side, side), color=(255, 255, 255, 0)).save(out, "PNG", optimize=True)
    return out.getvalue()
