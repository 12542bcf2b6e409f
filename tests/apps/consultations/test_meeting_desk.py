"""Pages of the desk for meetings with residents."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sutarta.apps.consultations.models import Meeting, Participant, Submission
from sutarta.apps.people.models import Role
from tests import make
from tests import meetings as made

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HOST = {"host": "ours.test"}


@pytest.fixture
def its():
    return make.running(version=make.version(group=make.group(host="ours.test")))


@pytest.fixture
def met(its):
    """Going on now."""
    return made.meeting(its, starts_at=make.now() - timedelta(minutes=30))


@pytest.fixture
def office(client, its):
    client.cookies["sutarta_language"] = "en"

    def sign_in(role=Role.COORDINATOR):
        who = make.member(of=its.group, role=role)
        client.force_login(who, BACKEND)
        return who

    sign_in()
    return sign_in


def url(name, *args):
    return reverse(f"consultations:{name}", args=args)


def page(client, name, *args):
    answer = client.get(url(name, *args), headers=HOST)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, page, *args, **said):
    return client.post(url(page, *args), said, headers=HOST)


def planned(its, **other):
    starts = timezone.localtime(make.now() + timedelta(days=3))
    return {
        "consultation": its.number,
        "title": "Alksniuose",
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
        "ends_at": f"{starts + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "place": "Mokykla",
        **other,
    }


def test_a_meeting_is_planned_announced_changed_and_cancelled(client, its, office):
    assert "No meeting yet" in page(client, "desk_meetings")
    offered = client.get(f"{url('desk_meeting_new')}?c={its.number}", headers=HOST)
    assert "17:30" in offered.content.decode()

    answer = post(client, "desk_meeting_new", **planned(its))
    met = Meeting.objects.get()
    assert answer.url == url("desk_meeting", met.number)
    assert "Announce" in page(client, "desk_meeting", met.number)
    assert post(client, "desk_meeting_announce", met.number).status_code == 302
    post(client, "desk_meeting_edit", met.number, **planned(its, place="Biblioteka"))
    met.refresh_from_db()
    assert (met.place, met.sequence, met.is_announced) == ("Biblioteka", 1, True)

    assert post(client, "desk_meeting", met.number, why="").status_code == 422
    post(client, "desk_meeting", met.number, why="Liga")
    assert "Cancelled: Liga" in " ".join(page(client, "desk_meeting", met.number).split())


def test_wrong_times_stay_in_the_form_with_the_reason(client, its, office):
    said = planned(its)
    answer = post(client, "desk_meeting_new", **{**said, "ends_at": said["starts_at"]})

    assert answer.status_code == 422
    assert "The end must come after the beginning." in answer.content.decode()
    assert "Mokykla" in answer.content.decode()


def test_a_plan_is_deleted(client, its, office):
    met = made.meeting(its, announced=False)

    assert post(client, "desk_meeting_delete", met.number).url == url("desk_meetings")
    assert not Meeting.objects.exists()


def noted(client, met, **said):
    key = f"k{Submission.objects.count()}"
    usual = {"do": "next", "consultation": met.consultation.number, "request_key": key}
    return post(client, "desk_meeting_notes", met.number, **{**usual, "kind": "", **said})


def test_a_note_gets_its_number_at_once_and_the_next_form_is_empty(client, met, office):
    answer = noted(client, met, text="Reikia suolo.", author_name="J. B.", contact="8 600 00000")

    said = Submission.objects.get()
    assert answer.status_code == 302
    shown = client.get(answer.url, headers=HOST).content.decode()
    assert f"Registered as No. {said.number}" in shown.replace("\xa0", " ")
    assert (said.at_meeting.meeting, said.phone, said.show_name) == (met, "8 600 00000", False)
    assert "data-send-by" in shown and "Put right" in shown


def test_nothing_typed_is_lost_on_an_error(client, met, office):
    far = f"{timezone.localtime(met.starts_at - timedelta(days=2)):%Y-%m-%dT%H:%M}"

    answer = noted(client, met, text="Reikia suolo.", received_at=far)

    shown = answer.content.decode()
    assert answer.status_code == 422 and "Reikia suolo." in shown
    assert "Check the time." in shown


def test_a_passage_is_found_without_a_script(client, met, office):
    answer = noted(client, met, text="Reikia suolo.", do="find", find="1")

    assert answer.status_code == 200 and "Reikia suolo." in answer.content.decode()
    assert not Submission.objects.exists()


def test_people_are_put_on_the_list_and_taken_off(client, met, office):
    answer = post(
        client, "desk_meeting_list", met.number,
        name="J. B.", sector="CIVIL", wants=["NEWS"], email="J.B@post.example",
    )  # fmt: skip
    assert answer.status_code == 302
    row = Participant.objects.get()
    assert (row.email, row.sector, row.wants) == ("j.b@post.example", "CIVIL", ["NEWS"])
    assert "j.b@post.example" in page(client, "desk_meeting_list", met.number)

    post(client, "desk_meeting_list", met.number, remove=row.pk)
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({}, "Write the name, or the organisation."),
        ({"name": "J. B.", "wants": ["NEWS"]}, "Write where to write to, or untick"),
        ({"name": "J. B.", "wants": ["NEWS"], "email": "jb"}, "Write the whole e-mail address"),
    ],
)
def test_a_line_of_the_list_that_is_not_whole(client, met, office, said, reason):
    answer = post(client, "desk_meeting_list", met.number, **{"sector": "RESIDENTS", **said})

    assert answer.status_code == 422 and reason in answer.content.decode()


def test_auditors_read_of_a_meeting_but_not_who_came(client, met, office):
    made.participant(met)
    office(Role.AUDITOR)

    assert "1 person on the list" in page(client, "desk_meeting", met.number)
    assert client.get(url("desk_meeting_list", met.number), headers=HOST).status_code == 403


def test_minutes_are_saved_published_and_put_right(client, its, office):
    met = made.meeting(its, starts_at=make.now() - timedelta(hours=3))
    made.participant(met, sector="CIVIL", wants=["NEWS"])
    assert "On the list: 1" in page(client, "desk_meeting_minutes", met.number)

    number, said = met.number, {"minutes": "Kalbėjome.", "came_RESIDENTS": "12"}
    assert post(client, "desk_meeting_minutes", number, do="publish").status_code == 422
    post(client, "desk_meeting_minutes", number, do="save", **said)
    post(client, "desk_meeting_minutes", number, do="publish", **said)
    met.refresh_from_db()
    assert met.is_minuted and met.attendance == {"RESIDENTS": 12}

    new = {**said, "came_CIVIL": "6"}
    assert post(client, "desk_meeting_minutes", number, **new).status_code == 422
    assert post(client, "desk_meeting_minutes", number, why="Trūko", **new).status_code == 302
    met.refresh_from_db()
    assert met.attendance == {"RESIDENTS": 12, "CIVIL": 6}


def test_minutes_two_weeks_late_show_on_the_desk(client, its, office):
    made.meeting(its, starts_at=make.now() - timedelta(days=20))

    assert "Overdue" in page(client, "desk_meetings")


def test_the_questions_asked_do_not_grow(client, its, met, office):
    def asked(name, *args):
        with CaptureQueriesContext(connection) as queries:
            page(client, name, *args)
        return len(queries)

    pages = [("desk_meetings",), ("desk_meeting", met.number)]
    pages += [(f"desk_meeting_{name}", met.number) for name in ("notes", "list", "minutes")]
    made.noted(met, make.submission(consultation=its, at=make.now()))
    made.participant(met)
    before = [asked(*one) for one in pages]
    for place in range(2, 40):
        made.noted(met, make.submission(consultation=its, at=make.now()), place)
        made.participant(met, email=f"j{place}@post.example")
        made.meeting(its)

    assert [asked(*one) for one in pages] == before
