"""Pictures of the README and the coordinator's guide, taken anew from a demo: `make pictures`.

Every picture is a page as people see it. Those of the guide go to
docs/pictures/guide/<language>/<name>.png, the two of the README to docs/pictures/<name>.png.
"""

from __future__ import annotations

import io
import re
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from running import ROOT, demo, sign_in

TARGET = ROOT / "docs" / "pictures"
DEMO = ROOT / "src" / "sutarta" / "cli" / "demo"
SIZE = {"width": 1100, "height": 820}
COLOURS = 96

# name of the picture -> address; {words} stands for the number of the submission with these words
READING = "/s/1/2/nr/6.3.1.2/"
MODERATING = "/desk/p/{Mano kaimynė Liepų g. 12}/"
PUBLIC = {
    "ideas": "/c/1/",
    "register": "/p/",
    "comparison": "/s/1/2/compare/1/",
    "report": "/c/2/report/",
}
DESK = {
    "home": "/desk/",
    "people": "/desk/settings/people/",
    "consultation": "/desk/c/3/",
    "notice": "/desk/c/3/notice/",
    "publications": "/desk/c/3/publications/",
    "languages": "/desk/c/3/languages/",
    "steps": "/desk/strategies/1/steps/",
    "entering": "/desk/p/new/?channel=PHONE",
    "inbox": "/desk/p/?show=all",
    "moderating": MODERATING,
    "answering": "/desk/p/{bet sezonas pas mus trunka šešis}/",
    "telling": "/desk/c/2/telling/",
    "reasons": "/desk/reasons/1/2/",
    "letters": "/desk/letters/",
    "campaign": "/desk/campaigns/{Prašome į strategiją įrašyti susitikimo vietą}/",
    "typing": "/desk/p/sheets/",
    "mailboxes": "/desk/settings/mailboxes/",
}
# A survey's export: three people, one of whom agrees to be named.
ANSWERS = """\
Laiko žymė;Vardas, pavardė;El. paštas;Ką reikėtų keisti?;Kodėl?;Ar sutinkate rodyti vardą?
2026-11-10 09:05:11;A. B.;;Daugiau suolų prie tako;Vyresniems sunku eiti;Ne
2026-11-10 12:40:03;R. M.;r.m@alksniai.example;Apšviesti taką;Vakare tamsu;Taip
2026-11-11 18:22:47;;;Šiukšliadėžių;;
"""


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        demo(Path(folder)) as shown,
        sync_playwright() as playwright,
    ):
        program = shutil.which("chromium") or "chromium"
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_context(viewport=SIZE, reduced_motion="reduce").new_page()
        base, file = shown.base, Path(folder) / "data" / "sutarta.sqlite3"
        desk = {name: _numbered(address, file) for name, address in DESK.items()}
        _take(page, base + READING, "reading")
        _in_every_language(page, base, PUBLIC)
        sign_in(page, shown.links[0])
        _take(page, base + desk["moderating"], "desk")
        _in_every_language(page, base, desk)
        _letter(page, base)
        _mailboxes(page, base)
        _survey(page, base)
        _correct(page, base)
        browser.close()


def _numbered(address: str, file: Path) -> str:
    """The address with the number of the newest submission that has the words in braces."""
    return re.sub(r"{(.+)}", lambda found: str(_number(found[1], file)), address)


def _number(words: str, file: Path) -> int:
    question = "SELECT MAX(number) FROM consultations_submission WHERE instr(body || why, ?)"
    with closing(sqlite3.connect(file)) as database:
        [(number,)] = database.execute(question, [words])
    if number is None:
        raise SystemExit(f"Nobody says “{words}” in the demo.")
    return int(number)


def _in_every_language(page: Page, base: str, addresses: dict[str, str]) -> None:
    for language in ("en", "lt"):  # the site's own language last: it stays
        cookie = {"name": "sutarta_language", "value": language, "url": base}
        page.context.add_cookies([cookie])
        for name, address in addresses.items():
            _take(page, base + address, f"guide/{language}/{name}")


def _letter(page: Page, base: str) -> None:
    """The letter that waits to be sorted."""
    page.goto(f"{base}/desk/letters/")
    its = page.locator("table.inbox tbody th a").first.get_attribute("href")
    _in_every_language(page, base, {"letter": its or ""})


def _mailboxes(page: Page, base: str) -> None:
    """Connecting one at a known service, one elsewhere, and a mailbox that is connected."""
    add = "/desk/settings/mailboxes/add/?address="
    new = {"mailbox-gmail": f"{add}vvg@gmail.com", "mailbox-own": f"{add}info@alksniai.example"}
    page.goto(f"{base}/desk/settings/mailboxes/")
    its = page.locator("main a", has_text="pasiulymai@").first.get_attribute("href")
    _in_every_language(page, base, new | {"mailbox": its or ""})


def _survey(page: Page, base: str) -> None:
    """A sheet of answers: what its columns are, as the desk guesses."""
    page.goto(base + "/desk/c/3/surveys/")
    sheet = {"name": "Suolai ir takai.csv", "mimeType": "text/csv", "buffer": ANSWERS.encode()}
    page.locator("input[type=file]").set_input_files([sheet])
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    _in_every_language(page, base, {"survey": page.url.removeprefix(base)})


def _correct(page: Page, base: str) -> None:
    """A next Word file: its preview, the draft, the doubtful passages, one passage in place."""
    page.goto(base + "/desk/strategies/1/file/")
    page.locator("input[type=file]").set_input_files(DEMO / "alksniai-1.docx")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    _in_every_language(page, base, {"preview": "/desk/strategies/1/preview/"})
    form = page.locator("form[action$='/preview/draft/']")
    form.locator("input[type=radio]").first.check()
    form.locator("textarea").fill("Pataisyta po antrojo aptarimo.")
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    _in_every_language(
        page, base, {"draft": "/desk/strategies/1/draft/edit/", "anchors": "/desk/anchors/1/"}
    )


def _take(page: Page, address: str, name: str) -> None:
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address}: {answer and answer.status}")
    taken = Image.open(io.BytesIO(page.screenshot()))
    file = TARGET / f"{name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    taken.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    sys.stdout.write(f"{file.relative_to(ROOT)} {file.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
