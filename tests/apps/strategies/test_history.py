"""The way of a passage through versions, and what changed from one to the next."""

import itertools

import pytest

from sutarta.apps.strategies import actions, queries
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

HOMES = "Pagalba į namus teikiama kasdien vyresnio amžiaus žmonėms, gyvenantiems vieniems."
WEEKENDS = (
    "Pagalba į namus teikiama kasdien, taip pat savaitgaliais, vyresnio amžiaus žmonėms, "
    "gyvenantiems vieniems."
)
FAMILIES = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."
YARDS = "Kiemų apšvietimas atnaujinamas Pušyno kvartale iki metų pabaigos."


def published(strategy, editor, *texts, note=""):
    import_ = make.import_(*texts, strategy=strategy)
    draft = actions.make_draft(actor=editor, import_=import_, reason="EDITING", note=note, at=NOON)
    return actions.publish_version(actor=editor, version=draft, at=NOON)


@pytest.fixture
def versions():
    strategy = make.strategy()
    editor = make.member(of=strategy.group)
    return [
        published(strategy, editor, "# Poreikiai", HOMES, FAMILIES, note="Pirmoji."),
        published(strategy, editor, "# Poreikiai", WEEKENDS, FAMILIES, note="Savaitgaliai."),
        published(strategy, editor, "# Poreikiai", FAMILIES, YARDS, note="Trumpiau."),
    ]


def id_of(version, text):
    return next(block.id for block in version.document.blocks if block.text == text)


def told(steps):
    return [(step.version.number, step.outcome, step.text) for step in steps]


def test_a_passage_is_followed_through_every_version(versions):
    steps = queries.history(versions[0].strategy, id_of(versions[0], HOMES))

    assert told(steps) == [(1, "new", HOMES), (2, "reworded", WEEKENDS), (3, "gone", "")]
    assert [step.note for step in steps] == ["Pirmoji.", "Savaitgaliai.", "Trumpiau."]


def test_a_step_shows_the_words_that_changed(versions):
    _first, second, _third = queries.history(versions[0].strategy, id_of(versions[0], HOMES))

    gone = "".join(change.text for change in second.changes if change.op != "new")
    came = "".join(change.text for change in second.changes if change.op != "gone")
    assert (gone, came) == (HOMES, WEEKENDS)


def test_a_passage_that_stays_is_told_for_every_version(versions):
    steps = queries.history(versions[0].strategy, id_of(versions[2], FAMILIES))

    assert told(steps) == [(1, "new", FAMILIES), (2, "kept", FAMILIES), (3, "kept", FAMILIES)]
    assert [step.changes for step in steps] == [None, None, None]


def test_a_passage_begins_where_it_first_stands(versions):
    steps = queries.history(versions[0].strategy, id_of(versions[2], YARDS))

    assert told(steps) == [(3, "new", YARDS)]


def test_an_unknown_passage_has_no_history(versions):
    assert queries.history(versions[0].strategy, "bnowhere000") == []


def test_another_strategys_passage_has_no_history_here(versions):
    other = make.version()

    assert queries.history(versions[0].strategy, make.passage(other)) == []


def test_a_draft_is_no_part_of_history(versions):
    strategy = versions[0].strategy
    editor = make.member(of=strategy.group)
    import_ = make.import_(YARDS, strategy=strategy)
    draft = actions.make_draft(actor=editor, import_=import_, reason="EDITING", note="", at=NOON)

    steps = queries.history(strategy, id_of(draft, YARDS))

    assert [step.version.number for step in steps] == [3]


def split_and_merged():
    """Version 2 splits HOMES in two; version 3 merges both into one again."""
    strategy = make.strategy()
    one = make.version(HOMES, strategy=strategy)
    homes = make.passage(one)
    parts = [make.block("Pirma dalis.", id=homes), make.block("Antra dalis.", id="bsecond0000")]
    two = make.version(strategy=strategy, document=make.Document(tuple(parts)))
    row = {"group": strategy.group, "confidence": 1.0}
    two.passages.create(old_id=homes, outcome="split", new_ids=[homes, "bsecond0000"], **row)
    whole = make.Document((make.block("Abi dalys.", id=homes),))
    three = make.version(strategy=strategy, document=whole)
    three.passages.create(old_id="bsecond0000", outcome="merged", new_ids=[homes], **row)
    three.passages.create(old_id=homes, outcome="merged", new_ids=[homes], **row)
    return strategy, homes


def test_a_split_off_passage_leads_back_to_its_source_and_on_to_where_it_went():
    strategy, _homes = split_and_merged()

    assert told(queries.history(strategy, "bsecond0000")) == [
        (1, "new", HOMES),
        (2, "split", "Antra dalis."),
        (3, "merged", "Abi dalys."),
    ]


def test_the_passage_that_carries_the_id_on_has_its_own_way():
    strategy, homes = split_and_merged()

    assert told(queries.history(strategy, homes)) == [
        (1, "new", HOMES),
        (2, "split", "Pirma dalis."),
        (3, "merged", "Abi dalys."),
    ]


def test_two_versions_are_compared_in_the_order_of_the_newer_one(versions):
    found = queries.compared(versions[2])

    assert found.before == versions[1]
    assert found.counts == {"kept": 2, "gone": 1, "new": 1}
    assert [(change.outcome, change.shown) for change in found.changes] == [
        ("gone", "1.1"),
        ("new", "1.2"),
    ]


def test_a_reworded_passage_is_shown_with_both_wordings(versions):
    [change] = queries.compared(versions[1]).changes

    assert (change.old.text, change.new.text) == (HOMES, WEEKENDS)
    assert "".join(words.text for words in change.words if words.op != "new") == HOMES


def test_the_first_version_is_compared_with_nothing(versions):
    assert queries.compared(versions[0]) is None


def test_published_versions_come_newest_first_and_light(versions, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = list(queries.published(versions[0].strategy))

    assert [version.number for version in found] == [3, 2, 1]
    assert found[0].get_deferred_fields() == {"content", "salts", "rendered"}


def test_only_published_versions_of_the_group_are_found(versions):
    strategy = versions[0].strategy
    draft = make.version(strategy=strategy, published=False)
    strangers = make.group()

    assert queries.version_at(strategy.group, strategy.number, 3) == versions[2]
    assert queries.version_at(strategy.group, strategy.number, draft.number) is None
    assert queries.version_at(strangers, strategy.number, 3) is None
    assert queries.newest(strategy) == versions[2]
    assert queries.draft_of(strategy) == draft


def test_a_group_without_a_published_version_has_no_public_strategy(versions):
    strategy = versions[0].strategy
    newer = make.strategy(group=strategy.group)
    make.version(strategy=newer, published=False)

    assert queries.first_public(strategy.group) == strategy
    assert queries.first_public(make.group()) is None


@pytest.mark.data
def test_a_real_document_is_followed_through_three_versions(shared_data):
    strategy = make.strategy(language="en")
    editor = make.member(of=strategy.group)
    made = [
        chained(strategy, editor, shared_data / f"documents/docx_versions/{name}")
        for name in (f"fedramp-requirements-v0{n}.docx" for n in (1, 2, 3))
    ]

    for before, after in itertools.pairwise(made):
        assert_nothing_is_dropped(before, after)
    lasting = set.intersection(*({its.id for its in one.document.blocks} for one in made))
    steps = queries.history(strategy, min(lasting))
    assert [step.version.number for step in steps] == [1, 2, 3]


def chained(strategy, editor, path):
    import_ = actions.keep_import(
        actor=editor, strategy=strategy, name=path.name, data=path.read_bytes(), at=NOON
    )
    if import_.has_changes:
        import_ = actions.choose_changes(actor=editor, import_=import_, changes="accept", at=NOON)
    draft = actions.make_draft(actor=editor, import_=import_, reason="EDITING", note="", at=NOON)
    return actions.publish_version(actor=editor, version=draft, at=NOON)


def assert_nothing_is_dropped(before, after):
    """Every old block is in the new version under its id, or has a row that says why not."""
    now = {block.id for block in after.document.blocks}
    rows = {row.old_id: row for row in queries.passages_of(after)}
    lost = {block.id for block in before.document.blocks} - now
    assert lost == {
        old_id
        for old_id, row in rows.items()
        if row.outcome in {"gone", "doubtful"} or old_id not in row.new_ids
    }
    assert all(set(row.new_ids) <= now for row in rows.values())
