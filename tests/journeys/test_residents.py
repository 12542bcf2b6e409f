"""Residents' ways, on a phone and without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.consultations.models import Submission
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def consultation(group):
    """An open consultation on a version with a few paragraphs."""
    version = make.version(group=group)
    now = make.now()
    return make.consultation(
        version=version,
        opens_at=now - timedelta(days=5),
        announced_at=now - timedelta(days=5),
        last_day=(now + timedelta(days=8)).date(),
    )


def test_a_resident_comments_on_a_paragraph_and_keeps_a_receipt(walk, consultation):
    way = walk()

    way.open("/")
    way.picture("home-390")
    way.press("Skaityti ir komentuoti")
    way.picture("version-390")

    assert way.says("Pagalba į namus teikiama kasdien")
