"""Bytes of files: on the disk before anybody is told so, gone when nothing owns them."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from sutarta.apps.consultations.actions import attaching, shelving
from sutarta.apps.tenants import storing
from tests import files, make
from tests.make import NOON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def attached():
    return attaching.attach(submission=make.submission(), name="a.png", data=files.png(), at=NOON)


def test_the_file_and_its_name_are_synced(monkeypatch):
    synced = []
    descriptors = Path("/proc/self/fd")
    monkeypatch.setattr(
        os, "fsync", lambda number: synced.append((descriptors / str(number)).readlink())
    )

    kept = Path(default_storage.path(attached().path))

    assert synced == [kept, kept.parent]


def test_only_what_nothing_owns_is_swept_away():
    kept = attached()
    folder = kept.path.rpartition("/")[0]
    stray = storing.put(f"{folder}/stray.png", b"left by a killed process")
    removed = storing.put(f"{folder}/removed.png", b"its row says removed")
    of_another = storing.put("originals/a.docx", b"no attachment")
    made = attached()
    made.path, made.removed_at = removed, NOON
    made.save()

    assert shelving.sweep(make.now()) == 0  # too young: it may be stored just now
    assert shelving.sweep(make.now() + DAY) == 3
    assert shelving.sweep(make.now() + DAY) == 0
    assert not default_storage.exists(stray)
    assert default_storage.exists(kept.path)
    assert default_storage.exists(of_another)


def test_where_nothing_was_ever_handed_over_nothing_is_swept():
    assert shelving.sweep(make.now()) == 0
