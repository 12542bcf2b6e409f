"""Meetings as residents see them: when and where, what changed, who came, what was noted."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import icalendar
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from sutarta.apps.consultations.actions import meetings as actions
from sutarta.apps.consultations.actions.meetings import Facts
from sutarta.apps.consultations.models import MinutesFile, Visibility
from sutarta.apps.consultations.queries import report_tables, reporting
from sutarta.apps.people.models import Role
from tests import make
from tests import meetings as made

pytestmark = pytest.mark.django_db

HOST = {"host": "ours.test"}
LASTS = timedelta(hours=2)


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def now():
    return make.now().replace(microsecond=0)


@pytest.fixture
def its(now):
    version = make.version(group=make.group(host="ours.test"))
    return make.consultation(
        version=version,
        opens_at=now - timedelta(days=30),
        announced_at=now - timedelta(days=30),
        last_day=(now + timedelta(days=8)).date(),
    )


def words(page) -> str:
    """The words of a page, without what is only for screen readers."""
    text = re.sub(r'<span class="ds-sr-only">.*?</span>', "", page.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\xa0", " ").split())


def ahead(its, now, **facts):
    begins = facts.pop("starts_at", now + timedelta(days=3))
    return made.meeting(its, starts_at=begins, ends_at=begins + LASTS, **facts)


def said_there(its, **facts):
    """A proposal in the register that came by way of a meeting."""
    shown = {name: facts.pop(name) for name in ("visibility", "body") if name in facts}
    one = make.submission(consultation=its, **shown)
    for name, value in {"channel": "MEETING", **facts}.items():
        setattr(one, name, value)
    one.save()
    return one


def over(its, now, **facts):
    title = facts.pop("title", "Ko trūksta kiemuose")
    return made.minuted(ahead(its, now, title=title, starts_at=now - timedelta(days=9)), **facts)


def get(client, name, *keys):
    return client.get(reverse(f"consultations:{name}", args=keys), headers=HOST)


def told(client, row):
    return words(get(client, "meeting", row.number))


def test_a_meeting_says_what_one_needs_to_come(client, its, now):
    row = ahead(its, now, link="https://kalba.example/abc", words="Kokių kiemų reikia?")

    page = get(client, "meeting", row.number)
    said = words(page)

    assert row.title in said and "Bendruomenės namai" in said and "Kokių kiemų reikia?" in said
    begins = timezone.localtime(row.starts_at)
    assert f"{begins:%H.%M}–" in said.replace("\xa0", " ")
    assert "https://kalba.example/abc" in page.content.decode()
    assert its.title in said


@pytest.mark.parametrize(("days", "word"), [(0, "šiandien"), (1, "rytoj"), (3, "")])
def test_a_near_day_is_called_by_its_word(client, its, now, monkeypatch, days, word):
    noon = timezone.localtime(now).replace(hour=12)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    begins = noon.replace(hour=23, minute=30) + timedelta(days=days)
    page = get(client, "meeting", ahead(its, now, starts_at=begins).number).content.decode()

    assert re.findall(r"<strong>(šiandien|rytoj)</strong>", page) == ([word] if word else [])


@pytest.mark.parametrize("name", ["meeting", "meeting_calendar"])
def test_what_was_not_announced_is_not_there(client, its, now, name):
    row = ahead(its, now, announced=False)

    assert get(client, name, row.number).status_code == 404
    assert row.title not in words(get(client, "meetings"))


def test_a_cancelled_meeting_says_so_everywhere_and_why(client, its, now):
    row = ahead(its, now)
    editor = make.member(of=its.group, role=Role.EDITOR)
    actions.cancel(actor=editor, meeting=row, why="Salėje nėra šildymo.", at=now)

    assert "Salėje nėra šildymo." in told(client, row)
    assert "Salėje nėra šildymo." in words(get(client, "meetings"))
    [event] = _events(get(client, "meeting_calendar", row.number))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["UID"] == f"{row.pk}-meeting@sutarta"
    assert "next-meeting" not in client.get("/", headers=HOST).content.decode()


def test_a_moved_meeting_says_when_it_was_to_be(client, its, now):
    editor = make.member(of=its.group, role=Role.EDITOR)
    begins = now + timedelta(days=3)
    facts = {"title": "Alksniuose", "place": "Biblioteka"}
    first = Facts(starts_at=begins, ends_at=begins + LASTS, **facts)
    row = actions.plan(actor=editor, consultation=its, facts=first, at=now)
    actions.announce(actor=editor, meeting=row, at=now)
    later = begins + timedelta(days=1)
    before = _events(get(client, "meeting_calendar", row.number))

    actions.change(
        actor=editor, meeting=row, at=now,
        facts=Facts(starts_at=later, ends_at=later + LASTS, **{**facts, "place": "Mokykla"}),
    )  # fmt: skip

    said = told(client, row)
    assert f"{timezone.localtime(begins):%H.%M}–" in said
    assert "Mokykla" in said
    after = _events(get(client, "meeting_calendar", row.number))
    assert [event["UID"] for event in after] == [event["UID"] for event in before]
    assert after[0]["SEQUENCE"] > before[0]["SEQUENCE"]
    assert after[0]["DTSTART"].dt == later


def _events(response):
    assert response.headers["Content-Type"].startswith("text/calendar")
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def test_one_calendar_holds_all_meetings_to_follow(client, its, now):
    rows = [ahead(its, now), over(its, now), ahead(its, now, announced=False)]
    old = made.meeting(its, starts_at=now - timedelta(days=400))

    events = _events(get(client, "meetings_calendar"))

    assert {event["UID"] for event in events} == {f"{row.pk}-meeting@sutarta" for row in rows[:2]}
    assert old.is_announced


def test_there_is_no_calendar_without_a_meeting(client, its):
    assert get(client, "meetings_calendar").status_code == 404
    assert get(client, "meetings").status_code == 200


def test_who_came_is_told_without_numbers_of_few(client, its, now):
    row = over(its, now, attendance={"RESIDENTS": 18, "CIVIL": 9, "BUSINESS": 2, "PUBLIC": 0})

    page = get(client, "meeting", row.number).content.decode()
    counts = re.findall(r'<td class="n">\s*(.*?)\s*</td>', page)

    assert counts == ["18", "neskelbiama", "neskelbiama", "29"]


def test_minutes_and_attendance_are_not_told_before_they_are_published(client, its, now):
    row = ahead(its, now, starts_at=now - timedelta(days=2))
    row.minutes, row.attendance = "Dar rašoma", {"RESIDENTS": 31}
    row.save()
    kept = _stored(row)

    said = told(client, row)

    assert "Dar rašoma" not in said and "31" not in words(get(client, "meetings_csv"))
    assert get(client, "minutes_file", row.number, kept.digest).status_code == 404


def _stored(row):
    kept = made.file(row)
    kept.path = default_storage.save(kept.path, ContentFile(b"%PDF-1.7\n"))
    kept.save()
    return kept


def test_files_of_published_minutes_are_handed_out_and_removed_ones_are_not(client, its, now):
    row = over(its, now)
    kept = _stored(row)
    gone = made.file(row, "senas.pdf")
    gone.removed_at = now
    gone.save()

    answer = get(client, "minutes_file", row.number, kept.digest)

    assert b"".join(answer.streaming_content) == b"%PDF-1.7\n"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert get(client, "minutes_file", row.number, gone.digest).status_code == 404
    assert "senas.pdf" not in told(client, row)


def test_a_file_that_waits_for_the_scanner_appears_soon_after_its_verdict(
    client, its, now, monkeypatch
):
    row = over(its, now)
    kept = made.file(row)
    MinutesFile.objects.filter(pk=kept.pk).update(is_unscanned=True)
    assert kept.name not in told(client, row)

    MinutesFile.objects.filter(pk=kept.pk).update(is_unscanned=False)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=6))
    assert kept.name in told(client, row)


def test_corrected_minutes_stand_beside_what_they_said_but_no_former_numbers_do(client, its, now):
    row = over(its, now, attendance={"RESIDENTS": 12})
    made.former(row)  # 10 residents

    said = told(client, row)

    assert "Kalbėjome apie tiltą." in said and "Kalbėjome apie kelią." in said
    assert "Buvo tiltas" in said
    assert not re.search(r"\b10\b", said.split("Buvo tiltas")[1].split("Pirštų")[0])


def test_what_was_noted_shows_what_the_register_shows_and_nothing_more(client, its, now):
    row = over(its, now)
    secret = "Kaimynė J. B. serga"
    fates = [
        {"visibility": Visibility.PUBLIC, "body": "Daugiau suolų"},
        {"visibility": Visibility.CHECKING, "body": secret},
        {"visibility": Visibility.HIDDEN, "body": secret},
        {"visibility": Visibility.PUBLIC, "body": secret, "withdrawn_at": now},
        {"visibility": Visibility.HIDDEN, "body": secret, "erased_at": now},
        {"visibility": Visibility.SET_ASIDE, "body": secret},
    ]
    rows = [said_there(its, **fate) for fate in fates]
    for place, one in enumerate(rows, start=1):
        made.noted(row, one, place)
    make.answer(rows[0], outcome="ACCEPTED", published_at=now, changed=[make.passage(its.version)])

    page = get(client, "meeting", row.number)
    said = words(page)

    assert "Daugiau suolų" in said
    assert secret not in page.content.decode()
    shown = [one.number for one in page.context["noted"]]
    assert shown == [one.number for one in rows[:-1]]
    assert page.context["outcome"].noted == 5
    assert (page.context["outcome"].answered, page.context["outcome"].changed) == (1, 1)


def test_a_submission_says_at_which_meeting_it_was_noted(client, its, now):
    row = over(its, now)
    one = said_there(its, visibility="PUBLIC")
    made.noted(row, one)

    page = get(client, "submission", one.number).content.decode()

    assert reverse("consultations:meeting", args=[row.number]) in page


def test_the_page_of_the_consultation_and_the_front_page_ask_people_to_come(client, its, now):
    row, was = ahead(its, now), over(its, now)
    address = reverse("consultations:meeting", args=[row.number])

    page = get(client, "consultation", its.number).content.decode()

    assert address in page
    assert reverse("consultations:meeting", args=[was.number]) in page
    assert address in client.get("/", headers=HOST).content.decode()


def test_a_page_kept_ready_changes_when_the_meeting_begins(client, its, now):
    row = ahead(its, now, starts_at=now + timedelta(hours=1))
    its.group.refresh_from_db()

    from sutarta.apps.consultations.queries import meeting_pages as queries

    assert queries.next_change([row], [], now) <= row.starts_at
    assert queries.next_change([row], [], row.starts_at) <= row.ends_at


def test_the_table_tells_no_more_than_the_page(client, its, now):
    over(its, now, attendance={"RESIDENTS": 18, "BUSINESS": 2})

    said = get(client, "meetings_csv").content.decode("utf-8-sig")
    [row] = list(csv.DictReader(io.StringIO(said)))

    assert "20" in row.values()
    assert "18" not in row.values() and "2" not in row.values()


def test_the_closing_report_tells_of_meetings_and_adds_no_numbers_up(its, now):
    over(its, now, attendance={"RESIDENTS": 18, "BUSINESS": 2}, title="Pirmasis")
    over(its, now, attendance={"RESIDENTS": 3}, title="Antrasis")
    ahead(its, now, cancelled_at=now, cancelled_why="Audra")

    said = reporting.content(its)
    first, second = report_tables.meetings(said)

    assert (first.title, first.words) == ("Pirmasis", "Dalyvavo 20 žmonių.")
    assert (second.title, second.words) == ("Antrasis", "Dalyvavo keli žmonės.")
    assert "18" not in str([one["parts"] for one in said["meetings"]])


def test_followers_hear_of_a_meeting_and_of_its_end(client, its, now):
    editor = make.member(of=its.group, role=Role.EDITOR)
    row = ahead(its, now, announced=False)
    actions.announce(actor=editor, meeting=row, at=now)
    cache.clear()

    page = client.get("/", headers=HOST).content.decode()
    feed = client.get(f"/feed/consultation/{its.number}/", headers=HOST).content.decode()

    assert f"Ateikite pasikalbėti: {row.title}" in page
    assert f"Ateikite pasikalbėti: {row.title}" in feed


@pytest.mark.parametrize("count", [1, 300])
def test_the_list_asks_the_same_few_questions(client, its, now, count, django_assert_num_queries):
    for _time in range(count):
        row = over(its, now)
        if _time < 3:
            made.noted(row, said_there(its))
    ahead(its, now)
    client.get("/s/1/1/", headers=HOST)

    with django_assert_num_queries(9):
        get(client, "meetings")


@pytest.mark.parametrize("count", [1, 300])
def test_a_meeting_asks_the_same_few_questions(client, its, now, count, django_assert_num_queries):
    row = over(its, now)
    for place in range(1, count + 1):
        one = said_there(its, visibility="PUBLIC")
        made.noted(row, make.answer(one).submission, place)
    client.get("/s/1/1/", headers=HOST)

    with django_assert_num_queries(15):
        get(client, "meeting", row.number)


@pytest.mark.parametrize(("asked", "rows"), [("", 20), ("?rows=40", 40), ("?rows=7", 20)])
def test_the_office_prints_a_sheet_to_sign_in_on(client, its, now, asked, rows, monkeypatch):
    from sutarta.formats import paperforms

    written = []
    monkeypatch.setattr(paperforms, "write_sign_in", lambda sheet: written.append(sheet) or b"%PDF")
    row = ahead(its, now)
    client.force_login(make.member(of=its.group, role=Role.MODERATOR))

    page = client.get(
        reverse("consultations:sign_in_sheet", args=[row.number]) + asked, headers=HOST
    )

    assert page.headers["Content-Type"] == "application/pdf"
    [sheet] = written
    assert (sheet.rows, sheet.title, sheet.language) == (rows, row.title, "lt")
    assert ".." not in sheet.privacy
    assert len(sheet.marks) == len({letter for letter, _meaning in sheet.marks}) == 5
