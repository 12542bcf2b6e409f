"""An editor brings a LibreOffice file in, decides on its tracked changes and makes a draft."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sutarta.apps.people import actions as people
from sutarta.apps.strategies.models import Version
from tests import make
from tests.apps.strategies.test_importing_kinds import CHANGED
from tests.formats.odt import packages as odf

BUDGET = odf.package(
    odf.h("Tikslai")
    + CHANGED
    + odf.items("pirmas tikslas", "antras tikslas")
    + "<table:table><table:table-row><table:table-cell><text:p>Metai</text:p></table:table-cell>"
    "<table:table-cell><text:p>Suma</text:p></table:table-cell></table:table-row>"
    "<table:table-row><table:table-cell><text:p>2026</text:p></table:table-cell><table:table-cell>"
    "<text:p>100</text:p></table:table-cell></table:table-row></table:table>"
)


@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_a_libreoffice_file_becomes_a_draft(walk, group, tmp_path, js):
    editor = make.member(of=group, role="EDITOR", name="R M")
    strategy = make.strategy(group=group)
    file = tmp_path / "planas.odt"
    file.write_bytes(BUDGET)
    way = walk(js=js)
    secret = people.make_link(group=group, user=editor, at=make.now())
    way.open(f"/in/{secret}/")
    way.press("Prisijungti")
    way.pages = way.clicks = way.fields = 0

    way.open(reverse("strategies:import", args=[strategy.number]))
    assert ".odt" in str(way.page.locator("input[type=file]").get_attribute("accept"))
    way.page.set_input_files("input[type=file]", file)
    way.press("Skaityti failą")
    assert way.says("Pagalba teikiama savaitgaliais.")
    way.picture(f"preview-odt-{'js' if js else 'nojs'}")
    way.press("Atmesti visus keitimus")
    assert way.says("Pagalba teikiama kasdien.")
    way.press("Sudaryti juodraštį")
    way.tell("a LibreOffice file with tracked changes becomes a draft")

    draft = Version.objects.get(strategy=strategy)
    assert [block.number for block in draft.document.blocks if block.number] == ["1.", "1.", "2."]
    assert "kasdien" in " ".join(block.text for block in draft.document.blocks)
