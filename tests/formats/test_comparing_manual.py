"""docs/comparison.md says what happens: its example runs, and its options are there."""

import doctest
import re
from pathlib import Path

from tests.cli.conftest import sutarta

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "comparison.md"


def test_the_example_runs():
    failed, tried = doctest.testfile(str(MANUAL), module_relative=False)

    assert (failed, tried > 5) == (0, True)


def test_every_option_is_told():
    told = MANUAL.read_text(encoding="utf-8")
    options = set(re.findall(r"--[a-z]+", sutarta("documents", "compare", "--help").stdout))

    assert {option for option in options if option not in told} == {"--help"}
