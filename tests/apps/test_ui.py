"""What pages are made of: words, dates, marks, drawings, forms, frames."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from sutarta.apps.ui import drawings, gallery, icons, marks, ties, wording

VILNIUS = ZoneInfo("Europe/Vilnius")
EVENING = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
END = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)  # midnight in Vilnius
TEMPLATES = Path(gallery.__file__).parent / "templates"


@pytest.fixture(autouse=True)
def in_vilnius():
    with timezone.override(VILNIUS), translation.override("lt"):
        yield


def tied(text):
    return text.replace("~", wording.NBSP)


def shown(source, **context):
    template = engines["django"].from_string("{% load ui %}" + source)
    return template.render(context)


def page(name, language="lt", **context):
    with translation.override(language):
        return render_to_string(name, context, request=RequestFactory().get("/"))


def full_gallery(language="lt"):
    return page("ui/gallery.html", language, **gallery.context(EVENING), **gallery.frame())


@pytest.mark.parametrize(
    ("write", "value", "lithuanian", "english"),
    [
        (wording.local_date, EVENING, "2026~m. lapkričio~22~d.", "22~November 2026"),
        (wording.local_date, date(2026, 3, 1), "2026~m. kovo~1~d.", "1~March 2026"),
        (wording.local_day, EVENING, "lapkričio~22~d.", "22~November"),
        (wording.local_weekday, EVENING, "sekmadienis", "Sunday"),
        (wording.local_time, EVENING, "17.30~val.", "17:30"),
        (
            wording.local_date_time,
            EVENING,
            "2026~m. lapkričio~22~d. 17.30~val.",
            "22~November 2026, 17:30",
        ),
        (wording.local_end, END, "2026~m. lapkričio~30~d. 24.00~val.", "30~November 2026, 24:00"),
        (
            wording.local_end,
            EVENING,
            "2026~m. lapkričio~22~d. 17.30~val.",
            "22~November 2026, 17:30",
        ),
        (wording.local_end_day, END, "lapkričio~30~d. 24.00~val.", "30~November, 24:00"),
        (wording.end_weekday, END, "pirmadienis", "Monday"),
        (wording.money, 25_000_000, "250~000,00~Eur", "EUR~250,000.00"),
        (wording.money, -105, "−1,05~Eur", "EUR~−1.05"),
        (wording.nr, 65, "Nr.~65", "No.~65"),
        (wording.size, 10, "1~kB", "1~kB"),
        (wording.size, 34_400, "34~kB", "34~kB"),
        (wording.size, 3_440_000, "3,4~MB", "3.4~MB"),
        (wording.remaining, timedelta(days=8, hours=6, minutes=9), "8~d. 6~val.", "8~d 6~h"),
        (wording.remaining, timedelta(days=2, minutes=9), "2~d.", "2~d"),
        (wording.remaining, timedelta(hours=6, minutes=20), "6~val. 20~min.", "6~h 20~min"),
        (wording.remaining, timedelta(seconds=5), "1~min.", "1~min"),
        (wording.zone, "Europe/Vilnius", "Lietuvos laiku", "Lithuanian time"),
        (wording.zone, "America/New_York", "New York laiku", "New York time"),
    ],
)
def test_dates_hours_and_sums_are_written_as_people_write_them(write, value, lithuanian, english):
    assert write(value) == tied(lithuanian)
    with translation.override("en"):
        assert write(value) == tied(english)


@pytest.mark.parametrize(
    ("ends", "lithuanian", "english"),
    [
        (EVENING + timedelta(hours=2), "17.30–19.30~val.", "17:30–19:30"),
        (EVENING + timedelta(hours=6.5), "17.30–24.00~val.", "17:30–24:00"),
        (
            EVENING + timedelta(hours=8),
            "17.30~val. – 2026~m. lapkričio~23~d. 01.30~val.",
            "17:30 – 23~November 2026, 01:30",
        ),
    ],
)
def test_two_hours_are_told_with_one_day_unless_midnight_lies_between(ends, lithuanian, english):
    day = "2026~m. lapkričio~22~d. "
    assert wording.local_hours(EVENING, ends) == tied(lithuanian)
    assert wording.local_span(EVENING, ends) == tied(day + lithuanian)
    with translation.override("en"):
        assert wording.local_hours(EVENING, ends) == tied(english)
        assert wording.local_span(EVENING, ends) == tied(f"22~November 2026, {english}")


@given(st.timedeltas(timedelta(0), timedelta(days=40)), st.floats(0, 1))
def test_the_time_left_reads_the_same_until_the_next_change(left, share):
    change = wording.next_remaining(left)
    between = change + (left - change) * share

    assert change < left or left == timedelta(0)
    assert between == change or wording.remaining(between) == wording.remaining(left)


def test_a_moment_is_read_by_machines_too():
    assert shown("{% when at %}", at=EVENING) == tied(
        '<time datetime="2026-11-22T17:30+02:00">2026~m. lapkričio~22~d. 17.30~val.</time>'
    )
    assert shown('{% when day "local_day" %}', day=date(2026, 11, 2)) == tied(
        '<time datetime="2026-11-02">lapkričio~2~d.</time>'
    )


@pytest.mark.parametrize(
    ("typed", "tied_together"),
    [
        ("Alksnių 2023–2029 m. strategija", "Alksnių 2023–_2029~m. strategija"),
        ("Lapkričio 30 d. 24.00 val.", "Lapkričio 30~d. 24.00~val."),
        ("Iš 250 000 Eur 5 proc.", "Iš 250~000~Eur 5~proc."),
        ("A. B. Ona ir k. Petras", "A.~B.~Ona ir k. Petras"),
        ("I–IV 9–16 val.", "I–_IV 9–_16~val."),
        ("2 dalis. Miestas", "2 dalis. Miestas"),
    ],
)
def test_a_title_never_breaks_inside_a_number_or_a_name(typed, tied_together):
    assert ties.unbroken(typed) == tied(tied_together).replace("_", ties.JOINER)


def test_the_year_is_left_out_while_it_goes_without_saying():
    assert shown("{{ then|recent:at }}", then=EVENING, at=END + timedelta(days=40)) == tied(
        "2026~m. lapkričio~22~d. 17.30~val."
    )
    assert shown("{{ at|recent:at }}", at=EVENING) == tied("lapkričio~22~d. 17.30~val.")


def test_staff_see_a_state_as_something_to_do():
    assert html.fromstring(shown('{% work "WAITING" %}')).text_content() == "Atsakyti"
    assert shown('{% work "SET_ASIDE" %}') == shown('{% status "SET_ASIDE" %}')


@pytest.mark.parametrize("code", marks.STATUSES)
def test_a_status_is_word_icon_and_colour(code):
    mark = html.fromstring(shown("{% status code %}", code=code))

    assert mark.text_content() == str(marks.STATUSES[code].word)
    assert mark.get("data-status") == marks.STATUSES[code].tone != ""
    assert len(mark.findall("svg[@aria-hidden='true']")) == 1


@pytest.mark.parametrize("code", marks.CHANNELS)
def test_a_channel_is_word_and_icon(code):
    mark = html.fromstring(shown("{% channel code %}", code=code))

    assert mark.text_content() == str(marks.CHANNELS[code].word)
    assert mark.find("svg") is not None


def test_an_unknown_status_or_icon_is_an_error_not_a_gap():
    with pytest.raises(KeyError):
        shown("{% status 'MAYBE' %}")
    with pytest.raises(KeyError):
        shown("{% icon 'unicorn' %}")


def test_an_icon_used_hundreds_of_times_is_drawn_once():
    many = shown('{% symbols "comment" %}{% for n in numbers %}{% use "comment" %}{% endfor %}',
                 numbers=range(300))  # fmt: skip

    assert many.count(icons.drawings()["comment"]) == 1
    assert many.count('<use href="#i-comment">') == 300


def test_the_strip_shows_each_day_and_today():
    strip = drawings.strip(date(2026, 11, 2), date(2026, 11, 30), date(2026, 11, 22))

    assert [day.state for day in strip.days] == ["gone"] * 20 + ["today"] + ["coming"] * 8
    assert (strip.number, strip.total, strip.today) == (21, 29, 20 * drawings.STEP + 4)


def test_a_long_window_is_drawn_by_weeks():
    strip = drawings.strip(date(2026, 1, 1), date(2026, 12, 31), date(2026, 1, 9))

    assert [day.state for day in strip.days[:3]] == ["gone", "today", "coming"]
    assert (len(strip.days), strip.number, strip.total) == (53, 9, 365)


def test_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before"):
        drawings.strip(date(2026, 11, 2), date(2026, 11, 1), date(2026, 11, 2))


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6))
def test_a_bar_fits_and_hides_nothing_that_was_counted(counts):
    parts = drawings.parts(counts)

    assert [part.width > 0 for part in parts] == [count > 0 for count in counts]
    assert max(part.x + part.width for part in parts) <= 1003
    edges = [(part.x, part.x + part.width) for part in parts if part.width]
    assert edges == sorted(edges)
    assert all(left[1] < right[0] for left, right in pairwise(edges))


def test_optional_fields_are_marked_and_required_ones_are_not():
    form = html.fromstring(f"<div>{gallery.SampleForm()}</div>")

    labels = [" ".join(label.text_content().split()) for label in form.findall(".//label")]
    assert "Nauja redakcija (nebūtina)" in labels
    assert "Kodėl tai svarbu?" in labels
    assert not form.xpath("//*[@required]")


@pytest.mark.parametrize("sent", [None, {}, {"email": "vardas"}])
def test_every_hint_and_error_a_field_names_is_on_the_page(sent):
    form = html.fromstring(f"<div>{gallery.SampleForm(sent)}</div>")

    named = {one for part in form.xpath("//@aria-describedby") for one in part.split()}
    assert named
    assert named - set(form.xpath("//@id")) == set()


def test_the_error_summary_leads_to_each_field():
    form = html.fromstring(f"<div>{gallery.SampleForm({'email': 'vardas'})}</div>")

    links = form.xpath("//*[@role='alert']//a")
    assert [link.text for link in links] == [
        "Parašykite, kodėl tai svarbu.",
        "Pažymėkite, kas teikia.",
        "Įrašykite visą el. pašto adresą, pvz., vardas@pastas.lt.",
        "Šis laukas yra privalomas.",
    ]
    assert {link.get("href")[1:] for link in links} <= set(form.xpath("//@id"))


def test_what_was_typed_is_still_there_after_an_error():
    form = html.fromstring(
        f"<div>{gallery.SampleForm({'email': 'vardas', 'wording': 'Čia'})}</div>"
    )

    assert form.xpath("//input[@type='email']/@value") == ["vardas"]
    assert form.xpath("//textarea[@name='wording']")[0].text.strip() == "Čia"


def test_struck_and_inserted_words_are_said_aloud():
    changes = [
        {"op": "same", "text": "Vežame "},
        {"op": "gone", "text": "kartą"},
        {"op": "new", "text": "du kartus"},
        {"op": "same", "text": "."},
    ]

    line = html.fromstring(f"<p>{render_to_string('ui/_redline.html', {'changes': changes})}</p>")

    assert line.text_content().strip() == "Vežame [išbraukta: kartą][įrašyta: du kartus]."


@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_page_names_its_language(language):
    assert html.fromstring(full_gallery(language)).get("lang") == language


def test_a_cached_page_holds_no_countdown():
    window = {"opens_at": EVENING, "closes_at": END}

    bar = html.fromstring(render_to_string("ui/_deadline_bar.html", window))
    left = bar.find(".//strong")

    assert left.text_content().strip() == "" and left.get("hidden") is not None
    assert left.get("data-left") == "2026-12-01T00:00:00+02:00"


def test_the_plain_frame_needs_neither_group_nor_links():
    bare = html.fromstring(page("ui/plain_base.html", group=None))

    assert bare.find(".//main") is not None
    assert bare.find_class("brand")[0].text_content().strip() == "Sutarta"


def test_a_financed_group_shows_the_emblem_and_the_project_on_every_page():
    frame = gallery.frame()

    footer = html.fromstring(page("ui/base.html", **frame)).find(".//footer").text_content()
    assert "Bendrai finansuoja Europos Sąjunga" in footer
    assert "00-000-P-0001" in footer
    frame["group"].is_financed = False
    assert "finansuoja" not in page("ui/base.html", **frame)


def test_the_gallery_shows_every_status():
    words = html.fromstring(full_gallery()).text_content()

    assert [code for code, mark in marks.STATUSES.items() if str(mark.word) not in words] == []


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_carries_a_style_or_a_script_of_its_own(template):
    text = template.read_text(encoding="utf-8")

    assert re.findall(r"\sstyle=|\son[a-z]+=|<style|javascript:", text) == []
    assert re.findall(r"<script(?![^>]* src=)", text) == []


def test_pages_ask_nobody_else_for_anything():
    whole = html.fromstring(full_gallery())

    assert [
        at for at in whole.xpath("//@src | //link/@href") if not at.startswith("/static/")
    ] == []
