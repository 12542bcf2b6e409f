"""A group's own colour: one colour in, every shade our pages use out, light and dark.

Lightness, chroma and hue are those of OKLCH (B. Ottosson, 2020); contrast is that of WCAG 2.
Amber means time and red means removed: the hues of both are nobody's accent.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

READABLE, VISIBLE = 4.5, 3.0  # WCAG 2.2: text, and what is no text but must be seen
LAKE = "#0b5760"  # the accent of whoever chose none
WHITE, BLACK = "#ffffff", "#000000"
# Grounds that no accent changes; ui/styles/theme.css holds the same.
LIGHT = ("#faf7f0", "#f4f0e6", "#fffdf9")
DARK = ("#10181a", "#131d1f", "#172224")
AMBER, RED = (50.0, 98.0, 0.04), (16.0, 44.0, 0.09)  # hues from, to; from this chroma on

REASONS = {
    "unreadable": _("This colour is too light: words in it could not be read on our pages."),
    "time": _("Amber and brown mean time here, and nothing else. Take another hue."),
    "removed": _("Red marks what is removed and what went wrong. Take another hue."),
}

# Lightness and share of the accent's chroma, at most the last number.
_LIGHT_TINTS = {
    "background-tinted": (0.962, 0.10, 0.012),
    "surface-tinted": (0.934, 0.19, 0.022),
    "surface-hover": (0.890, 0.26, 0.032),
    "surface-active": (0.840, 0.36, 0.045),
    "border-subtle": (0.795, 0.46, 0.06),
}
_DARK_TINTS = {
    "background-tinted": (0.254, 0.40, 0.035),
    "surface-tinted": (0.306, 0.51, 0.05),
    "surface-hover": (0.350, 0.60, 0.06),
    "surface-active": (0.377, 0.63, 0.07),
    "border-subtle": (0.426, 0.69, 0.08),
}
_TEXT_ON = ("background-tinted", "surface-tinted", "surface-hover")


@dataclass(frozen=True)
class Shade:
    """A colour by lightness 0–1, chroma 0–0.4 and hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    @property
    def code(self) -> str:
        """As "#rrggbb"; where no screen can show it, with as much less chroma as it takes."""
        chroma = self.chroma
        while not _fits(found := _linear(self.lightness, chroma, self.hue)):
            chroma *= 0.96
        return "#" + "".join(f"{round(_gamma(part) * 255):02x}" for part in found)


def is_colour(text: str) -> bool:
    """Whether the text is a colour as we store it.

    >>> is_colour("#2b6e3f"), is_colour("#2B6E3F"), is_colour("green")
    (True, False, False)
    """
    return re.fullmatch(r"#[0-9a-f]{6}", text) is not None


def contrast(one: str, other: str) -> float:
    """How far apart two colours are in light, from 1 to 21.

    >>> contrast("#ffffff", "#000000"), round(contrast("#0b5760", "#fffdf9"), 1)
    (21.0, 8.1)
    """
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def fault(colour: str) -> str:
    """Why the colour cannot be an accent, a key of REASONS; "" when it can.

    >>> fault("#2b6e3f"), fault("#7ac142"), fault("#8a5500"), fault("#a8352b")
    ('', 'unreadable', 'time', 'removed')
    """
    its = shade(colour)
    for code, (first, last, chroma) in (("time", AMBER), ("removed", RED)):
        if first <= its.hue <= last and its.chroma >= chroma:
            return code
    grounds = (*LIGHT, WHITE, _tint(its, "background-tinted", _LIGHT_TINTS))
    return "unreadable" if min(contrast(colour, one) for one in grounds) < READABLE else ""


def nearest(colour: str) -> str:
    """The accent that looks most like the colour; the colour itself when it can be one.

    >>> nearest("#2b6e3f"), nearest("#7ac142")
    ('#2b6e3f', '#417900')
    """
    if not fault(colour):
        return colour
    wished = shade(colour)
    near = sorted(_neighbours(wished), key=lambda code: _apart(wished, shade(code)))
    return next(code for code in near if not fault(code))


def scale(colour: str) -> tuple[dict[str, str], dict[str, str]]:
    """Name of a shade -> its colour, for light pages and for dark ones.

    colour   one without a fault
    """
    its = shade(colour)
    return _light(colour, its), _dark(its)


@lru_cache(maxsize=256)
def stylesheet(colour: str) -> str:
    """The rules that put the accent in the place of ours; light in print as well."""
    light, dark = scale(colour)
    return (
        f":root{{{_tokens(light)}}}\n"
        "@media screen and (prefers-color-scheme:dark){"
        f':root[data-color-scheme="auto"]{{{_tokens(dark)}}}}}\n'
        f'html:root[data-color-scheme="dark"]{{{_tokens(dark)}}}\n'  # the frame, when asked
    )


def digest(colour: str) -> str:
    """What names the stylesheet in its address, so that browsers may keep it for ever."""
    return hashlib.sha256(stylesheet(colour).encode()).hexdigest()[:32]


def shade(colour: str) -> Shade:
    """A colour by lightness, chroma and hue."""
    red, green, blue = _parts(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Shade(light, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def _light(colour: str, its: Shade) -> dict[str, str]:
    tints = {name: _tint(its, name, _LIGHT_TINTS) for name in _LIGHT_TINTS}
    grounds = [*LIGHT, *(tints[name] for name in _TEXT_ON)]
    text = _until(0.471, its.chroma, its.hue, grounds, READABLE, -1)
    deeper = -0.067 if its.lightness > 0.3 else 0.067  # black has nothing below it
    return {
        **tints,
        "border-default": _until(0.568, its.chroma * 0.9, its.hue, grounds, VISIBLE, -1),
        "border-strong": text,
        "text-subtle": text,
        "text-default": _until(0.306, min(its.chroma, 0.09), its.hue, grounds, 7, -1),
        "base-default": colour,
        "base-hover": _base(its, deeper),
        "base-active": _base(its, 2 * deeper),
        "base-contrast-subtle": _until(0.943, 0.009, its.hue, [colour], READABLE, 1),
        "base-contrast-default": WHITE,
        "foot": Shade(0.306, min(its.chroma * 0.7, 0.09), its.hue).code,
        "foot-band": Shade(0.639, min(its.chroma * 0.87, 0.11), its.hue).code,
        "foot-second": Shade(0.764, min(its.chroma, 0.11), its.hue).code,
    }


def _dark(its: Shade) -> dict[str, str]:
    tints = {name: _tint(its, name, _DARK_TINTS) for name in _DARK_TINTS}
    grounds = [*DARK, *(tints[name] for name in _TEXT_ON)]
    full = min(its.chroma, 0.11)
    base = _until(0.764, full, its.hue, [*DARK, tints["background-tinted"]], READABLE, 1)
    return {
        **tints,
        "border-default": _until(0.599, full * 0.5, its.hue, grounds, VISIBLE, 1),
        "border-strong": _until(0.784, full * 0.8, its.hue, grounds, READABLE, 1),
        "text-subtle": _until(0.797, full * 0.88, its.hue, grounds, READABLE, 1),
        "text-default": _until(0.947, full * 0.2, its.hue, grounds, 7, 1),
        "base-default": base,
        "base-hover": Shade(0.82, full * 0.85, its.hue).code,
        "base-active": Shade(0.869, full * 0.63, its.hue).code,
        "base-contrast-subtle": _until(0.195, 0.008, its.hue, [base], READABLE, -1),
        "base-contrast-default": BLACK,
    }


def _tint(its: Shade, name: str, tints: dict[str, tuple[float, float, float]]) -> str:
    lightness, share, most = tints[name]
    return Shade(lightness, min(its.chroma * share, most), its.hue).code


def _base(its: Shade, step: float) -> str:
    return Shade(min(max(its.lightness + step, 0.0), 1.0), its.chroma, its.hue).code


def _until(
    start: float, chroma: float, hue: float, grounds: list[str], ratio: float, way: int
) -> str:
    """The first shade from lightness `start` on that stands out from all grounds.

    way   1 towards white, -1 towards black
    """
    for step in range(201):
        code = Shade(min(max(start + way * step * 0.005, 0.0), 1.0), chroma, hue).code
        if min(contrast(code, ground) for ground in grounds) >= ratio:
            return code
    raise ValueError(f"no shade of hue {hue:.0f} reaches {ratio}")


def _neighbours(wished: Shade) -> Iterator[str]:
    """Darker ones, and as dark ones of the hues beside it."""
    for turn in range(-40, 41, 2):
        for darker in range(0, 66, 2):
            for less in (1.0, 0.7, 0.4):
                lightness = max(wished.lightness - darker / 100, 0.2)
                hue = (wished.hue + turn) % 360
                yield Shade(lightness, wished.chroma * less, hue).code


def _apart(one: Shade, other: Shade) -> float:
    """How unlike two colours look; a change of hue counts most, for it is what one knows."""
    turn = abs((one.hue - other.hue + 180) % 360 - 180) / 180
    chroma = abs(one.chroma - other.chroma)
    return abs(one.lightness - other.lightness) + chroma + turn * 4 * one.chroma


def _tokens(shades: dict[str, str]) -> str:
    return "".join(f"{_token(name)}:{code};" for name, code in shades.items())


def _token(name: str) -> str:
    return f"--st-{name}" if name.startswith("foot") else f"--ds-color-accent-{name}"


def _parts(colour: str) -> tuple[float, float, float]:
    """Red, green and blue in linear light, 0–1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _straight(red), _straight(green), _straight(blue)


def _straight(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


@lru_cache(maxsize=4096)
def _luminance(colour: str) -> float:
    red, green, blue = _parts(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Red, green and blue in linear light; outside 0–1 where no screen can show it."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _fits(parts: tuple[float, float, float]) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in parts)
