"""What docs/log.md says to those who write other verifiers: its blocks, and its program."""

import re
from collections.abc import Callable
from pathlib import Path

_SAID = (Path(__file__).parents[1] / "docs/log.md").read_text(encoding="utf-8")
CHAPTER = _SAID.partition("\n## The format\n")[2].partition("\n## ")[0]


def blocks(kind: str) -> list[str]:
    """Fenced blocks of the chapter, in their order."""
    return re.findall(rf"^```{kind}\n(.*?)^```", CHAPTER, re.DOTALL | re.MULTILINE)


def program() -> Callable[[dict, str], bool]:
    """The manual's `check`."""
    (source,) = blocks("python")
    names: dict = {}
    exec(source, names)
    return names["check"]
