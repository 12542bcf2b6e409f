"""Write the two Word files of the demonstration, as a careful person writes them in Word:

heading styles with automatic numbers, lists, tables with header rows, a footnote, a picture.
Run `python tools/demo/make_document.py` after changing the text beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from corrections import CORRECTIONS  # noqa: E402
from word import written  # noqa: E402
from words import parts  # noqa: E402

TARGET = HERE.parents[1] / "src" / "sutarta" / "cli" / "demo"


def texts() -> dict[str, str]:
    """File name -> the text it is made from."""
    first = (HERE / "alksniai.txt").read_text()
    corrected = first
    for old, new in CORRECTIONS:
        if corrected.count(old) != 1:
            raise ValueError(f"not there exactly once: {old[:60]}")
        corrected = corrected.replace(old, new)
    return {"alksniai-1.docx": first, "alksniai-2.docx": corrected}


def main() -> None:
    for name, text in texts().items():
        (TARGET / name).write_bytes(written(list(parts(text))))
        sys.stdout.write(f"wrote {name}\n")


if __name__ == "__main__":
    main()
