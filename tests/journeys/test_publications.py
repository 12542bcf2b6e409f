"""A coordinator proves where the notice was published; a municipality frames the discussion."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sutarta.apps.people import actions as people
from sutarta.apps.publishing.models import Publication
from tests import files, make

pytestmark = pytest.mark.django_db(transaction=True)
LISTED, STRANGER = "savivaldybe.localhost", "kiti.localhost"


@pytest.fixture
def its(group):
    now = make.now()
    group.obligatory, group.notice_days = ["NEWSPAPER"], 14
    group.is_financed, group.project_number = True, "11-001-T-0007"
    group.save()
    return make.consultation(
        version=make.version(group=group),
        title="Pataisyto strategijos projekto aptarimas",
        opens_at=now - timedelta(days=9),
        announced_at=now - timedelta(days=9),
        last_day=(now + timedelta(days=8)).date(),
    )


@pytest.fixture
def office(walk, group):
    """A coordinator who has come in by a link."""
    user = make.member(of=group, name="R M", email="r.m@alksniai.example")
    way = walk(js=True, width=1280)
    way.open(f"/in/{people.make_link(group=group, user=user, at=make.now())}/")
    way.page.locator("main button").click()
    way.page.wait_for_load_state()
    return way


class Site:
    """Another site on this machine, whose every page holds one line of ours."""

    def __init__(self, line: str, width: int) -> None:
        page = (
            '<!DOCTYPE html><html lang="lt"><title>Savivaldybė</title><main><h1>Savivaldybė</h1>'
            f"<div style='width: {width}px'>{line}</div></main></html>"
        ).encode()

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def address(self, host: str) -> str:
        return f"http://{host}:{self.server.server_port}/"


@pytest.fixture
def municipality() -> Iterator[Any]:
    opened = []

    def begin(line: str, width: int = 300) -> Site:
        opened.append(Site(line, width))
        return opened[-1]

    yield begin
    for site in opened:
        site.server.shutdown()
        site.server.server_close()


def test_a_coordinator_records_a_cutting_mends_a_wrong_one_and_shows_the_proof(office, its, walk):
    way = office
    way.open("/desk/")
    way.press("Įrašykite, kur paskelbta")
    way.fill("Laikraščio, svetainės ar vietos pavadinimas", "Alksnių žinios")
    day = (make.now() - timedelta(days=6)).date()
    way.fill("Kada matyta paskelbta", day.isoformat())
    copy = {"name": "iškarpa.jpg", "mimeType": "image/jpeg", "buffer": files.jpeg()}
    way.page.get_by_label("Kopija").first.set_input_files(copy)
    way.fill("Užsakymo numeris", "SK-118")
    way.fill("Kaina eurais", "48,40")
    way.press("Įrašyti")
    assert way.says("Įrašyta. Dabar tai mato visi.")
    assert way.says("Skelbiama 14 dienų")
    way.tell("a publication with its cutting")

    way.press("Čia klaida")
    way.fill("Kas buvo negerai?", "Laikraštis išėjo diena vėliau.")
    way.press("Atšaukti ir įrašyti teisingai")
    way.fill("Kada matyta paskelbta", (day + timedelta(days=1)).isoformat())
    way.press("Įrašyti")
    assert way.says("Skelbiama per trumpai")
    way.picture("publications-desk")
    way.tell("a wrong record withdrawn and recorded rightly")

    reader = walk()
    reader.open("/c/1/")
    reader.press("Kur paskelbta")
    assert reader.says("Trūksta 1 dienos.")
    assert reader.says("48,40 Eur")
    assert reader.says("Laikraštis išėjo diena vėliau.") is False  # folded away
    right = Publication.objects.get(withdrawn_at=None)
    shown = reader.page.context.request.get(f"{reader.base}/c/1/notices/{right.pk}/copy/")
    assert shown.headers["content-type"] == "image/jpeg"
    reader.tell("a resident reads the proof")


def test_a_municipality_frames_the_discussion(office, its, municipality, walk, axe, settings):
    settings.PUBLIC_PORT = int(office.base.rsplit(":", 1)[1])
    office.open("/desk/settings/notices/")
    office.fill("Svetainės, kurios gali rodyti mūsų rėmelį", LISTED)
    office.press("Išsaugoti nustatymus")
    line = office.page.locator("pre code").first.inner_text()
    office.tell("a line for the municipality")
    site = municipality(line)

    reader = walk(js=True)
    asked: list[str] = []
    reader.page.context.on("request", lambda request: asked.append(request.url))
    reader.open(site.address(LISTED))
    reader.page.locator("iframe").scroll_into_view_if_needed()
    frame = reader.page.frame_locator("iframe")
    frame.get_by_role("heading", name=its.title).wait_for()
    inner = reader.page.frames[1]
    said = " ".join(inner.inner_text("body").split()).replace("\xa0", " ")
    for words in ("Vyksta", "24.00 val., Lietuvos laiku", "Gauti pasiūlymai", "Projekto Nr."):
        assert words in said
    assert inner.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert inner.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    reader.picture("embed-300")
    assert reader.page.context.cookies() == []
    assert [url for url in asked if url.split("?")[0].endswith(".js")] == []
    assert axe.run(reader.page).response["violations"] == []

    with reader.page.context.expect_page() as opened:
        frame.get_by_role("link", name="Skaityti ir komentuoti").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{reader.base}/s/1/1/"
    reader.tell("a reader of the municipality's site comes to us")


def test_a_site_that_is_not_listed_shows_nothing(group, its, municipality, walk, live_server):
    group.embed_hosts = [LISTED]
    group.save()
    site = municipality(f'<iframe src="{live_server.url}/embed/" title="Aptarimas"></iframe>')
    reader = walk(js=True)
    told: list[str] = []
    reader.page.on("console", lambda message: told.append(message.text))

    reader.open(site.address(STRANGER))
    reader.page.wait_for_timeout(500)

    assert its.title not in reader.page.frames[1].content()
    assert any("frame-ancestors" in words for words in told)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("look", ["", "light", "dark"])
def test_the_frame_is_readable_in_every_look(its, walk, axe, scheme, look):
    reader = walk(js=True, width=300, scheme=scheme)
    reader.open(f"/embed/?look={look}")

    assert axe.run(reader.page).response["violations"] == []
    dark = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, dark[4:-1].split(", "))) < 200) is ((look or scheme) == "dark")
