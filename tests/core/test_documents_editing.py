"""Corrections block by block: done, taken back, and what becomes of passages."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutarta.core.documents import (
    Block,
    CannotEdit,
    Cell,
    Document,
    Edit,
    Kind,
    Outcome,
    Span,
    identify,
    inherit,
    refate,
    ties_after,
)
from sutarta.core.documents import editing as ops

HOMES = "Pagalba į namus teikiama kasdien vyresnio amžiaus žmonėms."
FAMILIES = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."
YARDS = "Kiemų apšvietimas atnaujinamas Pušyno kvartale iki metų pabaigos."


def para(text, kind=Kind.PARAGRAPH, **facts):
    return Block(kind, (Span(text),), **facts)


def row(*texts, header=False, rowspan=1):
    cells = tuple(Cell(((Span(text),),), rowspan=rowspan) for text in texts)
    return Block(Kind.ROW, cells=cells, header=header)


def document(*blocks):
    return identify(Document(blocks), "test")


@pytest.fixture
def words():
    return document(
        para("Poreikiai", Kind.HEADING, level=1),
        para(HOMES),
        para(FAMILIES),
        para("Rodikliai", Kind.TABLE),
        row("Rodiklis", "Reikšmė", header=True),
        row("Lankytojai", "140"),
        row("Būreliai", "7"),
        para(YARDS),
        para("Apklausa", Kind.FOOTNOTE, label="1"),
    )


def ids(document):
    return [block.id for block in document.blocks]


def short(document):
    return [block.text.split()[0] for block in document.blocks]


def test_rewriting_a_block_keeps_its_id(words):
    edits = ops.rewrite(words, 1, [replace(words.blocks[1], spans=(Span("Kitaip."),))], "s")

    after = ops.apply(words, edits)

    assert ids(after) == ids(words)
    assert after.blocks[1].text == "Kitaip."
    assert ops.rewrite(words, 1, [words.blocks[1]], "s") == ()


def test_a_split_gives_the_second_half_a_fresh_id(words):
    first, second = para("Pagalba į namus."), para("Teikiama kasdien.")

    edits = ops.rewrite(words, 1, [replace(words.blocks[1], spans=first.spans), second], "s")

    after = ops.apply(words, edits)
    assert ids(after)[:2] + ids(after)[3:] == ids(words)
    assert ids(after)[2] not in ids(words)
    assert len(ids(after)[2]) == 11


def test_a_new_row_is_told_its_table(words):
    after = ops.apply(words, ops.insert(words, 5, [row("Salės", "2")], "s", after=True))

    assert short(after)[5:8] == ["Lankytojai", "Salės", "Būreliai"]
    assert after.blocks[6].table == words.blocks[3].id


def test_what_comes_after_a_table_stands_after_its_rows(words):
    after = ops.apply(words, ops.insert(words, 3, [para("Naujas.")], "s", after=True))

    assert short(after)[6:9] == ["Būreliai", "Naujas.", "Kiemų"]


def test_a_table_goes_with_its_rows_and_comes_back_in_order(words):
    edits = ops.remove(words, 3)

    after = ops.apply(words, edits)

    assert short(after) == ["Poreikiai", "Pagalba", "Šeimos,", "Kiemų", "Apklausa"]
    assert ops.apply(after, ops.inverse(edits)) == words


def test_a_footnote_takes_what_refers_to_it_along(words):
    spans = (*words.blocks[1].spans, Span("1", note="1"))
    words = ops.apply(words, ops.rewrite(words, 1, [replace(words.blocks[1], spans=spans)], "s"))

    after = ops.apply(words, ops.remove(words, 8))

    assert after.blocks[1].spans == (Span(HOMES),)
    assert len(after.blocks) == 8


@pytest.mark.parametrize(
    ("place", "down", "order"),
    [
        (1, True, "Poreikiai Šeimos, Pagalba Rodikliai Rodiklis Lankytojai Būreliai Kiemų"),
        (2, False, "Poreikiai Šeimos, Pagalba Rodikliai Rodiklis Lankytojai Būreliai Kiemų"),
        (2, True, "Poreikiai Pagalba Rodikliai Rodiklis Lankytojai Būreliai Šeimos, Kiemų"),
        (7, False, "Poreikiai Pagalba Šeimos, Kiemų Rodikliai Rodiklis Lankytojai Būreliai"),
        (3, False, "Poreikiai Pagalba Rodikliai Rodiklis Lankytojai Būreliai Šeimos, Kiemų"),
        (3, True, "Poreikiai Pagalba Šeimos, Kiemų Rodikliai Rodiklis Lankytojai Būreliai"),
        (5, True, "Poreikiai Pagalba Šeimos, Rodikliai Rodiklis Būreliai Lankytojai Kiemų"),
    ],
)
def test_a_block_changes_places_with_its_neighbour(words, place, down, order):
    edits = ops.move(words, place, down=down)

    after = ops.apply(words, edits)

    assert short(after)[:8] == order.split()
    assert ops.apply(after, ops.inverse(edits)) == words


def test_two_paragraphs_become_one_under_the_id_of_the_first(words):
    after = ops.apply(words, ops.merge(words, 1))

    assert after.blocks[1].text == f"{HOMES} {FAMILIES}"
    assert ids(after) == [*ids(words)[:2], *ids(words)[3:]]


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("edge", lambda words: ops.move(words, 0, down=False)),
        ("edge", lambda words: ops.move(words, 8, down=True)),
        ("edge", lambda words: ops.move(words, 6, down=True)),
        ("header", lambda words: ops.move(words, 5, down=False)),
        ("header", lambda words: ops.insert(words, 4, [row("A")], "s", after=False)),
        ("unlike", lambda words: ops.merge(words, 0)),
        ("unlike", lambda words: ops.merge(words, 2)),
        ("unlike", lambda words: ops.merge(words, 8)),
        ("kind", lambda words: ops.rewrite(words, 3, [words.blocks[3], para("A")], "s")),
        ("kind", lambda words: ops.rewrite(words, 3, [para("A")], "s")),
        ("kind", lambda words: ops.rewrite(words, 1, [row("A")], "s")),
        ("kind", lambda words: ops.insert(words, 5, [para("A")], "s", after=True)),
        ("kind", lambda words: ops.insert(words, 1, [row("A")], "s", after=True)),
        ("only", lambda _words: ops.remove(document(para("A")), 0)),
        ("only", lambda _words: ops.remove(document(para("T", Kind.TABLE), row("A")), 0)),
        ("only", lambda _words: ops.remove(document(para("T", Kind.TABLE), row("A")), 1)),
        ("tall", lambda _words: ops.remove(tall(), 1)),
        ("tall", lambda _words: ops.move(tall(), 1, down=True)),
        ("tall", lambda _words: ops.insert(tall(), 1, [row("A")], "s", after=True)),
        ("stale", lambda words: ops.apply(words, [Edit(0, words.blocks[1], None)])),
        ("stale", lambda words: ops.apply(words, [Edit(99, None, para("A"))])),
        ("stale", lambda words: ops.apply(words, [Edit(0, None, None)])),
    ],
)
def test_what_cannot_be_says_why(words, code, what):
    with pytest.raises(CannotEdit) as refusal:
        what(words)

    assert refusal.value.code == code


def tall():
    return document(para("T", Kind.TABLE), row("A", rowspan=2), row("B"), row("C"))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_was_done_can_be_taken_back(data):
    words = document(*(para(f"Pastraipa {n} apie ką nors.") for n in range(5)))
    now, done = words, []
    for step in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(now.blocks) - 1))
        edits = data.draw(st.sampled_from(_possible(now, place, f"s{step}")))
        now, done = ops.apply(now, edits), [*done, edits]

    assert len(set(ids(now))) == len(ids(now))
    for edits in reversed(done):
        now = ops.apply(now, ops.inverse(edits))
    assert now == words


def _possible(document, place, seed):
    """Every correction that the block at `place` allows."""
    here = document.blocks[place]
    trials = [
        lambda: ops.rewrite(document, place, [replace(here, spans=(Span(seed),))], seed),
        lambda: ops.rewrite(document, place, [here, para(f"Nauja {seed}")], seed),
        lambda: ops.insert(document, place, [para(f"Nauja {seed}")], seed, after=False),
        lambda: ops.remove(document, place),
        lambda: ops.move(document, place, down=True),
        lambda: ops.merge(document, place),
    ]
    possible = []
    for trial in trials:
        try:
            possible.append(trial())
        except CannotEdit:
            continue
    return possible


def test_positions_follow_what_was_done_later():
    words = document(*(para(f"Pastraipa {n}") for n in range(5)))
    gone = ops.remove(words, 3)
    now = ops.apply(words, gone)
    later = ops.insert(now, 0, [para("Nauja")], "s", after=False)
    now = ops.apply(now, later)
    later_still = ops.remove(now, 2)
    now = ops.apply(now, later_still)

    back = ops.shifted(ops.inverse(gone), [*later, *later_still])

    assert short(ops.apply(now, back)) == ["Nauja", *["Pastraipa"] * 4]
    assert [block.text[-1] for block in ops.apply(now, back).blocks] == ["a", "0", "2", "3", "4"]


class Desk:
    """A draft beside the published version, corrected step by step."""

    def __init__(self, before):
        self.before = self.draft = before
        self.former, self.ties, self.done = set(ids(before)), {}, []

    def do(self, edits):
        self.ties = ties_after(self.ties, edits, self.former)
        self.draft = ops.apply(self.draft, edits)
        self.done.append(edits)

    def split(self, place, first, second):
        here = self.draft.blocks[place]
        halves = [replace(here, spans=(Span(first),)), para(second)]
        self.do(ops.rewrite(self.draft, place, halves, f"s{len(self.done)}"))

    def undo(self):
        self.do(ops.inverse(self.done[-1]))

    @property
    def fates(self):
        order = {id: f"old{at}" for at, id in enumerate(ids(self.before))}
        order |= {id: order.get(id, f"new{at}") for at, id in enumerate(ids(self.draft))}
        became = refate(self.before, self.draft, self.ties)
        return {
            order[old]: (str(what.outcome), *(order[new] for new in what.new_ids))
            for old, what in became.items()
        }


@pytest.fixture
def desk():
    return Desk(document(para(HOMES), para(FAMILIES), para(YARDS)))


def test_nothing_done_means_everything_kept(desk):
    assert desk.fates == {}


def test_other_words_are_reworded_and_other_quotes_are_not(desk):
    desk.do(ops.rewrite(desk.draft, 0, [replace(desk.draft.blocks[0], spans=(Span("Ne."),))], "s"))
    spaced = Span(YARDS.replace(" ", "  "))
    desk.do(ops.rewrite(desk.draft, 2, [replace(desk.draft.blocks[2], spans=(spaced,))], "s"))

    assert desk.fates == {"old0": ("reworded", "old0")}


def test_a_split_leads_to_both_halves_and_back(desk):
    desk.split(1, "Šeimos, prižiūrinčios artimuosius.", "Prašo kelių laisvų valandų per savaitę.")
    assert desk.fates == {"old1": ("split", "old1", "new2")}

    desk.undo()
    assert desk.fates == {}

    desk.undo()
    assert desk.fates == {"old1": ("split", "old1", "new2")}


def test_a_paragraph_written_in_addition_is_no_split(desk):
    desk.split(1, FAMILIES, "Visai kita mintis apie tiltą.")

    assert desk.fates == {}


def test_a_half_taken_out_and_put_back(desk):
    desk.split(1, "Šeimos, prižiūrinčios artimuosius.", "Prašo kelių laisvų valandų per savaitę.")
    desk.do(ops.remove(desk.draft, 2))
    assert desk.fates == {"old1": ("reworded", "old1")}

    desk.undo()
    assert desk.fates == {"old1": ("split", "old1", "new2")}


def test_a_merge_leads_both_into_one_and_back(desk):
    desk.do(ops.merge(desk.draft, 0))
    assert desk.fates == {"old0": ("merged", "old0"), "old1": ("merged", "old0")}

    desk.undo()
    assert desk.fates == {}


def test_a_merged_one_taken_out_takes_both_along(desk):
    desk.do(ops.merge(desk.draft, 0))
    desk.do(ops.remove(desk.draft, 0))
    assert desk.fates == {"old0": ("gone",), "old1": ("gone",)}

    desk.undo()
    assert desk.fates == {"old0": ("merged", "old0"), "old1": ("merged", "old0")}


def test_a_part_joined_to_the_next_paragraph_stands_in_both(desk):
    desk.split(1, "Šeimos, prižiūrinčios artimuosius.", "Prašo kelių laisvų valandų per savaitę.")
    desk.do(ops.merge(desk.draft, 2))

    assert desk.fates["old1"] == ("split", "old1", "new2")
    assert desk.fates["old2"] == ("merged", "new2")


def test_moved_and_gone(desk):
    desk.do(ops.move(desk.draft, 0, down=True))
    desk.do(ops.remove(desk.draft, 2))

    assert desk.fates == {"old0": ("moved", "old0"), "old2": ("gone",)}


def test_what_nobody_decided_on_stays_doubtful(desk):
    gone = ids(desk.draft)[2]
    desk.do(ops.remove(desk.draft, 2))

    became = refate(desk.before, desk.draft, desk.ties, doubtful={gone})

    assert became[gone].outcome is Outcome.DOUBTFUL


@pytest.mark.parametrize(
    "texts",
    [
        (HOMES, FAMILIES, YARDS),
        (YARDS, HOMES, FAMILIES),
        (HOMES + " " + FAMILIES, YARDS),
        (HOMES.replace("kasdien", "kasdien, taip pat savaitgaliais,"), YARDS),
        (HOMES, *FAMILIES.split(", prašo"), YARDS, "Visai nauja mintis apie tiltą per upę."),
    ],
)
def test_a_file_that_was_matched_and_hands_that_corrected_tell_the_same(texts):
    before = document(para(HOMES), para(FAMILIES), para(YARDS))
    inherited = inherit(before, Document(tuple(map(para, texts))), "s")
    draft = inherited.document
    matched = {
        before.blocks[fate.old].id: (fate.outcome, tuple(draft.blocks[at].id for at in fate.new))
        for fate in inherited.fates
        if fate.outcome is not Outcome.KEPT
    }
    ties = {old: [id for id in new if id != old] for old, (_outcome, new) in matched.items()}

    told = refate(before, draft, ties)

    assert {old: (what.outcome, what.new_ids) for old, what in told.items()} == matched


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_an_older_correction_taken_back_leaves_later_ones_and_tables_whole(data):
    """Taking back is refused as stale, or it undoes its own blocks alone."""
    now = document(para("Pirma"), para("T", Kind.TABLE), row("A"), row("B"), para("Antra"))
    acts = []
    for step in range(data.draw(st.integers(2, 5))):
        place = data.draw(st.integers(0, len(now.blocks) - 1))
        if not (possible := _possible(now, place, f"s{step}")):
            continue
        acts.append(data.draw(st.sampled_from(possible)))
        now = ops.apply(now, acts[-1])
    chosen = data.draw(st.integers(0, max(0, len(acts) - 1)))
    later = [edit for act in acts[chosen + 1 :] for edit in act]
    try:
        back = ops.undone(now, acts[chosen] if acts else (), later)
    except CannotEdit as refusal:
        assert refusal.code == "stale"
        return

    after = ops.apply(now, back)

    own = {block.id for edit in back for block in (edit.before, edit.after) if block}
    others = [block for block in now.blocks if block.id not in own]
    assert [block for block in after.blocks if block.id not in own] == others
    table = ""
    for block in after.blocks:
        table = block.id if block.kind is Kind.TABLE else table if block.kind is Kind.ROW else ""
        assert block.kind is not Kind.ROW or block.table == table
    assert len(set(ids(after))) == len(ids(after))
