"""Pairs of versions with a known truth, made by the scripts that lie beside the documents."""

from __future__ import annotations

import importlib.util
import json
import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from sutarta.core.documents import Fate, match
from sutarta.formats import blocklist

DOCUMENTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "documents"
ENDS = ("md", "rst", "docx")
OTHER_SEEDS = 4000  # added to the seeds of the shared list
OTHER_DOCUMENTS = 7000  # the first seed for documents that are not in it
FEWEST, MOST = 30, 700  # blocks of a document worth editing
HARD_MOVES = {"moved", "section_moved", "row_moved"}


@dataclass(frozen=True)
class Triple:
    """Two versions and the truth between them.

    source    the document it was made from, without its side or number
    profile   how heavily it was edited
    file      where the truth lies
    """

    source: str
    profile: str
    file: Path
    truth: dict[str, Any]
    old: blocklist.BlockList
    new: blocklist.BlockList

    def fates(self) -> list[Fate]:
        return match(self.old.blocks, self.new.blocks)

    def anchors(self) -> dict[Any, dict[str, Any]]:
        """Old name -> what is true of it."""
        return {anchor["old"]: anchor for anchor in self.truth["anchors"]}

    def is_hard(self, anchor: dict[str, Any]) -> bool:
        """As the scorer has it: changed, moved, split, merged or removed."""
        wanted = anchor["new"]
        if len(wanted) != 1 or HARD_MOVES & set(anchor["ops"]):
            return True
        old, new = self.truth["old"][anchor["old"]], self.truth["new"][wanted[0]]
        return bool(old["text"] != new["text"])


@cache
def tool(name: str) -> ModuleType:
    """A script beside the documents, as a module; nothing is written there."""
    spec = importlib.util.spec_from_file_location(f"shared_{name}", DOCUMENTS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = written
    return module


def shared(folder: Path, *, shift: int = 0) -> list[Triple]:
    """Every triple of the shared list; with other seeds when shifted."""
    specs = json.loads((DOCUMENTS / "synthetic.json").read_text())
    wanted = [
        (one["file"], one["seed"] + shift, one["profile"], one["max_blocks"]) for one in specs
    ]
    return list(_made(folder, wanted))


def others(folder: Path) -> list[Triple]:
    """Triples of the documents that are not in the shared list."""
    specs = json.loads((DOCUMENTS / "synthetic.json").read_text())
    used = {source_of(one["file"]) for one in specs}
    files = [file for file in _files() if source_of(file) not in used and _is_worth_it(file)]
    wanted: list[tuple[str, int, str, int | None]] = []
    for file in files:
        profiles = ["medium", "heavy", "restructure"] + ["tables"] * file.endswith("docx")
        for profile in profiles:
            wanted.append((file, OTHER_DOCUMENTS + len(wanted), profile, MOST))
    return list(_made(folder, wanted))


def source_of(file: str) -> str:
    """real_pairs/x/new.md -> x; docx_versions/x-v02.docx -> x: versions are one document."""
    path = Path(file)
    return path.parent.name if path.parts[0] == "real_pairs" else path.stem.split("-v0")[0]


def blocks_of(file: str) -> list[Any]:
    """The blocks of a document as the editing script has them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        found: list[Any] = tool("perturb").load(str(DOCUMENTS / file))[0]
    return found


def _files() -> Iterator[str]:
    for folder in sorted((DOCUMENTS / "real_pairs").iterdir()):
        for side in ("old", "new"):
            for end in ENDS:
                if (folder / f"{side}.{end}").exists():
                    yield f"real_pairs/{folder.name}/{side}.{end}"
    for file in sorted((DOCUMENTS / "docx_versions").glob("*.docx")):
        yield f"docx_versions/{file.name}"


def _is_worth_it(file: str) -> bool:
    with suppress(KeyError, ValueError, OSError):
        return len(blocks_of(file)) >= FEWEST
    return False


def _made(folder: Path, wanted: list[tuple[str, int, str, int | None]]) -> Iterator[Triple]:
    for file, seed, profile, most in wanted:
        place = folder / f"{source_of(file)}-{profile}-{seed}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            try:
                tool("perturb").make(str(DOCUMENTS / file), str(place), seed, profile, None, most)
            except SystemExit:  # the edited text reads back as other blocks
                continue
        truth = json.loads((place / "truth.json").read_text())
        sides = blocklist.read(truth["old"]), blocklist.read(truth["new"])
        yield Triple(source_of(file), profile, place / "truth.json", truth, *sides)
