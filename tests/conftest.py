"""What every test may ask for."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real documents that lie beside the checkout; a newcomer has none."""
    if not SHARED.is_dir():
        go_without("The shared data does not lie beside the checkout.")
    return SHARED


def go_without(reason: str) -> NoReturn:
    """Skip in one sentence what this machine cannot try; in CI nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
