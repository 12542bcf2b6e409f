"""A resident reads and speaks whatever they have: an old browser, large letters, a poor line."""

from __future__ import annotations

import re

import pytest

from sutarta.apps.consultations.models import Submission
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["/", "/s/1/1/", "/c/1/", "/c/1/say/?kind=general", "/p/"]
CARE = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."
LINE = 400_000 / 8  # bytes a second
ROUND_TRIP = 0.4  # seconds
LARGE = "--blink-settings=defaultFontSize=32,minimumFontSize=0"  # 16 unless the reader says so
SPACED = """*:not(#_):not(#_) { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p:not(#_):not(#_) { margin-bottom: 2em !important }"""
CUT = """() => [...document.querySelectorAll("main *")].filter(one => {
  const style = getComputedStyle(one), shape = one.getBoundingClientRect();
  const hides = style.overflowX === "hidden" || style.overflowY === "hidden";
  const cut = one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2;
  return hides && cut && shape.width > 2 && shape.height > 2 && style.clipPath === "none";
}).map(one => one.outerHTML.slice(0, 120))"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return [at.tagName, at.textContent.trim().slice(0, 40), ring || style.boxShadow !== "none"];
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one);
  return parseFloat(style.animationDuration) > 0 || parseFloat(style.transitionDuration) > 0;
}).map(one => one.className)"""
ARRIVED = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const sheets = performance.getEntriesByType("resource").filter(one => one.name.endsWith(".css"));
  const painted = performance.getEntriesByName("first-contentful-paint")[0];
  const bytes = [page, ...sheets].reduce((sum, one) => sum + one.transferSize, 0);
  return [bytes, painted ? painted.startTime : 0];
}"""


def _speaks_and_takes_it_back(way):
    """From the front page to a receipt and back; returns how far any page was wider than seen."""
    wider = []
    way.open("/")
    wider.append(way.page.evaluate(WIDER))
    way.press("Skaityti ir komentuoti")
    wider.append(way.page.evaluate(WIDER))
    way.page.locator(".para", has_text=CARE).locator("a.mark").click()
    way.page.wait_for_load_state()
    wider.append(way.page.evaluate(WIDER))
    way.press("Palikti pastabą")
    way.fill("Jūsų pastaba", "Parašykite ir valandas.")
    wider.append(way.page.evaluate(WIDER))
    way.press("Toliau: peržiūrėti ir pateikti")
    wider.append(way.page.evaluate(WIDER))
    way.press("Pateikti ir gauti numerį")
    assert way.says("Nr. 1")
    wider.append(way.page.evaluate(WIDER))
    way.press("Atsiimti")
    way.press("Atsiimti pasiūlymą")
    assert Submission.objects.get().withdrawn_at is not None
    return max(wider)


def _without_blocks(sheet: str, *names: str) -> str:
    """The sheet as a browser reads it that knows none of these @-rules."""
    for name in names:
        while (start := sheet.find(name)) >= 0:
            end, depth = sheet.index("{", start) + 1, 1
            while depth:
                depth += {"{": 1, "}": -1}.get(sheet[end], 0)
                end += 1
            sheet = sheet[:start] + sheet[end:]
    return sheet


def _with_sheet(way, change):
    def answer(route):
        original = route.fetch()
        route.fulfill(response=original, body=change(original.text()))

    way.page.route(re.compile(r"/sutarta\.[0-9a-f]+\.css|/sutarta\.css"), answer)


def test_without_scripts_and_in_a_browser_that_drops_layers(walk, consultation):
    way = walk(width=390)
    _with_sheet(way, lambda sheet: _without_blocks(sheet, "@layer", "@supports", "@container"))

    assert _speaks_and_takes_it_back(way) <= 0
    font = way.page.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Inter" in font, "the styles are those of the site"
    way.tell("no scripts, no layer blocks")


def test_when_the_styles_never_arrive(walk, consultation):
    way = walk(width=390)
    way.page.route(re.compile(r"\.(css|woff2)$"), lambda route: route.abort())

    _speaks_and_takes_it_back(way)
    way.tell("no styles at all")


def test_on_the_narrowest_screen(walk, consultation):
    way = walk(width=320)

    assert _speaks_and_takes_it_back(way) <= 0
    way.tell("320 px")


@pytest.mark.parametrize("width", [1280, 640])
def test_with_letters_twice_as_large(walk, chromium, consultation, width):
    size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    usual, large = walk(width=320), walk(width=width, within=chromium(LARGE))
    usual.open("/p/")
    large.open("/p/")
    assert large.page.evaluate(size) >= 1.9 * usual.page.evaluate(size)

    assert _speaks_and_takes_it_back(large) <= 0
    large.open("/")
    large.picture(f"large-letters-{width}")
    large.tell(f"200 % text, {width} px")


@pytest.mark.parametrize("address", PAGES)
def test_with_letters_words_and_lines_set_apart(walk, consultation, address):
    way = walk(width=390)
    _with_sheet(way, lambda sheet: sheet + SPACED)
    way.open(address)

    assert way.page.evaluate("getComputedStyle(document.body).letterSpacing") != "normal"
    assert way.page.evaluate(CUT) == []
    assert way.page.evaluate(WIDER) <= 0


def test_in_the_reader_s_own_colours(walk, consultation):
    way = walk(width=390, forced_colors="active")

    assert _speaks_and_takes_it_back(way) <= 0
    way.open("/")
    border = "getComputedStyle(document.querySelector('main .ds-button')).borderTopWidth"
    assert way.page.evaluate(border) != "0px", "a button without its own colour keeps an edge"
    way.picture("forced-colours")
    way.tell("forced colours")


def test_nothing_moves_for_who_asked_for_less_motion(walk, consultation):
    way = walk(js=True, width=1280)
    version = consultation.version

    for address in ("/", f"/s/1/{version.number}/", f"/c/{consultation.number}/", "/p/"):
        way.open(address)
        assert way.page.evaluate(MOVING) == [], address


@pytest.mark.parametrize("address", PAGES)
def test_by_keyboard_every_stop_is_seen(walk, consultation, address):
    way = walk(js=True, width=1280)
    way.open(address)
    unseen, stops = [], 0
    way.page.keyboard.press("Tab")
    while stops < 80:
        tag, words, is_seen = way.page.evaluate(FOCUSED)
        if tag == "BODY":
            break
        stops += 1
        unseen += [] if is_seen else [f"{tag} {words}"]
        way.page.keyboard.press("Tab")

    assert stops > 8
    assert unseen == []


def test_on_a_poor_line_the_text_is_there_within_ten_seconds(walk, group):
    texts = [f"{n}. {CARE} " * 3 for n in range(1, 400)]
    make.running(version=make.version(*texts, group=group))
    way = walk(js=True)
    line = way.page.context.new_cdp_session(way.page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP * 1000,
            "downloadThroughput": LINE,
            "uploadThroughput": LINE,
        },
    )

    way.page.goto(f"{way.base}/s/1/1/", timeout=60_000)
    size, painted = way.page.evaluate(ARRIVED)

    # What must come before the first words, at the line's own speed, whatever the machine does.
    seconds = size / LINE + 3 * ROUND_TRIP
    print(
        f"first reading: {size / 1000:.0f} kB, {seconds:.1f} s by size, {painted / 1000:.1f} s seen"
    )
    assert way.says("399. Pagalba į namus") or way.page.locator(".para").count() > 100
    assert seconds < 10
