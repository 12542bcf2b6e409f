"""The notice at the desk: pages, files, who may write it; the deadline as a calendar file."""

from __future__ import annotations

import io
from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import translation
from PIL import Image
from pypdf import PdfReader

from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.apps.publishing.actions import notices as actions
from sutarta.apps.publishing.models import Notice
from sutarta.apps.publishing.rules import notices as rules
from tests import make
from tests.apps.publishing import announced
from tests.make import NOON

pytestmark = pytest.mark.django_db

HOST = {"host": "ours.test"}
REFUSED = "Not given out yet: mend this first"


@pytest.fixture
def group():
    return make.group(
        host="ours.test", notice_days=7, is_financed=True, project_number="10-001-P-0001"
    )


@pytest.fixture
def its(group):
    now = make.now()
    return announced.consultation(
        group=group, opens_at=now - timedelta(days=9), announced_at=now - timedelta(days=9),
        last_day=(now + timedelta(days=20)).date(),
    )  # fmt: skip


@pytest.fixture
def desk(client, group):
    """A client signed in as editor, reading English."""
    client.force_login(make.member(of=group, role=Role.EDITOR))
    client.cookies["sutarta_language"] = "en"
    return client


def _get(client, name, its, *more, query=""):
    return client.get(reverse(f"publishing:{name}", args=[its.number, *more]) + query, headers=HOST)


def _post(client, its, **typed):
    address = reverse("publishing:notice_words", args=[its.number, typed.pop("language", "lt")])
    return client.post(address, typed, headers=HOST)


# What each outlet gives


@pytest.mark.parametrize(
    ("outlet", "given"),
    [
        ("site", ["text-site", "text-site-code"]),
        ("newspaper", ["text-newspaper", "text-newspaper-short"]),
        ("social", ["text-social"]),
        ("email", ["text-email"]),
        ("files", ["picture-alt"]),
        ("nowhere", ["text-site", "text-site-code"]),
    ],
)
def test_every_outlet_has_its_texts(desk, its, outlet, given):
    page = _get(desk, "notice", its, query=f"?outlet={outlet}&language=lt").content.decode()

    assert REFUSED not in page
    assert [one for one in given if f'id="{one}"' not in page] == []


def test_the_code_of_a_page_is_shown_and_not_run(desk, its):
    its.contact_name = "<b>R. M.</b>"
    its.save()

    page = _get(desk, "notice", its, query="?outlet=site").content.decode()

    assert page.count("&lt;section lang=&quot;lt&quot;&gt;") == 2  # to read and to copy
    assert '<section lang="lt">' not in page and "<b>R. M.</b>" not in page
    assert "&amp;lt;b&amp;gt;R. M." in page  # escaped once for their page, once for ours


def test_a_refused_notice_gives_nothing_to_take(desk, its):
    its.contact_name = ""
    its.save()

    page = _get(desk, "notice", its).content.decode()

    assert REFUSED in page and "Nobody is named whom people may ask." in page
    assert "<textarea" not in page and "data-copy" not in page and "poster.pdf" not in page
    assert reverse("consultations:desk_edit", args=[its.number]) in page
    for name, more in [("notice_text", ["newspaper"]), ("notice_poster", []),
                       ("notice_picture", [])]:  # fmt: skip
        answer = _get(desk, name, its, "lt", *more)
        assert answer.status_code == 403
        assert "Nobody is named" in answer.content.decode()


def test_texts_are_files_too(desk, its):
    text = _get(desk, "notice_text", its, "lt", "newspaper")
    code = _get(desk, "notice_text", its, "lt", "site-code")
    none = _get(desk, "notice_text", its, "lt", "nothing")

    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text["Content-Disposition"] == (
        f'attachment; filename="notice-{its.number}-newspaper.txt"'
    )
    assert "Pasiūlymų laukiame iki" in text.content.decode()
    assert code.content.decode().startswith('<section lang="lt">')
    assert none.status_code == 404


def test_the_poster_and_the_picture_are_made_and_remembered(desk, its):
    poster = _get(desk, "notice_poster", its, "lt")
    again = _get(desk, "notice_poster", its, "lt")
    picture = _get(desk, "notice_picture", its, "lt")

    pages = PdfReader(io.BytesIO(poster.content)).pages
    text = " ".join(page.extract_text() for page in pages)
    assert len(pages) == 1
    assert f"ours.test/c/{its.number}" in text and "10-001-P-0001" in text
    assert again.content == poster.content
    assert Image.open(io.BytesIO(picture.content)).size == (1200, 630)


def test_the_emblem_is_for_those_who_print(desk, its):
    assert Image.open(io.BytesIO(_get(desk, "notice_emblem", its).content)).size == (1080, 720)


def test_everybody_at_the_desk_may_take_the_notice(client, group, its):
    client.force_login(make.member(of=group, role=Role.AUDITOR))

    assert _get(client, "notice", its).status_code == 200
    assert _get(client, "notice_text", its, "lt", "social").status_code == 200
    assert _get(client, "notice_words", its, "lt").status_code == 403


def test_a_call_for_ideas_has_its_notice_poster_and_calendar_file(desk, group):
    now = make.now()
    call = announced.consultation(
        strategy=make.strategy(group=group), title="Ko trūksta Alksniuose?", announced_at=now,
        opens_at=now, last_day=(now + timedelta(days=20)).date(),
    )  # fmt: skip

    page = _get(desk, "notice", call, query="?language=lt").content.decode()
    poster = _get(desk, "notice_poster", call, "lt")

    assert "Ko trūksta Alksniuose? Laukiame jūsų poreikių ir idėjų" in page and REFUSED not in page
    assert "poreikių ir idėjų" in PdfReader(io.BytesIO(poster.content)).pages[0].extract_text()
    assert "changed" not in _get(desk, "notice_words", call, "lt").context["form"].fields
    assert _get(desk, "calendar", call).status_code == 200


# Its own words


def test_words_are_kept_in_each_language(desk, its):
    _post(desk, its, goal="Tikslas.", objectives="Vienas\r\nDu")
    answer = _post(desk, its, language="en", goal="Goal.")

    assert answer.status_code == 302
    assert Notice.objects.get().words == {
        "lt": {"goal": "Tikslas.", "objectives": "Vienas\nDu"},
        "en": {"goal": "Goal."},
    }


def test_a_preview_keeps_nothing(desk, its):
    answer = _post(desk, its, goal="Tik žiūriu.", do="preview")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("Tik žiūriu.") == 2  # in its field and in the notice
    assert Notice.objects.count() == 0


def test_words_with_mistakes_are_kept_and_hold_the_notice_back(desk, its):
    answer = _post(desk, its, elsewhere="Projektą rasite čia:")

    page = desk.get(answer["Location"], headers=HOST).content.decode()
    assert REFUSED in page and "leads nowhere on paper" in page
    assert "/notice/lt/#id_elsewhere" in page


BAD = [
    ({"goal": "a" * 20_001}, "At most 20000 characters fit here"),
    ({"closing": "ž" * 25_000}, "At most 20000 characters fit here"),
]


@pytest.mark.parametrize(("typed", "said"), BAD)
def test_what_is_too_long_comes_back_as_typed(desk, its, typed, said):
    answer = _post(desk, its, **typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and next(iter(typed.values())) in page
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        {"goal": "\x00\x07Gerai"},
        {"unknown": "x", "goal": "Gerai"},
        {"changed": "x", "goal": "Gerai"},
    ],
)
def test_odd_input_is_made_plain(desk, its, typed):
    """Control characters, unknown fields and parts that are not asked for here are left out."""
    _post(desk, its, **typed)

    assert Notice.objects.get().words == {"lt": {"goal": "Gerai"}}


@pytest.mark.parametrize("path", ["notice/de/", "notice/lt/none/"])
def test_there_are_two_languages_and_known_texts(desk, its, path):
    assert desk.get(f"/desk/c/{its.number}/{path}", headers=HOST).status_code == 404


def test_writing_the_same_twice_changes_nothing(group, its):
    who, other = make.member(of=group), make.member(of=group)
    facts = {"consultation": its, "language": "lt", "words": {"goal": "Tikslas.", "x": "y"}}

    first = actions.write(actor=who, at=NOON, **facts)
    again = actions.write(actor=other, at=NOON + timedelta(hours=1), **facts)

    assert (again.pk, again.edited_by, again.edited_at) == (first.pk, who, NOON)
    assert Entry.objects.filter(group=group).count() == 0


@pytest.mark.parametrize(
    ("role", "day", "reason"),
    [
        (Role.COORDINATOR, 0, ""),
        (Role.EDITOR, 0, ""),
        (Role.EDITOR, -30, ""),  # before it opens
        (Role.MODERATOR, 0, "Your role in this group does not include this step."),
        (Role.AUDITOR, 0, "Your role in this group does not include this step."),
        (None, 0, "Only staff of this group may do this."),
        (Role.EDITOR, 30, "The deadline has passed, so the notice stays as it was."),
        (Role.MODERATOR, 30, "Your role in this group does not include this step."),
    ],
)
def test_who_may_write_the_notice_and_when(role, day, reason):
    its = announced.consultation()
    actor = make.member(of=its.group, role=role) if role else make.user()
    at = NOON + timedelta(days=day)

    with translation.override("en"):
        assert str(rules.may_write(actor, its, at).reason) == reason
    if reason:
        with pytest.raises(Refused):
            actions.write(actor=actor, consultation=its, language="lt", words={}, at=at)


def test_the_page_of_the_notice_asks_a_fixed_number_of_times(
    desk, its, django_assert_max_num_queries
):
    with django_assert_max_num_queries(34):
        _get(desk, "notice", its)


# The calendar file


def _event(answer):
    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return event


def test_the_deadline_goes_into_a_calendar(client, its):
    answer = _get(client, "calendar", its)

    event, closes_at = _event(answer), its.deadline.closes_at
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert event["DTEND"].dt == closes_at and b"TZID" not in answer.content
    assert event["DTSTART"].dt == closes_at - timedelta(minutes=30)
    assert event["SEQUENCE"] == 0
    assert "24.00" in event["DESCRIPTION"] and "Lietuvos laiku" in event["DESCRIPTION"]
    assert event["URL"].endswith(f"/c/{its.number}/")
    [alarm] = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == -timedelta(days=1)


def test_an_extension_changes_the_same_event(client, its):
    before = _event(_get(client, "calendar", its))
    later = its.deadline.local_date + timedelta(days=7)
    make.deadline(its, last_day=later, set_at=make.now())

    client.cookies["messages"] = "x"  # a page of one's own, not the kept one
    after = _event(_get(client, "calendar", its))

    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTEND"].dt == before["DTEND"].dt + timedelta(days=7)


def test_a_consultation_being_prepared_has_no_calendar_file(client, its):
    its.announced_at = None
    its.save()

    assert _get(client, "calendar", its).status_code == 404


def test_the_consultation_leads_to_its_calendar_file_while_time_is_left(client, its):
    page = client.get(f"/c/{its.number}/", headers=HOST).content.decode()

    assert f'href="/c/{its.number}/deadline.ics"' in page
