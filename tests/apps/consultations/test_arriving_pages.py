"""Pages about letters that came by mail, for staff and for residents."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.consultations.actions import arriving
from sutarta.apps.consultations.models import Arrival, LetterOpening, Submission
from sutarta.apps.mail.models import Alias, Mailbox, RawState
from sutarta.apps.people.models import Role
from tests import make, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HOST = {"host": "ours.test"}
GENERAL = "info@alksniai.example"


@pytest.fixture
def its():
    consultation = make.running(version=make.version(group=make.group(host="ours.test")))
    make.mailbox(of=consultation.group)
    return consultation


@pytest.fixture
def staff(its, client):
    client.force_login(make.member(of=its.group, role=Role.MODERATOR))
    client.cookies["sutarta_language"] = "en"
    return client


def came(its, words="Reikia tako.", n=0, to=GENERAL, raw=b"") -> Arrival:
    raw = raw or post.letter(words, to=to, message_id=f"<{n}@post.example>")
    at = make.now() - timedelta(days=3)
    letter = make.raw_letter(raw, group=its.group, to=to, received_at=at)
    arriving.take_waiting(make.now())
    return Arrival.objects.get(letter=letter)


def _get(client, name, *args, **asked):
    return client.get(reverse(f"consultations:{name}", args=args), asked, headers=HOST)


def _post(client, name, *args, **said):
    return client.post(reverse(f"consultations:{name}", args=args), said, headers=HOST)


@pytest.mark.parametrize("show", ["sort", "unreadable", "aside", "taken"])
def test_the_list_costs_as_much_for_three_as_for_one(
    its, staff, show, django_assert_max_num_queries
):
    def add(n):
        if show == "unreadable":
            return came(its, raw=b"\xff\xfe\n%d\n" % n)
        arrival = came(its, f"{n} siūlymas", n)
        if show == "aside":
            _post(staff, "desk_letter_aside", arrival.pk, reason="SPAM")
        if show == "taken":
            _post(staff, "desk_letter_take", arrival.pk, consultation=its.number)
        return arrival

    for count in (1, 3):
        while Arrival.objects.count() < count:
            add(Arrival.objects.count())
        _get(staff, "desk_letters_in", show=show)
        with django_assert_max_num_queries(18):
            page = _get(staff, "desk_letters_in", show=show)

        assert len(page.context["rows"]) == count


def test_one_press_takes_a_letter_in(its, staff):
    arrival = came(its)

    _post(staff, "desk_letter_take", arrival.pk, consultation=its.number)

    made = Submission.objects.get()
    page = _get(staff, "desk_submission", made.number).content.decode()
    assert GENERAL in page
    assert "Sent, by the sender’s clock" in page


def test_a_letter_that_cannot_be_taken_says_why(its, staff):
    arrival = came(its)
    arrival.letter.received_at = its.opens_at - timedelta(days=1)
    arrival.letter.save()

    page = _post(staff, "desk_letter_take", arrival.pk, consultation=its.number)

    assert page.status_code == 422
    assert "nothing can have come" in page.content.decode()


def test_the_page_shows_words_without_their_markup(its, staff):
    arrival = came(its, "<script>alert(1)</script> Reikia tako.")

    page = _get(staff, "desk_letter_in", arrival.pk).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_setting_aside_and_putting_back(its, staff):
    arrival = came(its)

    assert _post(staff, "desk_letter_aside", arrival.pk, reason="OTHER").status_code == 422
    _post(staff, "desk_letter_aside", arrival.pk, reason="OTHER", why="Kvietimas į šventę")
    arrival.letter.refresh_from_db()
    assert arrival.letter.state == RawState.SET_ASIDE
    assert "Kvietimas į šventę" in _get(staff, "desk_letter_in", arrival.pk).content.decode()
    _post(staff, "desk_letter_back", arrival.pk)

    arrival.letter.refresh_from_db()
    assert arrival.letter.state == RawState.TO_SORT


def test_keeping_a_letter_beside_a_submission(its, staff):
    made = make.submission(consultation=its, email="j.b@post.example", at=make.now())
    arrival = came(its)

    assert _post(staff, "desk_letter_beside", arrival.pk, number="99").status_code == 302
    _post(staff, "desk_letter_beside", arrival.pk, number=made.number)

    page = _get(staff, "desk_submission", made.number).content.decode()
    assert reverse("consultations:desk_letter_in", args=[arrival.pk]) in page


def test_taking_the_letter_out_is_written_down(its, staff):
    raw = post.letter(to=GENERAL)
    arrival = came(its, raw=raw)

    assert _post(staff, "desk_letter_file", arrival.pk, reason="").status_code == 422
    file = _post(staff, "desk_letter_file", arrival.pk, reason="Parašas")

    assert (file.content, file["Content-Type"]) == (raw, "application/octet-stream")
    assert "no-store" in file["Cache-Control"]
    assert LetterOpening.objects.count() == 1


def test_typing_in_an_unreadable_letter(its, staff):
    came(its, raw=b"\xff\xfe\n\n", to=f"info+c{its.number}@alksniai.example")
    made = Submission.objects.get()

    assert _post(staff, "desk_type_in", made.number, body="").status_code == 422
    _post(staff, "desk_type_in", made.number, body="Reikia tako.")

    made.refresh_from_db()
    assert made.body == "Reikia tako."


def test_the_desk_says_what_waits(its, staff):
    came(its)

    page = staff.get("/desk/", headers=HOST).content.decode()

    assert "Sort the letters" in page
    assert "Needs somebody" in page


def test_residents_are_told_the_address_of_the_consultation(its, client):
    address = f"info+c{its.number}@alksniai.example"

    page = _get(client, "consultation", its.number).content.decode()
    assert f'href="mailto:{address}"' in page


def test_an_address_of_its_own_is_shown_before_all(its, client):
    about = {"address": "takas@alksniai.example", "consultation": its.number}
    Alias.objects.create(group=its.group, mailbox=Mailbox.objects.get(), **about)

    page = _get(client, "consultation", its.number).content.decode()

    assert 'href="mailto:takas@alksniai.example"' in page
