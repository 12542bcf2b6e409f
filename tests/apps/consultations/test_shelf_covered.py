"""A paper made before words were withheld does not stay on the disk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.consultations import shelf, shelved
from tests import make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def kept(group, name):
    """A made file of the group on the disk."""
    wanted = shelf.Wanted(group, name, "state", True, lambda: b"%PDF of a version")
    shelf.made(wanted)
    return wanted


def test_what_was_made_before_goes_and_what_was_made_since_stays():
    version = make.version()
    before = kept(version.group, "s/1/1.lt.pdf")
    elsewhere = kept(make.group(), "s/1/1.lt.pdf")
    make.withholding(version, at=make.now() + SECOND)

    removed = shelved.forget_covered(make.now() + 2 * SECOND)

    assert (removed, shelf.found(before)) == (1, None)
    assert shelf.found(elsewhere) is not None
    assert shelved.forget_covered(make.now() + 2 * SECOND) == 0


def test_where_nothing_is_withheld_nothing_goes():
    wanted = kept(make.version().group, "s/1/1.lt.pdf")

    assert shelved.forget_covered(make.now()) == 0
    assert shelf.found(wanted) is not None
