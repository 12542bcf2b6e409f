"""Campaigns at the desk: offered, looked through, put together, taken apart; nobody is hidden."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sutarta.apps.consultations.models import Bundle, Deed, Submission, Visibility
from sutarta.apps.consultations.queries import campaigns
from sutarta.apps.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db

SAID = (
    "Mūsų kaimo biblioteka yra vienintelė vieta, kur vakarais gali susitikti kaimynai. "
    "Prašome strategijoje numatyti lėšų jos stogui ir šildymui sutvarkyti jau kitais metais."
)
TICKED = re.compile(r'<input[^>]*name="ticked"[^>]*\schecked')


def url(name, *args):
    return reverse(f"consultations:{name}", args=args)


@pytest.fixture
def group():
    return make.group(host="testserver")


@pytest.fixture
def consultation(group):
    return make.consultation(version=make.version(group=group))


@pytest.fixture
def three(consultation):
    """Three letters of one campaign, and one by somebody alone."""
    words = [
        (f"{SAID}\n\nAš ten skaitau nuo vaikystės.", "a.a@example.org"),
        (f"LABA DIENA. {SAID.upper()}", "b.b@example.org"),
        (f"Sveiki! {SAID}", "a.a@example.org"),
        ("Reikia suoliukų prie ežero.", "c.c@example.org"),
    ]
    return [
        make.submission(consultation=consultation, body=body, email=email, author_name=f"{n}. B.")
        for n, (body, email) in enumerate(words)
    ][:3]


def sign_in(client, group, role=Role.MODERATOR):
    who = make.member(of=group, role=role)
    client.force_login(who)
    client.cookies["sutarta_language"] = "en"
    return who


def test_an_offer_counts_letters_persons_and_texts(group, three):
    [offer] = map(campaigns.opened, campaigns.offers(group))

    assert [one.submission for one in offer.letters] == three
    assert (offer.persons, offer.texts, offer.own) == (2, 3, 3)
    assert [number for _said, number in offer.passages] == [3, 3]
    assert not offer.is_together


def test_two_texts_nearly_the_same_are_offered_too(consultation, group):
    for body in (
        "Prašome suoliukų prie ežero ir prie tako.",
        "Prasome suoliuku prie ezero ir tako",
    ):
        make.submission(consultation=consultation, body=body)
    make.submission(consultation=consultation, body="Reikia autobuso savaitgaliais.")

    [offer] = campaigns.offers(group)

    assert [one.submission.number for one in offer.letters] == [1, 2]
    assert offer.passages == ()


def test_what_is_quoted_from_the_strategy_is_no_campaign(group):
    its = make.consultation(version=make.version(SAID, group=group))
    for own in (
        "Vis dėlto svarbiau būtų sutvarkyti kelią į kapines ir pievas palei upę.",
        "Tam nepritariu: kam skaityti, jei jaunimas jau seniai persikėlė į miestą?",
        "Ar buvo skaičiuota, kiek kainuos malkos, ir kas jas veš per pusnis?",
    ):
        make.submission(consultation=its, body=f"{SAID} {own}")

    assert campaigns.offers(group) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"withdrawn_at": make.NOON},
        {"erased_at": make.NOON},
        {"visibility": Visibility.SET_ASIDE},
        {"visibility": Visibility.HIDDEN},
    ],
    ids=["withdrawn", "erased", "spam", "hidden"],
)
def test_words_that_are_not_to_be_read_take_no_part(group, three, facts):
    Submission.objects.filter(pk=three[0].pk).update(**facts)

    [offer] = map(campaigns.opened, campaigns.offers(group))

    assert three[0].number not in [one.submission.number for one in offer.letters]
    assert "skaitau" not in "".join(p.text for one in offer.letters for p in one.pieces)


def test_the_page_shows_every_author_and_every_own_word(client, group, three):
    sign_in(client, group)

    page = client.get(url("desk_campaign", three[1].number)).content.decode()

    assert all(text in page for text in ("0. B.", "1. B.", "2. B.", "skaitau nuo vaikystės"))
    assert page.count('name="ticked"') == len(TICKED.findall(page)) == 3
    assert "from 2 persons" in page
    assert "in 3 distinct texts" in page
    assert re.search(r"<h1[^>]*>[^<]{10,}</h1>", page)


def test_ticked_ones_are_put_together_and_taken_apart_again(client, group, three):
    sign_in(client, group)
    [offer] = campaigns.offers(group)
    address = url("desk_campaign", offer.first)

    client.post(address, {"do": "bundle", "ticked": [one.tick for one in offer.letters[:2]]})

    assert [one.bundle_id is not None for one in Submission.objects.order_by("number")] == [
        True, True, False, False,
    ]  # fmt: skip
    page = client.get(address).content.decode()
    assert "Put together: 2." in page
    client.post(url("desk_undo", Deed.objects.get().pk))
    assert not Submission.objects.exclude(bundle=None).exists()


def test_those_not_looked_at_are_published_from_the_page_that_shows_them(client, group, three):
    sign_in(client, group)
    make.submission(consultation=three[0].consultation, body=SAID, visibility=Visibility.PUBLIC)
    [offer] = campaigns.offers(group)

    client.post(
        url("desk_campaign", offer.first),
        {"do": "publish", "ticked": [one.tick for one in offer.letters]},
    )

    assert Submission.objects.filter(visibility=Visibility.PUBLIC).count() == 4


def test_put_together_it_is_told_and_leads_to_the_answer(client, group, three):
    bundle = Bundle.objects.create(
        group=group, consultation=three[0].consultation, made_by=make.user(), made_at=make.NOON
    )
    Submission.objects.filter(pk__in=[one.pk for one in three]).update(bundle=bundle)
    sign_in(client, group)

    page = client.get(url("desk_campaign", three[0].number)).content.decode()

    assert url("desk_submission", three[0].number) in page
    assert 'value="bundle"' not in page
    assert "put together" in client.get(url("desk_campaigns")).content.decode()


def test_answered_ones_stay_in_sight_and_cannot_be_ticked(client, group, three):
    make.answer(three[0])
    sign_in(client, group)

    page = client.get(url("desk_campaign", three[0].number)).content.decode()

    assert page.count('name="ticked"') == 2
    assert "answered" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"do": "set_aside"}, "Choose what to do."),
        ({"do": "bundle"}, "Tick at least one submission."),
        ({"do": "publish", "ticked": ["4:x"]}, "The author has corrected the text meanwhile"),
    ],
    ids=["another act", "nothing ticked", "changed meanwhile"],
)
def test_a_refusal_says_why_and_keeps_the_ticks(client, group, three, sent, said):
    sign_in(client, group)

    answer = client.post(url("desk_campaign", three[0].number), sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not TICKED.search(answer.content.decode())


def test_an_editor_looks_and_does_not_decide(client, group, three):
    sign_in(client, group, Role.EDITOR)
    address = url("desk_campaign", three[0].number)

    assert 'name="ticked"' not in client.get(address).content.decode()
    assert client.post(address, {"do": "bundle"}).status_code == 403
    assert client.get(url("desk_campaign", 4)).status_code == 404


def test_the_page_of_one_letter_leads_to_its_campaign(client, group, three):
    sign_in(client, group)

    page = client.get(url("desk_submission", three[2].number)).content.decode()

    assert "3 letters share passages, this one among them." in page
    assert url("desk_campaign", three[0].number) in page


def test_as_many_questions_for_three_letters_as_for_nine(client, group, three):
    sign_in(client, group)

    def asked():
        pages = (url("desk_campaigns"), url("desk_campaign", three[0].number))
        return [_questions(client, page) for page in pages]

    few = asked()
    for _letter in range(6):
        make.submission(consultation=three[0].consultation, body=f"{SAID} Ačiū.")

    assert asked() == few


def _questions(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    return len(seen)
