"""What changed and why: a resident reads it, the office says it, and ties what was doubtful."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sutarta.apps.people import actions as people
from sutarta.apps.strategies.models import Passage, Version
from sutarta.core.documents import Document, Span
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

HELP = "Pagalba į namus teikiama darbo dienomis vyresnio amžiaus žmonėms."
DAILY = "Pagalba į namus teikiama kasdien vyresnio amžiaus žmonėms."
ROAD = "Dviračių takas sujungs Gluosnių kvartalą su centru."
LIGHT = "Kiemų apšvietimas atnaujinamas Pušyno kvartale."


@pytest.fixture
def first(group):
    return make.version(HELP, ROAD, LIGHT, group=group)


@pytest.fixture
def answered(first):
    """A proposal about the first passage, its answer accepted and published."""
    consultation = make.consultation(version=first)
    one = make.submission(
        consultation=consultation, author_name="A. Ž.", show_name=True, visibility="PUBLIC"
    )
    make.answer(one, changed=[make.passage(first)])
    return one


def next_version(before: Version, *, published: bool = True) -> Version:
    """HELP reads otherwise, ROAD is gone, LIGHT stays."""
    head, help_, _road, light = before.document.blocks
    blocks = (head, replace(help_, spans=(Span(DAILY),)), light)
    made = make.version(
        strategy=before.strategy, document=Document(blocks), published=published, reason="ANSWERS"
    )
    for number, outcome, becomes in ((1, "reworded", [help_.id]), (2, "gone", [])):
        Passage.objects.create(
            group=made.group, version=made, old_id=make.passage(before, number),
            outcome=outcome, new_ids=becomes, confidence=1,
        )  # fmt: skip
    return made


def sign_in(way, group):
    who = make.member(of=group, name="R. M.")
    secret = people.make_link(group=group, user=who, at=make.now())
    way.open(f"/in/{secret}/")
    way.page.locator("main button").click()
    way.page.wait_for_load_state()


def test_a_resident_sees_on_a_phone_without_a_script_what_changed_and_why(walk, answered, first):
    second = next_version(first)
    way = walk(width=390)
    way.open(second.path)
    way.press("Kas ir kodėl pasikeitė")
    assert way.says("Kas pasikeitė 2 versijoje")
    assert way.says("darbo dienomis")
    assert way.page.locator("article del").count() == 2
    assert way.says("Pasiūlymas Nr. 1, atsižvelgta")
    assert way.says("Priežastis dar nenurodyta")
    way.press("Greta")
    assert way.page.locator(".sides").count() == 2
    way.press("Be priežasties")
    assert way.page.locator("article.change").count() == 1
    way.press("Visi 2")
    way.press("Pasiūlymas ir atsakymas")
    assert way.says("A. Ž.")
    way.picture("compare-resident")
    way.tell("a resident reads what changed and why")


def test_the_author_reads_what_changed_since_they_spoke(walk, first):
    receipt = make.receipt(consultation=make.consultation(version=first))
    make.answer(receipt.submission, changed=[make.passage(first)])
    second = next_version(first)
    receipt.submission.placements.create(
        group=second.group, version=second, outcome="reworded",
        lineage_id=make.passage(second), old_text=HELP, placed_at=make.NOON,
    )  # fmt: skip
    way = walk(width=390)
    way.open(f"/m/{receipt.secret}/")
    assert way.says("Kas pasikeitė nuo tada, kai rašėte")
    way.press("Viskas, kas pasikeitė nuo 1 iki 2 versijos")
    assert way.says("Kas pasikeitė 2 versijoje")
    way.tell("an author reads what changed since they spoke")


def test_the_office_gives_every_change_its_reason(walk, group, answered, first):
    second = next_version(first)
    way = walk(width=1280)
    sign_in(way, group)
    way.open(f"/desk/reasons/{second.strategy.number}/2/?show=all")
    way.press("Susieti 1")
    assert way.says("Įrašyta 1 priežastis.")
    way.press("Pažymėti visus šio puslapio pakeitimus be priežasties")
    way.choose("Grupės sprendimas")
    way.fill("Vienas sakinys visiems", "Valdyba nusprendė spalio 22 d.")
    way.press("Įrašyti")
    assert way.says("Priežastis nurodyta prie 2 iš 2 pakeitimų")
    way.picture("reasons")
    way.tell("the office gives every change its reason")
    assert second.change_reasons.count() == 2

    way.open(f"{second.path}compare/1/")
    assert way.says("Pakeitimų be priežasties nėra.")
    way.open(f"/desk/reasons/{second.strategy.number}/2/?show=all")
    way.press("Atšaukti")
    assert second.change_reasons.count() == 1


@pytest.fixture
def draft(first):
    """A draft in which a person has to find three passages again."""
    words = make.document("Pagalba teikiama kasdien.", "Ji skirta vyresniems.", "Takas.", LIGHT)
    made = make.version(strategy=first.strategy, document=words, published=False)
    for number in (1, 2, 3):
        Passage.objects.create(
            group=made.group, version=made, old_id=make.passage(first, number), confidence=0.6,
            outcome="doubtful", candidates=[[make.passage(made, at), 0.6] for at in (1, 2, 3)],
        )  # fmt: skip
    return made


def outcomes(draft):
    return list(draft.passages.order_by("id").values_list("outcome", flat=True))


@pytest.mark.parametrize("js", [False, True], ids=["without a script", "by keys"])
def test_the_office_ties_what_was_doubtful(walk, group, draft, js):
    way = walk(js=js, width=1280)
    sign_in(way, group)
    way.open(f"/desk/anchors/{draft.strategy.number}/")
    way.press("2.1")
    if js:
        by_keys(way, draft)
    else:
        by_hand(way, draft)
    way.picture(f"anchors-{'keys' if js else 'plain'}")
    way.tell(f"the office ties three passages, {'by keys' if js else 'without a script'}")
    assert way.says("Pastraipų susiejimas su 2 versija")


def by_hand(way, draft):
    way.choose("Išskaidyta į kelias pastraipas")
    way.page.locator("#part-1").check()
    way.page.locator("#part-2").check()
    way.press("Susieti ir rodyti kitą")
    assert outcomes(draft) == ["split", "doubtful", "doubtful"]
    way.press("Atidėti")
    way.choose("Pastraipos nebėra")
    way.press("Susieti ir rodyti kitą")
    way.page.locator("#candidate-3").check()
    way.press("Susieti ir rodyti kitą")
    assert outcomes(draft) == ["split", "reworded", "gone"]


def by_keys(way, draft):
    def press(*keys):
        for key in keys:
            way.page.keyboard.press(key)
            way.clicks += 1
        way.page.wait_for_load_state()

    press("1", "Enter")
    way.page.wait_for_url("**/" + make.passage(draft.strategy.versions.get(number=1), 2) + "/")
    assert outcomes(draft) == ["reworded", "doubtful", "doubtful"]
    way.page.wait_for_function("!document.getElementById('keys').hidden")
    press("u")
    way.page.wait_for_url("**/" + make.passage(draft.strategy.versions.get(number=1), 1) + "/")
    assert outcomes(draft) == ["doubtful", "doubtful", "doubtful"]
    for key in ("1", "3", "g"):
        way.page.wait_for_function("!document.getElementById('keys').hidden")
        here = way.page.url
        press(key, "Enter")
        way.page.wait_for_url(lambda url, here=here: url != here)
    assert outcomes(draft) == ["reworded", "reworded", "gone"]
