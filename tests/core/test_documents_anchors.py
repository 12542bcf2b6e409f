"""What becomes of a block between two versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import Block, Cell, Fate, Kind, Outcome, Span, match

HOMES = "Bendruomenės namai Malūno gatvėje dirbs ir savaitgaliais, kad ateitų dirbantys žmonės."
YOUTH = "Jaunimo erdvei skiriama trečdalis visų lėšų, o jos veiklą planuoja patys jaunuoliai."
RIDES = "Senjorų pavėžėjimas pas gydytoją organizuojamas kartu su savanoriais ir seniūnija."
TRAIL = "Dviračių takas nuo stoties iki ežero bus apšviestas ir prižiūrimas žiemą."
OTHER = "Projektų atrankos komitetą sudaro devyni nariai, po tris iš kiekvieno sektoriaus."


def text(words, kind=Kind.PARAGRAPH, **fields):
    return Block(kind, (Span(words),), **fields)


def head(words, level=1):
    return text(words, Kind.HEADING, level=level)


def table(*rows):
    cells = [tuple(Cell(((Span(cell),),)) for cell in row) for row in rows]
    return [Block(Kind.TABLE), *(Block(Kind.ROW, cells=one) for one in cells)]


def texts(*words):
    return [text(one) for one in words]


def outcomes(old, new):
    return [fate.outcome.value for fate in match(old, new)]


def places(old, new):
    return [fate.new for fate in match(old, new)]


BLOCKS = st.lists(
    st.one_of(
        st.builds(
            text,
            st.sampled_from([HOMES, YOUTH, "Vilnius", "2. Tikslai", "§ 5", "", "."]),
            st.sampled_from([kind for kind in Kind if kind is not Kind.ROW]),
            id=st.sampled_from(["", "b1", "b2"]),
        ),
        st.lists(st.sampled_from(["A-1", "12,5", HOMES, ""]), max_size=3).map(
            lambda cells: table(cells)[1]
        ),
    ),
    max_size=14,
)


@given(BLOCKS)
def test_an_unchanged_document_is_kept_with_certainty(blocks):
    assert match(blocks, blocks) == [
        Fate(at, Outcome.KEPT, (at,), 1.0, leads=True) for at in range(len(blocks))
    ]


@given(BLOCKS, BLOCKS)
def test_every_old_block_has_one_fate_and_no_new_block_two_leaders(old, new):
    fates = match(old, new)

    leaders = [fate.new[0] for fate in fates if fate.leads]
    assert [fate.old for fate in fates] == list(range(len(old)))
    assert len(set(leaders)) == len(leaders)
    assert all(0 <= place < len(new) for fate in fates for place in fate.new)
    assert all(0 <= fate.confidence <= 1 for fate in fates)
    assert all(bool(fate.candidates) == (fate.outcome == "doubtful") for fate in fates)
    assert all(bool(fate.new) == (fate.outcome not in ("gone", "doubtful")) for fate in fates)


@given(BLOCKS, BLOCKS)
def test_the_same_versions_always_have_the_same_fates(old, new):
    assert match(old, new) == match(list(old), list(new))


def test_other_quotes_dashes_and_spaces_are_no_change():
    assert outcomes(texts("„Alksniai“ – tai  mes"), texts('"Alksniai" - tai mes')) == ["kept"]


def test_a_renumbered_heading_is_kept():
    old = [head("2. Tikslai"), text(HOMES), head("3. Lėšos"), text(YOUTH)]
    new = [head("2. Padėtis"), text(RIDES), head("3. Tikslai"), text(HOMES), head("4. Lėšos")]

    assert places(old, [*new, text(YOUTH)]) == [(2,), (3,), (4,), (5,)]
    assert set(outcomes(old, [*new, text(YOUTH)])) == {"kept"}


def test_a_year_is_no_number_of_a_heading():
    old, new = [head("2026 metų planas"), text(HOMES)], [head("2027 metų planas"), text(HOMES)]

    assert outcomes(old, new) == ["reworded", "kept"]


def test_a_heading_is_known_by_what_stands_under_it():
    old = [head("Įžanga"), text(OTHER), head("Prioritetai"), text(HOMES), text(YOUTH)]
    new = [head("Įžanga"), text(OTHER), head("Kryptys"), text(HOMES), text(YOUTH)]

    assert places(old, new) == [(0,), (1,), (2,), (3,), (4,)]


def test_a_moved_section_takes_its_blocks_along():
    old = [head("A dalis"), *texts(HOMES, YOUTH), head("B dalis"), *texts(RIDES, TRAIL, OTHER)]
    new = [*old[3:], *old[:3]]

    assert places(old, new) == [(4,), (5,), (6,), (0,), (1,), (2,), (3,)]
    assert outcomes(old, new) == ["moved"] * 3 + ["kept"] * 4


def test_a_split_paragraph_lives_on_in_both_parts():
    old = texts(OTHER, f"{HOMES} {YOUTH}", TRAIL)
    new = texts(OTHER, HOMES, YOUTH, TRAIL)

    fate = match(old, new)[1]

    assert (fate.outcome, sorted(fate.new), fate.leads) == ("split", [1, 2], True)


def test_two_merged_paragraphs_live_on_in_one_and_one_of_them_leads():
    old = texts(OTHER, HOMES, YOUTH, TRAIL)
    new = texts(OTHER, f"{HOMES} {YOUTH}", TRAIL)

    first, second = match(old, new)[1:3]

    assert (first.outcome, first.new) == (second.outcome, second.new) == ("merged", (1,))
    assert [first.leads, second.leads].count(True) == 1


def test_a_removed_paragraph_is_gone_though_another_took_its_place():
    assert outcomes(texts(HOMES, OTHER, YOUTH), texts(HOMES, TRAIL, YOUTH)) == [
        "kept", "gone", "kept",
    ]  # fmt: skip


def test_a_removed_item_does_not_jump_to_its_look_alike():
    old = texts("parama šeimoms Alksniuose", "parama senjorams Alksniuose", TRAIL)
    new = texts("parama šeimoms Alksniuose", TRAIL)

    assert outcomes(old, new) == ["kept", "gone", "kept"]


def test_a_repealed_paragraph_is_gone():
    old = [head("§ 5"), text(HOMES), head("§ 6"), text(YOUTH)]
    new = [head("§ 5"), text("(negalioja)"), head("§ 6"), text(YOUTH)]

    assert outcomes(old, new) == ["kept", "gone", "kept", "kept"]


def test_a_row_is_known_by_its_code_though_all_figures_changed():
    old = table(["Kodas", "Lėšos"], ["P-1", "100,00"], ["P-2", "200,00"], ["P-3", "300,00"])
    new = table(["Kodas", "Lėšos"], ["P-1", "110,00"], ["P-3", "330,00"], ["P-2", "220,00"])

    assert places(old, new) == [(0,), (1,), (2,), (4,), (3,)]


def test_equal_rows_of_two_tables_stay_in_their_tables():
    budget = table(["Priemonė", "Lėšos"], ["Iš viso", ""], ["Takas", "5"])
    people = table(["Veikla", "Žmonės"], ["Iš viso", ""], ["Namai", "9"])
    old = [text(HOMES), *budget, text(YOUTH), *people]
    new = [text(HOMES), *people, text(YOUTH), *budget]

    found = places(old, new)

    assert found[1:5] == [(6,), (7,), (8,), (9,)]
    assert found[6:10] == [(1,), (2,), (3,), (4,)]


def test_of_near_copies_the_order_decides():
    first = "Pareiškėjas pateikia paraišką iki kovo 1 dienos per sistemą ir gauna patvirtinimą."
    second = "Pareiškėjas pateikia paraišką iki rugsėjo 1 dienos per sistemą ir gauna patvirtinimą."
    changed = (
        "Pareiškėjas pateikia paraišką iki balandžio 1 dienos per sistemą ir gauna patvirtinimą."
    )

    assert places(texts(HOMES, first, YOUTH, second), texts(HOMES, changed, YOUTH, second)) == [
        (0,), (1,), (2,), (3,),
    ]  # fmt: skip


def test_between_two_equally_good_places_a_person_decides():
    old = texts(HOMES, "Takas nuo stoties iki ežero bus apšviestas visą žiemą", YOUTH)
    new = texts(
        HOMES,
        "Takas nuo stoties iki ežero bus apšviestas visą naktį",
        "Takas nuo stoties iki ežero bus apšviestas visą vasarą",
        YOUTH,
    )

    fate = match(old, new)[1]

    assert (fate.outcome, fate.new) == ("doubtful", ())
    assert sorted(place for place, _ in fate.candidates) == [1, 2]


def test_an_id_brought_back_in_the_file_is_believed_over_likeness():
    old = [text("Takas bus apšviestas.", id="b1"), text("Takas bus tvarkomas.", id="b2")]
    new = [text("Takas bus platus ir apšviestas.", id="b2"), text(OTHER)]

    assert places(old, new) == [(), (0,)]


@pytest.mark.parametrize("new", [[text(OTHER, id="b1")], [text(HOMES, id="b1")] * 2])
def test_an_id_over_other_words_or_pasted_twice_is_not_believed(new):
    old = [text(YOUTH, id="b1")]

    assert outcomes(old, new) == ["gone"]
