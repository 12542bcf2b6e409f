"""Marks of accepted proposals that come back with a Word file: what is tied, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from sutarta.apps.consultations.actions import carrying, reasoning
from sutarta.apps.consultations.models import Kind, Outcome, Visibility
from sutarta.apps.consultations.queries import comparison, returning, suggesting
from sutarta.apps.consultations.queries.untaken import untaken
from sutarta.apps.ledger.queries import acts, facts
from sutarta.apps.people.access import Refused
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.queries import corrected
from sutarta.core.documents import Span
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HELP = "Pagalba į namus teikiama darbo dienomis."
DAILY = "Pagalba į namus teikiama kasdien."
ROAD = "Dviračių takas sujungs kvartalą su centru."
LIT = "Dviračių takas sujungs kvartalą su centru ir bus apšviestas."


@pytest.fixture
def first():
    return make.version(HELP, ROAD, group=make.group(host="ours.test"))


@pytest.fixture
def editor(first):
    return make.member(of=first.group, role="EDITOR")


@pytest.fixture
def said(first):
    """Two wordings, both accepted and answered."""
    its = make.consultation(version=first, answered_at=NOON)
    return [proposed(its, DAILY, 1), proposed(its, LIT, 2)]


def proposed(its, text, number, **facts):
    one = make.submission(
        consultation=its, kind=Kind.WORDING, lineage_id=make.passage(its.version, number),
        proposed=text, why="Taip aiškiau.", visibility=Visibility.PUBLIC,
    )  # fmt: skip
    make.answer(one, **facts)
    return one


def draft(first, *texts, keys=((1, "p/1"), (2, "p/2"))):
    """The next version with these words; passages bear the marks of proposals."""
    blocks = list(first.document.blocks)
    for number, text in enumerate(texts, start=1):
        blocks[number] = replace(blocks[number], spans=(Span(text),))
    document = replace(first.document, blocks=tuple(blocks))
    marks = {make.passage(first, number): [key] for number, key in keys}
    made = make.version(
        strategy=first.strategy, document=document, published=False, reason="ANSWERS", keys=marks
    )
    for number, (old, new) in enumerate(zip(first.document.blocks, blocks, strict=True)):
        if old.text != new.text:
            id = make.passage(first, number)
            made.passages.create(
                group=made.group, old_id=id, outcome="reworded", new_ids=[id], confidence=1
            )
    return made


def reasons(first, version):
    """Number of each changed passage -> numbers of the proposals that caused it."""
    return {
        change.number: [reason.number for reason in change.reasons]
        for change in comparison.compared(first, version).changes
    }


def test_a_change_that_was_accepted_is_tied_and_one_that_was_rejected_is_not(first, said):
    version = draft(first, DAILY, ROAD)

    assert reasons(first, version) == {"2.1": [1]}


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        (DAILY, True),
        ("Pagalba į namus teikiama kasdien, taip pat ir švenčių dienomis.", True),
        (HELP, False),
        ("Pagalba į namus teikiama visomis darbo dienomis.", False),
        ("Savanoriai lanko vyresnius žmones.", False),
    ],
)
def test_only_words_that_took_the_proposal_up_are_due_to_it(first, said, words, taken):
    version = draft(first, words, keys=[(1, "p/1")])

    assert [one.is_taken for one in returning.in_version(version)] == [taken]


def test_a_wording_of_two_paragraphs_is_tied_to_both(first):
    its = make.consultation(version=first)
    proposed(its, f"{HELP}\n\nSavaitgaliais – savanoriai.", 1)
    version = draft(first, HELP, "Savaitgaliais – savanoriai.", keys=[(1, "p/1"), (2, "p/1")])

    found = returning.in_version(version)

    assert [(one.place, one.is_taken) for one in found] == [
        (make.passage(first, 1), False), (make.passage(first, 2), True)
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["p/9", "p/0", "p/x", "nr/1", "p/1/2", "p/3", "p/4"])
def test_a_mark_that_names_no_accepted_wording_about_the_strategy_is_passed_over(first, said, key):
    its = said[0].consultation
    proposed(its, DAILY, 1, outcome=Outcome.NOT_ACCEPTED)
    proposed(its, DAILY, 1, published_at=None)

    assert returning.in_version(draft(first, DAILY, keys=[(1, key)])) == []


def test_what_the_file_says_is_not_suggested_again(first, said):
    compared = comparison.compared(first, draft(first, DAILY, LIT, keys=[(1, "p/1")]))

    found = suggesting.suggested(compared)

    assert {id: [one.number for one in every] for id, every in found.items()} == {
        make.passage(first, 2): [2]
    }


def test_publishing_writes_the_ties_down_and_the_log_binds_them(first, said, editor):
    version = draft(first, DAILY, ROAD)

    published = carrying.publish_next(actor=editor, version=version, at=NOON)

    rows = published.change_reasons.values_list("lineage_id", "submission__number", "made_by")
    assert list(rows) == [(make.passage(first), 1, editor.pk)]
    assert reasons(first, published) == {"2.1": [1]}
    (told,) = acts(first.group, "change.published")
    assert facts(told)["reasons"] == 1


def test_a_tie_can_be_taken_back_from_the_draft(client, first, said, editor):
    version = draft(first, DAILY, LIT)
    client.force_login(editor)
    client.cookies["sutarta_language"] = "en"
    address = reverse("consultations:desk_reasons", args=[first.strategy.number, 2])
    page = client.get(address, headers={"host": "ours.test"}).content.decode()
    key = f"{make.passage(first)}:p/1"
    assert f'value="{key}"' in page

    back = reverse("consultations:desk_reasons_back", args=[first.strategy.number, 2])
    answers = [
        client.post(back, {"key": key}, headers={"host": "ours.test"}, follow=True)
        for _twice in range(2)
    ]
    version.refresh_from_db()

    assert "1 reason is taken back." in answers[0].content.decode()
    assert "Nothing was taken back" in answers[1].content.decode()
    assert reasons(first, version) == {"2.1": [], "2.2": [2]}


def test_a_published_version_loses_no_mark(first, said, editor):
    published = carrying.publish_next(actor=editor, version=draft(first, DAILY), at=NOON)

    with pytest.raises(Refused, match="stays as it is"):
        reasoning.untie(
            actor=editor, version=published, place=make.passage(first), key="p/1", at=NOON
        )


def test_the_desk_is_told_what_a_draft_has_not_taken_up(first, said):
    def left(*texts, **facts):
        compared = comparison.compared(first, draft(first, *texts, **facts))
        compared.new.passages.all().delete()
        compared.new.delete()
        return [answer.submission.number for answer in untaken(compared)]

    assert left(HELP, ROAD) == [1, 2]
    assert left(DAILY, ROAD) == [2]
    assert left("Pagalba teikiama kasdien visiems.", LIT, keys=()) == []


@pytest.fixture
def looked_at(first, said, editor):
    """The file being looked at: the first wording taken up, the second not."""
    return make.import_("# Ko žmonėms trūksta", DAILY, ROAD, strategy=first.strategy,
                        made_by=editor, keys={"1": ["p/1"], "2": ["p/2"]})  # fmt: skip


def preview(client, editor, first):
    client.force_login(editor)
    client.cookies["sutarta_language"] = "en"
    address = reverse("strategies:preview", args=[first.strategy.number])
    page = client.get(address, headers={"host": "ours.test"})
    return " ".join(page.content.decode().split())


def test_the_preview_shows_what_came_back_as_tied_already(client, first, looked_at, editor):
    page = preview(client, editor, first)

    assert "Accepted proposals that came back with the file" in page
    assert page.count('value="untie"') == 1
    assert 'href="#p1"' in page
    assert 'href="#p2"' in page


def test_a_tie_is_changed_in_the_preview_and_the_draft_follows(client, first, looked_at, editor):
    client.force_login(editor)
    address = reverse("strategies:tie", args=[first.strategy.number])
    for do, counts in (("untie", False), ("untie", False), ("tie", True), ("untie", False)):
        client.post(address, {"key": "p/1", "do": do}, headers={"host": "ours.test"})
        looked_at.refresh_from_db()
        assert returning.in_import(looked_at, corrected(looked_at))[0].counts == counts

    made = strategies.make_draft(
        actor=editor, import_=looked_at, reason="ANSWERS", note="", at=NOON
    )

    assert made.keys == {make.passage(first, 2): ["p/2"]}
    assert 'value="tie"' in preview(client, editor, first)
    answer = client.post(address, {"key": "p/7"}, headers={"host": "ours.test"})
    assert answer.status_code == 404


def test_the_draft_knows_the_marks_of_its_file(first, looked_at, editor):
    made = strategies.make_draft(
        actor=editor, import_=looked_at, reason="ANSWERS", note="", at=NOON
    )

    assert made.keys == {make.passage(first, 1): ["p/1"], make.passage(first, 2): ["p/2"]}
    assert list(reasons(first, made).values()) == [[1]]
