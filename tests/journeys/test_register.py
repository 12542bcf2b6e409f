"""The register, support, files and words that survive, in a real browser."""

from __future__ import annotations

import pytest

from sutarta.apps.consultations.models import Attachment, Bundle, Submission
from sutarta.apps.consultations.queries import supports
from sutarta.apps.people import actions as people
from tests import files, make

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Prie poliklinikos trūksta suoliukų."


def _speak(consultation, **facts):
    facts = {"at": make.now(), "visibility": "PUBLIC", "body": WORDS, **facts}
    return make.submission(consultation=consultation, **facts)


def _write(way):
    way.open("/c/1/say/?kind=general")
    return way.page.locator("textarea[name=body]")


def test_words_survive_a_closed_tab_until_they_have_arrived(walk, consultation):
    way = walk(js=True)
    _write(way).fill(WORDS)
    way.page.wait_for_timeout(600)
    context = way.page.context
    way.page.close()

    way.page = context.new_page()
    box = _write(way)
    assert box.input_value() == WORDS
    assert way.says("Atkūrėme, ką rašėte")
    way.press("Toliau: peržiūrėti ir pateikti")
    way.press("Pateikti ir gauti numerį")

    assert _write(way).input_value() == ""
    assert not way.says("Atkūrėme")
    assert Submission.objects.get().body == WORDS
    way.tell("words given back after a closed tab")


def test_one_may_start_anew_on_a_shared_device(walk, consultation):
    way = walk(js=True)
    _write(way).fill(WORDS)
    way.open("/")
    box = _write(way)

    way.page.get_by_role("button", name="Pradėti iš naujo").click()
    empty = box.input_value()

    assert (empty, _write(way).input_value()) == ("", "")


def test_words_kept_for_a_month_are_let_go(walk, consultation):
    way = walk(js=True)
    _write(way).fill(WORDS)
    way.open("/")
    way.page.evaluate(
        """() => Object.keys(localStorage).forEach((name) => {
            const held = JSON.parse(localStorage.getItem(name));
            held.at -= 31 * 86400000;
            localStorage.setItem(name, JSON.stringify(held));
        })"""
    )

    assert _write(way).input_value() == ""
    assert way.page.evaluate("localStorage.length") == 0


def test_without_a_connection_the_page_says_so_and_tries_again(walk, consultation):
    way = walk(js=True)
    _write(way).fill(WORDS)
    way.page.context.set_offline(True)
    way.page.get_by_role("button", name="Toliau").click()
    assert way.says("Dabar nėra ryšio")

    way.page.context.set_offline(False)
    way.press("Bandyti dar kartą")
    way.page.context.set_offline(True)
    way.page.get_by_role("button", name="Pateikti ir gauti numerį").click()
    assert way.says("Dabar nėra ryšio")
    assert Submission.objects.count() == 0

    way.page.context.set_offline(False)
    way.press("Bandyti dar kartą")
    assert way.says("Nr. 1")


@pytest.mark.parametrize("js", [False, True])
def test_one_press_agrees_and_one_takes_it_back(walk, consultation, js):
    spoken = _speak(consultation)
    way = walk(js=js)
    way.open("/p/")
    way.pages = 0

    way.page.get_by_role("button", name="Pritariu").click()
    way.page.get_by_text("Jūs pritariate").wait_for()
    assert supports.count(spoken) == 1
    way.page.get_by_role("button", name="Atsiimti").click()
    way.page.get_by_role("button", name="Pritariu").wait_for()

    assert supports.count(spoken) == 0
    way.clicks = 2
    way.tell(f"agree and take it back, scripts {js}")


def test_a_file_goes_from_the_resident_over_the_desk_to_everybody(walk, consultation, tmp_path):
    photo = tmp_path / "kiemas.jpg"
    photo.write_bytes(files.jpeg((600, 400)))
    way = walk()
    _write(way).fill(WORDS)
    way.press("Toliau: peržiūrėti ir pateikti")
    way.page.locator("input[type=file]").set_input_files(photo)
    way.press("Pateikti ir gauti numerį")
    way.press("Jūsų failai")
    assert way.says("kiemas.jpg")
    assert way.says("prieš skelbdami peržiūrime")
    way.tell("a file handed over")
    Submission.objects.update(visibility="PUBLIC", public_body=WORDS)

    coordinator = make.member(of=consultation.group)
    secret = people.make_link(group=consultation.group, user=coordinator, at=make.now())
    desk = walk()
    desk.open(f"/in/{secret}/")
    desk.page.locator("main button").click()
    desk.open("/desk/p/1/")
    desk.picture("desk-files-390")
    desk.pages = 0
    desk.press("kiemas.jpg")
    desk.tell("a file approved")

    way.open("/p/1/")
    way.press("kiemas.jpg")
    assert way.page.locator("img").count() == 1
    assert Attachment.objects.get().approved_by == coordinator


def test_a_reader_finds_who_said_the_same_and_takes_the_list_away(walk, consultation):
    bundle = Bundle.objects.create(
        group=consultation.group,
        consultation=consultation,
        made_by=make.user(),
        made_at=make.now(),
    )
    for _time in range(3):
        Submission.objects.filter(pk=_speak(consultation).pk).update(bundle=bundle)
    _speak(consultation, kind="GENERAL", lineage_id="")
    way = walk()
    way.open("/p/")

    way.page.get_by_text("Tą patį siūlo dar 2").click()
    assert way.says("Iš viso 3 pasiūlymai")
    way.page.get_by_label("Rūšis").select_option("general")
    way.press("Rodyti")
    assert way.page.locator("article.submission").count() == 1
    with way.page.expect_download() as download:
        way.page.get_by_role("link", name="CSV").click()

    table = download.value.path().read_text(encoding="utf-8-sig")
    assert len(table.strip().splitlines()) == 2
    way.picture("register-390")
    way.tell("filter and take away")
