"""A person decides where a doubtful passage goes on, in one place or several, or takes it back."""

import pytest

from sutarta.apps.ledger.queries import acts, facts
from sutarta.apps.people.access import Refused
from sutarta.apps.strategies import actions, queries
from sutarta.apps.strategies.models import Version
from sutarta.core.documents import Outcome
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

HOMES = "Pagalba į namus teikiama kasdien vyresnio amžiaus žmonėms."
FAMILIES = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų."
FIRST, SECOND, THIRD = "Pagalba teikiama kasdien.", "Ji skirta vyresniems.", "Šeimoms – laisvos."


@pytest.fixture
def office():
    strategy = make.strategy()
    return strategy, make.member(of=strategy.group, role="EDITOR")


@pytest.fixture
def draft(office):
    """A draft in which nobody knows where two passages went; its own are FIRST to THIRD."""
    strategy, _editor = office
    old = make.version(HOMES, FAMILIES, strategy=strategy)
    words = make.document(FIRST, SECOND, THIRD)
    made = make.version(strategy=strategy, document=words, published=False)
    for at in (1, 2):
        made.passages.create(
            group=made.group,
            old_id=make.passage(old, at),
            outcome=Outcome.DOUBTFUL,
            confidence=0.5,
            candidates=[[make.passage(made, 1), 0.5]],
        )
    return made


def rows(draft):
    return list(draft.passages.order_by("id"))


def decide(office, passage, *becomes):
    return actions.decide_passage(actor=office[1], passage=passage, becomes=becomes, at=NOON)


def reopen(office, passage):
    return actions.reopen_passage(actor=office[1], passage=passage, at=NOON)


def words_of(draft):
    document = Version.objects.get(pk=draft.pk).document
    return {block.id: block.text for block in document.blocks}


def test_a_passage_that_was_split_goes_on_as_several_and_the_first_one_carries_it(office, draft):
    homes, _families = rows(draft)
    first, second = make.passage(draft, 1), make.passage(draft, 2)

    decided = decide(office, homes, second, first)

    assert (decided.outcome, decided.new_ids) == ("split", [homes.old_id, second])
    assert words_of(draft)[homes.old_id] == FIRST


def test_taking_a_decision_back_leaves_the_draft_as_it_was(office, draft):
    homes, _families = rows(draft)
    content = bytes(draft.content)
    decide(office, homes, make.passage(draft, 1), make.passage(draft, 2))

    reopened = reopen(office, homes)

    assert (reopened.outcome, reopened.new_ids, reopened.own_id) == ("doubtful", [], "")
    assert (reopened.decided_by, reopened.decided_at) == (None, None)
    assert bytes(Version.objects.get(pk=draft.pk).content) == content
    assert queries.doubtful(draft).count() == 2


@pytest.mark.parametrize("becomes", [[], [1], [1, 2], [1, 2, 3]])
def test_every_decision_can_be_taken_back(office, draft, becomes):
    homes, _families = rows(draft)
    content = bytes(draft.content)
    decide(office, homes, *(make.passage(draft, number) for number in becomes))

    reopen(office, homes)

    assert bytes(Version.objects.get(pk=draft.pk).content) == content
    assert {row.outcome for row in rows(draft)} == {"doubtful"}


def test_a_part_that_another_passage_is_tied_to_keeps_its_place_in_the_split(office, draft):
    homes, families = rows(draft)
    first, second = make.passage(draft, 1), make.passage(draft, 2)
    decide(office, homes, first, second)

    decide(office, families, second)
    assert rows(draft)[0].new_ids == [homes.old_id, families.old_id]

    reopen(office, families)
    assert rows(draft)[0].new_ids == [homes.old_id, second]


def test_the_same_places_in_another_order_are_the_same_decision(office, draft):
    homes, _families = rows(draft)
    first, second = make.passage(draft, 1), make.passage(draft, 2)

    decide(office, homes, first, second)
    decide(office, homes, second, first)
    decide(office, homes, homes.old_id, second)

    assert len(acts(office[0].group, "passage.decided")) == 1


def test_both_deeds_stand_in_the_log_and_reopening_twice_in_it_once(office, draft):
    homes, _families = rows(draft)
    decide(office, homes)
    reopen(office, homes)
    reopen(office, homes)

    told = [
        (entry.event, facts(entry)["outcome"])
        for entry in acts(office[0].group, "passage.decided", "passage.reopened")
    ]
    assert sorted(told) == [("passage.decided", "gone"), ("passage.reopened", "doubtful")]


def test_a_place_that_is_not_in_the_draft_is_refused(office, draft):
    homes, _families = rows(draft)

    with pytest.raises(Refused):
        decide(office, homes, make.passage(draft, 1), "bnowhere000")

    assert rows(draft)[0].outcome == "doubtful"


@pytest.mark.parametrize(
    ("role", "may"),
    [("COORDINATOR", True), ("EDITOR", True), ("MODERATOR", False), ("AUDITOR", False)],
)
@pytest.mark.parametrize("published", [False, True])
def test_who_may_take_a_decision_back_and_when(office, draft, role, may, published):
    homes, _families = rows(draft)
    decide(office, homes)
    if published:
        actions.publish_version(actor=office[1], version=draft, at=NOON)
    actor = make.member(of=office[0].group, role=role)

    if may and not published:
        assert actions.reopen_passage(actor=actor, passage=homes, at=NOON).outcome == "doubtful"
    else:
        with pytest.raises(Refused):
            actions.reopen_passage(actor=actor, passage=homes, at=NOON)
