"""Are the committed assets those of the manifest, built from the styles as they stand, and can
browsers of 2021 read the stylesheet?

Needs no Node. Says one sentence for every asset that is not, and exits with 1.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATIC = Path("src/sutarta/apps/ui/static")
STYLES = Path("src/sutarta/apps/ui/styles")
SHEET = "ui/sutarta.css"
# What a browser of 2021 throws away: a whole block, or the declaration it stands in.
TOO_NEW = re.compile(r"@layer|@container|@scope|light-dark\(|oklch\(|\d(?:dvh|svh|lvh)\b|[{;}]\s*&")
RULE = re.compile(r"([^{};]+)\{")
INNER = re.compile(r"\([^()]*\)")


def main(root: Path = ROOT) -> int:
    """0 when everything is as the manifest says, else 1."""
    manifest = json.loads((root / STATIC / "vendor/manifest.json").read_text(encoding="utf-8"))
    wrong = [
        *_changed(root, manifest),
        *_stale(root, manifest),
        *_unlisted(root, manifest),
        *_too_new(root),
    ]
    sys.stdout.writelines(f"{sentence}\n" for sentence in wrong)
    return 1 if wrong else 0


def _changed(root: Path, manifest: dict) -> list[str]:
    files = {**manifest["built"]}
    for package in manifest["vendored"]:
        files.update(package["files"])
    return [
        f"{name} differs from the manifest: run `make assets`, never edit it."
        for name, digest in files.items()
        if _digest(root / STATIC / name) != digest
    ]


def _stale(root: Path, manifest: dict) -> list[str]:
    recorded = manifest["sources"]
    styles = {path.relative_to(root).as_posix() for path in (root / STYLES).glob("*.css")}
    return [
        f"{name} changed after sutarta.css was built: run `make assets`."
        for name in sorted(styles | set(recorded))
        if _digest(root / name) != recorded.get(name)
    ]


def _unlisted(root: Path, manifest: dict) -> list[str]:
    listed = {name for package in manifest["vendored"] for name in package["files"]}
    folder = root / STATIC
    found = {path.relative_to(folder).as_posix() for path in (folder / "vendor").rglob("*.*")}
    found |= {path.relative_to(folder).as_posix() for path in (folder / "vendor").rglob("LICENSE")}
    return [
        f"{name} is not in the manifest."
        for name in sorted(found - listed - {"vendor/manifest.json"})
    ]


def _too_new(root: Path) -> list[str]:
    """Old browsers drop a rule when one selector of its list is unknown to them, so :has() stands
    alone or inside a forgiving :is().
    """
    sheet = (root / STATIC / SHEET).read_text(encoding="utf-8")
    found = [f"{SHEET} holds {hit!r}, which old browsers drop." for hit in TOO_NEW.findall(sheet)]
    for list_ in RULE.findall(sheet):
        flat = _without_brackets(list_)
        if "," in flat and ":has" in flat and not list_.lstrip().startswith("@"):
            found.append(f"{SHEET}: :has() takes its neighbours along in {list_.strip()[:80]!r}.")
    return found


def _without_brackets(selectors: str) -> str:
    """Without all brackets: what stands in those of :is() may be anything."""
    before, after = "", selectors
    while before != after:
        before = after
        after = INNER.sub("", before)
    return after


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
