"""Are the committed assets those of the manifest, and built from the styles as they stand?

Needs no Node. Says one sentence for every asset that is not, and exits with 1.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATIC = Path("src/sutarta/apps/ui/static")
STYLES = Path("src/sutarta/apps/ui/styles")


def main(root: Path = ROOT) -> int:
    """0 when everything is as the manifest says, else 1."""
    manifest = json.loads((root / STATIC / "vendor/manifest.json").read_text(encoding="utf-8"))
    wrong = [*_changed(root, manifest), *_stale(root, manifest), *_unlisted(root, manifest)]
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


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
