"""Words withheld from a version are not read where submissions remember them either."""

from __future__ import annotations

import pytest

from sutarta.apps.consultations.actions import forgetting
from sutarta.apps.consultations.models import Placement
from sutarta.apps.consultations.queries import carrying as places
from sutarta.apps.strategies.actions import withholding
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
SECRET = "Ona K. iš Liepų g. 7 serga."
LATER = NOON + withholding.KEPT_FOR


@pytest.fixture
def first():
    return make.version("Miesto ligonių sąrašas.", SECRET, group=make.group(host="ours.test"))


@pytest.fixture
def second(first):
    return make.reworded(first, make.passage(first, 2), "Čia jau nieko asmeniško.")


def spoken(first, second, outcome="reworded"):
    """A submission about the passage of the first version, carried over into the second."""
    lineage = make.passage(first, 2)
    said = make.submission(
        consultation=make.consultation(version=first),
        visibility="PUBLIC",
        body="Kam to reikia?",
        lineage_id=lineage,
    )
    made, _is_new = Placement.objects.update_or_create(
        submission=said,
        version=second,
        defaults={
            "group": first.group,
            "outcome": outcome,
            "lineage_id": "" if outcome == "gone" else lineage,
            "old_text": SECRET,
            "placed_at": NOON,
        },
    )
    return made


@pytest.mark.parametrize("outcome", ["reworded", "gone"])
def test_comments_do_not_repeat_the_words_that_were_withheld(client, first, second, outcome):
    placement = spoken(first, second, outcome)
    path = f"/s/{second.strategy.number}/{second.number}/{make.passage(second, 2)}/"
    assert SECRET in client.get(path, headers=HOST).content.decode()

    make.withholding(first, lineage_id=make.passage(first, 2))

    page = client.get(path, headers=HOST).content.decode()
    assert "Kam to reikia?" in page
    assert SECRET not in page
    assert all(row.is_withheld for row in places.orphans(second))
    placement.refresh_from_db()
    assert placement.old_text == SECRET  # the withholding may still be taken back


def test_words_removed_for_good_are_removed_beside_submissions(first, second):
    placement = spoken(first, second)
    make.withholding(first, lineage_id=make.passage(first, 2))

    assert forgetting.forget_old_words(LATER) == 0
    withholding.forget_withheld(LATER)

    assert forgetting.forget_old_words(LATER) == 1
    placement.refresh_from_db()
    assert placement.old_text == ""
    assert forgetting.forget_old_words(LATER) == 0
