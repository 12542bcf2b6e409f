"""A meeting with residents: announced, noted in by keyboard, minuted, and what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sutarta.apps.consultations.actions import answering, moderating
from sutarta.apps.consultations.models import Channel, Meeting, Outcome, Submission, Visibility
from sutarta.apps.consultations.queries import meetings as queries
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import Role
from tests import make, meetings
from tests.journeys.test_entering import Keyboard

SAID = ["Reikia keltuvo.", "Takas prie upės tamsus.", "Biblioteka tegul dirba ir šeštadieniais."]


@pytest.fixture
def consultation(group):
    now = make.now()
    version = make.version("Pagalba į namus teikiama kasdien.", "Kita pastraipa.", group=group)
    return make.consultation(
        version=version,
        opens_at=now - timedelta(days=30),
        announced_at=now - timedelta(days=30),
        last_day=(now + timedelta(days=1)).date(),
    )


@pytest.fixture
def who(group):
    return make.member(of=group, role=Role.COORDINATOR)


@pytest.fixture
def office(walk, group, who):
    def begin(**facts):
        secret = people.make_link(group=group, user=who, at=make.now())
        way = walk(**facts)
        way.page.goto(f"{way.base}/in/{secret}/")
        way.page.get_by_role("button").last.click()
        way.page.wait_for_load_state()
        return way

    return begin


def _plan(way, consultation):
    """Through the pages: a plan for this very hour, announced."""
    starts = timezone.localtime(make.now() - timedelta(minutes=30))
    way.open(f"/desk/meetings/new/?c={consultation.number}")
    way.page.locator("[name=title]").fill("Susitikimas Alksniuose")
    way.page.locator("[name=starts_at]").fill(f"{starts:%Y-%m-%dT%H:%M}")
    ends = starts + timedelta(hours=1)
    way.page.locator("[name=ends_at]").fill(f"{ends:%Y-%m-%dT%H:%M}")
    way.page.locator("[name=place]").fill("Bendruomenės namai, Alksnių g. 1")
    way.press("Išsaugoti")
    way.press("Paskelbti")
    return Meeting.objects.get()


def test_a_meetings_notes_become_rows_of_the_register_with_an_outcome(
    office, walk, consultation, who
):
    way = office(js=True, width=1280)
    met = _plan(way, consultation)
    resident = walk()
    resident.open(f"/m/{met.number}/")
    assert resident.says("Bendruomenės namai, Alksnių g. 1")

    way.open(f"/desk/meetings/{met.number}/notes/")
    keys = Keyboard(way.page)
    for number, words in enumerate(SAID, 1):
        assert way.page.evaluate("document.activeElement.name") == "text"
        keys.type(words)
        with way.page.expect_navigation():
            keys.press("Control+Enter")
        assert way.says(f"Nr. {number}") or way.says(f"Nr.\xa0{number}")
    way.picture("meeting-notes")
    rows = list(Submission.objects.order_by("number"))
    assert [one.body for one in rows] == SAID
    assert {(one.channel, one.at_meeting.meeting) for one in rows} == {(Channel.MEETING, met)}

    _over(met)
    way.open(f"/desk/meetings/{met.number}/minutes/")
    way.page.locator("[name=came_RESIDENTS]").fill("23")
    way.page.locator("[name=minutes]").fill("Kalbėjome apie keltuvą ir taką.")
    way.page.locator("button[value=publish]").click()
    way.page.wait_for_load_state()
    _answer(rows[0], consultation, who)

    resident.open(f"/m/{met.number}/")
    assert resident.says("Kalbėjome apie keltuvą ir taką.")
    assert resident.says("Reikia keltuvo.") and resident.says("Atsižvelgta")
    resident.tell("three notes by keyboard, minutes, an outcome on the page of the meeting")
    resident.picture("meeting-public")


def _over(met):
    """An hour and a half goes by."""
    Meeting.objects.filter(pk=met.pk).update(
        starts_at=met.starts_at - timedelta(minutes=90), ends_at=met.ends_at - timedelta(minutes=90)
    )


def _answer(first, consultation, who):
    """The desk checks all and answers; the deadline goes by and the answers are published."""
    at = make.now()
    for one in Submission.objects.all():
        moderating.moderate(
            actor=who, submission=one, visibility=Visibility.PUBLIC, seen=one.digest, at=at
        )
        answering.draft_answer(
            actor=who,
            submission=one,
            outcome=Outcome.ACCEPTED,
            reason="Pritariame.",
            is_ready=True,
            at=at,
        )
    answering.publish_answers(actor=who, consultation=consultation, at=at + timedelta(days=3))


def test_a_note_without_javascript(office, consultation, who):
    met = meetings.meeting(consultation, starts_at=make.now() - timedelta(minutes=20), made_by=who)
    way = office(width=320)
    way.open(f"/desk/meetings/{met.number}/")
    way.press("Užrašyti pasiūlymus")
    way.fill("Kas pasiūlyta", "Reikia suolo.")
    way.press("Užregistruoti, kitas pasiūlymas")

    assert Submission.objects.get().at_meeting.meeting == met


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_stands_upright(office, consultation, who, axe, width, scheme):
    met = meetings.meeting(consultation, starts_at=make.now() - timedelta(hours=3), made_by=who)
    meetings.meeting(consultation, made_by=who, announced=False)
    meetings.noted(met, make.submission(consultation=consultation, at=make.now()))
    person = meetings.participant(met, wants=["NEWS", "INVITE"], made_by=who)
    way = office(js=True, width=width, scheme=scheme)
    base = f"/desk/meetings/{met.number}/"

    plan = f"/desk/meetings/{met.number + 1}/"
    for address in (
        "/desk/meetings/", "/desk/meetings/new/", base, plan, base + "edit/", base + "notes/",
        base + "people/", base + "minutes/", queries.leave_path(person),
    ):  # fmt: skip
        way.open(address)
        for details in way.page.locator("main details").all():
            details.evaluate("box => { box.open = true; }")
        name = address.strip("/").split("?")[0].replace("/", "-")[:30]
        way.picture(f"meetings-{name}-{width}-{scheme}")
        wide = way.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (address, wide)
        found = axe.run(way.page)
        assert found.violations_count == 0, (address, found.generate_report())
