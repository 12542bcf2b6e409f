"""A group's own colour: whatever is accepted stays readable in every place it is used."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutarta.apps.tenants import accent
from sutarta.apps.tenants.accent import BLACK, DARK, LIGHT, READABLE, VISIBLE, WHITE

STYLES = Path(accent.__file__).parents[1] / "ui" / "styles"
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")

TINTS = ("background-tinted", "surface-tinted", "surface-hover")
# What stands on what, by the rules of ui/styles; the fixed grounds come on top.
ON_LIGHT = [
    *((text, ground, READABLE) for text in ("text-subtle", "text-default") for ground in TINTS),
    ("base-default", "background-tinted", READABLE),
    ("border-default", "surface-tinted", VISIBLE),
    ("border-strong", "surface-hover", VISIBLE),
]
ON_PAPER = {
    "text-subtle": READABLE,
    "text-default": 7,
    "base-default": READABLE,
    "border-default": VISIBLE,
    "border-strong": READABLE,
}


def faults(shades: dict[str, str], fixed: tuple[str, ...], on_base: str) -> list[str]:
    """Every pair that is too near, as a sentence."""
    pairs = [(shades[one], shades[other], least) for one, other, least in ON_LIGHT]
    pairs += [(shades[one], paper, least) for one, least in ON_PAPER.items() for paper in fixed]
    bases = ("base-default", "base-hover", "base-active")
    pairs += [(on_base, shades[base], READABLE) for base in bases]
    pairs.append((shades["base-contrast-subtle"], shades["base-default"], READABLE))
    return [f"{a} on {b}" for a, b, least in pairs if accent.contrast(a, b) < least]


@given(colours)
@settings(max_examples=300, deadline=None)
def test_whatever_is_accepted_is_readable_everywhere(colour):
    taken = colour if not accent.fault(colour) else accent.nearest(colour)
    light, dark = accent.scale(taken)

    assert accent.fault(taken) == ""
    assert faults(light, LIGHT, WHITE) == []
    assert faults(dark, DARK, BLACK) == []
    assert accent.contrast(WHITE, light["foot"]) >= 7
    assert light["base-default"] == taken
    assert all(accent.is_colour(code) for code in (*light.values(), *dark.values()))


@given(colours)
@settings(max_examples=300, deadline=None)
def test_a_colour_is_found_again_by_its_shade(colour):
    assert accent.shade(colour).code == colour


@pytest.mark.parametrize("grey", ["#000000", "#555555", "#222222"])
def test_a_grey_and_black_may_be_an_accent(grey):
    light, dark = accent.scale(grey)

    assert accent.fault(grey) == ""
    assert faults(light, LIGHT, WHITE) == faults(dark, DARK, BLACK) == []


@pytest.mark.parametrize(
    ("colour", "why"),
    [
        ("#ffffff", "unreadable"),
        ("#ffff00", "unreadable"),
        ("#d98a00", "time"),
        ("#835300", "time"),
        ("#6b4423", "time"),
        ("#a8352b", "removed"),
        ("#c62828", "removed"),
        ("#2b6e3f", ""),
        ("#6b4a86", ""),
        ("#1a4f8b", ""),
        ("#7a1f4d", ""),
    ],
)
def test_what_is_refused_and_why(colour, why):
    assert accent.fault(colour) == why


@given(colours)
@settings(max_examples=60, deadline=None)
def test_the_colour_offered_instead_is_near(colour):
    wished, offered = accent.shade(colour), accent.shade(accent.nearest(colour))
    turn = abs((wished.hue - offered.hue + 180) % 360 - 180)

    assert wished.chroma < 0.04 or turn <= 45


def test_offering_another_takes_no_time():
    began = time.process_time()
    accent.nearest("#ffd84d")

    assert time.process_time() - began < 1.5


def _theme() -> tuple[dict[str, str], dict[str, str]]:
    """Our own tokens, light and dark."""
    text = (STYLES / "theme.css").read_text().lower()
    light, dark = text.split("@media screen and (prefers-color-scheme: dark)", 1)
    tokens = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    return dict(tokens.findall(light)), dict(tokens.findall(dark))


def test_the_grounds_are_those_of_the_theme():
    names = ("background-default", "background-tinted", "surface-default")
    for tokens, fixed in zip(_theme(), (LIGHT, DARK), strict=True):
        assert tuple(tokens[f"ds-color-neutral-{name}"] for name in names) == fixed


def test_every_shade_of_the_accent_has_a_place_in_the_theme():
    css = accent.stylesheet("#2b6e3f")
    light, dark = _theme()

    named = set(re.findall(r"--([\w-]+):", css))
    fixed = {"ds-color-accent-background-default", "ds-color-accent-surface-default"}
    ours = {name for name in light | dark if name.startswith(("ds-color-accent-", "st-foot"))}
    assert named == ours - fixed


def test_time_and_what_is_removed_keep_their_colours():
    css = accent.stylesheet("#6b4a86")

    assert not re.search(r"amber|warning|danger|success|info|neutral|focus", css)
    assert re.fullmatch(r"[\w\s:#;{}()@=\"\[\]-]+", css)
