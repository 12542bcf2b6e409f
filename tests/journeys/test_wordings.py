"""An accepted wording out to Word and home again, until everybody reads why the passage changed."""

from __future__ import annotations

import io
from datetime import timedelta

import docx as word
import pytest
from docx.oxml.ns import qn

from sutarta.apps.consultations.models import Kind, Visibility
from sutarta.apps.people import actions as people
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.models import Version, VersionReason
from tests import make
from tests.journeys.faults import faults

pytestmark = pytest.mark.django_db(transaction=True)
NOW = make.now()
HELP = "Pagalba į namus teikiama darbo dienomis vyresnio amžiaus žmonėms."
ROAD = "Dviračių takas sujungs Gluosnių kvartalą su miesto centru."


@pytest.fixture
def editor(group):
    return make.member(of=group)


@pytest.fixture
def version(group, editor) -> Version:
    """Published, made of the group's own Word file."""
    import_ = strategies.keep_import(
        actor=editor, strategy=make.strategy(group=group), name="strategija.docx",
        data=make.word_file("# Ko žmonėms trūksta", HELP, ROAD), at=NOW - timedelta(days=40),
    )  # fmt: skip
    draft = strategies.make_draft(
        actor=editor, import_=import_, reason=VersionReason.FIRST, note="", at=NOW
    )
    return strategies.publish_version(actor=editor, version=draft, at=NOW - timedelta(days=40))


@pytest.fixture
def closed(version):
    """Two wordings proposed for two passages, to be answered."""
    its = make.consultation(
        version=version, opens_at=NOW - timedelta(days=30), announced_at=NOW - timedelta(days=30),
        last_day=(NOW - timedelta(days=3)).date(),
    )  # fmt: skip
    for number, old, new in ((1, "darbo dienomis", "kasdien"), (2, "miesto centru", "ežeru")):
        make.submission(
            consultation=its, at=NOW - timedelta(days=20), kind=Kind.WORDING, why="Taip reikia.",
            lineage_id=make.passage(version, number), visibility=Visibility.PUBLIC,
            proposed=(HELP, ROAD)[number - 1].replace(old, new),
        )  # fmt: skip
    return its


def as_word_leaves_it(data: bytes) -> bytes:
    """The first change accepted, the second rejected, and a few words more written in Word."""
    file = word.Document(io.BytesIO(data))
    for paragraph in file.paragraphs:
        is_first = "Pagalba" in "".join(paragraph._p.itertext())
        keep, lose = (qn("w:ins"), qn("w:del")) if is_first else (qn("w:del"), qn("w:ins"))
        for each in list(paragraph._p.iter(lose)):
            each.getparent().remove(each)
        for each in list(paragraph._p.iter(keep)):
            for text in list(each.iter(qn("w:delText"))):
                text.tag = qn("w:t")
            for run in list(each):
                each.addprevious(run)
            each.getparent().remove(each)
    file.add_paragraph("Strategija peržiūrima kasmet.")
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_accept_go_on_in_word_come_home_and_everybody_reads_why(
    walk, group, editor, closed, tmp_path, js
):
    way = walk(js=js, width=1280)
    way.open(f"/in/{people.make_link(group=group, user=editor, at=make.now())}/")
    way.press("Prisijungti")
    for number in (1, 2):
        way.open(f"/desk/p/{number}/")
        way.choose("Atsižvelgta")
        way.fill("Priežastis, skelbiama viešai", "Pritariame.")
        way.press("Atsakymas parengtas")
    way.open(f"/desk/c/{closed.number}/")
    way.press("Peržiūrėti ir skelbti 2 atsakymus")
    way.press("Skelbti 2 atsakymus")
    way.open(f"/desk/c/{closed.number}/")
    way.press("Priimtos redakcijos – atgal į „Word“")
    assert way.says("2 priimtos redakcijos – kaip sekami keitimai")
    assert way.says("2 atsakymai – kaip pastabos paraštėse")
    way.picture(f"wordings-1280-{'js' if js else 'nojs'}")
    with way.page.expect_download() as download:
        way.page.get_by_role("link", name="Atsisiųsti „Word“ failą").click()
    way.clicks += 1

    edited = tmp_path / "taisyta.docx"
    edited.write_bytes(as_word_leaves_it(download.value.path().read_bytes()))
    way.open("/desk/strategies/1/file/")
    way.page.set_input_files("input[type=file]", edited)
    way.press("Skaityti failą")
    assert way.says("Susietas su šios pastraipos pakeitimu.")
    assert way.says("Neperimta: pastraipa parašyta kitaip, nei buvo priimta.")
    way.picture(f"wordings-preview-1280-{'js' if js else 'nojs'}")
    way.press("Nesieti")
    assert way.says("Su šios pastraipos pakeitimu nesusietas.")
    way.press("Susieti")
    way.choose("Pataisyta pagal gyventojų pasiūlymus")
    way.fill("Vieša pastaba", "Pagalba – kasdien.")
    way.press("Sudaryti juodraštį")
    way.press("Toliau: peržiūrėti ir skelbti")
    assert way.says("1 priimtos redakcijos šiame juodraštyje nėra: Nr. 2")
    way.picture(f"wordings-anchors-1280-{'js' if js else 'nojs'}")
    way.press("Skelbti 2 versiją ir perkelti 2 pasiūlymus")
    way.tell("two wordings accepted, out to Word and home, published")

    resident = walk()
    resident.open("/s/1/2/compare/1/")
    assert resident.says("Pasiūlymas Nr. 1, atsižvelgta")
    assert not resident.says("Nr. 2")
    assert resident.says("Priežastis dar nenurodyta")  # the paragraph the writer added


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_fits_and_is_accessible(walk, axe, group, editor, closed, width, scheme):
    for one in closed.submissions.all():
        make.answer(one)
    closed.answered_at = NOW
    closed.save()
    way = walk(js=True, width=width, scheme=scheme)
    way.open(f"/in/{people.make_link(group=group, user=editor, at=make.now())}/")
    way.press("Prisijungti")
    for address in ("/desk/words/1/", f"/desk/c/{closed.number}/"):
        way.open(address)
        way.picture(f"wordings-{width}-{scheme}")
        assert way.page.evaluate("document.documentElement.scrollWidth") <= width, address
        found, _whole = faults(axe, way)
        assert found == []
