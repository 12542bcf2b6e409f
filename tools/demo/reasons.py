"""Write down why each line of the demonstration strategy changes, for the demo to say so.

python tools/demo/reasons.py            write it beside the code of the demo
python tools/demo/reasons.py --check    only say whether it is what the texts give
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "src" / "sutarta" / "cli" / "demo" / "alksniai-why.json"
sys.path.insert(0, str(HERE))

from build import text  # noqa: E402
from markup import changes, parts  # noqa: E402


def made() -> str:
    """The file's text: a row for each line, of version 1 when `gone`, else of version 2."""
    rows = []
    for change in changes(text("alksniai")):
        row = {"words": _words(change.words), "gone": change.is_gone, "cause": change.cause}
        rows.append(row | ({"topic": change.topic} if change.topic else {}))
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _words(line: str) -> str:
    """The words as a reader of the Word file has them, cells of a row joined by tabs."""
    line = re.sub(r"\^\[[^\]]*\]", "", line)
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        words = "\t".join(cell for cell in cells if cell not in {"^", ">"})
    else:
        words = next((part.words for part in parts(line)), line)
    return words.replace("**", "").replace("<br>", " ").replace("\u00a0", " ").strip()


def main() -> None:
    if "--check" not in sys.argv:
        TARGET.write_text(made(), "utf-8")
    elif TARGET.read_text("utf-8") != made():
        sys.exit(f"{TARGET.name} is not what the texts give: run python {sys.argv[0]}")


if __name__ == "__main__":
    main()
