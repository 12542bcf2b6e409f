"""Small files that residents of the demo hand over, drawn on the spot."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw

SIZE = (900, 640)
PAPER, INK, SKY, STONE, GREEN = "#fbfaf5", "#22313a", "#d7e6ee", "#b9b3a6", "#6f8f5a"
FORMATS = {"pdf": "PDF", "png": "PNG", "jpg": "JPEG"}


@cache
def made(name: str) -> bytes:
    """The bytes of the file of that name; what it shows goes by how the name begins."""
    picture = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    _DRAWN[name.split("-")[0]](draw)
    kept = io.BytesIO()
    picture.save(kept, FORMATS[name.rsplit(".", 1)[1]])
    return kept.getvalue()


def _stairs(draw: ImageDraw.ImageDraw) -> None:
    """An entrance with steps and nothing to roll up on."""
    draw.rectangle((0, 0, 900, 420), fill=SKY)
    draw.rectangle((0, 420, 900, 640), fill=GREEN)
    draw.rectangle((260, 90, 900, 420), fill=STONE, outline=INK, width=4)
    draw.rectangle((520, 180, 660, 420), fill="#5b4636", outline=INK, width=4)
    for step in range(5):
        draw.rectangle(
            (480 - step * 40, 420 + step * 30, 700 + step * 40, 450 + step * 30),
            fill=STONE, outline=INK, width=3,
        )  # fmt: skip


def _plan(draw: ImageDraw.ImageDraw) -> None:
    """A plan of rooms, as somebody sketches it on squared paper."""
    for line in range(0, 900, 30):
        draw.line((line, 0, line, 640), fill="#dfe5ea")
        draw.line((0, line, 900, line), fill="#dfe5ea")
    draw.rectangle((120, 90, 780, 540), outline=INK, width=5)
    draw.line((450, 90, 450, 330), fill=INK, width=4)
    draw.line((120, 330, 780, 330), fill=INK, width=4)
    draw.arc((400, 280, 500, 380), 90, 180, fill=INK, width=3)
    draw.rectangle((560, 530, 660, 550), fill=PAPER)


def _letter(draw: ImageDraw.ImageDraw) -> None:
    """A page written by hand, too small to be read, with signatures below."""
    for line in range(14):
        y, end = 70 + line * 28, 820 - (line * 37) % 160
        points = [(80 + x, y + (x * (line + 3)) % 7) for x in range(0, end - 80, 9)]
        draw.line(points, fill=INK, width=2)
    for name in range(6):
        x, y = 90 + name % 3 * 260, 500 + name // 3 * 60
        points = [(x + dx, y + (dx * 7 + name * 11) % 24) for dx in range(0, 140, 10)]
        draw.line(points, fill="#2b4a8b", width=3)


_DRAWN = {"laiptai": _stairs, "planas": _plan, "parašai": _letter}
