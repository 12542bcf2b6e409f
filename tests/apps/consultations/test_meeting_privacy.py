"""What could be learnt of people who came to a meeting, and is not."""

from datetime import timedelta

import pytest
from django.utils import translation

from sutarta.apps.consultations.actions import meetings, minuting, participants
from sutarta.apps.consultations.actions.meetings import Facts
from sutarta.apps.consultations.models import Participant
from sutarta.apps.consultations.queries import meeting_pages as pages
from sutarta.apps.consultations.queries import meetings as queries
from sutarta.apps.consultations.rules import meetings as rules
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests import meetings as made
from tests.meetings import BEGINS, LASTS

pytestmark = pytest.mark.django_db
AFTER = BEGINS + LASTS


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def met():
    return made.meeting()


def corrected(met, editor, minutes, attendance=None, **facts):
    minuting.correct(
        actor=editor,
        meeting=met,
        minutes=minutes,
        attendance=attendance or {"RESIDENTS": 12},
        why="Taisoma",
        at=AFTER + timedelta(days=2),
        **facts,
    )
    met.refresh_from_db()


def test_a_name_put_right_is_gone_from_all_former_minutes(met):
    editor = make.member(of=met.group, role=Role.EDITOR)
    made.minuted(met, minutes="Sirgo J. B. su šeima", attendance={"RESIDENTS": 12})
    corrected(met, editor, "Serga J. B. su šeima")

    corrected(met, editor, "Kalbėjome.", named_somebody=True)

    assert [(one.minutes, bytes(one.salt)) for one in queries.former(met)] == [("", b"")] * 2


def test_the_log_does_not_tell_how_long_a_list_was(met):
    for name in ("J. B.", "K. B."):
        made.participant(met, name=name)

    participants.forget_over(BEGINS + timedelta(days=400))

    act = Entry.objects.latest("id")
    assert act.event == "participants.forgotten"
    assert ledger.facts(act) == {"rule": "retention"}


def test_a_link_takes_off_later_lists_when_its_own_has_ended(met, client):
    row, later = made.participant(met), made.participant(made.meeting(met.consultation))
    path, host = queries.leave_path(row), {"host": met.group.hosts.get().name}
    row.delete()

    assert b"<form" in client.get(path, headers=host).content
    client.post(path, headers=host)
    assert not Participant.objects.filter(pk=later.pk).exists()


def test_a_link_of_one_group_or_address_leads_to_nobody_else(met):
    row, other = made.participant(met), made.participant(made.meeting(), email="k@post.example")
    ticket = queries.leave_path(row).strip("/").split("/")[-1]

    assert queries.to_leave(met.group, ticket) == row
    assert queries.to_leave(other.group, ticket) is None
    assert row.email not in ticket and row.pk.hex not in ticket
    assert queries.to_leave(met.group, ticket[:-1]) is None


def test_numbers_put_right_are_told_nowhere_where_their_difference_would_tell_more(met, client):
    editor = make.member(of=met.group, role=Role.EDITOR)
    was = {"RESIDENTS": 18, "CIVIL": 9, "BUSINESS": 2}
    made.minuted(met, attendance=was, minutes="Kalbėjome.")
    corrected(met, editor, "Kalbėjome.", {**was, "BUSINESS": 5})
    host = {"host": met.group.hosts.get().name}

    page = client.get(f"/m/{met.number}/", headers=host).content.decode()
    table = client.get("/meetings/meetings.csv", headers=host).content.decode()
    (report,) = pages.reported(met.consultation)

    assert "Taisoma" in page and 'class="n"' not in page
    assert (
        "Kalbėjome." in table and ",9," not in table and ",18," not in table and ",32," not in table
    )
    assert (report["total"], report["parts"]) == (None, [])


@pytest.mark.parametrize("noted", [made.participant, made.noted])
def test_a_meeting_to_which_people_came_is_moved_to_no_time_ahead(met, noted):
    noted(
        met,
        **(
            {"submission": make.submission(consultation=met.consultation)}
            if noted is made.noted
            else {}
        ),
    )
    editor = make.member(of=met.group, role=Role.EDITOR)

    with pytest.raises(Refused, match="plan a new meeting"):
        moved(met, editor, AFTER + timedelta(days=7))
    moved(met, editor, BEGINS + timedelta(hours=1))
    for one in met.participants.all():
        assert one.ends_on == rules.list_ends_on(met)


def test_a_list_is_kept_for_a_year_from_the_day_the_meeting_is_moved_to(met):
    made.participant(met)
    moved(met, make.member(of=met.group, role=Role.EDITOR), BEGINS - timedelta(days=2))

    (one,) = met.participants.all()
    met.refresh_from_db()
    assert one.ends_on == rules.list_ends_on(met) == (BEGINS + timedelta(days=363)).date()


def moved(met, editor, starts_at):
    facts = Facts(met.title, starts_at, starts_at + LASTS, place=met.place)
    meetings.change(actor=editor, meeting=met, facts=facts, at=AFTER + timedelta(hours=1))
    met.refresh_from_db()


def test_a_letter_that_waits_goes_with_the_agreement_to_it(met):
    editor = make.member(of=met.group, role=Role.EDITOR)
    moderator = make.member(of=met.group, role=Role.MODERATOR)
    row = made.participant(met)
    made.participant(made.meeting(met.consultation), wants=["INVITE"])
    other = made.participant(met, email="k@post.example")
    met.minutes, met.attendance = "Kalbėjome.", {"RESIDENTS": 12}
    met.save()
    minuting.publish(actor=editor, meeting=met, at=AFTER)

    participants.remove(actor=moderator, participant=row, at=AFTER)

    assert [one.to for one in Letter.objects.all()] == [other.email]


def test_somebody_without_an_address_leaves_alone(met):
    row, other = (made.participant(met, name=name, email="") for name in ("J. B.", "K. B."))

    participants.leave(participant=row, at=AFTER)

    assert list(Participant.objects.all()) == [other]
