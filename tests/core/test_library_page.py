"""The page for those who use core.documents in a program of their own tells the truth."""

import doctest
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "library.md"


def test_every_example_of_the_page_gives_what_it_shows():
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert found.attempted > 8
    assert found.failed == 0


def test_nothing_of_it_brings_django_along():
    program = (
        "import sys, sutarta.core.documents, sutarta.formats.blocklist, sutarta.formats.reading\n"
        "print('django' in sys.modules)"
    )

    said = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == "False"
