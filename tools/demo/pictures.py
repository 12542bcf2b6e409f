"""The pictures of the demonstration documents, drawn with Pillow: bars of ages and two maps."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parents[2] / "src/sutarta/formats/pdf/fonts/Inter-Regular.otf"
BOLD = FONT.with_name("Inter-SemiBold.otf")
INK, QUIET, PAPER = "#1c2833", "#5b6873", "#ffffff"
WATER, GREEN, TOWN, DARK, LIGHT = "#bfdbe8", "#d7e6cf", "#ece4d6", "#1f5f78", "#8fb8c8"

AGES = (
    ("0–6", 1080, 960), ("7–13", 1330, 1290), ("14–19", 1340, 1120), ("20–29", 2390, 1650),
    ("30–39", 2330, 2280), ("40–49", 2740, 2420), ("50–64", 4610, 4280),
    ("65–74", 2080, 2420), ("75+", 1700, 1980),
)  # fmt: skip
QUARTERS = (
    ("Senamiestis", (410, 250, 620, 420)),
    ("Ąžuolų mikrorajonas", (660, 120, 930, 330)),
    ("Pušynas", (130, 110, 370, 290)),
    ("Malūno kvartalas", (650, 380, 900, 560)),
    ("Gluosniai", (390, 470, 610, 610)),
    ("Sodai „Obelėlė“", (110, 420, 340, 600)),
)
VILLAGES = (
    ("Kelmynė", 500, 330, 13), ("Beržynė", 240, 190, 8), ("Aukštoji", 770, 170, 8),
    ("Paversmė", 800, 470, 8), ("Žiogai", 300, 510, 7), ("Dumblė", 560, 560, 6),
    ("Lendrė", 150, 350, 6),
)  # fmt: skip


def png(name: str) -> bytes:
    """The picture of that name."""
    target = io.BytesIO()
    DRAWN[name]().save(target, "PNG", optimize=False, compress_level=9)
    return target.getvalue()


def _sheet(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width, height), PAPER)
    return image, ImageDraw.Draw(image)


def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(str(BOLD if bold else FONT), size, layout_engine=layout)


def ages() -> Image.Image:
    """Two bars for each age, ten years apart."""
    image, draw = _sheet(1040, 560)
    left, floor, top, high = 70, 480, 70, 5000
    for value in range(0, high + 1, 1000):
        y = floor - (floor - top) * value // high
        draw.line((left, y, 1020, y), fill="#d6dade", width=1)
        words = f"{value:,}".replace(",", "\u00a0")
        draw.text((left - 10, y), words, fill=QUIET, font=_font(18), anchor="rm")
    for place, (label, before, now) in enumerate(AGES):
        x = left + 22 + place * 105
        for value, colour, at in ((before, LIGHT, x), (now, DARK, x + 36)):
            draw.rectangle((at, floor - (floor - top) * value // high, at + 32, floor), colour)
        draw.text((x + 34, floor + 12), label, fill=INK, font=_font(20), anchor="mt")
    _key(draw, ((LIGHT, "2014 m."), (DARK, "2024 m.")), 70, 18)
    draw.text((545, 530), "Amžius, metais", fill=QUIET, font=_font(18), anchor="mt")
    return image


def _key(
    draw: ImageDraw.ImageDraw, entries: Sequence[tuple[str, str]], left: int, top: int
) -> None:
    for place, (colour, words) in enumerate(entries):
        x = left + place * 150
        draw.rectangle((x, top, x + 22, top + 22), colour)
        draw.text((x + 32, top + 11), words, fill=INK, font=_font(20), anchor="lm")


def quarters() -> Image.Image:
    """The town on both sides of its river."""
    image, draw = _sheet(1040, 680)
    draw.rounded_rectangle((30, 30, 1010, 650), 60, GREEN)
    river = [(20, 360), (160, 345), (330, 375), (500, 445), (640, 350), (800, 345), (1020, 390)]
    for name, box in QUARTERS:
        draw.rounded_rectangle(box, 26, TOWN, outline="#b9ab90", width=2)
        middle = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
        draw.text(
            middle, name.replace(" ", "\n", 1), INK, _font(22, bold=True), "mm", align="center"
        )
    draw.line(river, WATER, 24, joint="curve")
    draw.text((860, 352), "Alksnė", fill=DARK, font=_font(19), anchor="mm")
    for x, y, number in ((760, 500, "1"), (790, 285, "2"), (520, 292, "3"), (240, 250, "4")):
        draw.ellipse((x - 17, y + 17, x + 17, y + 51), fill=DARK)
        draw.text((x, y + 34), number, fill=PAPER, font=_font(20, bold=True), anchor="mm")
    return image


def villages() -> Image.Image:
    """The land around Kelmynė: its lake and its villages."""
    image, draw = _sheet(1040, 680)
    draw.rounded_rectangle((30, 30, 1010, 650), 120, GREEN)
    draw.ellipse((590, 210, 760, 420), fill=WATER)
    draw.text((675, 315), "Verso\nežeras", DARK, _font(19), "mm", align="center")
    for _name, x, y, _size in VILLAGES[1:]:
        draw.line((500, 330, x, y), fill="#b9ab90", width=4)
    for name, x, y, size in VILLAGES:
        draw.ellipse((x - size, y - size, x + size, y + size), fill=DARK)
        bold = name == "Kelmynė"
        draw.text((x, y - size - 8), name, fill=INK, font=_font(24, bold=bold), anchor="mb")
    return image


DRAWN: dict[str, Callable[[], Image.Image]] = {
    "ages": ages,
    "quarters": quarters,
    "villages": villages,
}
