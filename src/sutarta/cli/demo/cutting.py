"""A page cut from the invented town's newspaper, with the notice that it really would hold."""

from __future__ import annotations

import io
import textwrap
from datetime import datetime
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.publishing import outlets
from sutarta.apps.publishing.queries import notices
from sutarta.apps.ui import wording

SIZE, MARGIN, LINE, GAP = (900, 1080), 70, 34, 10
PAPER, INK, RULE = "#f3efe2", "#26241f", "#8a8474"
LETTERS = 62  # of one line


def drawn(consultation: Consultation, newspaper: str, at: datetime) -> bytes:
    """The cutting as a picture."""
    said = outlets.short(notices.written(consultation, "lt", at))
    page = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(page)
    draw.text((MARGIN, 50), newspaper, INK, _font("SemiBold", 62))
    draw.text((MARGIN, 130), wording.local_date(at), INK, _font("Regular", 24))
    draw.line((MARGIN, 175, SIZE[0] - MARGIN, 175), RULE, 3)
    draw.rectangle((MARGIN - 25, 215, SIZE[0] - MARGIN + 25, SIZE[1] - 60), outline=INK, width=3)
    _set(draw, said.replace("\N{NO-BREAK SPACE}", " "))
    kept = io.BytesIO()
    page.save(kept, "PNG")
    return kept.getvalue()


def _set(draw: ImageDraw.ImageDraw, said: str) -> None:
    """The words below each other; the first paragraph is the heading."""
    top = 245
    for place, paragraph in enumerate(said.strip().split("\n")):
        weight = "Regular" if place else "SemiBold"
        for line in textwrap.wrap(paragraph, LETTERS) or [""]:
            draw.text((MARGIN, top), line, INK, _font(weight, 24))
            top += LINE
        top += GAP


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    kept = resources.files("sutarta.formats.pdf") / "fonts" / f"Inter-{weight}.otf"
    return ImageFont.truetype(io.BytesIO(kept.read_bytes()), size)
