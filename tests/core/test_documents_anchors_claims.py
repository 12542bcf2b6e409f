"""Who has the claim to a place: equal rows, copies, misspelt parts and tables that became one."""

import pytest

from sutarta.core.documents import Block, Cell, Kind, Outcome, Span, match
from sutarta.core.documents.anchors.equals import uncross
from sutarta.core.documents.anchors.likeness import Likeness
from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.passages import Lexicon, passages

HOMES = "Bendruomenės namai Malūno gatvėje dirbs ir savaitgaliais, kad ateitų dirbantys žmonės."
YOUTH = "Jaunimo erdvei skiriama trečdalis visų lėšų, o jos veiklą planuoja patys jaunuoliai."
RIDES = "Senjorų pavėžėjimas pas gydytoją organizuojamas kartu su savanoriais ir seniūnija."
TRAIL = "Dviračių takas nuo stoties iki ežero bus apšviestas ir prižiūrimas žiemą."
OTHER = "Projektų atrankos komitetą sudaro devyni nariai, po tris iš kiekvieno sektoriaus."
ADDED = "Kiekvienais metais taryba tvirtina darbų sąrašą ir skelbia jį skelbimų lentoje."


def text(words, kind=Kind.PARAGRAPH):
    return Block(kind, (Span(words),))


def texts(*words):
    return [text(one) for one in words]


def rows(*found):
    cells = [tuple(Cell(((Span(cell),),)) for cell in row) for row in found]
    return [Block(Kind.ROW, cells=one) for one in cells]


def table(*found):
    return [Block(Kind.TABLE), *rows(*found)]


def contact(who):
    return ("Pareigos", who), ("Vardas", "<vardas>"), ("Telefonas", "<numeris>")


def test_rows_of_two_tables_that_became_one_stay_with_their_part():
    """The text between two forms was struck out, and a row of the first one with it."""
    first, second = contact("Pirmininkas"), contact("Administratorė")
    old = [*texts(HOMES), *table(*first), *texts(OTHER), *table(*second), *texts(YOUTH)]
    new = [*texts(HOMES), *table(first[0], first[2], *second), *texts(YOUTH)]

    found = [fate.new for fate in match(old, new)]

    assert found[2:5] == [(2,), (), (3,)]
    assert found[7:10] == [(4,), (5,), (6,)]


def test_rows_of_a_table_that_was_cut_in_two_stay_with_their_part():
    first, second = contact("Pirmininkas"), contact("Administratorė")
    old = [*texts(HOMES), *table(*first, *second), *texts(YOUTH)]
    new = [*texts(HOMES), *table(*first), *texts(OTHER), *table(*second), *texts(YOUTH)]

    found = [fate.new for fate in match(old, new)]

    assert found[2:8] == [(2,), (3,), (4,), (7,), (8,), (9,)]


def test_equal_rows_whose_places_crossed_keep_their_order():
    empty = ("<vardas>", "<pareigos>", "<telefonas>")
    lexicon = Lexicon()
    old, new = passages(table(empty, empty), lexicon), passages(table(empty, empty), lexicon)
    pairing = Pairing(old, new, Likeness(lexicon.information()))
    for left, right in ((0, 0), (1, 2), (2, 1)):
        pairing.pair(left, right)

    uncross(pairing)

    assert pairing.to_new == {0: 0, 1: 1, 2: 2}


def test_equal_rows_of_which_one_went_and_one_was_reworded_are_all_doubtful():
    empty = ("<vardas>", "<pareigos>", "<telefonas>")
    old = [*texts(HOMES), *table(empty, empty, empty), *texts(YOUTH)]
    edited = ("<vardas>", "<pareigos>", "<adresas>")
    new = [*texts(HOMES), *table(empty, edited), *texts(YOUTH)]

    assert {fate.outcome for fate in match(old, new)[2:5]} == {Outcome.DOUBTFUL}


def test_the_last_copy_of_a_text_is_followed_when_the_other_one_was_reworded():
    reworded = TRAIL.replace("apšviestas", "asfaltuotas")
    old = texts(TRAIL, HOMES, YOUTH, TRAIL, RIDES, OTHER)
    new = texts(reworded, HOMES, YOUTH, RIDES, OTHER, ADDED, TRAIL)

    assert [fate.new for fate in match(old, new)] == [(0,), (1,), (2,), (6,), (3,), (4,)]


def test_a_passage_whose_very_words_stand_elsewhere_is_not_a_rewording():
    pages = "example.com/apie", "example.com/kaina", "example.com/naujienos"
    old = texts(HOMES, *pages, YOUTH, OTHER)
    new = texts(HOMES, pages[0], "example.com/klausimai", pages[2], YOUTH, OTHER, pages[1])

    assert match(old, new)[2].new == (6,)


def test_a_misspelt_part_of_merged_passages_is_followed():
    old = texts(HOMES, "Kandidatas pažmi prašyme:", "vardą ir pavardę, gimimo datą;", YOUTH)
    new = texts(HOMES, "Kandidatas pažymi prašyme: vardą ir pavardę, gimimo datą;", YOUTH)

    assert [fate.new for fate in match(old, new)] == [(0,), (1,), (1,), (2,)]


def test_two_much_alike_passages_that_were_merged_are_both_followed():
    first = "Tėvų atstovą renka tėvų susirinkimas slaptu balsavimu, jį siūlo kiekvienas dalyvis."
    second = f"Papildomą {first[0].lower()}{first[1:]}"
    old = texts(HOMES, first, second, YOUTH)

    fates = match(old, texts(HOMES, f"{first} {second}", YOUTH))

    assert [fate.new for fate in fates] == [(0,), (1,), (1,), (2,)]


def test_a_word_replaced_beside_an_inserted_sentence_is_followed():
    old = texts(HOMES, "Bibliotekos", YOUTH)

    assert match(old, texts(HOMES, ADDED, "Skaityklos", YOUTH))[1].new == (2,)


@pytest.mark.parametrize(("kind", "found"), [(Kind.PARAGRAPH, (0,)), (Kind.ITEM, ())])
def test_half_a_list_item_in_a_paragraph_is_rather_a_coincidence(kind, found):
    """Kind and words both differ; of one kind it is the rest of a merged passage."""
    part = text("nuomos sutartys bei raktų išdavimo tvarkaraštis", kind)
    old = [*texts(HOMES), part, *texts(YOUTH)]
    new = texts(f"{HOMES} Nuomos sutartys bei kopijos.", YOUTH)

    assert match(old, new)[1].new == found
