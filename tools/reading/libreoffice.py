"""What LibreOffice prints of a document, as lines of plain text."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

AS_TEXT = "txt:Text (encoded):UTF8"
AT_ONCE = 40


def printed(files: Iterable[Path]) -> dict[Path, list[str]]:
    """File -> its lines with the numbers of lists and headings; a file it cannot open is missing.

    Files are opened in LibreOffice of this machine, in a profile of their own.
    """
    files = list(files)
    found: dict[Path, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(files), AT_ONCE):
            _convert(files[start : start + AT_ONCE], Path(folder))
        for file in files:
            text = Path(folder) / "out" / f"{file.stem}.txt"
            if text.exists():
                found[file] = text.read_text("utf-8-sig").splitlines()
    return found


def _convert(files: list[Path], folder: Path) -> None:
    subprocess.run(
        [
            "soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", AS_TEXT, "--outdir", str(folder / "out"), *map(str, files),
        ],
        capture_output=True, check=True, timeout=600,
    )  # fmt: skip
