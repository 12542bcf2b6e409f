"""What the front page tells: counts, the path, the latest acts."""

from datetime import timedelta

import pytest

from sutarta.apps.consultations.models import Channel
from sutarta.web import front
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def test_figures_tell_received_answered_and_what_changed_the_text():
    consultation = make.consultation()
    changing, plain, _waiting = (
        make.submission(consultation=consultation, channel=channel)
        for channel in (Channel.WEB, Channel.WEB, Channel.WEB)
    )
    make.answer(changing, changed=[make.passage(consultation.version)])
    make.answer(plain)

    figures = front.figures(consultation.group)

    assert (figures.received, figures.answered, figures.changed) == (3, 2, 1)
    assert (figures.unchanged, figures.waiting) == (1, 1)
    assert figures.by_channel == [("WEB", 3)]


def test_an_answer_not_published_yet_counts_as_waiting():
    submission = make.submission()
    make.answer(submission, published_at=None)

    assert front.figures(submission.group).waiting == 1


@pytest.mark.parametrize(
    ("facts", "later", "states"),
    [
        ({}, timedelta(), ["done", "here", "next"]),
        ({"opens_at": NOON + timedelta(days=1)}, timedelta(), ["done", "next", "next"]),
        ({}, timedelta(days=20), ["done", "done", "here"]),
        ({"answered_at": NOON + timedelta(days=15)}, timedelta(days=20), ["done", "done", "done"]),
    ],
)
def test_the_path_shows_where_we_are(facts, later, states):
    consultation = make.consultation(**facts)
    group = consultation.group

    steps = front.path(front.public_strategy(group), front.announced(group), NOON + later)

    assert [step.state for step in steps] == states
