"""The faces beside the PDF writer are those of the manifest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import typst

from sutarta.formats.pdf import letters, writing

FONTS = Path(writing.__file__).parent / "fonts"
MANIFEST = json.loads((FONTS / "manifest.json").read_text())


def test_every_file_is_listed_and_unchanged():
    found = {path.name for path in FONTS.iterdir()} - {"manifest.json"}

    assert found == set(MANIFEST["files"])
    for name, digest in MANIFEST["files"].items():
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest


def test_the_faces_are_full_and_static():
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    ).fonts()

    assert {(each.family, each.weight, each.style) for each in found} == {
        ("Inter", weight, style) for weight in (400, 600) for style in ("normal", "italic")
    }


def test_they_draw_lithuanian():
    assert all(map(letters.is_drawn, "AĄBCČDEĘĖFGHIĮYJKLMNOPRSŠTUŲŪVZŽaąbcčdeęėfghiįyjkl„“–…€§№²"))
    assert not letters.is_drawn("中")


def test_strangers_become_boxes_however_deep_they_lie():
    assert letters.without_strangers({"a": ["ė中", 3, {"b": "x\n"}]}) == {
        "a": ["ė□", 3, {"b": "x\n"}]
    }
