"""Pictures of the README and the coordinator's guide, taken anew from a demo: `make pictures`.

Every picture is a page as people see it. Those of the guide go to
docs/pictures/guide/<language>/<name>.png, the two of the README to docs/pictures/<name>.png.
"""

from __future__ import annotations

import io
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "pictures"
DEMO = ROOT / "src" / "sutarta" / "cli" / "demo"
SIZE = {"width": 1100, "height": 820}
COLOURS = 96
LONGEST = 60  # seconds until the demo answers

# name of the picture -> address
READING = "/s/1/2/nr/3.2.2.3/"
MODERATING = "/desk/p/20/"
PUBLIC = {"register": "/p/", "comparison": "/s/1/2/compare/1/", "report": "/c/1/report/"}
DESK = {
    "home": "/desk/",
    "people": "/desk/settings/people/",
    "consultation": "/desk/c/2/",
    "entering": "/desk/p/new/?channel=PHONE",
    "inbox": "/desk/p/?show=all",
    "moderating": MODERATING,
    "answering": "/desk/p/17/",
    "telling": "/desk/c/1/telling/",
    "reasons": "/desk/reasons/1/2/",
}


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        _demo(Path(folder)) as (base, link),
        sync_playwright() as playwright,
    ):
        program = shutil.which("chromium") or "chromium"
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_context(viewport=SIZE, reduced_motion="reduce").new_page()
        _take(page, base + READING, "reading")
        _in_every_language(page, base, PUBLIC)
        _sign_in(page, link)
        _take(page, base + MODERATING, "desk")
        _in_every_language(page, base, DESK)
        _correct(page, base)
        browser.close()


@contextmanager
def _demo(folder: Path) -> Iterator[tuple[str, str]]:
    """A demo on a free port; yields its address and the sign-in link."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "sutarta.cli.main", "demo", "--port", port]
    command += ["--data", str(folder / "data")]
    said = folder / "said.txt"
    with (
        said.open("w") as out,
        subprocess.Popen(command, cwd=ROOT / "src", stdout=out, stderr=subprocess.STDOUT) as demo,
    ):
        try:
            yield f"http://127.0.0.1:{port}", _link(said)
        finally:
            demo.terminate()


def _link(said: Path) -> str:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        if found := re.search(r"http\S+/in/\S+", said.read_text()):
            return found[0]
        time.sleep(0.2)
    raise SystemExit(f"The demo did not start:\n{said.read_text()}")


def _sign_in(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("main button").click()
    page.wait_for_load_state()


def _in_every_language(page: Page, base: str, addresses: dict[str, str]) -> None:
    for language in ("en", "lt"):  # the site's own language last: it stays
        cookie = {"name": "sutarta_language", "value": language, "url": base}
        page.context.add_cookies([cookie])
        for name, address in addresses.items():
            _take(page, base + address, f"guide/{language}/{name}")


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
