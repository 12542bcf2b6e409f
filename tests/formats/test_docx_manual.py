"""docs/word.md says what happens: its example runs, and every function is there."""

import doctest
from pathlib import Path

from sutarta.formats.docx import writing

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "word.md"


def test_the_example_runs():
    failed, tried = doctest.testfile(str(MANUAL), module_relative=False)

    assert (failed, tried > 10) == (0, True)


def test_every_name_is_told():
    told = MANUAL.read_text(encoding="utf-8")

    assert [name for name in writing.__all__ if name not in told] == []
