"""What the tests of publishing share."""

import pytest
from django.utils import translation


@pytest.fixture
def in_english():
    """Reasons and sentences in the language of the source."""
    with translation.override("en"):
        yield
