"""The page about Word import names every finding and every refusal, and no others."""

import re
from pathlib import Path

import pytest

from sutarta.formats.docx import REASONS, SENTENCES

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "import.md").read_text()


@pytest.mark.parametrize(
    ("title", "codes"),
    [("Findings", SENTENCES), ("Refusals", REASONS)],
    ids=["findings", "refusals"],
)
def test_the_page_lists_the_codes(title, codes):
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]

    assert re.findall(r"^\| `([a-z_.]+)` ", section, re.MULTILINE) == list(codes)
