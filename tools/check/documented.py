"""Every command, setting and ledger event is told of in docs/."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sutarta"
EVENT = re.compile(r"[a-z]+\.[a-z_]+")


def commands() -> set[str]:
    """The subcommands of `sutarta`."""
    from sutarta.cli.main import COMMANDS

    return {f"sutarta {name}" for name in COMMANDS}


def settings() -> set[str]:
    """The environment variables that are read anywhere."""
    name = re.compile(r"\"((?:SUTARTA_[A-Z_]+)|DATABASE_URL)\"")
    return {hit for file in SOURCE.rglob("*.py") for hit in name.findall(file.read_text())}


def events() -> set[str]:
    """The first argument of every `record(...)`, and of helpers of that name."""
    return {event for file in (SOURCE / "apps").rglob("*.py") for event in _events(file)}


def _events(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and node.args and _name(node.func).endswith("record"):
            first = node.args[0]
            if isinstance(first, ast.Constant) and EVENT.fullmatch(str(first.value)):
                yield str(first.value)


def _name(called: ast.expr) -> str:
    return getattr(called, "attr", getattr(called, "id", ""))


def problems() -> Iterator[str]:
    told = "\n".join(page.read_text() for page in (ROOT / "docs").rglob("*.md"))
    for kind, names in (("command", commands()), ("setting", settings()), ("event", events())):
        for name in sorted(names):
            if not re.search(rf"{re.escape(name)}\b", told):
                yield f"docs/ does not tell of the {kind} {name}"


if __name__ == "__main__":
    sys.exit("\n".join(problems()) or 0)
