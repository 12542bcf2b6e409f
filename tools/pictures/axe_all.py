"""axe on every page of the demo: `make axe-all`. Ends with 1 when any rule is broken.

What is looked at: the addresses of the sitemaps of both groups, and what links of the desk lead
to; of those that differ by their numbers alone, such as submissions, twelve of each kind, with
EVERY=1 all. Light and dark, 1280 and 320 px. With PICTURES=folder each is kept as a picture at
1280, 390 and 320 px, which belong in no commit. LANGUAGES=lt,en tries both languages.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, sync_playwright
from running import Demo, demo, sign_in

WIDTHS = (1280, 320)
PICTURED = (1280, 390, 320)
TELL = 20  # pages between two lines that say how far it is
MOST_OF_A_KIND = 12  # pages that differ by their numbers alone
NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+")
PLACE = re.compile(r"<loc>([^<]+)</loc>")
LINKS = "[...document.querySelectorAll('a[href]')].map(one => one.href)"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def main() -> int:
    languages = os.environ.get("LANGUAGES", "lt").split(",")
    seen, faults = Counter(), []
    program = shutil.which("chromium") or "chromium"
    with (
        tempfile.TemporaryDirectory() as folder,
        demo(Path(folder)) as shown,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        signed_in = [_signed_in(browser, link) for link in shown.links]
        public = _public(browser, shown)
        desk = [address for state in signed_in for address in _desk(browser, *state)]
        for language in languages:
            for scheme in ("light", "dark"):
                for addresses, state in ((public, None), *_by_state(desk, signed_in)):
                    look = (language, scheme, state)
                    faults += _look_at(browser, addresses, look, seen)
        browser.close()
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    views = ", ".join(f"{count} {kind}" for kind, count in seen.items())
    sys.stdout.write(f"{len(public)} public pages, {len(desk)} of the desk; {views}; ")
    sys.stdout.write(f"{len(faults)} rules broken\n")
    return 1 if faults else 0


def _public(browser: Browser, shown: Demo) -> list[str]:
    """The addresses of the sitemaps of all groups; of pages of one kind only some."""
    page, found = browser.new_page(), []
    for site in shown.sites:
        answer = page.goto(f"{site}/sitemap.xml")
        found += _some(PLACE.findall(answer.text() if answer else ""))
    page.close()
    return found


def _kind(address: str) -> str:
    return NUMBERS.sub("*", urlsplit(address).path)


def _some(addresses: list[str]) -> list[str]:
    """Of those of one kind as many as are looked at, spread over all of them."""
    if os.environ.get("EVERY"):
        return addresses
    kinds = defaultdict(list)
    for address in addresses:
        kinds[_kind(address)].append(address)
    return [one for its in kinds.values() for one in its[:: -(-len(its) // MOST_OF_A_KIND)]]


def _signed_in(browser: Browser, link: str) -> tuple[str, dict]:
    """The site of a link, and the state of a browser that it signed in."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, link)
    state = context.storage_state()
    context.close()
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}", state


def _desk(browser: Browser, site: str, state: dict) -> list[str]:
    """Every page of a group's desk that links lead to; of pages of one kind only some."""
    context = browser.new_context(storage_state=state)
    page = context.new_page()
    found, waiting, kinds = [], [f"{site}/desk/"], Counter()
    known = set(waiting)
    while waiting:
        address = waiting.pop(0)
        if not _shows_a_page(page, address):
            continue
        found.append(address)
        for link in page.evaluate(LINKS):
            target = urljoin(address, link).partition("#")[0].partition("?")[0]
            if target in known or not target.startswith(f"{site}/desk/"):
                continue
            known.add(target)
            kinds[_kind(target)] += 1
            if kinds[_kind(target)] <= MOST_OF_A_KIND or os.environ.get("EVERY"):
                waiting.append(target)
    context.close()
    return found


def _shows_a_page(page: Page, address: str) -> bool:
    try:
        answer = page.goto(address)
    except Error:  # a file, which the browser saves
        return False
    is_page = answer is not None and "text/html" in answer.headers.get("content-type", "")
    return is_page and answer.ok and page.url == address


def _by_state(desk: list[str], states: list[tuple[str, dict]]) -> Iterator[tuple[list[str], dict]]:
    for site, state in states:
        yield [address for address in desk if address.startswith(f"{site}/")], state


def _look_at(browser: Browser, addresses: list[str], look: tuple, seen: Counter) -> list[str]:
    """What is broken on these pages in that language and scheme, for such a person."""
    language, scheme, state = look
    context = browser.new_context(
        storage_state=state, color_scheme=scheme, reduced_motion="reduce", locale=language
    )
    hosts = {f"{urlsplit(one).scheme}://{urlsplit(one).netloc}" for one in addresses}
    context.add_cookies(
        [{"name": "sutarta_language", "value": language, "url": host} for host in hosts]
    )
    page, axe, faults = context.new_page(), Axe(), []
    for place, address in enumerate(addresses):
        if place % TELL == 0:
            who = "the desk" if state else "residents"
            said = f"{language} {scheme}, {who}: page {place + 1} of {len(addresses)}"
            sys.stdout.write(f"{said}, {len(faults)} rules broken so far\n")
            sys.stdout.flush()
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            seen[f"{language} {scheme} {width} px"] += 1
            where = f"{address} {language} {scheme} {width}"
            broken = axe.run(page).response["violations"]
            faults += [f"{where}: {rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in broken]
            if page.evaluate(WIDER) > 0:
                faults.append(f"{where}: scrolls sideways")
        _keep_pictures(page, address, f"{language}-{scheme}")
    context.close()
    return faults


def _keep_pictures(page: Page, address: str, look: str) -> None:
    folder = os.environ.get("PICTURES")
    if not folder:
        return
    parts = urlsplit(address)
    name = re.sub(r"\W+", "-", f"{parts.hostname}{parts.path}").strip("-")
    for width in PICTURED:
        page.set_viewport_size({"width": width, "height": 900})
        file = Path(folder) / f"{name}-{look}-{width}.png"
        page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    sys.exit(main())
