"""Translations beside what people say: written, outdated, found, and gone with the words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation as django_translation

from sutarta.apps.consultations.actions import erasing, moderating, speaking, translating
from sutarta.apps.consultations.models import Submission, Translation, Visibility
from sutarta.apps.consultations.papers import registering
from sutarta.apps.consultations.queries import inbox, own, reporting, showing
from sutarta.apps.consultations.queries import translations as queries
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
WORDS = "Зробіть світло біля школи."
LITHUANIAN = "Įrenkite šviestuvą prie mokyklos."
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def running():
    return make.consultation(group=make.group(host="ours.test"))


@pytest.fixture
def who(running):
    return make.member(of=running.group)


@pytest.fixture
def its(running):
    return make.submission(
        consultation=running, language="uk", body=WORDS, visibility=Visibility.PUBLIC
    )


def decide(who, its, visibility, body=""):
    moderating.moderate(
        actor=who,
        submission=its,
        visibility=visibility,
        public=Text(body),
        reason="Asmens duomenys.",
        despite="Taip reikia.",
        seen=Submission.objects.get(pk=its.pk).digest,
        at=LATER,
    )


def fresh(its):
    return Submission.objects.get(pk=its.pk)


def read(client, path="/p/1/", language="lt"):
    client.cookies["sutarta_language"] = language
    return client.get(path, headers=HOST).content.decode()


def test_a_translation_stands_beside_the_original_wherever_it_is_read(client, its):
    make.translation(its, LITHUANIAN)

    for path in ("/p/1/", "/p/"):
        page = read(client, path)
        assert page.index(WORDS) < page.index(LITHUANIAN)
        assert "Vertimas" in page
        assert '<div class="said" lang="lt">' in page
        assert '<div class="said" lang="uk" dir="auto">' in page


def test_a_translation_stands_in_the_thread(client, running):
    lineage = make.passage(running.version)
    its = make.submission(
        consultation=running, kind="COMMENT", lineage_id=lineage, language="uk", body=WORDS,
        visibility=Visibility.PUBLIC,
    )  # fmt: skip
    make.translation(its, LITHUANIAN)

    page = read(client, f"/s/{running.strategy.number}/1/{lineage}/")

    assert WORDS in page and LITHUANIAN in page


@pytest.mark.parametrize(
    ("reader", "shown"), [("lt", LITHUANIAN), ("en", "Put a light by the school.")]
)
def test_a_reader_gets_the_translation_into_the_language_of_the_page(its, reader, shown):
    make.translation(its, LITHUANIAN)
    make.translation(its, "Put a light by the school.", language="en")

    with django_translation.override(reader):
        assert queries.beside(fresh(its)).body == shown


def test_readers_of_the_originals_language_get_no_translation(running):
    its = make.submission(consultation=running, language="lt", visibility=Visibility.PUBLIC)
    make.translation(its, "In English.", language="en")

    with django_translation.override("lt"):
        assert showing.shown(fresh(its), None).translation is None
    with django_translation.override("en"):
        assert showing.shown(fresh(its), None).translation.body == "In English."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", Text("Те саме.")),
        ("de", Text("Dasselbe.")),
        ("lt", Text()),
        ("lt", Text(LITHUANIAN, why="Nes taip.")),
    ],
)
def test_nonsense_is_not_taken_as_a_translation(its, who, language, text):
    with pytest.raises(Refused):
        translating.translate(
            actor=who, submission=its, language=language, text=text,
            seen=queries.public_digest(its), at=NOON,
        )  # fmt: skip

    assert not Translation.objects.exists()


def test_a_text_changed_meanwhile_is_read_again(its, who):
    with pytest.raises(Refused):
        translating.translate(
            actor=who, submission=its, language="lt", text=Text(LITHUANIAN), seen="x", at=NOON
        )


@pytest.mark.parametrize("visibility", ["CHECKING", "HIDDEN", "SET_ASIDE"])
def test_what_the_public_does_not_read_is_not_translated(running, visibility):
    its = make.submission(consultation=running, language="uk", visibility=visibility)

    with pytest.raises(Refused):
        make.translation(its, LITHUANIAN)


def test_the_same_words_again_leave_no_second_trace_and_a_removal_does(its, who):
    row = make.translation(its, LITHUANIAN)
    make.translation(its, LITHUANIAN)
    translating.remove(actor=who, translation=row, at=NOON)

    log = Entry.objects.filter(event__contains="translated").values_list("event", flat=True)
    assert sorted(log) == ["submission.translated", "submission.untranslated"]
    assert not Translation.objects.exists()
    assert "mokykl" not in fresh(its).keys


def test_the_register_and_the_desk_find_it_by_its_translation(client, its):
    make.translation(its, LITHUANIAN)

    assert WORDS in read(client, "/p/?q=šviestuvas")
    assert list(inbox.found(its.group, "all", "šviestuvas")) == [its]
    assert WORDS in read(client, "/p/?q=світло")


@pytest.mark.parametrize("visibility", ["HIDDEN", "SET_ASIDE"])
def test_words_hidden_take_their_translation_along(its, who, visibility):
    make.translation(its, LITHUANIAN)

    decide(who, its, visibility)

    assert not Translation.objects.exists()
    assert fresh(its).keys == ""


def test_words_covered_take_their_translation_along(client, its, who):
    make.translation(its, LITHUANIAN)

    decide(who, its, Visibility.REDACTED, "Зробіть світло „[uždengta]“.")

    assert not Translation.objects.exists()
    assert LITHUANIAN not in read(client)
    assert "mokykl" not in fresh(its).keys


def test_a_publication_taken_back_takes_the_translation_along(its, who):
    make.translation(its, LITHUANIAN)

    moderating.take_back(actor=who, submission=its, at=LATER)

    assert not Translation.objects.exists()


def test_words_withdrawn_take_their_translation_along(client, its):
    make.translation(its, LITHUANIAN)

    speaking.withdraw(submission=its, at=LATER)

    assert not Translation.objects.exists()
    assert LITHUANIAN not in read(client)


def test_words_erased_take_their_translation_along(its, who):
    make.translation(its, LITHUANIAN)
    asked = erasing.ask_erasure(
        actor=who, submission=its, scope="WORDS", asker="AUTHOR", ground="Prašė.", at=NOON
    )

    erasing.decide_erasure(actor=make.member(of=its.group), erasure=asked, carry_out=True, at=LATER)

    assert not Translation.objects.exists()


def test_words_corrected_leave_an_outdated_translation_at_the_desk(client, its, who):
    make.translation(its, LITHUANIAN)
    speaking.correct(submission=its, text=Text("Зробіть два ліхтарі."), at=LATER)
    unchecked = read(client)
    decide(who, its, Visibility.PUBLIC)
    page = read(client)
    client.force_login(who)
    desk = client.get("/desk/p/1/translate/", headers=HOST).content.decode()
    waiting = list(inbox.found(its.group, "foreign"))
    make.translation(fresh(its), "Įrenkite du žibintus.")

    assert LITHUANIAN not in unchecked + page
    assert "pasenęs" in page
    assert LITHUANIAN in desk and "Pasenęs" in desk
    assert waiting == [its]
    assert "Įrenkite du žibintus." in read(client)
    assert list(inbox.found(its.group, "foreign")) == []


def test_the_list_tells_what_is_not_translated_yet(running):
    own = make.submission(consultation=running, visibility=Visibility.PUBLIC)
    foreign = make.submission(consultation=running, language="uk", visibility=Visibility.PUBLIC)
    make.submission(consultation=running, language="uk")  # still being checked
    english = make.submission(consultation=running, language="en", visibility=Visibility.PUBLIC)
    make.translation(english)

    assert list(inbox.found(running.group, "foreign")) == [foreign]
    assert inbox.counts(running.group)["foreign"] == 1
    rows = {row.pk: row.lacks_translation for row in inbox.submissions(running.group)}
    assert (rows[own.pk], rows[foreign.pk], rows[english.pk]) == (False, True, False)


def test_tables_papers_and_reports_hold_the_translation_marked(client, its, who):
    make.translation(its, LITHUANIAN)
    table = read(client, "/p/register.csv")
    paper = str(registering.register(its.group, "lt", NOON))
    with django_translation.override("lt"):
        said = reporting.content(its.consultation)["submissions"][0]
    feed = read(client, "/p/feed/")
    client.force_login(who)
    desk = b"".join(client.get("/desk/p/export.csv?show=all", headers=HOST)).decode()

    for text in (table, paper, desk, feed):
        assert WORDS in text and LITHUANIAN in text
    assert said["language"] == "uk"
    assert said["translation"] == {
        "language": "lt", "body": LITHUANIAN, "proposed": "", "why": "",
    }  # fmt: skip


@pytest.fixture
def desk(client, who):
    client.force_login(who)
    return client


def send(desk, **typed):
    return desk.post("/desk/p/1/translate/?to=lt", typed, headers=HOST)


def test_a_translation_is_written_and_taken_away_at_the_desk(desk, its):
    seen = queries.public_digest(its)
    page = desk.get("/desk/p/1/translate/", headers=HOST).content.decode()
    kept = send(desk, body=LITHUANIAN, seen=seen)
    panel = desk.get("/desk/p/1/", headers=HOST).content.decode()
    removed = send(desk, do="remove")

    assert WORDS in page and "?to=en" in page
    assert kept["Location"].startswith("/desk/p/1/")
    assert LITHUANIAN in panel
    assert removed.status_code == 302
    assert not Translation.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"body": "", "seen": "seen"},
        {"body": "  \n", "seen": "seen"},
        {"body": "a" * 20_001, "seen": "seen"},
        {"body": LITHUANIAN, "seen": ""},
        {"body": LITHUANIAN, "seen": "0" * 64},
        {},
    ],
)
def test_what_cannot_be_kept_comes_back_with_what_was_typed(desk, its, typed):
    if typed.get("seen") == "seen":
        typed = {**typed, "seen": queries.public_digest(its)}

    answer = send(desk, **typed)

    assert answer.status_code == 422
    assert typed.get("body", "")[:100].strip() in answer.content.decode()
    assert not Translation.objects.exists()


def test_after_a_refusal_the_text_is_seen_anew(desk, its):
    answer = send(desk, body=LITHUANIAN, seen="0" * 64).content.decode()

    assert queries.public_digest(its) in answer


def test_what_is_not_public_shows_no_words_to_translate(desk, running):
    make.submission(consultation=running, language="uk", body=WORDS)

    page = desk.get("/desk/p/1/translate/", headers=HOST).content.decode()

    assert WORDS not in page.split("</h1>")[1]


def test_the_authors_data_name_the_translation(its):
    make.translation(its, LITHUANIAN)

    with django_translation.override("lt"):
        held = [one.value for one in own.of(fresh(its))]
    data = own.as_data(fresh(its))

    assert "lietuvių" in held
    assert data["translations"] == [
        {"language": "lt", "body": LITHUANIAN, "proposed": "", "why": ""}
    ]
