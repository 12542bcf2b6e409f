"""A real browser before a real server: what a journey needs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.tenants.models import Group
from tests import make
from tests.conftest import go_without

# Playwright's own loop runs in this thread; Django must not take it for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PICTURES = Path(__file__).resolve().parents[2] / "pictures"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Callable[..., Browser]]:
    """Starts Debian's Chromium with further switches; without it journeys are skipped in one
    sentence, in CI they fail.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        go_without("No Chromium here: browser journeys were not tried.")
    with sync_playwright() as playwright:

        def start(*switches: str) -> Browser:
            args = [*QUIET, *switches]
            return playwright.chromium.launch(executable_path=program, args=args)

        yield start


@pytest.fixture(scope="session")
def browser(chromium: Callable[..., Browser]) -> Iterator[Browser]:
    started = chromium()
    yield started
    started.close()


@dataclass
class Walk:
    """One person's way through the site; counts what it asks of them."""

    page: Page
    base: str
    pages: int = 0
    fields: int = 0
    clicks: int = 0
    problems: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        self.page.goto(address if address.startswith("http") else self.base + address)
        self.pages += 1

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(text)
        self.fields += 1

    def choose(self, label: str) -> None:
        self.page.get_by_label(label, exact=False).first.check()
        self.clicks += 1

    def press(self, name: str) -> None:
        """Press a button or follow a link, and wait for the page it leads to."""
        pressable = self.page.get_by_role("button", name=name)
        if pressable.count() == 0:
            pressable = self.page.get_by_role("link", name=name)
        pressable.first.click()
        self.page.wait_for_load_state()
        self.clicks += 1
        self.pages += 1

    def says(self, words: str) -> bool:
        return words in " ".join(self.page.inner_text("body").split()).replace("\xa0", " ")

    def shows(self, signs: str) -> bool:
        """Whether a long code stands on the page, however it is broken into groups."""
        return signs in "".join(self.page.inner_text("body").split())

    def picture(self, name: str) -> None:
        """Keep a picture of the page when somebody wants to look (PICTURES=1)."""
        if os.environ.get("PICTURES"):
            PICTURES.mkdir(exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    def tell(self, what: str) -> None:
        print(f"{what}: {self.pages} pages, {self.fields} fields, {self.clicks} clicks")


@pytest.fixture
def walk(browser: Browser, live_server) -> Iterator[type]:
    """Make a walk: walk(js=False, width=390, scheme="light", language="lt").

    within: another browser; further options are those of its context, such as
    forced_colors="active".
    """
    opened: list[BrowserContext] = []

    def begin(
        *,
        within: Browser = browser,
        js: bool = False,
        width: int = 390,
        scheme: str = "light",
        language: str = "lt",
        **more: object,
    ) -> Walk:
        options = {
            "java_script_enabled": js,
            "viewport": {"width": width, "height": 844},
            "color_scheme": scheme,
            "locale": language,
            "reduced_motion": "reduce",
        }
        context = within.new_context(**{**options, **more})
        context.set_default_timeout(30_000)
        if language != "lt":
            cookie = {"name": "sutarta_language", "value": language, "url": live_server.url}
            context.add_cookies([cookie])
        opened.append(context)
        return Walk(context.new_page(), live_server.url)

    yield begin
    for context in opened:
        context.close()


@pytest.fixture
def group(transactional_db) -> Group:
    """A group reached where the test's server listens."""
    return make.group(host="localhost", name="Alksnių miesto vietos veiklos grupė",
                      short_name="Alksnių miesto VVG")  # fmt: skip


@pytest.fixture
def consultation(group: Group) -> Consultation:
    """One that is open for a few days more, on a version with two paragraphs."""
    return make.running(version=make.version(group=group))


@pytest.fixture(scope="session")
def axe() -> Axe:
    return Axe()
