"""What every test may ask for."""

import os
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

# What a property says is true or not; how long that takes on a busy machine is another matter.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

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
