"""Any two published versions beside each other, every change with its reasons."""

import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse

from sutarta.apps.consultations import redlines
from sutarta.apps.consultations.models import ChangeCause, ChangeReason, Outcome, Visibility
from sutarta.apps.consultations.queries import comparison
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.strategies.models import Passage, Version
from sutarta.apps.strategies.queries import beside
from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify, redline
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

HELP = "Pagalba į namus teikiama darbo dienomis."
DAILY = "Pagalba į namus teikiama kasdien."
ROAD = "Dviračių takas sujungs kvartalą su centru."


def host(version):
    return {"host": version.group.hosts.get().name}


def address(version, old=1, **query):
    strategy = version.strategy.number
    return reverse("consultations:compare", args=[strategy, version.number, old], query=query)


def read(client, version, old=1, **query):
    client.cookies["sutarta_language"] = "en"
    answer = client.get(address(version, old, **query), headers=host(version))
    assert answer.status_code == 200
    return answer.content.decode()


def visible(page):
    """What is read, without tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def explain(version, number=1, cause="DECISION", **facts):
    return ChangeReason.objects.create(
        group=version.group, version=version, lineage_id=make.passage(version, number),
        cause=cause, made_by=make.user(), made_at=NOON, **facts,
    )  # fmt: skip


@pytest.fixture
def first():
    return make.version(HELP, ROAD)


@pytest.fixture
def second(first):
    return make.reworded(first, make.passage(first), DAILY)


def test_a_change_shows_what_went_and_what_came(client, second):
    page = read(client, second)

    assert "<del>" in page
    assert "<ins>" in page
    assert "[removed: darbo dienomis ]" in visible(page)
    assert "[inserted: kasdien ]" in visible(page)
    assert ROAD not in page


def test_a_change_without_a_reason_says_so(client, second):
    page = visible(read(client, second))

    assert "For 1 change no reason is given yet." in page
    assert "No reason given yet" in page


def test_a_reason_stands_beside_its_change(client, second):
    explain(second, note="Valdyba, spalio 22 d.", link="https://alksniai.example/nutarimas")
    page = read(client, second)

    assert "There is no change without a reason." in visible(page)
    assert "Valdyba, spalio 22 d." in page
    assert 'href="https://alksniai.example/nutarimas" rel="nofollow noopener"' in page


def test_a_published_answer_that_names_the_passage_is_a_reason(client, first, second):
    consultation = make.consultation(version=first)
    one = make.submission(
        consultation=consultation, author_name="A. Ž.", show_name=True, visibility="PUBLIC"
    )
    make.answer(one, outcome=Outcome.PARTLY, changed=[make.passage(first)])
    page = read(client, second)

    assert f"No. {one.number}, accepted in part" in visible(page).replace("\N{NO-BREAK SPACE}", " ")
    assert "A. Ž." in page
    assert reverse("consultations:submission", args=[one.number]) in page


def test_an_answer_not_published_yet_is_no_reason_for_the_public(first, second):
    one = make.submission(consultation=make.consultation(version=first))
    make.answer(one, changed=[make.passage(first)], published_at=None)

    assert comparison.compared(first, second).unexplained == 1


def test_an_answer_explains_the_version_that_followed_it_and_no_later_one(first, second):
    one = make.submission(consultation=make.consultation(version=first))
    make.answer(one, changed=[make.passage(first)])
    third = make.reworded(second, make.passage(first), "Pagalba teikiama ir naktį.")

    found = [
        comparison.compared(*pair) for pair in ((first, second), (second, third), (first, third))
    ]

    assert [one.unexplained for one in found] == [0, 1, 0]


@pytest.mark.parametrize("visibility", [Visibility.CHECKING, Visibility.HIDDEN])
def test_a_name_nobody_may_read_is_not_told(client, first, second, visibility):
    one = make.submission(
        consultation=make.consultation(version=first),
        author_name="Slaptas Vardas",
        show_name=True,
        visibility=visibility,
    )
    explain(second, cause="SUBMISSION", submission=one)
    page = read(client, second)

    assert "Slaptas" not in page
    assert "Resident" in page


def test_versions_far_apart_are_compared_with_the_reasons_of_all_between(client, first, second):
    explain(second, note="Pirmoji priežastis")
    third = make.reworded(second, make.passage(first), "Pagalba teikiama ir naktį.")
    explain(third, note="Antroji priežastis", cause="GUIDELINES")
    page = read(client, third)

    assert "Pirmoji priežastis" in page
    assert "Antroji priežastis" in page


def test_the_other_way_round_leads_to_the_same_page(client, second):
    strategy = second.strategy.number
    backwards = reverse("consultations:compare", args=[strategy, 1, 2])

    assert client.get(backwards, headers=host(second))["Location"] == address(second)


def test_side_by_side_each_version_stands_by_itself(client, second):
    page = read(client, second, view="sides")

    sides = page.split('class="sides"')[1].split("</article>")[0]
    assert sides.index("<del>") < sides.index("<ins>")
    assert visible(sides).count("Pagalba į namus teikiama") == 2


def test_the_filter_shows_changes_of_one_cause(client, first):
    both = [replace(make.document(HELP, ROAD).blocks[1], spans=(Span(DAILY),))]
    second = make.reworded(first, both[0].id, DAILY)
    third = make.reworded(second, make.passage(first, 2), "Takas bus apšviestas.")
    explain(third, 2, cause="EDITING", note="Klaida")

    assert "Klaida" in read(client, third, cause="EDITING")
    assert "kasdien" not in read(client, third, cause="EDITING")
    assert "kasdien" in read(client, third, cause="NONE")


@pytest.mark.parametrize(
    "query",
    [{"cause": "'; --"}, {"view": "x" * 3000}, {"page": "99999999"}, {"page": "-1"}, {"x": "\0"}],
)
def test_an_odd_address_shows_the_page_and_is_not_kept(client, second, query):
    cache.clear()
    first_time = client.get(address(second, **query), headers=host(second))
    assert first_time.status_code == 200

    again = client.get(address(second, **query), headers=host(second))
    assert again.status_code == 200


@pytest.mark.parametrize(("new", "old"), [(2, 2), (2, 9), (9, 1), (2, 0)])
def test_versions_that_are_not_there_are_not_found(client, second, new, old):
    numbers = [second.strategy.number, new, old]
    if old > new:
        numbers = [second.strategy.number, old, new]
    answer = client.get(reverse("consultations:compare", args=numbers), headers=host(second))

    assert answer.status_code == 404


def test_a_draft_is_not_compared_in_public(client, first):
    make.version(DAILY, ROAD, strategy=first.strategy, published=False)
    answer = client.get(
        reverse("consultations:compare", args=[first.strategy.number, 2, 1]), headers=host(first)
    )

    assert answer.status_code == 404


def test_the_kept_page_is_made_anew_when_a_reason_comes(client, second):
    assert "No reason given yet" in read(client, second)
    explain(second, note="Štai kodėl")
    ledger.record("change.explained", group=second.group, at=NOON)

    assert "Štai kodėl" in read(client, second)


def test_the_redline_reads_as_it_does_elsewhere():
    changes = redline("Skirta 100 eurų <b>.", "Skirta 200 eurų <b>.")

    assert (
        redlines.marked(changes)
        == render_to_string("ui/_redline.html", {"changes": changes}).strip()
    )
    assert "&lt;b&gt;" in redlines.marked(changes)


def pick(client, version, **query):
    to = reverse("consultations:compare_pick", args=[version.strategy.number], query=query)
    client.cookies["sutarta_language"] = "en"
    return client.get(to, headers=host(version))


def test_two_versions_are_picked_in_any_order(client, second):
    for query in ({"from": 1, "to": 2}, {"from": 2, "to": 1}):
        assert pick(client, second, **query)["Location"] == address(second)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"from": 1, "to": 1}, "Choose two different versions."),
        ({"from": 1}, "Choose one of the published versions."),
        ({"from": "x", "to": 2}, "Choose one of the published versions."),
        ({"from": 1, "to": 77}, "Choose one of the published versions."),
        ({"from": "", "to": "\0"}, "Choose one of the published versions."),
    ],
)
def test_what_cannot_be_compared_is_told_at_the_form(client, second, query, said):
    answer = pick(client, second, **query)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_single_version_has_nothing_to_compare(client, first):
    assert "There is only one version" in pick(client, first).content.decode()


def wide(count, words="Žodžiai apie {} pastraipą, kuri yra šiek tiek ilgesnė už kitas."):
    heads = [make.block(f"{at} dalis", Kind.HEADING, level=1, id=f"head{at}") for at in range(10)]
    blocks = []
    for at in range(count):
        if at % (count // 10 or 1) == 0 and at // (count // 10 or 1) < 10:
            blocks.append(heads[at // (count // 10 or 1)])
        blocks.append(make.block(words.format(at), id=f"para{at}"))
    return identify(Document(tuple(blocks)), "wide")


def changed(old, step):
    blocks = tuple(
        replace(one, spans=(Span(one.text.replace("šiek tiek", "gerokai")),))
        if one.kind is Kind.PARAGRAPH and int(one.id[4:]) % step == 0
        else one
        for one in old.document.blocks
    )
    new = make.version(strategy=old.strategy, document=replace(old.document, blocks=blocks))
    Passage.objects.bulk_create(
        Passage(group=new.group, version=new, old_id=one.id, outcome="reworded",
                new_ids=[one.id], confidence=1)
        for one, was in zip(blocks, old.document.blocks, strict=True) if one != was
    )  # fmt: skip
    return new


@pytest.mark.parametrize("count", [10, 300])
def test_any_number_of_changes_asks_the_same(client, count, django_assert_num_queries):
    old = make.version(document=wide(count))
    new = changed(old, step=1)
    consultation = make.consultation(version=old)
    for at in range(0, count, 10):
        one = make.submission(consultation=consultation, lineage_id=f"para{at}")
        make.answer(one, changed=[f"para{at}"])
        explain_at(new, f"para{at + 1}")
    with django_assert_num_queries(10):
        read(client, new)


def explain_at(version, lineage):
    ChangeReason.objects.create(
        group=version.group, version=version, lineage_id=lineage, cause=ChangeCause.GUIDELINES,
        note="Gairės", made_by=make.user(), made_at=NOON,
    )  # fmt: skip


def test_fifteen_hundred_passages_with_three_hundred_changes_are_soon_there(client):
    old = make.version(document=wide(1500))
    new = changed(old, step=5)
    read(client, new)  # the address is found, templates are read
    beside.__globals__["_kept"].cache_clear()
    cache.clear()

    began = time.process_time()
    page = read(client, new)
    took = time.process_time() - began

    print(f"compared 1500 passages, 300 changes: {took * 1000:.0f} ms CPU, {len(page)} characters")
    assert page.count("<article") == 150
    assert took < 1.5  # ten times what it takes: a slow machine must not fail


def table(*rows):
    head = Block(Kind.TABLE, (Span("Pinigai"),), id="tabl")
    made = [
        Block(Kind.ROW, id=f"row{at}", table="tabl", header=at == 0,
              cells=tuple(Cell(((Span(cell),),)) for cell in row))
        for at, row in enumerate(rows)
    ]  # fmt: skip
    return Document((head, *made))


def test_a_row_shows_its_cells_under_the_names_of_the_columns(client):
    names = ("Kam", "Eurai")
    old = make.version(document=table(names, ("Takas", "100 000,00")))
    new = make.version(document=table(names, ("Takas", "150 000,00")), strategy=old.strategy)
    page = read(client, new)

    assert "<dt>Eurai</dt>" in page
    assert "[removed: 100 000,00 ] [inserted: 150 000,00 ]" in visible(page)
    assert Version.objects.count() == 2
    assert timedelta(0) <= new.published_at - old.published_at


def test_a_change_of_numbers_alone_is_named_so(client):
    first = make.version("Skirta 300 000,00 Eur 2026 m.", ROAD)
    second = make.reworded(first, make.passage(first), "Skirta 250 000,00 Eur 2027 m.")

    page = visible(read(client, second))

    assert "Only numbers differ" in page
    assert "in numbers alone 1" in page


def test_a_change_of_words_is_not_named_one_of_numbers(client, second):
    assert "umbers" not in visible(read(client, second))


def test_cells_are_named_by_their_columns_where_a_column_came(client, group_of_tables):
    page = visible(read(client, group_of_tables))

    assert "Metai [inserted: 2027 ]" in page
    assert "Suma 300,00" in page


@pytest.fixture
def group_of_tables():
    """A version whose table has a column more than the one before it."""

    def row(*texts, header=False):
        cells = tuple(Cell(((Span(text),),)) for text in texts)
        return Block(Kind.ROW, cells=cells, header=header)

    head = Block(Kind.TABLE, (Span("Lėšos"),))
    old = identify(
        Document((head, row("Veikla", "Suma", header=True), row("Takas", "300,00"))), "t"
    )
    wide = [row("Veikla", "Metai", "Suma", header=True), row("Takas", "2027", "300,00")]
    rows = [
        replace(after, id=before.id, table=before.table)
        for before, after in zip(old.blocks[1:], wide, strict=True)
    ]
    first = make.version(document=old)
    second = make.version(strategy=first.strategy, document=Document((old.blocks[0], *rows)))
    for block in rows:
        make.Passage.objects.create(
            group=first.group, version=second, old_id=block.id, outcome="reworded",
            new_ids=[block.id], confidence=1,
        )  # fmt: skip
    return second
