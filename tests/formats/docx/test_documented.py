"""The page about import names every finding and every refusal, and no others; its example runs."""

import doctest
import re
from pathlib import Path

import pytest

from sutarta.formats.docx import REASONS, SENTENCES

MANUAL = Path(__file__).resolve().parents[3] / "docs" / "import.md"
PAGE = MANUAL.read_text()


@pytest.mark.parametrize(
    ("title", "codes"),
    [("Findings", SENTENCES), ("Refusals", REASONS)],
    ids=["findings", "refusals"],
)
def test_the_page_lists_the_codes(title, codes):
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]

    assert re.findall(r"^\| `([a-z_.]+)` ", section, re.MULTILINE) == list(codes)


def test_the_example_runs():
    failed, tried = doctest.testfile(str(MANUAL), module_relative=False)

    assert (failed, tried > 4) == (0, True)
