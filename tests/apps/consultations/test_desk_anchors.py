"""Reviewing anchors: one after another, split, later, gone, taken back; keys are only a help."""

import re

import pytest
from django.urls import reverse

from sutarta.apps.strategies.models import Passage
from tests import make

pytestmark = pytest.mark.django_db

HOMES = "Pagalba į namus teikiama kasdien vyresnio amžiaus žmonėms, ir savaitgaliais."
ROAD = "Dviračių takas sujungs Gluosnių kvartalą su centru ir su mokykla."
NEW = ["Pagalba į namus teikiama kasdien.", "Ji skirta vyresniems.", "Takas bus apšviestas."]


def doubtful(texts, new=NEW):
    """A draft in which nobody knows where the passages went."""
    old = make.version(*texts)
    draft = make.version(*new, strategy=old.strategy, published=False)
    candidates = [[make.passage(draft, 1), 0.8], [make.passage(draft, 2), 0.5]]
    Passage.objects.bulk_create(
        Passage(group=draft.group, version=draft, old_id=block.id, outcome="doubtful",
                confidence=0.5, candidates=candidates)
        for block in old.document.blocks[1:]
    )  # fmt: skip
    return old, draft


@pytest.fixture
def both():
    return doubtful([HOMES, ROAD])


@pytest.fixture
def desk(client, both):
    client.force_login(make.member(of=both[0].group, role="EDITOR"))
    client.cookies["sutarta_language"] = "en"
    return client


def address(version, number=1):
    return reverse(
        "consultations:desk_passage", args=[version.strategy.number, make.passage(version, number)]
    )


def host(version):
    return {"host": version.group.hosts.get().name}


def read(desk, version, number=1, query=""):
    answer = desk.get(address(version, number) + query, headers=host(version))
    assert answer.status_code == 200
    return answer.content.decode()


def post(desk, version, number=1, **data):
    return desk.post(address(version, number), data, headers=host(version))


def row(version, number=1):
    return Passage.objects.get(old_id=make.passage(version, number))


def test_a_candidate_says_in_words_how_alike_it_is_and_under_which_heading(desk, both):
    page = read(desk, both[0])

    said = [
        " ".join(text.split())
        for text in re.findall(r'class="confidence".*?<span>(.*?)</span>', page, re.S)
    ]
    assert said == [
        "Very alike: 80 % of the words agree, under the same heading",
        "Alike in part: 50 % of the words agree, under the same heading",
    ]


def test_after_a_decision_the_next_doubtful_one_comes(desk, both):
    old, draft = both
    answer = post(desk, old, becomes=make.passage(draft, 1))

    assert answer["Location"] == address(old, 2)
    assert row(old).outcome == "reworded"


def test_after_the_last_one_the_overview_comes(desk, both):
    old, _draft = both
    post(desk, old, becomes="gone")
    answer = post(desk, old, 2, becomes="gone")

    assert answer["Location"] == reverse("consultations:anchors_of", args=[old.strategy.number])


def test_one_may_be_left_for_later_and_the_last_leads_round_to_the_first(desk, both):
    old, _draft = both

    assert f'href="{address(old, 2)}"' in read(desk, old, 1)
    assert f'href="{address(old, 1)}"' in read(desk, old, 2)


def test_a_passage_is_tied_to_several(desk, both):
    old, draft = both
    parts = [make.passage(draft, 1), make.passage(draft, 2)]
    post(desk, old, becomes="split", parts=parts)

    assert (row(old).outcome, row(old).new_ids) == ("split", [row(old).old_id, parts[1]])
    page = read(desk, old)
    assert re.search(r'id="split"[^>]*checked', page)
    assert len(re.findall(r'name="parts"[^>]*checked', page)) == 2


def test_the_last_decision_is_taken_back_from_the_next_page(desk, both):
    old, draft = both
    post(desk, old, becomes=make.passage(draft, 1))
    assert "Decided last: passage 2.1" in " ".join(read(desk, old, 2).split())

    answer = post(desk, old, do="undo")

    assert answer["Location"] == address(old)
    assert row(old).outcome == "doubtful"
    assert "Decided last" not in read(desk, old)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose where the passage goes on."),
        ({"becomes": ""}, "Choose where the passage goes on."),
        ({"becomes": "split"}, "Tick at least two passages it was split into."),
        ({"becomes": "split", "parts": ["x"]}, "Tick at least two passages it was split into."),
        ({"becomes": "split", "parts": ["x", "x"]}, "Tick at least two passages"),
        ({"becomes": "split", "parts": ["x", "y"]}, "This passage is not in the draft any more."),
        ({"becomes": "bnowhere"}, "This passage is not in the draft any more. Choose again."),
        ({"becomes": "<script>"}, "This passage is not in the draft any more. Choose again."),
    ],
)
def test_what_makes_no_sense_comes_back_with_the_reason(desk, both, data, said):
    answer = post(desk, both[0], **data)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert row(both[0]).outcome == "doubtful"


def test_ticked_parts_are_still_ticked_when_the_page_comes_back(desk, both):
    old, draft = both
    answer = post(desk, old, becomes="split", parts=[make.passage(draft, 2)])

    page = answer.content.decode()
    assert re.search(r'id="split"[^>]*checked', page)
    assert re.search(rf'value="{make.passage(draft, 2)}"\s+checked', page)


def test_the_keys_are_told_on_the_page_and_a_passage_found_by_words_can_be_chosen(desk, both):
    old, draft = both
    page = read(desk, old, query="?find=apšviestas")

    assert page.count("<kbd>") == 7
    assert f'value="{make.passage(draft, 3)}"' in page


def test_the_publishing_page_says_how_many_changes_have_no_reason(desk, both):
    old, _draft = both
    overview = reverse("consultations:anchors_of", args=[old.strategy.number])
    page = " ".join(desk.get(overview, headers=host(old)).content.decode().split())

    assert "5 changes have no reason yet." in page
    assert reverse("consultations:desk_reasons", args=[old.strategy.number, 2]) in page


@pytest.mark.parametrize("count", [1, 300])
def test_any_number_of_doubts_asks_the_same(client, count, django_assert_num_queries):
    old, _draft = doubtful([f"Tai yra {at} pastraipa apie kažką." for at in range(count)])
    consultation = make.consultation(version=old, last_day=make.LAST_DAY)
    for at in range(0, count, 20):
        make.submission(consultation=consultation, lineage_id=make.passage(old, at + 1))
    client.force_login(make.member(of=old.group, role="EDITOR"))
    overview = reverse("consultations:anchors_of", args=[old.strategy.number])
    for page in (address(old), overview):
        client.get(page, headers=host(old))

    with django_assert_num_queries(29):
        assert client.get(overview, headers=host(old)).status_code == 200
    with django_assert_num_queries(27):
        assert client.get(address(old), headers=host(old)).status_code == 200
