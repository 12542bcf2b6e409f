"""Bringing Word files in: what is kept, what is refused, what corrections do."""

import hashlib
import json

import pytest
from django.core.files.storage import default_storage

from sutarta.apps.ledger.queries import acts, facts
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.apps.strategies import actions, queries
from sutarta.apps.strategies.corrections import BadCorrection
from sutarta.apps.strategies.models import Import, Original, Strategy
from sutarta.core.canonical import canonical_bytes
from sutarta.core.documents import Kind
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make.member(of=make.group())


def group_of(actor):
    return actor.memberships.get().group


def kept(actor, data, **facts):
    strategy = facts.pop("strategy", None) or make.strategy(group=group_of(actor))
    return actions.keep_import(
        actor=actor, strategy=strategy, name="strategija.docx", data=data, at=NOON, **facts
    )


def test_the_first_strategy_has_number_one_and_is_logged(coordinator):
    its_group = group_of(coordinator)

    strategy = actions.start_strategy(
        actor=coordinator, group=its_group, title="Strategija", language="lt", at=NOON
    )

    assert (strategy.number, strategy.created_at) == (1, NOON)
    assert [facts(entry) for entry in acts(its_group, "strategy.started")] == [{"strategy": 1}]


def test_a_kept_file_is_there_byte_by_byte(coordinator):
    data = make.word_file("# Tikslai", "Pagalba į namus teikiama kasdien.")

    import_ = kept(coordinator, data)

    original = import_.original
    assert original.digest == hashlib.sha256(data).hexdigest()
    assert original.path == f"{import_.group_id}/originals/{original.digest}.docx"
    with default_storage.open(original.path) as file:
        assert file.read() == data


def test_what_was_read_is_stored_as_canonical_bytes(coordinator):
    import_ = kept(coordinator, make.word_file("# Tikslai", "Pagalba į namus."))

    stored = bytes(Import.objects.get(pk=import_.pk).read)

    assert canonical_bytes(json.loads(stored)) == stored
    assert [(block.kind, block.text) for block in import_.document.blocks] == [
        (Kind.HEADING, "Tikslai"),
        (Kind.PARAGRAPH, "Pagalba į namus."),
    ]


def test_a_newer_file_puts_the_one_before_away(coordinator):
    first = kept(coordinator, make.word_file("Pirmas."))

    second = kept(coordinator, make.word_file("Antras."), strategy=first.strategy)

    first.refresh_from_db()
    assert first.closed_at == NOON
    assert queries.open_import(first.strategy) == second


def test_the_same_file_twice_is_stored_once(coordinator):
    data = make.word_file("Pagalba į namus.")

    paths = {kept(coordinator, data).original.path for _twice in range(2)}

    folder = f"{group_of(coordinator).pk}/originals"
    assert len(paths) == 1
    assert default_storage.listdir(folder)[1] == [paths.pop().rsplit("/", 1)[1]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_docx"),
        (b"Ne Word failas", "not_docx"),
        (b"PK\x03\x04 nukirptas", "broken"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing_behind(coordinator, data, code):
    with pytest.raises(actions.BadFile) as refusal:
        actions.start_with_file(
            actor=coordinator,
            group=group_of(coordinator),
            title="Strategija",
            language="lt",
            name="strategija.docx",
            data=data,
            at=NOON,
        )

    assert refusal.value.code == code
    assert Strategy.objects.count() == Original.objects.count() == 0


def test_a_first_file_starts_its_strategy(coordinator):
    import_ = actions.start_with_file(
        actor=coordinator,
        group=group_of(coordinator),
        title="Strategija",
        language="lt",
        name="strategija.docx",
        data=make.word_file("Pagalba į namus."),
        at=NOON,
    )

    assert import_.strategy.title == "Strategija"
    assert import_.document.language == "lt"


def test_tracked_changes_are_never_taken_silently(coordinator):
    import_ = kept(coordinator, make.word_file("Buvo.", inserted="Įrašyta."))

    with pytest.raises(Refused) as refusal:
        actions.make_draft(actor=coordinator, import_=import_, reason="FIRST", note="", at=NOON)

    assert import_.has_changes
    assert str(refusal.value.reason) == "Pirmiausia nuspręskite, ką daryti su sekamais keitimais."


@pytest.mark.parametrize(
    ("changes", "texts"), [("accept", ["Buvo.", "Įrašyta."]), ("reject", ["Buvo."])]
)
def test_tracked_changes_are_taken_the_way_a_person_says(coordinator, changes, texts):
    import_ = kept(coordinator, make.word_file("Buvo.", inserted="Įrašyta."))

    decided = actions.choose_changes(actor=coordinator, import_=import_, changes=changes, at=NOON)

    stored = Import.objects.get(pk=decided.pk)
    assert stored.changes == changes
    assert [block.text for block in stored.document.blocks] == texts


def test_corrections_outlive_a_change_of_mind_about_tracked_changes(coordinator):
    data = make.word_file("1. Tikslai", "Tekstas.", inserted="Įrašyta.")
    import_ = kept(coordinator, data)
    heading = {"kind": "heading", "level": 1}
    actions.correct(actor=coordinator, import_=import_, position=0, correction=heading, at=NOON)

    for changes in ("reject", "accept"):
        import_ = actions.choose_changes(
            actor=coordinator, import_=import_, changes=changes, at=NOON
        )

    kinds = [block.kind for block in queries.corrected(import_).blocks]
    assert kinds == [Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_a_correction_lies_over_what_was_read_and_can_be_taken_back(coordinator):
    import_ = kept(coordinator, make.word_file("1. Tikslai", "Tekstas."))
    as_read = import_.document

    heading = {"kind": "heading", "level": 2}
    corrected = actions.correct(
        actor=coordinator, import_=import_, position=0, correction=heading, at=NOON
    )
    block = queries.corrected(corrected).blocks[0]
    undone = actions.correct(
        actor=coordinator, import_=import_, position=0, correction=None, at=NOON
    )

    assert (block.kind, block.level) == (Kind.HEADING, 2)
    assert corrected.document == as_read
    assert undone.corrections == {}


def test_the_first_row_of_a_table_can_be_made_its_header(coordinator):
    table = [["Rodiklis", "Reikšmė"], ["Lankytojai", "140"]]
    import_ = kept(coordinator, make.word_file("Rodikliai:", table))

    corrected = actions.correct(
        actor=coordinator, import_=import_, position=1, correction={"header": True}, at=NOON
    )

    rows = queries.corrected(corrected).blocks[2:]
    assert [row.header for row in rows] == [True, False]
    assert [cell.header for cell in rows[0].cells] == [True, True]


@pytest.mark.parametrize(
    "correction",
    [
        {"kind": "heading", "level": 9},
        {"kind": "table"},
        {"alt": "Paveikslas"},
        {"header": True},
        {"kind": "paragraph", "text": "Kiti žodžiai"},
    ],
)
def test_a_correction_that_does_not_fit_is_not_kept(coordinator, correction):
    import_ = kept(coordinator, make.word_file("Tekstas."))

    with pytest.raises(BadCorrection):
        actions.correct(
            actor=coordinator, import_=import_, position=0, correction=correction, at=NOON
        )


def test_a_file_put_away_is_not_prepared_any_more(coordinator):
    import_ = kept(coordinator, make.word_file("Tekstas."))
    actions.put_away(actor=coordinator, import_=import_, at=NOON)

    with pytest.raises(Refused):
        actions.put_away(actor=coordinator, import_=import_, at=NOON)

    assert queries.open_import(import_.strategy) is None


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.AUDITOR])
def test_others_bring_no_files_in(role):
    actor = make.member(of=make.group(), role=role)

    with pytest.raises(Refused):
        kept(actor, make.word_file("Tekstas."))

    assert Original.objects.count() == 0
