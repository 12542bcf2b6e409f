"""Correcting a draft in place: words, order, what becomes of passages, undo, and who may."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation

from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.strategies import actions, queries
from sutarta.apps.strategies.models import BlockEdit, Passage, VersionReason
from sutarta.core.documents import Kind, Outcome, Span
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

HOMES = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."
REST = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."
YARDS = "Kiemų apšvietimas atnaujinamas Pušyno kvartale iki metų pabaigos."


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class Office:
    """A published version, a draft made from it, and an editor whose clock ticks."""

    def __init__(self, role="EDITOR"):
        self.version = make.version(HOMES, REST, YARDS)
        self.strategy = self.version.strategy
        self.group = self.strategy.group
        self.editor = make.member(of=self.group, role=role)
        self.at = NOON
        self.draft = self.start()

    def tick(self):
        self.at += timedelta(minutes=1)
        return self.at

    def start(self, **facts):
        defaults = {"actor": self.editor, "version": self.version, "note": "Pataisyta.",
                    "reason": VersionReason.EDITING, "at": self.tick()}  # fmt: skip
        return actions.start_draft_from(**{**defaults, **facts})

    def block(self, place):
        return queries.draft_of(self.strategy).document.blocks[place]

    def write(self, place, *texts, seen=None, actor=None):
        here = self.block(place)
        first = replace(here, spans=(Span(texts[0]),))
        rest = [make.block(text) for text in texts[1:]]
        return actions.edit_block(
            actor=actor or self.editor,
            version=self.draft,
            lineage_id=here.id,
            blocks=[first, *rest],
            seen=seen or queries.seen(here),
            at=self.tick(),
        )

    def remove(self, place):
        here = self.block(place)
        facts = {"lineage_id": here.id, "seen": queries.seen(here)}
        actions.remove_block(actor=self.editor, version=self.draft, at=self.tick(), **facts)

    def merge(self, place):
        here = self.block(place)
        facts = {"lineage_id": here.id, "seen": queries.seen(here)}
        actions.merge_block(actor=self.editor, version=self.draft, at=self.tick(), **facts)

    def move(self, place, *, down):
        actions.move_block(
            actor=self.editor,
            version=self.draft,
            lineage_id=self.block(place).id,
            down=down,
            at=self.tick(),
        )

    def undo(self, edit=None):
        edit = edit or BlockEdit.objects.order_by("id").last()
        actions.undo(actor=self.editor, version=self.draft, edit=edit, at=self.tick())

    @property
    def texts(self):
        return [block.text for block in queries.draft_of(self.strategy).document.blocks][1:]

    @property
    def fates(self):
        """By the first words of the old passage."""
        old = {block.id: block.text.split()[0] for block in self.version.document.blocks}
        rows = queries.passages_of(self.draft)
        return {old[row.old_id]: (row.outcome, len(row.new_ids)) for row in rows}


@pytest.fixture
def office():
    return Office()


def test_a_draft_starts_with_the_very_words_and_ids(office):
    assert office.draft.document == office.version.document
    assert (office.draft.number, office.draft.is_published) == (2, False)
    assert office.draft.original == office.version.original
    assert office.fates == {}
    assert queries.compared(office.draft).counts == {"kept": 4, "new": 0}


def test_only_one_draft_and_only_from_the_newest_version(office):
    with pytest.raises(Refused) as there_is_one:
        office.start()
    actions.publish_version(actor=office.editor, version=office.draft, at=office.tick())
    with pytest.raises(Refused) as old:
        office.start()

    assert str(there_is_one.value.reason) == "There is a draft already. Correct that one."
    assert str(old.value.reason) == "A draft is made from the newest published version."


def test_new_words_keep_the_passage_and_are_remembered(office):
    written = office.write(1, "Pagalba į namus teikiama ir naktį.")

    edit = BlockEdit.objects.get()
    assert office.texts == ["Pagalba į namus teikiama ir naktį.", REST, YARDS]
    assert office.fates == {"Pagalba": ("reworded", 1)}
    assert written == edit.lineage_id == office.version.document.blocks[1].id
    assert (edit.place, edit.actor, edit.at) == (1, office.editor, office.at)
    assert edit.before["spans"] == [{"text": HOMES}]
    assert edit.after["spans"] == [{"text": "Pagalba į namus teikiama ir naktį."}]


def test_the_published_version_stays_as_it_is(office):
    office.write(1, "Kitaip.")

    office.version.refresh_from_db()
    assert [block.text for block in office.version.document.blocks][1:] == [HOMES, REST, YARDS]


def test_the_same_words_change_nothing(office):
    office.write(1, HOMES)

    assert BlockEdit.objects.count() == Passage.objects.count() == 0


def test_corrections_leave_no_trace_in_the_public_log(office):
    before = Entry.objects.count()

    office.write(1, "Kitaip.")
    office.merge(1)
    office.undo()

    assert Entry.objects.count() == before


def test_split_merge_move_and_removal_tell_what_became_of_passages(office):
    office.write(2, "Šeimos, prižiūrinčios artimuosius.", "Prašo kelių laisvų valandų per savaitę.")
    assert office.fates == {"Šeimos,": ("split", 2)}

    office.merge(2)
    assert office.fates["Šeimos,"][0] == "reworded"

    office.merge(1)
    assert office.fates == {"Pagalba": ("merged", 1), "Šeimos,": ("merged", 1)}

    office.move(1, down=True)
    office.remove(1)
    assert office.fates == {
        "Pagalba": ("merged", 1),
        "Šeimos,": ("merged", 1),
        "Kiemų": ("gone", 0),
    }


def test_everything_is_taken_back_step_by_step(office):
    office.write(2, "Šeimos, prižiūrinčios artimuosius.", "Prašo kelių laisvų valandų per savaitę.")
    office.move(1, down=True)
    office.remove(4)
    office.write(1, "Kitaip.")
    acts = list(BlockEdit.objects.order_by("-at").values_list("at", flat=True).distinct())

    for at in acts:
        office.undo(BlockEdit.objects.filter(at=at).first())

    assert office.texts == [HOMES, REST, YARDS]
    assert office.fates == {}
    assert queries.draft_of(office.strategy).document == office.version.document


def test_an_undo_is_a_correction_too_and_can_be_taken_back(office):
    office.remove(2)
    office.undo()
    office.undo()

    assert office.texts == [HOMES, YARDS]
    assert BlockEdit.objects.count() == 3


def test_what_was_changed_again_cannot_be_taken_back(office):
    office.write(1, "Vienaip.")
    first = BlockEdit.objects.get()
    office.write(1, "Kitaip.")

    with pytest.raises(Refused):
        office.undo(first)

    assert office.texts[0] == "Kitaip."


def test_an_older_correction_is_taken_back_where_its_block_stands_now(office):
    office.remove(2)
    removal = BlockEdit.objects.get()
    actions.add_blocks(
        actor=office.editor, version=office.draft, lineage_id=office.block(1).id,
        blocks=[make.block("Nauja.")], after=False, at=office.tick(),
    )  # fmt: skip

    office.undo(removal)

    assert office.texts == ["Nauja.", HOMES, REST, YARDS]


def test_the_second_of_two_people_is_told_and_nothing_is_lost(office):
    seen = queries.seen(office.block(1))
    other = make.member(of=office.group, role="EDITOR")
    office.write(1, "Pirmoji pataisė.")

    with pytest.raises(actions.Changed) as conflict:
        office.write(1, "Antroji pataisė.", seen=seen, actor=other)

    assert conflict.value.now.text == "Pirmoji pataisė."
    assert office.texts[0] == "Pirmoji pataisė."


def test_a_block_taken_out_meanwhile_is_told(office):
    here = office.block(1)
    office.remove(1)

    with pytest.raises(actions.Changed) as conflict:
        actions.edit_block(
            actor=office.editor, version=office.draft, lineage_id=here.id,
            blocks=[here], seen=queries.seen(here), at=office.tick(),
        )  # fmt: skip

    assert conflict.value.now is None


def test_what_a_person_decided_stays_decided(office):
    """A doubtful passage tied by a person is reworded on, and gone when it is taken out."""
    old = office.version.document.blocks[1].id
    office.remove(1)
    added = actions.add_blocks(
        actor=office.editor, version=office.draft, lineage_id=office.block(1).id,
        blocks=[make.block("Pagalba namuose.")], after=False, at=office.tick(),
    )  # fmt: skip
    row = Passage.objects.get(old_id=old)
    row.outcome, row.candidates = Outcome.DOUBTFUL, [[added, 0.5]]
    row.save()
    actions.decide_passage(actor=office.editor, passage=row, becomes=[added], at=office.tick())

    office.write(1, "Pagalba namuose kasdien.")
    row.refresh_from_db()
    assert (row.outcome, row.new_ids, row.decided_by) == ("reworded", [old], office.editor)

    office.remove(1)
    row.refresh_from_db()
    assert (row.outcome, row.new_ids, row.decided_by) == ("gone", [], office.editor)

    office.undo()
    row.refresh_from_db()
    assert (row.outcome, row.new_ids) == ("reworded", [old])


def test_what_nobody_decided_stays_doubtful(office):
    office.remove(1)
    Passage.objects.update(outcome=Outcome.DOUBTFUL, candidates=[["b1", 0.5]])

    office.write(1, "Kitaip.")

    row = Passage.objects.get(old_id=office.version.document.blocks[1].id)
    assert (row.outcome, row.candidates) == ("doubtful", [["b1", 0.5]])


def test_a_first_draft_has_no_passages_to_follow():
    draft = make.version(HOMES, REST, published=False)
    editor = make.member(of=draft.group, role="EDITOR")
    here = draft.document.blocks[1]

    actions.edit_block(
        actor=editor, version=draft, lineage_id=here.id,
        blocks=[replace(here, kind=Kind.HEADING, level=2)], seen=queries.seen(here), at=NOON,
    )  # fmt: skip

    draft = queries.draft_of(draft.strategy)
    assert draft.document.blocks[1].kind is Kind.HEADING
    assert Passage.objects.count() == 0


def test_a_published_draft_takes_no_more_corrections(office):
    actions.publish_version(actor=office.editor, version=office.draft, at=office.tick())

    with pytest.raises(Refused):
        actions.move_block(
            actor=office.editor, version=office.draft,
            lineage_id=office.draft.document.blocks[1].id, down=True, at=office.tick(),
        )  # fmt: skip


def test_what_the_document_does_not_allow_is_said_in_a_sentence(office):
    with pytest.raises(Refused) as refusal:
        office.move(0, down=False)

    assert str(refusal.value.reason) == "There is nothing to change places with."


def test_another_word_file_replaces_the_draft_and_its_corrections(office):
    office.write(1, "Kitaip.")
    import_ = make.import_("# Ko žmonėms trūksta", HOMES, strategy=office.strategy)

    actions.make_draft(
        actor=office.editor, import_=import_, reason=VersionReason.EDITING, note="Iš naujo.",
        at=office.tick(), replace=True,
    )  # fmt: skip

    assert BlockEdit.objects.count() == 0


def test_a_corrected_draft_is_published_with_what_became_of_passages(office):
    office.write(1, "Kitaip.")
    office.remove(3)

    actions.publish_version(actor=office.editor, version=office.draft, at=office.tick())

    assert office.fates == {"Pagalba": ("reworded", 1), "Kiemų": ("gone", 0)}
