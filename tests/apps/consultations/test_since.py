"""What changed since somebody spoke: on their own page, with their answer, or in a letter."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.consultations.actions import answering, carrying
from sutarta.apps.consultations.models import ChangeReason, Kind, Placement, Visibility
from sutarta.apps.consultations.queries import since
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.models import Role
from sutarta.apps.strategies.models import Passage
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

AFTER = NOON + timedelta(days=20)
HELP = "Pagalba į namus teikiama darbo dienomis."
DAILY = "Pagalba į namus teikiama kasdien."
ROAD = "Dviračių takas sujungs kvartalą su centru."


@pytest.fixture
def consultation():
    return make.consultation(version=make.version(HELP, ROAD))


def said(consultation, number=1, **facts):
    lineage = make.passage(consultation.version, number)
    facts = {"lineage_id": lineage, "email": "ona@alksniai.example", **facts}
    return make.submission(consultation=consultation, **facts)


def second(consultation, *texts, fates=()):
    """A draft after the version spoken of; `fates` are (old number, outcome, new numbers)."""
    old = consultation.version
    draft = make.version(*texts, strategy=old.strategy, published=False)
    for number, outcome, becomes in fates:
        Passage.objects.create(
            group=old.group, version=draft, old_id=make.passage(old, number), confidence=1.0,
            outcome=outcome, new_ids=[make.passage(draft, at) for at in becomes],
        )  # fmt: skip
    return draft


def reworded(consultation):
    """The next version, in which the first passage reads otherwise and the second is gone."""
    fates = [(1, "reworded", [1]), (2, "gone", [])]
    return second(consultation, DAILY, fates=fates)


def publish(draft):
    editor = make.member(of=draft.group, role=Role.EDITOR)
    return carrying.publish_next(actor=editor, version=draft, at=AFTER)


def letters(kind):
    return list(Letter.objects.filter(kind=kind).order_by("to"))


def test_there_is_no_news_before_a_newer_version(consultation):
    assert since.news_for([said(consultation)]) == {}


def test_news_tell_the_old_words_the_new_ones_and_where_to_read_on(consultation):
    first, gone = said(consultation), said(consultation, 2)
    general = said(consultation, kind=Kind.GENERAL, lineage_id="")
    publish(reworded(consultation))

    found = since.news_for([first, gone, general])

    assert {key: (one.outcome, one.before, one.after) for key, one in found.items()} == {
        first.pk: ("REWORDED", HELP, DAILY),
        gone.pk: ("GONE", ROAD, ""),
    }
    strategy = consultation.version.strategy.number
    address = reverse("consultations:compare", args=[strategy, 2, 1])
    assert found[first.pk].path.startswith(f"{address}#")


def test_what_stays_as_it_was_is_no_news(consultation):
    one = said(consultation)
    publish(second(consultation, HELP, ROAD))

    assert since.news_for([one]) == {}


def test_news_go_to_the_newest_version_whatever_lies_between(consultation):
    one = said(consultation)
    two = publish(reworded(consultation))
    draft = make.version(DAILY, strategy=two.strategy, document=two.document, published=False)
    publish(draft)

    [news] = since.news_for([one]).values()

    assert (news.outcome, news.newest.number, news.after) == ("REWORDED", 3, DAILY)


def test_many_submissions_ask_as_much_as_one(consultation, django_assert_num_queries):
    many = [said(consultation) for _ in range(30)]
    publish(reworded(consultation))
    since.news_for(many)  # versions are read once

    for some in (many[:1], many):
        with django_assert_num_queries(3):
            assert len(since.news_for(some)) == len(some)


def test_whoever_had_an_answer_gets_one_letter_when_the_passage_changes(consultation):
    first, gone = said(consultation), said(consultation, 2)
    for one in (first, gone):
        make.answer(one)
    published = publish(reworded(consultation))

    [letter] = letters("passage_changed")

    assert letter.to == "ona@alksniai.example"
    assert letter.text.count(DAILY) == letter.text.count(ROAD) == 1
    assert f"/s/{published.strategy.number}/2/compare/1/#" in letter.text


@pytest.mark.parametrize(
    "facts",
    [
        {"email": ""},
        {"visibility": Visibility.SET_ASIDE},
        {"kind": Kind.GENERAL, "lineage_id": ""},
    ],
)
def test_nobody_else_gets_that_letter(consultation, facts):
    make.answer(said(consultation, **facts))
    said(consultation, email="jonas@alksniai.example")  # still waits for an answer
    publish(reworded(consultation))

    assert letters("passage_changed") == []


def test_whoever_waits_reads_it_in_the_letter_with_the_answer(consultation):
    one = said(consultation, visibility=Visibility.PUBLIC)
    published = publish(reworded(consultation))
    make.answer(one, published_at=None)
    editor = make.member(of=consultation.group)
    answering.publish_answers(actor=editor, consultation=consultation, at=AFTER)

    [letter] = letters("answered")

    assert letter.text.count(DAILY) == 1
    assert f"/s/{published.strategy.number}/2/compare/1/#" in letter.text


def test_the_own_page_tells_what_changed_and_why(client, consultation):
    receipt = make.receipt(consultation=consultation)
    published = publish(reworded(consultation))
    ChangeReason.objects.create(
        group=published.group, version=published, lineage_id=make.passage(published),
        cause="DECISION", note="Valdyba nusprendė lapkričio 3 d.", made_at=AFTER,
        made_by=make.user(),
    )  # fmt: skip

    address = reverse("consultations:mine", args=[receipt.secret])
    host = consultation.group.hosts.get().name
    page = client.get(address, headers={"host": host}).content.decode()

    assert "kasdien" in page
    assert "Valdyba nusprendė lapkričio 3 d." in page
    assert Placement.objects.get(submission=receipt.submission).outcome == "reworded"
