"""The house rules no import checker sees: templates, and how large things grow."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "sutarta"
APPS = SOURCE / "apps"
NAMES = re.compile(r"""{%\s*(?:extends|include|url)\s+['"](\w+)[:/]""")
OUTSIDE = {"account", "mfa", "usersessions"}  # allauth's template folders, filled by people
MODULES = [p for p in sorted(SOURCE.rglob("*.py")) if "migrations" not in p.parts]


def _floors() -> dict[str, int]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    stack = next(c for c in contracts["contracts"] if c["name"].startswith("Apps stand"))["layers"]
    return {name.strip(" ()"): floor for floor, row in enumerate(stack) for name in row.split("|")}


FLOOR = _floors()


@pytest.mark.parametrize("page", sorted(APPS.rglob("*.html")), ids=lambda p: p.name)
def test_a_template_names_only_its_own_app_and_the_floors_below(page):
    home = page.relative_to(APPS).parts[0]

    for named in set(NAMES.findall(page.read_text())) - OUTSIDE:
        assert named == home or FLOOR[named] > FLOOR[home], f"{page.name} names {named}"


@pytest.mark.parametrize("page", sorted(SOURCE.rglob("*.html")), ids=lambda p: p.name)
def test_a_template_holds_no_script_and_no_style_of_its_own(page):
    text = page.read_text()

    assert not re.search(r"\son\w+\s*=|\sstyle\s*=|<style|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_stays_small_enough_to_read(module):
    text = module.read_text()
    functions = [
        node for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]  # fmt: skip

    assert text.count("\n") <= 400
    assert [f.name for f in functions if f.end_lineno - f.lineno > 60] == []
