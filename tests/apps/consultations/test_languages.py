"""A consultation in other words, and the form in a language of the group's own wording."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.actions import entering, speaking
from sutarta.apps.consultations.actions import languages as actions
from sutarta.apps.consultations.models import FormWords, Rendition, Submission
from sutarta.apps.consultations.queries import languages as queries
from sutarta.apps.consultations.queries.entering import first_reply
from sutarta.apps.consultations.rules import languages as rules
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
TEXT = "Зробіть, будь ласка, світло біля школи."


@pytest.fixture
def group(db):
    return make.group(host="ours.test")


@pytest.fixture
def running(group):
    now = make.now()
    return make.consultation(
        group=group,
        opens_at=now - timedelta(days=2),
        announced_at=now - timedelta(days=2),
        last_day=(now + timedelta(days=8)).date(),
    )


def events(name):
    return Entry.objects.filter(event=name).count()


# Words of the form


@pytest.mark.parametrize("language", ["uk", "pl", "ru"])
def test_words_to_begin_with_fill_every_place(language):
    words = tongues.starting_words(language)

    assert set(words) == set(tongues.PLACES)
    assert all(0 < len(said) <= tongues.LONGEST for said in words.values())
    assert all(said == said.strip() for said in words.values())


@pytest.mark.parametrize("language", ["de", "xx", "", "../uk"])
def test_other_languages_begin_with_nothing(language):
    assert tongues.starting_words(language) == {}


def test_a_missing_place_falls_back_to_the_groups_language(group):
    said = tongues.wording("uk", {"send": "Надіслати"}, group)

    assert (said["send"].text, said["send"].language) == ("Надіслати", "uk")
    assert said["text"].language == "lt"
    assert said["text"].text == "Jūsų pasiūlymas"
    assert set(said) == set(tongues.PLACES)


@pytest.mark.parametrize(("code", "way"), [("ar", "rtl"), ("he", "rtl"), ("uk", "ltr")])
def test_a_language_knows_its_direction(code, way):
    assert tongues.direction(code) == way


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lt", {"send": "Siųsti"}),
        ("en", {"send": "Send"}),
        ("xx", {"send": "Xx"}),
        ("uk", {}),
        ("uk", {"send": "  "}),
        ("uk", {"nowhere": "Слово"}),
        ("uk", {"send": "а" * 401}),
    ],
)
def test_nonsense_is_not_taken_as_words_of_the_form(group, language, words):
    with pytest.raises(Refused):
        actions.set_form_words(
            actor=make.member(of=group), group=group, language=language, words=words, at=NOON
        )

    assert not FormWords.objects.exists()


def test_the_same_words_again_leave_no_second_trace(group):
    row = make.form_words(of=group)

    assert make.form_words(of=group) == row
    assert events("form.language_set") == 1


def test_a_language_is_offered_no_more_and_again(group):
    who, row = make.member(of=group), make.form_words(of=group)

    for _twice in range(2):
        actions.end_form_language(actor=who, form=row, at=NOON)
    gone = queries.form_in(group, "uk")
    make.form_words(of=group)

    assert gone is None
    assert queries.form_in(group, "uk") == row
    assert (events("form.language_ended"), events("form.language_set")) == (1, 2)


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        ("may_render", {Role.COORDINATOR, Role.EDITOR}),
        ("may_word_form", {Role.COORDINATOR}),
        ("may_translate", {Role.COORDINATOR, Role.EDITOR, Role.MODERATOR}),
    ],
)
def test_who_may_say_it_in_other_words(running, rule, allowed):
    shown = make.submission(consultation=running, visibility="PUBLIC")
    about = {"may_render": running, "may_word_form": running.group, "may_translate": shown}[rule]

    may = {
        role
        for role in Role.values
        if getattr(rules, rule)(make.member(of=running.group, role=role), about, NOON)
    }

    assert may == allowed
    assert not getattr(rules, rule)(make.user(), about, NOON)


# Renditions


@pytest.mark.parametrize(
    ("language", "is_easy"), [("lt", False), ("uk", True), ("xx", False), ("", False)]
)
def test_a_rendition_is_in_another_language_or_easy(running, language, is_easy):
    with pytest.raises(Refused):
        make.rendition(running, language=language, is_easy=is_easy)

    assert not Rendition.objects.exists()


@pytest.mark.parametrize("facts", [{"title": " "}, {"text": "\n"}])
def test_a_rendition_has_title_and_text(running, facts):
    with pytest.raises(Refused):
        make.rendition(running, **facts)


def test_a_rendition_is_rewritten_and_removed(running):
    first = make.rendition(running)
    again = make.rendition(running)
    other = make.rendition(running, text="Інше.")
    actions.remove_rendition(actor=make.member(of=running.group), rendition=other, at=NOON)

    assert first == again
    assert not Rendition.objects.exists()
    assert events("consultation.rendition_set") == 2
    assert events("consultation.rendition_removed") == 1


def test_a_rendition_has_its_page_in_its_language_and_direction(client, running):
    make.rendition(running, language="ar", title="مدينتنا", text="سطر أول.\n\nسطر ثان.")

    about = client.get("/c/1/", headers=HOST).content.decode()
    page = client.get("/c/1/in/ar/", headers=HOST).content.decode()

    assert '<span lang="ar" dir="rtl">العربية</span>' in about
    assert 'hreflang="ar"' in about
    assert 'lang="ar"' in page and 'dir="rtl"' in page
    assert "<title>مدينتنا" in page
    assert page.count("<p>سطر") == 2
    assert "/c/1/say/in/ar/" not in page


def test_the_easy_text_has_its_page(client, running):
    make.rendition(running, language="lt", is_easy=True, title="Miesto planas", text="Trumpai.")

    page = client.get("/c/1/easy/", headers=HOST)

    assert page.status_code == 200
    assert "Miesto planas" in page.content.decode()
    assert client.get("/c/1/in/lt/", headers=HOST).status_code == 404


@pytest.mark.parametrize("path", ["/c/1/in/uk/", "/c/1/easy/", "/c/1/say/in/uk/", "/c/9/in/uk/"])
def test_what_was_not_written_is_not_found(client, running, path):
    assert client.get(path, headers=HOST).status_code == 404


def test_a_consultation_not_announced_has_no_pages_in_other_words(client, group):
    its = make.consultation(group=group, announced_at=None)
    make.rendition(its)

    assert client.get(f"/c/{its.number}/in/uk/", headers=HOST).status_code == 404


def test_a_kept_page_follows_what_is_written(client, running):
    client.get("/c/1/", headers=HOST)

    row = make.rendition(running)
    with_link = client.get("/c/1/", headers=HOST).content.decode()
    actions.remove_rendition(actor=make.member(of=running.group), rendition=row, at=NOON)
    without = client.get("/c/1/", headers=HOST).content.decode()

    assert "українська" in with_link
    assert "українська" not in without


def test_a_rendition_leads_to_the_form_in_its_language(client, running):
    make.rendition(running)
    make.form_words(of=running.group)

    page = client.get("/c/1/in/uk/", headers=HOST).content.decode()

    assert "/c/1/say/in/uk/" in page
    assert "Розкажіть, що ви думаєте" in page


# Speaking


def say(client, **typed):
    address = reverse("consultations:say_in", args=[1, "uk"])
    return client.post(address, {"body": TEXT, **typed}, headers=HOST)


def test_the_form_speaks_the_language(client, running):
    make.form_words(of=running.group)

    page = client.get("/c/1/say/in/uk/", headers=HOST).content.decode()
    choosing = client.get("/c/1/say/", headers=HOST).content.decode()

    for place, said in tongues.starting_words("uk").items():
        only_later = {
            "late", "look_first", "kept", "text_needed", "too_long", "email_wrong", "thanks",
            "number", "keep", "next", "confirm",
        }  # fmt: skip
        elsewhere = place in only_later or place.startswith("paper_")
        assert (said in page) is not elsewhere, place
    assert "/c/1/say/in/uk/" in choosing


def test_what_is_said_is_taken_in_its_language_and_receipted_in_it(client, running):
    make.form_words(of=running.group)

    answer = say(client, email="o.k@alksniai.example", author_name="О. К.")
    page = client.get(answer["Location"], headers=HOST).content.decode()

    its = Submission.objects.get()
    assert (its.language, its.kind, its.body) == ("uk", "GENERAL", TEXT)
    assert (its.author_name, its.show_name) == ("О. К.", False)
    assert "Дякуємо, ми отримали вашу пропозицію" in page
    assert f"<strong>{its.number}</strong>" in page
    assert "Ačiū" in page
    letter = Letter.objects.get()
    assert letter.language == "lt"
    assert letter.subject.replace("\xa0", " ") == "Nr. 1: Дякуємо, ми отримали вашу пропозицію"
    assert "Відкрийте це посилання" in letter.text
    assert letter.text.count("/confirm/") == 2
    assert "Ačiū" in letter.text


def test_the_same_form_sent_twice_is_taken_once(client, running):
    make.form_words(of=running.group)

    for _twice in range(2):
        say(client, request_key="k" * 43)

    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"body": ""}, "text_needed"),
        ({"body": "   "}, "text_needed"),
        ({"body": "\x00\x01"}, "text_needed"),
        ({"body": "а" * 20_001}, "too_long"),
        ({"email": "olena"}, "email_wrong"),
        ({"email": "a@" + "b" * 400 + ".lt"}, "email_wrong"),
        ({"author_name": "А" * 121}, "too_long"),
        ({"website": "http://robot.example"}, "leave_empty"),
    ],
)
def test_errors_are_told_in_the_language_and_nothing_is_lost(client, running, typed, place):
    make.form_words(of=running.group)

    answer = say(client, **{"author_name": "Олена", **typed})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert page.count(tongues.starting_words("uk")[place]) >= 2
    assert typed.get("author_name", "Олена")[:50] in page
    if "body" not in typed:
        assert TEXT in page
    assert not Submission.objects.exists()


def test_errors_in_places_not_worded_are_marked_with_their_language(client, running):
    make.form_words(of=running.group, words={"title": "Розкажіть"})

    page = say(client, body="").content.decode()

    assert '<span lang="lt" dir="ltr">Parašykite pasiūlymą.</span>' in page


def test_late_words_are_taken_and_marked(client, group):
    now = make.now()
    make.form_words(of=group)
    make.consultation(
        group=group,
        opens_at=now - timedelta(days=9),
        announced_at=now - timedelta(days=9),
        last_day=(now - timedelta(days=2)).date(),
    )

    page = client.get("/c/1/say/in/uk/", headers=HOST).content.decode()
    say(client)

    assert "Термін уже минув" in page
    assert Submission.objects.get().is_late


def test_a_language_no_longer_offered_takes_nothing(client, running):
    row = make.form_words(of=running.group)
    actions.end_form_language(actor=make.member(of=running.group), form=row, at=NOON)

    assert say(client).status_code == 404


@pytest.mark.parametrize(("chosen", "kept"), [("", "lt"), ("uk", "uk"), ("ar", "ar"), ("en", "en")])
def test_words_of_another_language_are_marked_on_the_usual_form(client, running, chosen, kept):
    typed = {"kind": "general", "body": TEXT, "language": chosen}

    check = client.post("/c/1/say/", {**typed, "step": "check"}, headers=HOST)
    client.post("/c/1/say/", {**typed, "step": "send"}, headers=HOST)

    assert check.status_code == 200
    assert Submission.objects.get().language == kept


def test_a_language_we_do_not_know_is_refused_on_the_usual_form(client, running):
    typed = {"kind": "general", "body": TEXT, "language": "xx", "step": "check"}

    answer = client.post("/c/1/say/", typed, headers=HOST)

    assert answer.status_code == 422
    assert TEXT in answer.content.decode()


def test_letters_to_somebody_who_writes_in_another_language_are_in_the_groups(running):
    its = make.submission(consultation=running, language="de")

    assert its.reply_language == "lt"


def test_staff_enter_words_in_the_language_they_were_said_in(running):
    words = speaking.Words(kind="GENERAL", body=TEXT)

    its = entering.enter(
        actor=make.member(of=running.group), consultation=running, words=words, channel="PAPER",
        received_at=make.now(), at=make.now(), request_key="k" * 43, language="uk",
    )  # fmt: skip

    assert its.language == "uk"
    assert first_reply(its).startswith("Ačiū")


def test_search_engines_learn_of_the_pages_in_other_words(client, running):
    make.rendition(running)
    make.rendition(running, language="lt", is_easy=True)

    found = client.get("/sitemap.xml", headers=HOST).content.decode()

    assert "/c/1/in/uk/" in found and "/c/1/easy/" in found


# The desk


@pytest.fixture
def desk(client, group):
    client.force_login(make.member(of=group))
    return client


def test_renditions_are_written_looked_over_and_taken_off_at_the_desk(desk, running):
    easy = "/desk/c/1/languages/easy/"
    long = " ".join(["žodis"] * 16) + ". Bendradarbiaudami."
    first = desk.get(easy, headers=HOST)
    looked = desk.post(easy, {"title": "T", "text": long, "do": "look"}, headers=HOST)
    empty = desk.post(easy, {"title": "T", "text": "", "do": "save"}, headers=HOST)
    kept = desk.post(easy, {"title": "T", "text": long, "do": "save"}, headers=HOST)
    listed = desk.get("/desk/c/1/languages/", headers=HOST).content.decode()
    removed = desk.post(easy, {"do": "remove"}, headers=HOST)

    assert [first.status_code, looked.status_code, empty.status_code] == [200, 200, 422]
    assert "bendradarbiaudami" in looked.content.decode()
    assert [kept.status_code, removed.status_code] == [302, 302]
    assert easy in listed
    assert not Rendition.objects.exists()


@pytest.mark.parametrize("told", ["lt", "xx", "zzz"])
def test_there_is_no_page_for_a_rendition_that_cannot_be(desk, running, told):
    assert desk.get(f"/desk/c/1/languages/{told}/", headers=HOST).status_code == 404


def test_a_language_is_chosen_from_the_list(desk, running):
    chosen = desk.get("/desk/c/1/languages/?language=uk", headers=HOST)
    nonsense = desk.get("/desk/c/1/languages/?language=xx", headers=HOST)

    assert chosen["Location"] == "/desk/c/1/languages/uk/"
    assert nonsense.status_code == 200


def test_words_to_begin_with_are_taken_over_by_a_button(desk, group):
    address = "/desk/settings/languages/words/?in=uk"
    begun = desk.post(address, {"do": "begin", "send": "Відправити"}, headers=HOST)
    page = begun.content.decode()

    assert begun.status_code == 200
    assert "Відправити" in page
    assert tongues.starting_words("uk")["lead"] in page
    assert not FormWords.objects.exists()


def test_the_form_is_worded_offered_and_ended_at_the_desk(desk, group):
    address = "/desk/settings/languages/words/?in=de"
    empty = desk.post(address, {"do": "save"}, headers=HOST)
    long = desk.post(address, {"do": "save", "send": "a" * 401}, headers=HOST)
    kept = desk.post(address, {"do": "save", "send": "Absenden"}, headers=HOST)
    listed = desk.get("/desk/settings/languages/", headers=HOST).content.decode()
    ended = desk.post(address, {"do": "end"}, headers=HOST)

    assert [empty.status_code, long.status_code] == [422, 422]
    assert [kept.status_code, ended.status_code] == [302, 302]
    assert "Deutsch" in listed
    assert FormWords.objects.get().ended_at is not None


@pytest.mark.parametrize("language", ["", "lt", "en", "xx"])
def test_no_words_are_written_for_a_language_the_site_speaks(desk, group, language):
    answer = desk.get(f"/desk/settings/languages/words/?in={language}", headers=HOST)

    assert answer["Location"] == "/desk/settings/languages/"


@pytest.mark.parametrize("count", [1, 30])
def test_the_lists_ask_the_same_few_questions(desk, running, count, django_assert_max_num_queries):
    further = [code for code in tongues.LANGUAGES if code not in {"lt", "en"}][:count]
    for code in further:
        make.rendition(running, language=code)
        make.form_words(of=running.group, language=code, words={"send": "…"})

    with django_assert_max_num_queries(22):
        desk.get("/desk/c/1/languages/", headers=HOST)
    with django_assert_max_num_queries(22):
        desk.get("/desk/settings/languages/", headers=HOST)
