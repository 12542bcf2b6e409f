"""Files handed over: taken in clean, opened by a person, removed by rule."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from sutarta.apps.consultations.actions import attaching
from sutarta.apps.consultations.models import Attachment
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import files, make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def spoken():
    return make.submission(visibility="PUBLIC")


def attach(submission, data=None, name="kiemas.jpg", **facts):
    facts = {"at": NOON, "name": name, "data": data or files.jpeg(), **facts}
    return attaching.attach(submission=submission, **facts)


def test_a_file_is_kept_clean_and_closed_to_the_public(spoken):
    data = files.jpeg()

    made = attach(spoken, data)

    with default_storage.open(made.path) as file:
        kept = file.read()
    assert made.media_type == "image/jpeg"
    assert made.digest == hashlib.sha256(data).hexdigest()
    assert made.approved_at is None
    assert (made.size, b"Exif" in kept) == (len(kept), False)
