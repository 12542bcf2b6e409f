"""The desk's pages of strategies, as a browser without JavaScript meets them."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sutarta.apps.strategies import actions, queries, sentences
from sutarta.apps.strategies.models import Import, Strategy, Version
from sutarta.formats import docx
from tests import doors, make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy():
    return make.strategy()


@pytest.fixture
def editor(strategy):
    return of_the_desk(strategy, "EDITOR")


def of_the_desk(strategy, role):
    """A member for as long as the real clock, which views read, may say."""
    actor = make.member(of=strategy.group, role=role)
    actor.memberships.update(starts_at=datetime(2020, 1, 1, tzinfo=UTC))
    return actor


@pytest.fixture
def desk(client, strategy, editor):
    return Desk(client, strategy, editor)


class Desk:
    """A member of staff before a browser."""

    def __init__(self, client, strategy, actor):
        self.client, self.strategy, self.actor = client, strategy, actor
        self.headers = {"host": strategy.group.hosts.get().name}
        client.force_login(actor)

    def get(self, name, *keys, query=""):
        address = reverse(f"strategies:{name}", args=keys) + query
        return self.client.get(address, headers=self.headers)

    def post(self, name, *keys, **fields):
        address = reverse(f"strategies:{name}", args=keys)
        return self.client.post(address, fields, headers=self.headers)

    def bring(self, *paragraphs, **facts):
        """A Word file in the preview."""
        return actions.keep_import(
            actor=self.actor,
            strategy=self.strategy,
            name="strategija.docx",
            data=make.word_file(*paragraphs, **facts),
            at=NOON,
        )


def upload(data, name="strategija.docx"):
    return SimpleUploadedFile(name, data)


def page(answer):
    return answer.content.decode()


def test_a_group_without_a_strategy_is_told_how_to_start(desk):
    Strategy.objects.all().delete()

    assert reverse("strategies:start") in page(desk.get("list"))


def test_the_list_asks_the_database_as_often_for_30_versions_as_for_one(desk):
    asked = []
    for more in (1, 29):
        for _each in range(more):
            make.version(strategy=desk.strategy)
        with CaptureQueriesContext(connection) as queries_of_page:
            answer = desk.get("list")
        asked.append(len(queries_of_page))

    assert page(answer).count('data-status="ready"') == 30
    assert asked == [asked[0]] * 2


def test_a_new_strategy_begins_with_its_file(desk):
    answer = desk.post(
        "start",
        title="Alksnių strategija",
        language="lt",
        file=upload(make.word_file("# Tikslai", "Pagalba į namus.")),
    )

    begun = Strategy.objects.get(title="Alksnių strategija")
    assert answer.headers["Location"] == reverse("strategies:preview", args=[begun.number])
    assert queries.open_import(begun).made_by == desk.actor


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Pasirinkite failą."),
        ({"file": upload(b"")}, "Failas tuščias. Pasirinkite kitą."),
        ({"file": upload(b"Labas", "laiskas.txt")}, "Tokių failų neskaitome."),
        ({"file": upload(b"PK\x03\x04", "s.docx")}, "Failas sugadintas"),
    ],
)
def test_a_bad_file_is_answered_with_a_sentence_and_what_was_typed_stays(desk, fields, sentence):
    answer = desk.post("start", title="Alksnių strategija", language="en", **fields)

    assert answer.status_code == 422
    assert sentence in page(answer)
    assert 'value="Alksnių strategija"' in page(answer)
    assert not Strategy.objects.filter(title="Alksnių strategija").exists()


@pytest.mark.parametrize(
    ("title", "sentence"),
    [("", "Įrašykite strategijos pavadinimą."), ("x" * 201, "Pavadinimas per ilgas")],
)
def test_a_strategy_needs_a_title(desk, title, sentence):
    file = upload(make.word_file("Pagalba į namus."))

    answer = desk.post("start", title=title, language="lt", file=file)

    assert sentence in page(answer)


def test_a_file_over_the_limit_is_not_read(desk, settings):
    settings.UPLOAD_LIMIT = 100

    answer = desk.post("import", desk.strategy.number, file=upload(make.word_file("Tekstas.")))

    assert answer.status_code == 422
    assert "Failas per didelis" in page(answer)
    assert Import.objects.count() == 0


def test_the_next_file_leads_to_its_preview(desk):
    answer = desk.post("import", desk.strategy.number, file=upload(make.word_file("Tekstas.")))

    assert answer.headers["Location"] == reverse("strategies:preview", args=[desk.strategy.number])


def test_the_preview_shows_contents_text_and_findings(desk):
    desk.bring("# Poreikiai", "*1.1. Pagalba", "Tekstas.", [["Rodiklis", "Kiek"], ["A", "140"]])

    shown = page(desk.get("preview", desk.strategy.number))

    assert 'class="depth-1"' in shown
    assert '<h2 class="text">Poreikiai</h2>' in shown
    assert '<a class="number" href="#p1">1.1</a>' in shown
    assert '<option value="2" selected>' in shown
    assert "Lentelės be antraštės eilutės" in shown


def test_a_hostile_file_name_is_only_words(desk):
    import_ = desk.bring("Tekstas.")
    import_.original.name = "<script>alert(1)</script>.docx"
    import_.original.save()

    assert "<script>alert" not in page(desk.get("preview", desk.strategy.number))


def test_a_paragraph_becomes_a_heading_and_back(desk):
    desk.bring("1. Pagalba", "Tekstas.")

    answer = desk.post("correct", desk.strategy.number, 0, kind="2")
    corrected = page(desk.get("preview", desk.strategy.number))
    desk.post("correct", desk.strategy.number, 0, undo="1")
    undone = page(desk.get("preview", desk.strategy.number))

    assert answer.headers["Location"].endswith("/preview/#p0")
    assert '<h2 class="text">1. Pagalba</h2>' in corrected
    assert '<h2 class="text">1. Pagalba</h2>' not in undone


@pytest.mark.parametrize(
    ("position", "fields", "status"),
    [
        (0, {"kind": "7"}, 422),
        (0, {}, 422),
        (1, {"header": "perhaps"}, 422),
        (1, {"header": "yes"}, 302),
        (2, {"header": "yes"}, 404),
        (3, {"undo": "1"}, 404),
        (99999, {"kind": "1"}, 404),
    ],
)
def test_corrections_that_make_no_sense_are_answered(desk, position, fields, status):
    desk.bring("Tekstas.", [["Rodiklis"]])

    answer = desk.post("correct", desk.strategy.number, position, **fields)

    assert answer.status_code == status


def test_any_block_can_be_opened_for_correction(desk):
    desk.bring("Tekstas.", "Kitas.")

    shown = page(desk.get("preview", desk.strategy.number, query="?place=1"))

    assert 'id="c1-kind"' in shown
    assert 'id="c0-kind"' not in shown


def test_tracked_changes_offer_three_equal_choices_before_a_draft(desk):
    desk.bring("Buvo.", inserted="Įrašyta.")

    shown = page(desk.get("preview", desk.strategy.number))

    assert shown.count('name="changes"') == 3
    assert reverse("strategies:make_draft", args=[desk.strategy.number]) not in shown


@pytest.mark.parametrize(("choice", "changes"), [("accept", "accept"), ("reject", "reject")])
def test_a_choice_about_tracked_changes_is_kept(desk, choice, changes):
    desk.bring("Buvo.", inserted="Įrašyta.")

    desk.post("changes", desk.strategy.number, changes=choice)

    assert queries.open_import(desk.strategy).changes == changes


def test_going_back_to_word_puts_the_file_away(desk):
    desk.bring("Buvo.", inserted="Įrašyta.")

    answer = desk.post("changes", desk.strategy.number, changes="word")

    assert answer.headers["Location"] == reverse("strategies:import", args=[desk.strategy.number])
    assert queries.open_import(desk.strategy) is None


def test_taking_no_changes_of_a_file_that_is_all_changes_is_refused_in_words(desk):
    desk.bring(inserted="Tik įrašyta.")

    desk.post("changes", desk.strategy.number, changes="reject")

    assert "nerasta nė vieno žodžio" in page(desk.get("preview", desk.strategy.number))
    assert queries.open_import(desk.strategy).changes == ""


def test_an_unknown_choice_is_not_found(desk):
    desk.bring("Buvo.", inserted="Įrašyta.")

    assert desk.post("changes", desk.strategy.number, changes="all").status_code == 404


def test_the_first_draft_asks_for_nothing_but_may_have_a_note(desk):
    desk.bring("# Poreikiai", "Tekstas.")

    answer = desk.post("make_draft", desk.strategy.number, note="Pirmasis projektas.")

    draft = queries.draft_of(desk.strategy)
    assert answer.headers["Location"] == reverse("strategies:draft", args=[desk.strategy.number])
    assert (draft.reason, draft.note) == ("FIRST", "Pirmasis projektas.")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"note": "Kas nauja."}, "Pasirinkite, kodėl rengiama nauja versija."),
        ({"reason": "ANSWERS"}, "Parašykite, kas šioje versijoje nauja."),
        ({"reason": "FIRST", "note": "Kas nauja."}, "FIRST"),
        ({"reason": "ANSWERS", "note": "x" * 1001}, "Pastaba per ilga"),
    ],
)
def test_a_later_draft_needs_a_reason_and_a_note(desk, fields, sentence):
    make.version(strategy=desk.strategy)
    desk.bring("Tekstas.")

    answer = desk.post("make_draft", desk.strategy.number, **fields)

    assert answer.status_code == 422
    assert sentence in page(answer)
    assert queries.draft_of(desk.strategy) is None


def test_a_draft_is_replaced_only_when_ticked(desk):
    desk.bring("Tekstas.")
    desk.post("make_draft", desk.strategy.number)
    desk.bring("Kitas tekstas.")

    refused = desk.post("make_draft", desk.strategy.number, note="Antras.")
    desk.post("make_draft", desk.strategy.number, note="Antras.", replace="on")

    assert "Juodraštis jau yra." in page(refused)
    assert queries.draft_of(desk.strategy).document.blocks[0].text == "Kitas tekstas."


def test_the_draft_shows_what_it_changes(desk):
    first = "Pagalba į namus teikiama kasdien vyresnio amžiaus žmonėms, gyvenantiems vieniems."
    make.version(first, strategy=desk.strategy)
    desk.bring(
        "# Ko žmonėms trūksta", first.replace("kasdien", "savaitgaliais"), "Nauja pastraipa."
    )
    desk.post("make_draft", desk.strategy.number, reason="ANSWERS", note="Savaitgaliai.")

    shown = page(desk.get("draft", desk.strategy.number))

    assert "<del>" in shown
    assert "savaitgaliais" in shown
    assert "Nauja pastraipa." in shown


def test_a_discarded_draft_can_be_made_again(desk):
    desk.bring("Tekstas.")
    desk.post("make_draft", desk.strategy.number)

    desk.post("discard", desk.strategy.number)
    again = desk.post("make_draft", desk.strategy.number)

    assert again.status_code == 302
    assert Version.objects.count() == 1


def test_the_original_comes_back_byte_by_byte(desk):
    data = make.word_file("Tekstas.")
    desk.post("import", desk.strategy.number, file=upload(data, "mano strategija.docx"))
    desk.post("make_draft", desk.strategy.number)

    answer = desk.get("original", desk.strategy.number, 1)

    assert b"".join(answer.streaming_content) == data
    assert 'filename="mano strategija.docx"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["preview", "draft"])
def test_what_is_not_there_is_not_found(desk, name):
    assert desk.get(name, desk.strategy.number).status_code == 404
    assert desk.get(name, desk.strategy.number + 7).status_code == 404


def test_another_groups_picture_is_not_found(desk, shared_data):
    path = shared_data / "documents/docx_tricky/poi-VariousPictures.docx"
    data = path.read_bytes()
    other = make.strategy()
    actions.keep_import(
        actor=of_the_desk(other, "EDITOR"), strategy=other, name="p.docx", data=data, at=NOON
    )
    digest = next(iter(Import.objects.get().document.media))

    theirs = desk.get("picture", desk.strategy.number, digest)
    desk.post("import", desk.strategy.number, file=upload(data))
    ours = desk.get("picture", desk.strategy.number, digest)

    doors.read(ours)
    assert (theirs.status_code, ours.status_code) == (404, 200)
    assert ours.headers["Content-Type"].startswith("image/")


READ = ["list", "preview", "draft", "original"]
CHANGE = ["start", "import", "changes", "correct", "make_draft", "discard"]
KEYS = {"list": (), "start": (), "original": (1, 1), "correct": (1, 0)}


@pytest.mark.parametrize("role", ["AUDITOR", "MODERATOR"])
def test_others_of_the_staff_read_and_change_nothing(desk, client, role):
    data = make.word_file("Tekstas.")
    desk.post("import", desk.strategy.number, file=upload(data))
    desk.post("make_draft", desk.strategy.number)
    other = Desk(client, desk.strategy, of_the_desk(desk.strategy, role))

    reading = [other.get(name, *KEYS.get(name, (1,))) for name in READ]
    changing = [other.post(name, *KEYS.get(name, (1,))) for name in CHANGE]

    doors.read(reading[-1])
    assert {answer.status_code for answer in reading} == {200}
    assert {answer.status_code for answer in changing} == {403}
    assert "<form class=" not in page(other.get("preview", 1))


def test_every_finding_and_refusal_has_its_sentence():
    assert set(sentences.FINDINGS) == set(docx.SENTENCES)
    assert set(sentences.REFUSALS) == set(docx.REASONS)
