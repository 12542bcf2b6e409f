"""The office types in a stack of sheets and the notes of a meeting, hands on the keys."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.consultations.models import Channel, Kind, OnPaper, Submission
from sutarta.apps.consultations.queries import paper as queries
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import Role
from tests import make
from tests.journeys.test_entering import Keyboard

# What five people wrote by hand: words, name, whether to show it, where to answer.
SHEETS = [
    ("Prie poliklinikos reikia suolo ir stogelio nuo lietaus.", "A Ž", True, "860000001"),
    ("Vakarais nėra kuo grįžti iš miesto. Prašome vėlesnio autobuso.", "", False, ""),
    ("Jaunimui trūksta vietos, kur pabūti be pirkimo.", "R M", False, "r.m@alksniai.example"),
    ("Takas prie upės tamsus, baisu eiti.", "", False, "Liepų g. 7-2, Alksniai"),
    ("Ačiū už biblioteką. Gal galėtų dirbti ir šeštadieniais?", "O K", True, ""),
]
MOST_KEYS = 16  # a sheet, besides what stands on it
KEY = 0.28  # seconds: typist of 40 words a minute (Card, Moran and Newell 1980, keystroke level)
THINK = 1.35  # seconds before each field, from the same
MINUTE = 60


@pytest.fixture
def consultation(group):
    now = make.now()
    version = make.version("Pagalba į namus teikiama kasdien.", "Kita pastraipa.", group=group)
    return make.consultation(
        version=version,
        opens_at=now - timedelta(days=30),
        last_day=(now + timedelta(days=5)).date(),
    )


@pytest.fixture
def office(walk, group):
    """A walk signed in as a moderator."""

    def begin(**facts):
        who = make.member(of=group, role=Role.MODERATOR)
        secret = people.make_link(group=group, user=who, at=make.now())
        way = walk(**facts)
        way.page.goto(f"{way.base}/in/{secret}/")
        way.page.get_by_role("button").last.click()
        way.page.wait_for_load_state()
        return way

    return begin


def _type(keys, code, sheet) -> tuple[int, int]:
    """One sheet by keyboard alone; keys pressed besides its words, and fields gone to."""
    words, name, is_shown, contact = sheet
    before, fields = keys.count, 3
    keys.type(code.replace("-", ""))
    keys.press("Tab")
    keys.type(words, counted=False)
    if name or contact:
        keys.until("author_name")
        keys.type(name, counted=False)
        keys.until("show_name")
        fields += 2
    if is_shown:
        keys.press("Space")
    if contact:
        keys.until("contact")
        keys.type(contact, counted=False)
        fields += 1
    with keys.page.expect_navigation():
        keys.press("Control+Enter")
    return keys.count - before, fields


def test_a_stack_of_five_sheets_is_typed_in_by_keyboard_alone(office, consultation):
    run = make.paper_run(consultation, count=5)
    codes = [queries.code(number) for number in range(run.first, run.last + 1)]
    way = office(js=True, width=1280)
    way.open("/desk/p/sheets/")
    keys, longest = Keyboard(way.page), 0.0

    for code, sheet in zip(codes, SHEETS, strict=True):
        assert way.page.evaluate("document.activeElement.name") == "code"
        pressed, fields = _type(keys, code, sheet)
        letters = sum(len(part) for part in sheet if isinstance(part, str))
        seconds = (pressed + letters) * KEY + fields * THINK
        longest = max(longest, seconds)
        print(f"{code}: {pressed} keys and {letters} letters, about {seconds:.0f} s")
        assert pressed <= MOST_KEYS and seconds <= MINUTE

    made = list(Submission.objects.order_by("number"))
    print(f"the longest of five sheets takes about {longest:.0f} s")
    assert [one.body for one in made] == [words for words, *_rest in SHEETS]
    assert [one.show_name for one in made] == [shown for _w, _n, shown, _c in SHEETS]
    assert [one.on_paper.printed for one in made] == list(range(run.first, run.last + 1))
    assert (made[0].phone, made[2].email) == ("860000001", "r.m@alksniai.example")
    assert made[3].post_address == "Liepų g. 7-2, Alksniai"
    assert {one.channel for one in made} == {Channel.PAPER}
    way.picture("paper-stack")


def test_two_proposals_of_one_sheet_and_a_slip_without_javascript(office, consultation):
    way = office()
    way.open("/desk/p/new/")
    way.press("Suvesti lapų šūsnį")
    way.fill("Ką žmogus sako", "Reikia uolo.")
    way.fill("Vardas", "A Ž")
    way.press("Užregistruoti, dar vienas iš šio lapo")
    assert way.says("Dar vienas iš to paties lapo kaip")
    way.fill("Ką žmogus sako", "Reikia tako.")
    way.press("Užregistruoti, kitas lapas")
    way.page.locator("a[href$='/p/1/retype/']").click()
    way.page.wait_for_load_state()
    way.fill("Ką žmogus sako", "Reikia suolo.")
    way.press("Ištaisyti")

    one, two = Submission.objects.order_by("number")
    way.tell("two proposals of one sheet, and a slip put right")
    assert (one.body, two.body, two.author_name) == ("Reikia suolo.", "Reikia tako.", "A Ž")
    assert OnPaper.objects.values("sheet").distinct().count() == 1
    assert way.says("iš to paties popieriaus lapo:")
    way.open(f"/desk/p/sheets/{one.on_paper.sheet}/")
    assert way.says("1, 2")


def test_notes_of_a_meeting_become_rows_of_the_register(office, consultation):
    way = office(js=True, width=1280)
    way.open("/desk/p/sheets/?channel=MEETING&place=Susitikimas%20bibliotekoje")
    keys = Keyboard(way.page)
    for words in ("Reikia keltuvo.", "Kada atsakysite?", "Reikia lempų."):
        keys.press("Tab")
        keys.type(words)
        with way.page.expect_navigation():
            keys.press("Control+Enter")

    made = list(Submission.objects.order_by("number"))
    assert [one.body for one in made] == ["Reikia keltuvo.", "Kada atsakysite?", "Reikia lempų."]
    assert {one.channel for one in made} == {Channel.MEETING}
    assert {one.source.place for one in made} == {"Susitikimas bibliotekoje"}
    assert {one.kind for one in made} == {Kind.GENERAL}


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_stands_upright(office, consultation, axe, width, scheme):
    run = make.paper_run(consultation, count=3)
    way = office(js=True, width=width, scheme=scheme)
    way.open("/desk/p/sheets/?code=" + queries.code(run.first))
    way.page.locator("[name=text]").fill("Reikia suolo prie poliklinikos.")
    way.press("Užregistruoti, dar vienas iš šio lapo")
    sheet = OnPaper.objects.get()

    for address in (
        f"/desk/p/sheets/?sheet={sheet.sheet}",
        f"/desk/p/sheets/{sheet.sheet}/",
        f"/desk/p/{sheet.submission.number}/retype/",
        f"/desk/c/{consultation.number}/paper/",
        f"/p/{sheet.submission.number}/",
    ):
        way.open(address)
        for details in way.page.locator("main details").all():
            details.evaluate("box => { box.open = true; }")
        name = address.strip("/").split("?")[0].replace("/", "-").replace(str(sheet.sheet), "one")
        way.picture(f"paper-{name}-{width}-{scheme}")
        wide = way.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (address, wide)
        result = axe.run(way.page)
        assert result.violations_count == 0, (address, result.generate_report())
