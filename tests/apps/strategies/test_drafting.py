"""Drafts and versions: what carries over, what a person decides, what never changes again."""

import json

import pytest
from django.db import IntegrityError

from sutarta.apps.ledger.queries import acts, facts
from sutarta.apps.people.access import Refused
from sutarta.apps.strategies import actions, queries, rendering
from sutarta.apps.strategies.models import Immutable, Import, Version, VersionReason
from sutarta.core.canonical import canonical_bytes
from sutarta.core.documents import Outcome, document_digest
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

HOMES = "Pagalba į namus teikiama kasdien vyresnio amžiaus žmonėms, gyvenantiems vieniems."
FAMILIES = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."
YARDS = "Kiemų apšvietimas atnaujinamas Pušyno kvartale iki metų pabaigos."
WEEKENDS = (
    "Pagalba į namus teikiama kasdien, taip pat savaitgaliais, vyresnio amžiaus žmonėms, "
    "gyvenantiems vieniems."
)


@pytest.fixture
def strategy():
    return make.strategy()


@pytest.fixture
def editor(strategy):
    return make.member(of=strategy.group, role="EDITOR")


def drafted(editor, strategy, *texts, **facts):
    import_ = make.import_(*texts, strategy=strategy)
    defaults = {"reason": VersionReason.FIRST, "note": "", "at": NOON}
    return actions.make_draft(actor=editor, import_=import_, **{**defaults, **facts})


def published(editor, strategy, *texts, **facts):
    draft = drafted(editor, strategy, *texts, **facts)
    return actions.publish_version(actor=editor, version=draft, at=NOON)


def id_of(version, text):
    return next(block.id for block in version.document.blocks if block.text == text)


def fates(version):
    return [(row.old_id, row.outcome) for row in queries.passages_of(version)]


def test_the_first_draft_gives_every_block_an_id(strategy, editor):
    draft = drafted(editor, strategy, "# Poreikiai", HOMES)

    ids = [block.id for block in draft.document.blocks]
    assert (draft.number, draft.is_published, draft.digest) == (1, False, "")
    assert len(set(ids)) == 2
    assert all(len(block_id) == 11 for block_id in ids)
    assert fates(draft) == []


def test_links_inside_the_document_lead_to_blocks_of_the_draft(strategy, editor):
    table = [["Rodiklis", "Reikšmė"], ["Lankytojai", "140"]]

    draft = drafted(editor, strategy, "# Poreikiai", table)

    blocks = draft.document.blocks
    assert [block.table for block in blocks] == ["", "", blocks[1].id, blocks[1].id]


def test_the_next_draft_inherits_from_the_newest_published_version(strategy, editor):
    first = published(editor, strategy, "# Poreikiai", HOMES, FAMILIES)

    second = drafted(editor, strategy, "# Poreikiai", WEEKENDS, YARDS)

    homes = id_of(first, HOMES)
    assert second.number == 2
    assert id_of(second, WEEKENDS) == homes
    assert id_of(second, "Poreikiai") == id_of(first, "Poreikiai")
    assert fates(second) == [(homes, "reworded"), (id_of(first, FAMILIES), "gone")]


def test_a_second_draft_needs_to_be_asked_for(strategy, editor):
    draft = drafted(editor, strategy, HOMES)

    with pytest.raises(Refused):
        drafted(editor, strategy, FAMILIES)
    replaced = drafted(editor, strategy, FAMILIES, replace=True)

    assert replaced.pk == draft.pk
    assert [block.text for block in replaced.document.blocks] == [FAMILIES]


def test_a_replaced_draft_has_only_its_own_passages(strategy, editor):
    published(editor, strategy, HOMES, FAMILIES)
    drafted(editor, strategy, HOMES)

    replaced = drafted(editor, strategy, HOMES, FAMILIES, replace=True)

    assert fates(replaced) == []


def test_the_database_holds_one_draft_and_one_open_file(strategy, editor):
    draft = drafted(editor, strategy, HOMES)
    copy = Version(**{field.attname: getattr(draft, field.attname) for field in _facts(draft)})

    with pytest.raises(IntegrityError):
        copy.save()


def _facts(version):
    version.number = 7
    return [field for field in version._meta.concrete_fields if field.name != "id"]


def test_a_discarded_draft_leaves_its_file_open(strategy, editor):
    draft = drafted(editor, strategy, HOMES)

    actions.discard_draft(actor=editor, version=draft, at=NOON)

    assert queries.draft_of(strategy) is None
    assert queries.open_import(strategy).original == draft.original


def test_a_draft_with_a_consultation_in_preparation_stays(strategy, editor):
    draft = drafted(editor, strategy, HOMES)
    make.consultation(version=draft, announced_at=None)

    with pytest.raises(Refused):
        actions.discard_draft(actor=editor, version=draft, at=NOON)

    assert queries.draft_of(strategy) == draft


def test_publishing_makes_digest_and_pages_once(strategy, editor):
    version = published(editor, strategy, "# Poreikiai", HOMES)

    salts = {block_id: bytes.fromhex(salt) for block_id, salt in version.salts.items()}
    shown = rendering.restored(version)
    assert version.published_at == NOON
    assert {len(salt) for salt in salts.values()} == {32}
    assert version.digest == document_digest(version.document, salts)
    assert [block["text"] for block in shown] == ["Poreikiai", HOMES]
    assert Import.objects.get().closed_at == NOON


def test_publishing_is_logged_without_words(strategy, editor):
    version = published(editor, strategy, HOMES, note="Pirmasis projektas.")

    [entry] = acts(strategy.group, "version.published")
    assert facts(entry) == {
        "strategy": strategy.number,
        "version": 1,
        "digest": version.digest,
        "reason": "FIRST",
        "original": version.original.digest,
        "passages": {},
    }


def test_a_version_is_published_once(strategy, editor):
    version = published(editor, strategy, HOMES)

    with pytest.raises(Refused):
        actions.publish_version(actor=editor, version=version, at=NOON)


def test_a_published_version_is_never_stored_again(strategy, editor):
    version = published(editor, strategy, HOMES)
    version.note = "Kita pastaba"

    with pytest.raises(Immutable):
        version.save()
    with pytest.raises(Immutable):
        version.delete()
    with pytest.raises(Refused):
        actions.discard_draft(actor=editor, version=version, at=NOON)

    assert Version.objects.get(pk=version.pk).note == ""


def doubtful_draft(strategy, editor):
    """A draft in which the machine could not tell whether two passages go on."""
    first = published(editor, strategy, "# Poreikiai", HOMES, FAMILIES)
    draft = drafted(editor, strategy, "# Poreikiai", YARDS, WEEKENDS)
    draft.passages.all().delete()
    words = make.document(YARDS, WEEKENDS)
    draft.content = canonical_bytes(make.dump(words))
    draft.save()
    candidates = [[block.id, 0.5] for block in words.blocks[1:]]
    rows = [
        draft.passages.create(
            group=draft.group,
            old_id=id_of(first, text),
            outcome=Outcome.DOUBTFUL,
            confidence=0.5,
            candidates=candidates,
        )
        for text in (HOMES, FAMILIES)
    ]
    return draft, rows


def decide(editor, passage, new_id):
    becomes = [new_id] if new_id else []
    return actions.decide_passage(actor=editor, passage=passage, becomes=becomes, at=NOON)


def reread(draft):
    return Version.objects.get(pk=draft.pk)


def test_a_person_ties_a_doubtful_passage(strategy, editor):
    draft, [homes, _families] = doubtful_draft(strategy, editor)

    decided = decide(editor, homes, id_of(draft, WEEKENDS))

    assert (decided.outcome, decided.new_ids) == ("reworded", [homes.old_id])
    assert (decided.decided_by, decided.decided_at) == (editor, NOON)
    assert id_of(reread(draft), WEEKENDS) == homes.old_id
    assert [row.old_id for row in queries.doubtful(draft)] == [_families.old_id]


def test_deciding_again_takes_the_first_decision_back(strategy, editor):
    draft, [homes, _families] = doubtful_draft(strategy, editor)
    as_made = bytes(draft.content)
    decide(editor, homes, id_of(draft, WEEKENDS))

    gone = decide(editor, homes, None)

    assert (gone.outcome, gone.new_ids, gone.own_id) == ("gone", [], "")
    assert bytes(reread(draft).content) == as_made


def test_a_passage_can_be_tied_to_another_candidate_later(strategy, editor):
    draft, [homes, _families] = doubtful_draft(strategy, editor)
    yards, weekends = id_of(draft, YARDS), id_of(draft, WEEKENDS)
    decide(editor, homes, yards)

    decide(editor, homes, weekends)

    now = reread(draft)
    assert (id_of(now, YARDS), id_of(now, WEEKENDS)) == (yards, homes.old_id)


def test_two_passages_that_go_on_as_one_are_merged(strategy, editor):
    draft, [homes, families] = doubtful_draft(strategy, editor)
    weekends = id_of(draft, WEEKENDS)
    decide(editor, homes, weekends)

    merged = decide(editor, families, weekends)

    assert (merged.outcome, merged.new_ids) == ("merged", [homes.old_id])


def test_what_was_merged_becomes_doubtful_when_its_passage_moves_away(strategy, editor):
    draft, [homes, families] = doubtful_draft(strategy, editor)
    decide(editor, homes, id_of(draft, WEEKENDS))
    decide(editor, families, id_of(draft, WEEKENDS))

    decide(editor, homes, None)

    assert [row.old_id for row in queries.doubtful(draft)] == [families.old_id]


def test_the_same_decision_twice_leaves_one_trace(strategy, editor):
    draft, [homes, _families] = doubtful_draft(strategy, editor)

    for _twice in range(2):
        decide(editor, homes, id_of(draft, WEEKENDS))

    assert [facts(entry) for entry in acts(strategy.group, "passage.decided")] == [
        {
            "strategy": strategy.number,
            "version": 2,
            "passage": homes.old_id,
            "outcome": "reworded",
            "becomes": [homes.old_id],
        }
    ]


def test_a_passage_cannot_go_on_as_one_that_is_not_there(strategy, editor):
    _draft, [homes, _families] = doubtful_draft(strategy, editor)

    with pytest.raises(Refused):
        decide(editor, homes, "bnowhere000")


def test_nothing_is_decided_once_the_version_is_published(strategy, editor):
    draft, [homes, _families] = doubtful_draft(strategy, editor)
    actions.publish_version(actor=editor, version=draft, at=NOON)

    with pytest.raises(Refused):
        decide(editor, homes, None)


def test_what_the_machine_knew_is_not_for_deciding(strategy, editor):
    published(editor, strategy, HOMES, FAMILIES)
    draft = drafted(editor, strategy, WEEKENDS, FAMILIES)

    with pytest.raises(Refused):
        decide(editor, draft.passages.get(), None)


def test_the_stored_words_are_canonical(strategy, editor):
    content = bytes(published(editor, strategy, "# Poreikiai", HOMES).content)

    assert canonical_bytes(json.loads(content)) == content
