"""Pictures made fit for the typesetter: sound, of a kind it knows, no larger than paper shows."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image

MAX_PIXELS = 60_000_000
MAX_SIDE = 2_200  # pixels: 300 dots an inch over the width of the paper
PLAIN = {"PNG": ("RGB", "RGBA", "L", "LA", "P", "1"), "JPEG": ("RGB", "L")}


def settle_pictures(pieces: Iterable[dict[str, Any]], folder: Path) -> None:
    """Let each figure name a file in `folder`, or no picture when there is no sound one."""
    done: dict[str, str] = {}
    for piece in pieces:
        if piece["k"] != "figure" or "image" not in piece:
            continue
        digest = piece.pop("image")
        if digest not in done:
            done[digest] = _settled(folder / digest)
        if done[digest]:
            piece["image"] = done[digest]


def _settled(path: Path) -> str:
    """Name of a file the typesetter reads, "" when the picture cannot be read."""
    if not path.is_file():
        return ""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                return _written(picture, path)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError,
            Image.DecompressionBombWarning):  # fmt: skip
        return ""


def _written(picture: Image.Image, path: Path) -> str:
    picture.load()
    kind = picture.format or ""
    if picture.mode in PLAIN.get(kind, ()) and max(picture.size) <= MAX_SIDE:
        name = f"{path.name}.{kind.lower()}"
        path.rename(path.with_name(name))
        return name
    name = f"{path.name}.png"
    fitting = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    fitting.thumbnail((MAX_SIDE, MAX_SIDE))
    fitting.save(path.with_name(name))
    return name
