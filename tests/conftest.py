"""What every test may ask for."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real documents that lie beside the checkout; a newcomer has none."""
    if SHARED.is_dir():
        return SHARED
    if os.environ.get("CI") == "true":
        pytest.fail("CI needs the shared data beside the checkout.")
    pytest.skip("The shared data does not lie beside the checkout.")
