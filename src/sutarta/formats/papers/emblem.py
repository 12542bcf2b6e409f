"""The emblem of the European Union, drawn by its construction: twelve stars in a circle.

Regulation: the radius of the circle is a third of the height of the flag, that of a star an
eighteenth; width to height is three to two; the stars stand like the hours on a clock.
"""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw

BLUE, YELLOW = "#003399", "#ffcc00"
WIDTH, HEIGHT = 54, 36  # units; a star's radius is two of them
Point = tuple[float, float]


def stars() -> list[list[Point]]:
    """Ten corners of each of the twelve stars, one tip upright."""
    return [_star(hour * math.pi / 6) for hour in range(12)]


def svg() -> str:
    """The emblem as a drawing of lines."""
    shapes = "".join(
        f'<polygon points="{" ".join(f"{x:.3f},{y:.3f}" for x, y in star)}"/>' for star in stars()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" '
        f'fill="{BLUE}"/><g fill="{YELLOW}">{shapes}</g></svg>'
    )


def png(scale: int = 8) -> bytes:
    """The emblem as a picture, `scale` pixels a unit, drawn larger and made smooth."""
    big = 4 * scale
    picture = Image.new("RGB", (WIDTH * big, HEIGHT * big), BLUE)
    draw = ImageDraw.Draw(picture)
    for star in stars():
        draw.polygon([(x * big, y * big) for x, y in star], fill=YELLOW)
    written = io.BytesIO()
    size = (WIDTH * scale, HEIGHT * scale)
    picture.resize(size, Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()


def _star(angle: float) -> list[Point]:
    centre = (WIDTH / 2 + HEIGHT / 3 * math.sin(angle), HEIGHT / 2 - HEIGHT / 3 * math.cos(angle))
    outer = HEIGHT / 18
    inner = outer * math.cos(2 * math.pi / 5) / math.cos(math.pi / 5)
    corners = []
    for at in range(10):
        radius, turn = (inner if at % 2 else outer), at * math.pi / 5
        x, y = centre[0] + radius * math.sin(turn), centre[1] - radius * math.cos(turn)
        corners.append((x, y))
    return corners
