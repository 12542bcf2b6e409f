"""The Word files others wrote, read once for all tests about them."""

from pathlib import Path

import pytest

from sutarta.formats.docx import Refused, read

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
FILES = sorted(path.relative_to(SHARED) for path in SHARED.glob("documents/docx_*/*.docx"))


@pytest.fixture(scope="session")
def readings(shared_data):
    """File -> its reading, or the code it was refused with."""
    found = {}
    for path in FILES:
        try:
            found[path] = read((shared_data / path).read_bytes())
        except Refused as refused:
            found[path] = refused.code
    return found
