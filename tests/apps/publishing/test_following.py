"""Following by e-mail: nobody is written to who did not say yes, and leaving leaves nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sutarta.apps.consultations.queries import receipts
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.publishing.actions import following as actions
from sutarta.apps.publishing.models import About, Follow
from sutarta.apps.publishing.queries import following
from sutarta.apps.publishing.queries.following import Subject
from sutarta.apps.publishing.rules import following as rules
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
EMAIL = "s.k@alksniai.example"


@pytest.fixture
def its():
    """An open consultation of the group behind HOST."""
    return make.consultation(group=make.group(host="ours.test"))


def _ask(subject, email=EMAIL, at=NOON, **facts):
    return actions.ask(subject=subject, email=email, language="lt", network="", at=at, **facts)


def _strategy(its) -> Subject:
    return Subject(About.STRATEGY, its.strategy)


def test_asking_sends_one_question_and_nothing_more(its):
    _ask(_strategy(its), email="S.K@Alksniai.example")

    follow, letter = Follow.objects.get(), Letter.objects.get()
    assert (follow.email, follow.confirmed_at) == (EMAIL, None)
    assert (letter.to, letter.kind, letter.leave_url) == (EMAIL, "follow.asked", "")
    secret = following.secret_for(its.group, EMAIL)
    link = f"/follow/{secret}/yes/{follow.pk}/"
    assert link in letter.text
    assert link in letter.html
    assert its.strategy.title in letter.text


def test_only_the_digest_of_the_secret_is_stored(its):
    _ask(_strategy(its))

    secret = following.secret_for(its.group, EMAIL)
    assert Follow.objects.get().secret_digest == receipts.secret_digest(secret)
    assert secret != following.secret_for(make.group(), EMAIL)


def test_asking_twice_makes_one_row_and_one_letter_in_an_hour(its):
    for minutes in (0, 5, 65):
        _ask(_strategy(its), at=NOON + timedelta(minutes=minutes))

    assert Follow.objects.count() == 1
    assert Letter.objects.count() == 2


def test_who_follows_already_is_told_so_in_the_letter_alone(its):
    make.follow(version=its.version)

    assert _ask(_strategy(its)) is True
    letter = Letter.objects.get()
    assert "jau" in letter.text or "already" in letter.text
    assert "/yes/" not in letter.text


def test_one_address_follows_many_things_with_one_secret(its):
    passage = make.passage(its.version)
    for subject in (
        _strategy(its),
        Subject(About.CONSULTATION, its.strategy, its),
        Subject(About.PASSAGE, its.strategy, lineage=passage),
    ):
        _ask(subject)

    rows = Follow.objects.values_list("about", "secret_digest")
    assert {about for about, _secret in rows} == set(About.values)
    assert len({secret for _about, secret in rows}) == 1


def test_saying_yes_counts_from_then_on_and_only_once(its):
    follow = make.follow(version=its.version, confirmed_at=None)
    later = NOON + timedelta(days=2)

    actions.confirm(follow=follow, at=later)
    actions.confirm(follow=follow, at=later + timedelta(days=1))

    follow.refresh_from_db()
    assert (follow.confirmed_at, follow.told_until) == (later, later)


@pytest.mark.parametrize(("days", "left"), [(6, 2), (8, 1)])
def test_who_does_not_answer_within_a_week_is_forgotten(its, days, left):
    _ask(_strategy(its), email="a@post.example")
    make.follow(version=its.version)

    actions.forget_unanswered(NOON + timedelta(days=days))
    again = actions.forget_unanswered(NOON + timedelta(days=days))

    assert again == 0
    assert Follow.objects.count() == left
    assert Letter.objects.count() == left - 1


def test_leaving_everything_removes_the_address_everywhere(its):
    _ask(_strategy(its))
    make.follow(consultation=its)
    other = make.follow(version=its.version, email="other@post.example")
    secret = following.secret_for(its.group, EMAIL)

    assert actions.leave(group=its.group, secret=secret) == 2
    assert actions.leave(group=its.group, secret=secret) == 0
    assert list(Follow.objects.all()) == [other]
    assert Letter.objects.count() == 0


def test_leaving_one_thing_keeps_the_others(its):
    one, kept = make.follow(version=its.version), make.follow(consultation=its)
    secret = following.secret_for(its.group, EMAIL)

    actions.leave(group=its.group, secret=secret, follow=one)

    assert list(Follow.objects.all()) == [kept]


def test_a_secret_ends_nothing_in_another_group(its):
    make.follow(version=its.version)

    assert actions.leave(group=make.group(), secret=following.secret_for(its.group, EMAIL)) == 0


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("strategy", ""),
        ("open", ""),
        ("answered", ""),
        ("report written", ""),
        ("reported", "This discussion is over and reported: no more news of it will come. "
                     "Follow the strategy instead."),
    ],
)  # fmt: skip
def test_what_can_be_followed(what, reason):
    its = make.consultation(answered_at=NOON if what == "answered" else None)
    if what.startswith("report"):
        make.report(its, published_at=NOON if what == "reported" else None)

    with translation.override("en"):
        verdict = rules.may_follow(None if what == "strategy" else its)
        assert verdict.reason == reason


def test_a_reported_discussion_is_refused_by_the_action_too():
    its = make.consultation()
    make.report(its, published_at=NOON)

    with pytest.raises(Refused):
        _ask(Subject(About.CONSULTATION, its.strategy, its))
    assert Follow.objects.count() == 0


# --- pages ---------------------------------------------------------------------------------------


def _page(client, query="", **said):
    client.cookies["sutarta_language"] = "en"
    address = reverse("publishing:follow") + query
    return client.post(address, said, headers=HOST) if said else client.get(address, headers=HOST)


@pytest.mark.parametrize("kind", ["", "strategy", "consultation", "passage"])
def test_the_page_names_what_is_followed(client, its, kind):
    lineage = make.passage(its.version)
    query, words = {
        "": ("", "vietos plėtros strategija"),
        "strategy": ("?strategy=1", "vietos plėtros strategija"),
        "consultation": ("?consultation=1", its.title),
        "passage": (f"?strategy=1&passage={lineage}", "Passage 2.1: Pagalba į namus"),
    }[kind]

    page = _page(client, query)

    assert page.status_code == 200
    assert words in page.content.decode().replace("\xa0", " ")
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    "query",
    [
        "?strategy=9", "?strategy=x", "?strategy=1&passage=nowhere", "?passage=nowhere",
        "?consultation=9", "?consultation=-1", "?consultation=" + "9" * 40, "?strategy=٣",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, its, query):
    assert _page(client, query).status_code == 404
    assert _page(client, query, email=EMAIL).status_code == 404


def test_what_is_not_public_cannot_be_followed(client):
    group = make.group(host="ours.test")
    make.version(group=group, published=False)
    make.consultation(group=group, announced_at=None)
    private = make.version(group=group, published=False).strategy.number

    answers = [_page(client, f"?strategy={private}"), _page(client, "?consultation=1")]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("known", [False, True])
def test_the_answer_does_not_tell_whether_an_address_is_known(client, its, known):
    if known:
        make.follow(version=its.version)

    answer = _page(client, "?strategy=1", email=EMAIL)

    assert (answer.status_code, answer["Location"]) == (302, "/follow/asked/")
    assert Letter.objects.count() == 1
    assert EMAIL not in client.get("/follow/asked/", headers=HOST).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": ""}, "Write your e-mail address."),
        ({"email": "ne"}, "Write the whole e-mail address, such as name@post.lt."),
        ({"email": "a@b"}, "Write the whole e-mail address, such as name@post.lt."),
        ({"email": "x" * 300 + "@post.lt"}, "The address is too long."),
        ({"email": "a@post.lt\nBcc: b@post.lt"}, "Write the whole e-mail address"),
        ({"email": EMAIL, "website": "x"}, "Only robots write here."),
    ],
)
def test_what_is_wrong_comes_back_with_the_reason(client, its, typed, said):
    answer = _page(client, "?strategy=1", **typed)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Follow.objects.count() == Letter.objects.count() == 0


def test_too_many_letters_are_refused_alike_for_everybody(client, its, settings):
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "limits": {"BACKEND": memory, "LOCATION": "follow"}}
    caches["limits"].clear()
    make.follow(version=its.version)

    for email in (EMAIL, "unknown@post.example"):
        answers = [_page(client, "?strategy=1", email=email) for _time in range(6)]
        assert [answer.status_code for answer in answers] == [302] * 5 + [422]
        assert "Too many letters" in answers[-1].content.decode()
    caches["limits"].clear()


@pytest.mark.parametrize(
    ("origin", "status", "letters"),
    [("http://ours.test", 302, 1), ("http://elsewhere.test", 200, 0), ("", 200, 0)],
)
def test_the_form_of_the_front_page_needs_no_token(its, origin, status, letters):
    client = Client(enforce_csrf_checks=True)
    headers = {**HOST, **({"origin": origin} if origin else {})}

    answer = client.post("/follow/begin/?strategy=1", {"email": EMAIL}, headers=headers)

    assert answer.status_code == status
    assert Letter.objects.count() == letters
    if status == 200:  # one more press, on a page with a token
        assert f'value="{EMAIL}"' in answer.content.decode()
        assert "csrfmiddlewaretoken" in answer.content.decode()


def _own(its, name, follow=None):
    secret = following.secret_for(its.group, EMAIL)
    return reverse(f"publishing:follow_{name}", args=[secret, *([follow.pk] if follow else [])])


def test_opening_the_mailed_link_confirms_nothing_pressing_does(client, its):
    follow = make.follow(version=its.version, confirmed_at=None)
    address = _own(its, "confirm", follow)

    opened = client.get(address, headers=HOST)
    follow.refresh_from_db()
    assert (opened.status_code, follow.confirmed_at) == (200, None)
    pressed = client.post(address, headers=HOST)
    follow.refresh_from_db()
    assert (pressed["Location"], follow.confirmed_at is None) == (_own(its, "mine"), False)
    assert client.get(address, headers=HOST).status_code == 302


@pytest.mark.parametrize("name", ["mine", "leave"])
def test_private_pages_are_kept_by_nobody(client, its, name):
    make.follow(version=its.version)

    answer = client.get(_own(its, name), headers=HOST)

    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_the_followers_page_shows_what_is_confirmed_and_changes_it(client, its):
    passage = make.follow(version=its.version, passage=1)
    make.follow(consultation=its)
    make.follow(version=its.version, confirmed_at=None)
    client.cookies["sutarta_language"] = "en"

    page = client.get(_own(its, "mine"), headers=HOST).content.decode()
    assert len(re.findall('name="follow"', page)) == 2
    assert "1 more waits for your answer" in page
    client.post(_own(its, "mine"), {"follow": str(passage.pk)}, headers=HOST)
    client.post(_own(its, "mine"), {"language": "en"}, headers=HOST)

    assert set(Follow.objects.values_list("about", "language")) == {
        ("CONSULTATION", "en"),
        ("STRATEGY", "en"),
    }


@pytest.mark.parametrize("said", [{"follow": "x"}, {"follow": ""}, {"language": "xx"}, {}])
def test_nonsense_changes_nothing(client, its, said):
    before = make.follow(version=its.version)

    answer = client.post(_own(its, "mine"), said, headers=HOST)

    assert answer.status_code == 302
    before.refresh_from_db()
    assert (Follow.objects.count(), before.language) == (1, "lt")


def test_a_mail_program_leaves_in_one_press_without_a_token(its):
    make.follow(version=its.version)
    client = Client(enforce_csrf_checks=True)
    said = {"List-Unsubscribe": "One-Click"}

    opened = client.get(_own(its, "leave"), headers=HOST)
    assert (opened.status_code, Follow.objects.count()) == (200, 1)
    pressed = client.post(_own(its, "leave"), said, headers=HOST)
    again = client.post(_own(its, "leave"), said, headers=HOST)

    assert (pressed.status_code, again.status_code) == (200, 410)
    assert Follow.objects.count() == 0


def test_leaving_the_last_thing_leads_away_from_the_secret_page(client, its):
    follow = make.follow(version=its.version)

    answer = client.post(_own(its, "mine"), {"follow": str(follow.pk)}, headers=HOST)

    assert answer["Location"] == "/follow/left/"
    assert client.get(_own(its, "mine"), headers=HOST).status_code == 410
