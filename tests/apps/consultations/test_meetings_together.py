"""Several people at work on one meeting at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from sutarta.apps.consultations.actions import meetings, minuting, noting, participants
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import Participant
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests import meetings as made
from tests.make import NOON
from tests.meetings import BEGINS, LASTS

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AFTER = BEGINS + LASTS


def together(*acts):
    """What each gave back, or the Refused it raised."""

    def run(act):
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refusals(found):
    return sum(isinstance(one, Refused) for one in found)


def events(event):
    return Entry.objects.filter(event=event).count()


def test_two_who_type_at_once_take_two_places():
    met = made.meeting()
    moderator = make.member(of=met.group, role=Role.MODERATOR)

    def note(key):
        return noting.note(
            actor=moderator,
            meeting=met,
            words=Words(kind="GENERAL", body=f"Reikia tilto {key}"),
            at=BEGINS,
            request_key=f"{key}" * 40,
        )

    found = together(*(lambda key=key: note(key) for key in "abca"))

    assert refusals(found) == 0
    assert sorted(met.noted.values_list("place", flat=True)) == [1, 2, 3]


def test_what_is_pressed_twice_at_once_happens_once():
    its = make.consultation()
    editor = make.member(of=its.group, role=Role.EDITOR)
    plan = made.meeting(its, announced=False)
    made.participant(made.meeting(its), wants=["INVITE"])

    def announce():
        meetings.announce(actor=editor, meeting=plan, at=NOON)

    assert refusals(together(announce, announce)) == 1
    plan.refresh_from_db()
    minuting.prepare(
        actor=editor, meeting=plan, minutes="Kalbėjome.", attendance={"CIVIL": 7}, at=AFTER
    )

    def publish():
        minuting.publish(actor=editor, meeting=plan, at=AFTER)

    assert refusals(together(publish, publish)) == 1
    assert (events("meeting.announced"), events("meeting.minuted")) == (1, 1)
    assert Letter.objects.count() == 1


def test_who_leaves_while_others_are_invited_gets_no_letter():
    its = make.consultation()
    editor = make.member(of=its.group, role=Role.EDITOR)
    held = made.meeting(its)
    for turn in range(4):
        plan = made.meeting(its, announced=False, starts_at=BEGINS + timedelta(days=turn))
        rows = [
            made.participant(held, email=f"j{one}@post.example", wants=["INVITE"])
            for one in range(5)
        ]
        together(
            lambda plan=plan: meetings.announce(actor=editor, meeting=plan, at=NOON),
            *(lambda row=row: participants.leave(participant=row, at=NOON) for row in rows[:3]),
        )
        assert set(Letter.objects.values_list("to", flat=True)) <= {rows[3].email, rows[4].email}
        Participant.objects.all().delete()
        Letter.objects.all().delete()
