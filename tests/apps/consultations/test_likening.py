"""Likes found as letters come: kept without words, gone with who is erased, cheap however many."""

from __future__ import annotations

import random
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sutarta.apps.consultations.actions import erasing, likening, speaking
from sutarta.apps.consultations.models import Comparison, Sketch, Submission
from sutarta.apps.consultations.queries import campaigns, comparing, similar, sketches
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.people.models import Role
from tests import make
from tests.apps.consultations.test_desk_campaigns import SAID

pytestmark = pytest.mark.django_db
NOW = make.now()
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def its():
    return make.running(version=make.version(group=make.group(host="testserver")))


def say(its, body, **facts):
    return make.submission(consultation=its, body=body, at=NOW, **facts)


@pytest.fixture
def three(its):
    return [say(its, f"{before} {SAID} {n} kartą.") for n, before in enumerate(("A", "B", "C"))]


def test_a_comparison_kept_says_the_same_as_one_made_now(its, three):
    fresh = [campaigns.opened(one) for one in campaigns.offers(its.group)]
    assert likening.compare_all(NOW) == 1

    kept = [campaigns.opened(one) for one in campaigns.offers(its.group)]

    assert kept == fresh
    assert [len(one.letters) for one in kept] == [3]


def test_nothing_is_compared_twice_without_an_act(its, three):
    likening.compare_all(NOW)

    assert likening.compare_all(LATER) == 0
    say(its, "Dar vienas.")
    assert likening.compare_all(LATER) == 1


def test_a_long_comparison_is_not_made_again_at_once(its, three):
    likening.compare_all(NOW)
    Comparison.objects.update(took_ms=2_000)
    say(its, "Dar vienas.")

    assert likening.compare_all(NOW + timedelta(seconds=39)) == 0
    assert likening.compare_all(NOW + timedelta(seconds=40)) == 1


def test_what_is_kept_holds_no_words(its, three):
    likening.compare_all(NOW)

    [row] = Comparison.objects.values("found")
    assert "bibliotek" not in str(row)
    raw = b"".join(bytes(one.stems) for one in Sketch.objects.all())
    assert b"bibliotek" not in raw
    assert {len(bytes(one.stems)) % 4 for one in Sketch.objects.all()} == {0}


def test_one_that_has_just_come_is_told_how_many_say_nearly_the_same(client, its, three):
    likening.compare_all(NOW)
    fourth = say(its, f"Sveiki. {SAID}")
    client.force_login(make.member(of=its.group, role=Role.MODERATOR))
    client.cookies["sutarta_language"] = "en"

    page = client.get(reverse("consultations:desk_submission", args=[fourth.number]))

    assert similar.found(fourth).nearly == 3
    assert "3 others say nearly the same as this one." in page.content.decode()


def test_what_was_corrected_since_is_left_out_until_the_next_comparison(its, three):
    likening.compare_all(NOW)
    speaking.correct(submission=three[0], text=Text("Visai kas kita."), at=NOW)

    [offer] = map(campaigns.opened, campaigns.offers(its.group))
    assert [one.submission.number for one in offer.letters] == [2, 3]
    assert all(said for said, _count in offer.passages)
    likening.compare_all(LATER)
    assert len(Sketch.objects.all()) == 3


@pytest.mark.parametrize("gone", ["erased", "withdrawn"])
def test_whoever_goes_leaves_no_trace(its, three, gone):
    likening.compare_all(NOW)
    if gone == "erased":
        erase(its, three[0])
    else:
        speaking.withdraw(submission=three[0], at=NOW)
        likening.compare_all(LATER)

    assert not Sketch.objects.filter(submission=three[0]).exists()
    [made] = Comparison.objects.all()
    named = {letter[0] for each in made.found for letter in each["letters"]}
    named |= {place[0] for each in made.found for place in each["passages"]}
    assert three[0].number not in named


def erase(its, submission):
    first, second = (make.member(of=its.group, role=Role.COORDINATOR) for _ in range(2))
    row = erasing.ask_erasure(
        actor=first, submission=submission, scope="WORDS", asker="AUTHOR", ground="G", at=NOW
    )
    erasing.decide_erasure(actor=second, erasure=row, carry_out=True, at=NOW)


def test_answered_consultations_keep_no_traces(its, three):
    likening.compare_all(NOW)
    type(its).objects.filter(pk=its.pk).update(answered_at=NOW)

    assert likening.compare_all(LATER) == 0
    assert not Comparison.objects.exists()
    assert not Sketch.objects.exists()


def test_of_endless_letters_the_beginning_is_compared(its):
    drawn = random.Random(1)
    stock = ["".join(drawn.choices("aeioukst", k=7)) for _ in range(2_000)]
    long = " ".join(f"{' '.join(drawn.choices(stock, k=9))}." for _ in range(300))
    for n in range(3):
        say(its, f"{SAID} {n}. {long}"[:20_000])

    began = time.process_time()
    [each] = comparing.found(its, list(campaigns.letters(its)))

    assert time.process_time() - began < 2
    assert [len(letter[4]) > 0 and letter[4][-1][1] <= comparing.LONGEST
            for letter in each["letters"]] == [True] * 3  # fmt: skip


def test_three_hundred_letters_that_fill_every_field_are_compared_in_bounded_time():
    """25 MB of letters altogether: of each its beginning is looked at, 13,000 characters."""
    assert comparing.compared(300) * 300 <= comparing.ALTOGETHER
    assert comparing.compared(20_000) == comparing.SHORTEST


def test_as_many_questions_for_three_letters_as_for_nine(client, its, three):
    client.force_login(make.member(of=its.group, role=Role.MODERATOR))

    def asked():
        likening.compare_all(LATER)
        counts = []
        for page in (
            reverse("consultations:desk_campaigns"),
            reverse("consultations:desk_submission", args=[three[0].number]),
        ):
            client.get(page)
            with CaptureQueriesContext(connection) as seen:
                client.get(page)
            counts.append(len(seen))
        return counts

    few = asked()
    for _letter in range(6):
        say(its, f"{SAID} Ačiū.")
    Comparison.objects.update(made_at=NOW, act=None)

    assert asked() == few


def test_numbers_of_stems_differ_between_groups(its):
    row = say(its, "Reikia suolelių parke.")
    [mine] = sketches.stems(its.group, [row])
    [theirs] = sketches.stems(make.group(host="kita.test"), [row])

    assert len(mine) == len(theirs) == 3
    assert not mine & theirs
    assert Submission.objects.count() == 1
