"""The pictures of the demonstration documents, drawn with Pillow: bars of ages and two maps."""

from __future__ import annotations

import io
from collections.abc import Callable
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
    ("Pušynas", (60, 80, 290, 250)),
    ("Senamiestis", (310, 120, 540, 300)),
    ("Ąžuolų\nmikrorajonas", (555, 60, 790, 265)),
    ("Sodai\n„Obelėlė“", (60, 350, 275, 530)),
    ("Gluosniai", (310, 420, 520, 560)),
    ("Malūno\nkvartalas", (555, 345, 790, 530)),
)
RIVER = ((10, 300), (150, 285), (300, 330), (420, 370), (550, 300), (680, 300), (840, 325))
PLACES = (("1", 590, 500), ("2", 755, 235), ("3", 510, 270), ("4", 260, 220))
VILLAGES = (
    ("Kelmynė", 400, 310, 14), ("Beržynė", 190, 170, 10), ("Aukštoji", 620, 150, 10),
    ("Paversmė", 690, 450, 10), ("Žiogai", 230, 500, 9), ("Dumblė", 440, 540, 8),
    ("Lendrė", 110, 350, 8),
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
    image, draw = _sheet(850, 560)
    left, floor, top, high = 80, 460, 80, 5000
    for value in range(0, high + 1, 1000):
        y = floor - (floor - top) * value // high
        draw.line((left, y, 840, y), fill="#d6dade", width=1)
        words = f"{value:,}".replace(",", "\u00a0")
        draw.text((left - 8, y), words, fill=QUIET, font=_font(22), anchor="rm")
    for place, (label, before, now) in enumerate(AGES):
        x = left + 10 + place * 84
        for value, colour, at in ((before, LIGHT, x), (now, DARK, x + 31)):
            draw.rectangle((at, floor - (floor - top) * value // high, at + 28, floor), colour)
        draw.text((x + 30, floor + 12), label, fill=INK, font=_font(22), anchor="mt")
    for x, colour, words in ((80, LIGHT, "2014 m."), (260, DARK, "2024 m.")):
        draw.rectangle((x, 20, x + 26, 46), colour)
        draw.text((x + 38, 33), words, fill=INK, font=_font(26), anchor="lm")
    draw.text((460, 515), "Amžius, metais", fill=QUIET, font=_font(24), anchor="mt")
    return image


def quarters() -> Image.Image:
    """The town on both sides of its river, with the four places the strategy speaks of."""
    image, draw = _sheet(850, 600)
    draw.rounded_rectangle((15, 20, 835, 580), 60, GREEN)
    draw.line(RIVER, WATER, 26, joint="curve")
    for name, box in QUARTERS:
        draw.rounded_rectangle(box, 26, TOWN, outline="#b9ab90", width=2)
        middle = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
        draw.text(middle, name, INK, _font(27, bold=True), "mm", align="center")
    draw.text((160, 287), "Alksnė", fill=DARK, font=_font(24), anchor="mm")
    for number, x, y in PLACES:
        draw.ellipse((x - 22, y - 22, x + 22, y + 22), fill=DARK)
        draw.text((x, y), number, fill=PAPER, font=_font(26, bold=True), anchor="mm")
    return image


def villages() -> Image.Image:
    """The land around Kelmynė: its lake and its villages."""
    image, draw = _sheet(850, 600)
    draw.rounded_rectangle((15, 20, 835, 580), 120, GREEN)
    draw.ellipse((520, 245, 680, 375), fill=WATER)
    draw.text((600, 310), "Verso\nežeras", DARK, _font(24), "mm", align="center")
    for _name, x, y, _size in VILLAGES[1:]:
        draw.line((400, 310, x, y), fill="#b9ab90", width=4)
    for name, x, y, size in VILLAGES:
        draw.ellipse((x - size, y - size, x + size, y + size), fill=DARK)
        bold = name == "Kelmynė"
        draw.text((x, y - size - 8), name, fill=INK, font=_font(28, bold=bold), anchor="mb")
    return image


DRAWN: dict[str, Callable[[], Image.Image]] = {
    "ages": ages,
    "quarters": quarters,
    "villages": villages,
}
