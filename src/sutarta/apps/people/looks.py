"""How a colour will look: two small pages, light and dark, drawn with the shades made of it."""

from __future__ import annotations

from dataclasses import dataclass

from sutarta.apps.tenants import accent

LIGHT = {"paper": "#faf7f0", "sheet": "#fffdf9", "ink": "#22251f"}
DARK = {"paper": "#10181a", "sheet": "#172224", "ink": "#eef0ea"}


@dataclass(frozen=True)
class Preview:
    """One small page. scheme: "light" or "dark"; the rest are colours and contrasts."""

    scheme: str
    paper: str
    sheet: str
    ink: str
    base: str
    on_base: str
    link: str
    tint: str
    border: str
    foot: str
    band: str
    of_links: float
    of_buttons: float


def previews(colour: str) -> list[Preview]:
    """The colour on a light page and on a dark one; it has no fault."""
    light, dark = accent.scale(colour)
    return [_preview("light", LIGHT, light, light), _preview("dark", DARK, dark, light)]


def _preview(
    scheme: str, ground: dict[str, str], shades: dict[str, str], foot: dict[str, str]
) -> Preview:
    base, on_base = shades["base-default"], shades["base-contrast-default"]
    link = shades["text-subtle"]
    return Preview(
        scheme=scheme,
        **ground,
        base=base,
        on_base=on_base,
        link=link,
        tint=shades["surface-tinted"],
        border=shades["border-subtle"],
        foot=foot["foot"],
        band=foot["foot-band"],
        of_links=round(accent.contrast(link, ground["paper"]), 1),
        of_buttons=round(accent.contrast(base, on_base), 1),
    )
