"""Notes, minutes and the list of those who came to a meeting."""

from datetime import timedelta

import pytest
from django.utils import translation

from sutarta.apps.consultations.actions import (
    inviting,
    minuting,
    noting,
    participants,
    shelving,
)
from sutarta.apps.consultations.actions.attaching import Handed
from sutarta.apps.consultations.actions.participants import Person
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import AtMeeting, Channel, Participant
from sutarta.apps.consultations.queries import meetings as queries
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.core.canonical import fingerprint
from sutarta.formats.uploads import Clean
from tests import make
from tests import meetings as made
from tests.make import NOON
from tests.meetings import BEGINS

pytestmark = pytest.mark.django_db
DURING, AFTER = BEGINS + timedelta(minutes=40), BEGINS + timedelta(days=1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def met():
    return made.meeting()


@pytest.fixture
def moderator(met):
    return make.member(of=met.group, role=Role.MODERATOR)


@pytest.fixture
def editor(met):
    return make.member(of=met.group, role=Role.EDITOR)


def noted(met, who, text="Reikia tilto.", at=DURING, **facts):
    facts = {"request_key": f"key {text}", **facts}
    words = Words(kind="GENERAL", body=text)
    return noting.note(actor=who, meeting=met, words=words, at=at, **facts)


def refusal(act, **facts):
    with pytest.raises(Refused) as refused:
        act(**facts)
    return str(refused.value.reason)


def prepared(met, who, minutes="Kalbėjome.", attendance=None, at=AFTER):
    counted = {"RESIDENTS": 12} if attendance is None else attendance
    minuting.prepare(actor=who, meeting=met, minutes=minutes, attendance=counted, at=at)


def last_act():
    return Entry.objects.order_by("id").last()


# Notes


def test_a_note_is_a_row_of_the_register_like_any_other(met, moderator):
    one, two = noted(met, moderator), noted(met, moderator, "Reikia tako.")

    assert (one.channel, one.received_at, one.entered_by) == (Channel.MEETING, DURING, moderator)
    assert [one.at_meeting.place, two.at_meeting.place] == [1, 2]
    assert list(queries.noted(met)) == [one, two]
    assert last_act().event == "meeting.noted"


def test_a_note_sent_twice_is_noted_once(met, moderator):
    one, again = noted(met, moderator), noted(met, moderator)

    assert one == again and AtMeeting.objects.count() == 1


def test_a_note_typed_up_later_was_said_when_the_meeting_began(met, moderator):
    assert noted(met, moderator, at=AFTER).received_at == BEGINS
    said = BEGINS + timedelta(minutes=30)
    assert noted(met, moderator, "Tako.", at=AFTER, said_at=said).received_at == said


def test_a_note_typed_up_after_the_deadline_came_in_time(met, moderator):
    closes_at = met.consultation.deadline.closes_at

    made_late = noted(met, moderator, at=closes_at + timedelta(days=2))

    assert not made_late.is_late and made_late.recorded_at > closes_at


def test_of_a_meeting_after_the_deadline_notes_are_late(moderator, met):
    begins = met.consultation.deadline.closes_at + timedelta(days=1)
    later = made.meeting(met.consultation, starts_at=begins)

    assert noted(later, moderator, at=begins).is_late


def test_a_meeting_over_midnight_counts_to_the_minute(met, moderator):
    begins = met.consultation.deadline.closes_at - timedelta(hours=1)
    night = made.meeting(met.consultation, starts_at=begins)  # 23.00 to 1.00

    before = noted(night, moderator, "Prieš", at=begins + timedelta(minutes=59))
    after = noted(night, moderator, "Po", at=begins + timedelta(minutes=60))

    assert (before.is_late, after.is_late) == (False, True)


@pytest.mark.parametrize(
    ("state", "at", "reason"),
    [
        ({"cancelled_at": NOON}, DURING, "This meeting was cancelled."),
        ({"announced": False}, DURING, "This meeting has not been announced."),
        ({}, BEGINS - timedelta(hours=2), "The meeting has not begun."),
    ],
)
def test_where_nothing_is_noted(met, moderator, state, at, reason):
    other = made.meeting(met.consultation, **state)

    assert refusal(noted, met=other, who=moderator, at=at) == reason


def test_a_time_at_which_nobody_sat_together_is_a_slip(met, moderator):
    said = refusal(noted, met=met, who=moderator, at=AFTER, said_at=BEGINS - timedelta(days=1))

    assert said.startswith("The meeting was held from ")


# Minutes


def test_minutes_are_published_with_attendance_and_a_salted_fingerprint(met, moderator, editor):
    prepared(met, moderator)
    minuting.publish(actor=editor, meeting=met, at=AFTER)

    met.refresh_from_db()
    assert met.minutes_digest == fingerprint(bytes(met.minutes_salt), queries.content(met, 1))
    act = last_act()
    assert act.event == "meeting.minuted" and b"Kalb" not in bytes(act.body)
    assert b"RESIDENTS" not in bytes(act.body)


def test_what_is_missing_is_said_before_publishing(met, moderator, editor):
    prepared(met, moderator, minutes="", attendance={})

    said = refusal(minuting.publish, actor=editor, meeting=met, at=AFTER)

    assert said == ("Still missing: how many people came; the minutes, as text or as a file.")
    prepared(met, moderator, attendance={"RESIDENTS": 0})
    said = refusal(minuting.publish, actor=editor, meeting=met, at=BEGINS)
    assert said == "The meeting is not over yet."
    minuting.publish(actor=editor, meeting=met, at=AFTER)


def test_correcting_keeps_what_stood_before(met, moderator, editor):
    prepared(met, moderator)
    minuting.publish(actor=editor, meeting=met, at=AFTER)
    met.refresh_from_db()
    before, at = met.minutes_digest, AFTER + timedelta(days=1)
    new = {"minutes": "Kalbėjome apie tiltą.", "attendance": {"RESIDENTS": 13}, "at": at}

    said = refusal(minuting.correct, actor=editor, meeting=met, why=" ", **new)
    assert said == "Write what is put right. Everybody will read it."
    assert minuting.correct(actor=editor, meeting=met, why="Trūko tilto", **new)
    assert not minuting.correct(actor=editor, meeting=met, why="Vėl", **new)

    (former,) = queries.former(met)
    assert (former.minutes, former.attendance) == ("Kalbėjome.", {"RESIDENTS": 12})
    met.refresh_from_db()
    assert former.digest == before != met.minutes_digest
    assert last_act().event == "meeting.minutes_corrected"


def test_former_minutes_that_named_somebody_are_not_kept(met, moderator, editor):
    prepared(met, moderator, minutes="J. B. serga.")
    minuting.publish(actor=editor, meeting=met, at=AFTER)

    minuting.correct(
        actor=editor,
        meeting=met,
        minutes="Kalbėjome.",
        attendance={"RESIDENTS": 12},
        why="Asmens duomenys",
        named_somebody=True,
        at=AFTER,
    )

    (former,) = queries.former(met)
    assert (former.minutes, bytes(former.salt)) == ("", b"")


def test_published_minutes_are_not_prepared_any_more(met, moderator, editor):
    prepared(met, moderator)
    minuting.publish(actor=editor, meeting=met, at=AFTER)

    assert refusal(prepared, met=met, who=moderator) == (
        "The minutes are published. Correct them instead."
    )


def test_a_file_is_kept_until_it_is_removed_and_then_its_bytes_go(
    met, moderator, editor, django_capture_on_commit_callbacks, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    handed = Handed("protokolas.pdf", Clean("application/pdf", ".pdf", b"pdf"), "a" * 64, False)
    file = minuting.add_file(actor=moderator, meeting=met, handed=handed, at=AFTER)
    again = minuting.add_file(actor=moderator, meeting=met, handed=handed, at=AFTER)

    assert file == again and Entry.objects.count() == 0
    assert shelving.sweep(AFTER + timedelta(days=2)) == 0
    prepared(met, moderator, minutes="")
    minuting.publish(actor=editor, meeting=met, at=AFTER)
    with django_capture_on_commit_callbacks(execute=True):
        minuting.remove_file(actor=editor, file=file, at=AFTER)

    file.refresh_from_db()
    assert (file.name, list(queries.files(met))) == ("", [])
    assert not (tmp_path / file.path).exists()
    assert last_act().event == "meeting.file_removed"


# The list


def test_who_agreed_to_nothing_leaves_no_address(met, moderator):
    person = Person("J. B.", email="J@post.example", phone="8 600")
    row = participants.add(actor=moderator, meeting=met, person=person, at=DURING)

    assert (row.name, row.email, row.phone) == ("J. B.", "", "")
    assert row.ends_on == (BEGINS + timedelta(days=365)).date()
    again = participants.add(actor=moderator, meeting=met, person=person, at=DURING)
    assert again == row and Participant.objects.count() == 1


def test_who_wants_news_gets_one_letter_when_the_minutes_are_out(met, moderator, editor):
    for name in ("J. B.", "K. B."):
        person = Person(name, email="Seima@post.example", wants=("NEWS",))
        participants.add(actor=moderator, meeting=met, person=person, at=DURING)
    other = Person("S. S.", email="s@post.example", wants=("INVITE",))
    participants.add(actor=moderator, meeting=met, person=other, at=DURING)
    prepared(met, moderator)
    minuting.publish(actor=editor, meeting=met, at=AFTER)
    late = Person("V. V.", email="v@post.example", wants=("NEWS",))
    participants.add(actor=moderator, meeting=met, person=late, at=AFTER)

    letters = Letter.objects.order_by("id")
    assert [(one.to, one.kind) for one in letters] == [
        ("seima@post.example", "meeting_minutes"),
        ("v@post.example", "meeting_minutes"),
    ]


def test_people_leave_the_lists_by_the_link_of_a_letter(met, moderator, client):
    row, other = made.participant(met), made.participant(made.meeting(met.consultation))
    third = made.participant(met, email="k@post.example")
    path, host = queries.leave_path(row), {"host": met.group.hosts.get().name}

    assert b"<form" in client.get(path, headers=host).content
    assert Participant.objects.count() == 3
    assert client.post(path, headers=host).status_code == 200
    assert list(Participant.objects.all()) == [third]
    assert client.get(path, headers=host).status_code == 410
    assert other.email == row.email
    assert last_act().event == "participants.forgotten"


def test_a_year_later_the_list_is_empty(met, moderator):
    row = made.participant(met)
    kept = BEGINS + timedelta(days=365)
    Letter.objects.all().delete()

    assert participants.forget_over(kept) == 0
    assert participants.forget_over(kept + timedelta(days=1)) == 1
    assert participants.forget_over(kept + timedelta(days=1)) == 0
    act = last_act()
    assert act.event == "participants.forgotten" and b"J. B." not in bytes(act.body)
    assert not Participant.objects.filter(pk=row.pk).exists()
    person = Person("J. B.")
    said = refusal(
        participants.add, actor=moderator, meeting=met, person=person, at=kept + timedelta(days=1)
    )
    assert said == "The time to keep this list is over."


def test_who_is_taken_off_gets_none_of_the_letters_that_wait(met, moderator, editor):
    row = made.participant(met)
    prepared(met, moderator)
    minuting.publish(actor=editor, meeting=met, at=AFTER)
    assert Letter.objects.count() == 1

    participants.remove(actor=moderator, participant=row, at=AFTER)

    assert (Letter.objects.count(), Participant.objects.count()) == (0, 0)


def test_counts_by_sector_are_offered_from_the_list(met):
    for sector in ("RESIDENTS", "RESIDENTS", "PUBLIC"):
        made.participant(met, sector=sector)

    assert queries.by_sector(met) == {"PUBLIC": 1, "RESIDENTS": 2}


def test_who_wants_news_hears_once_that_proposals_of_the_meeting_are_answered(met, moderator):
    author, another = "j.b@post.example", "k.b@post.example"
    for email in (author, another):
        person = Person("J. B.", email=email, wants=("NEWS",))
        participants.add(actor=moderator, meeting=met, person=person, at=DURING)
    for text in ("Reikia tilto.", "Reikia suolelių."):
        noted(met, moderator, text)
    elsewhere = make.submission(consultation=met.consultation)
    answered = [row.submission for row in met.noted.all()]

    assert inviting.tell_of_answers([elsewhere], (), AFTER) == 0
    for _twice in range(2):
        inviting.tell_of_answers(answered, {author}, AFTER)
    assert [(one.to, one.kind) for one in Letter.objects.all()] == [(another, "meeting_answered")]
    assert queries.page_address(met) in Letter.objects.get().text
