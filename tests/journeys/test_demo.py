"""The first look at the demo: what became of proposals, the group beside it, work at the desk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest

from tests.cli.conftest import demo_once  # noqa: F401 - a fixture
from tests.cli.test_serve import free_port, serving

READY = "Ctrl-C"  # printed once the site answers


@pytest.fixture
def said(demo_once, tmp_path) -> Iterator[str]:  # noqa: F811
    """What the demo prints when it serves; it goes on serving."""
    data = shutil.copytree(demo_once, tmp_path / "data")
    with serving("demo", "--data", data, "--port", free_port()) as process:
        lines = [""]
        while READY not in lines[-1]:
            lines.append(process.stdout.readline())
            assert lines[-1] or process.poll() is None, "".join(lines)
        yield "".join(lines)


@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_from_the_printed_addresses_to_a_change_its_proposal_and_the_desk(walk, said, js):
    town, country = re.findall(r"residents: +(http\S+)/", said)
    link = re.search(r"once: +(http\S+)", said)[1]
    way = walk(js=js, width=1280)
    way.base = town

    way.open("/")
    assert way.says("Vyksta viešas aptarimas")
    way.open("/s/1/2/compare/1/")
    assert way.says("Pakeitimų be priežasties nėra")
    way.page.locator("a", has_text="Pasiūlymas ir atsakymas").first.click()
    way.page.wait_for_load_state()
    assert way.says("Oficialus atsakymas")
    way.picture(f"demo-answered-1280-{'js' if js else 'nojs'}")

    way.base = country
    way.open("/")
    assert way.says("Kelmynės krašto VVG")
    assert not way.says("Alksni")

    way.open(link)
    way.press("Prisijungti")
    assert way.says("Nuspręsti, ką matys visi")
    way.tell("from the printed addresses to the desk")
