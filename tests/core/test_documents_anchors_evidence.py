"""What little evidence is enough to follow a passage, and when it is not."""

from sutarta.core.documents import Block, Cell, Kind, Outcome, Span, match

HOMES = "Bendruomenės namai Malūno gatvėje dirbs ir savaitgaliais, kad ateitų dirbantys žmonės."
YOUTH = "Jaunimo erdvei skiriama trečdalis visų lėšų, o jos veiklą planuoja patys jaunuoliai."
RIDES = "Senjorų pavėžėjimas pas gydytoją organizuojamas kartu su savanoriais ir seniūnija."
TRAIL = "Dviračių takas nuo stoties iki ežero bus apšviestas ir prižiūrimas žiemą."
OTHER = "Projektų atrankos komitetą sudaro devyni nariai, po tris iš kiekvieno sektoriaus."
ADDED = "Kiekvienais metais taryba tvirtina darbų sąrašą ir skelbia jį skelbimų lentoje."


def text(words, kind=Kind.PARAGRAPH, **fields):
    return Block(kind, (Span(words),), **fields)


def texts(*words):
    return [text(one) for one in words]


def head(words):
    return text(words, Kind.HEADING, level=1)


def table(*rows):
    cells = [tuple(Cell(((Span(cell),),)) for cell in row) for row in rows]
    return [Block(Kind.TABLE), *(Block(Kind.ROW, cells=one) for one in cells)]


def test_a_short_item_to_which_a_sentence_was_added_is_followed():
    old = texts(HOMES, "Bibliotekos", YOUTH)

    fate = match(old, texts(HOMES, f"Bibliotekos. {ADDED}", YOUTH))[1]

    assert (fate.outcome, fate.new) == (Outcome.REWORDED, (1,))


def test_a_paragraph_cut_to_one_of_its_sentences_and_moved_is_followed():
    old = texts(HOMES, f"{TRAIL} {ADDED}", YOUTH, RIDES, OTHER)

    fate = match(old, texts(HOMES, YOUTH, RIDES, OTHER, TRAIL))[1]

    assert (fate.outcome, fate.new) == (Outcome.REWORDED, (4,))


def test_a_word_replaced_in_its_very_gap_is_followed_but_less_surely():
    fates = match(texts(HOMES, "Bibliotekos", YOUTH), texts(HOMES, "Skaityklos", YOUTH))

    assert (fates[1].outcome, fates[1].new) == (Outcome.REWORDED, (1,))
    assert fates[1].confidence < fates[0].confidence


def test_a_sentence_put_where_a_word_was_is_another_text():
    fate = match(texts(HOMES, "Bibliotekos", YOUTH), texts(HOMES, ADDED, YOUTH))[1]

    assert fate.new == ()


def test_a_heading_of_other_words_in_a_moved_section_is_known_by_its_blocks():
    old = [head("Įžanga"), *texts(HOMES, OTHER), head("Judumas"), *texts(TRAIL, RIDES, YOUTH)]
    new = [head("Keliai"), *texts(TRAIL, RIDES, YOUTH), head("Įžanga"), *texts(HOMES, OTHER)]

    assert match(old, new)[3].new == (0,)


def test_the_last_of_equal_words_is_followed_when_none_was_removed():
    note = "Ši nuostata galioja nuo kitų metų pradžios."
    old = texts(HOMES, note, YOUTH, RIDES, TRAIL, note, OTHER)
    new = texts(note, HOMES, YOUTH, RIDES, TRAIL, note, OTHER)

    assert [fate.new for fate in match(old, new)][1] == (0,)


def test_a_row_found_alone_in_another_table_is_asked_about():
    first = table(["Kodas", "Kas"], ["P-1", "Takas"], ["P-2", "Suoliukai prie ežero"])
    second = table(["Metai", "Lėšos"], ["2027", "5 000"], ["2028", "7 000"])
    old = [text(HOMES), *first, *texts(YOUTH, RIDES), *second]
    new = [text(HOMES), *first[:3], *texts(YOUTH, RIDES), *second, first[3]]

    fate = match(old, new)[4]

    assert fate.outcome is Outcome.DOUBTFUL
    assert [place for place, _ in fate.candidates] == [len(new) - 1]


def test_the_halves_of_a_document_pasted_twice_stay_apart():
    half = texts(HOMES, YOUTH, RIDES, TRAIL, OTHER, ADDED)
    old, new = [*half, *half], [*half, *half]
    old[1] = text(YOUTH.replace("visų lėšų", "visų lėšlų"))
    new[7] = text(YOUTH.replace("patys", "vien patys"))

    assert [fate.new for fate in match(old, new)] == [(at,) for at in range(12)]


def test_few_words_gone_are_less_surely_gone():
    sure = {len(words): fate.confidence for words in ("Turgus", HOMES)
            for fate in match(texts(OTHER, words, TRAIL), texts(OTHER, TRAIL))[1:2]}  # fmt: skip

    assert sure[len("Turgus")] < sure[len(HOMES)] < 1
