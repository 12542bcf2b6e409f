"""What nobody has checked, what was hidden and what was taken back is read by nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.consultations.actions import moderating, running, speaking
from sutarta.apps.consultations.models import Kind, Submission, Visibility
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.mail.models import Letter
from sutarta.core import deadlines
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

HOST = {"host": "ours.test"}
SECRET_WORD = "Žvirblaitienė"
OF_AUTHOR = "Pelėdų draugija"
VEILED = [Visibility.CHECKING, Visibility.HIDDEN, Visibility.SET_ASIDE]


@pytest.fixture
def consultation():
    """An open one, by the clock that the middleware reads."""
    now = make.now()
    return make.consultation(
        group=make.group(host="ours.test"),
        opens_at=now - timedelta(days=9),
        announced_at=now - timedelta(days=9),
        last_day=(now + timedelta(days=9)).date(),
    )


def _spoken(consultation, visibility) -> Submission:
    """Words and an author that only a moderator may let out, decided on by the real action."""
    submission = make.submission(
        consultation=consultation,
        at=make.now(),
        body=f"Kaimynė {SECRET_WORD} serga.",
        organisation=OF_AUTHOR,
        author_name="J. B.",
        show_name=True,
        email="j.b@post.example",
    )
    if visibility != Visibility.CHECKING:
        _decide(submission, visibility)
    return submission


def _decide(submission, visibility, public=Text()):  # noqa: B008 - frozen
    moderating.moderate(
        actor=make.member(of=submission.group),
        submission=submission,
        visibility=visibility,
        public=public,
        reason="Kitų žmonių duomenys.",
        despite="Ji pati prašė.",
        seen=submission.digest,
        at=make.now(),
    )


def _public_pages(submission: Submission) -> list[str]:
    """Every public page on which something of the submission may stand."""
    version = submission.version
    here = [version.strategy.number, version.number]
    return [
        reverse("web:home"),
        reverse("web:sitemap"),
        reverse("consultations:register"),
        reverse("consultations:register") + f"?q={submission.number}",
        reverse("consultations:register") + f"?q={SECRET_WORD}",
        reverse("consultations:submission", args=[submission.number]),
        reverse("consultations:version", args=here),
        reverse("consultations:passage", args=[*here, submission.lineage_id]),
        reverse("consultations:history", args=[*here, submission.lineage_id]),
        reverse("consultations:consultation", args=[submission.consultation.number]),
    ]


def _read(client, submission) -> str:
    """All of those pages, without what the visitor typed into the search box."""
    pages = [client.get(page, headers=HOST) for page in _public_pages(submission)]
    assert {page.status_code for page in pages} == {200}
    asked = f'value="{SECRET_WORD}"'
    return "".join(page.content.decode() for page in pages).replace(asked, "")


@pytest.mark.parametrize("visibility", VEILED)
def test_nothing_of_the_words_or_their_author_is_public(client, consultation, visibility):
    submission = _spoken(consultation, visibility)

    seen = _read(client, submission)

    for private in (SECRET_WORD, OF_AUTHOR, "J. B.", "j.b@post.example"):
        assert private not in seen


def test_what_was_taken_back_is_neither_read_nor_found(client, consultation):
    submission = _spoken(consultation, Visibility.PUBLIC)
    speaking.withdraw(submission=submission, at=make.now())
    register = reverse("consultations:register")

    seen = _read(client, submission)
    found = [
        client.get(f"{register}?q={word}", headers=HOST).content.decode()
        for word in (SECRET_WORD, "Pelėdų")
    ]

    for private in (SECRET_WORD, OF_AUTHOR, "j.b@post.example"):
        assert private not in seen
    assert [f'id="nr{submission.number}"' in page for page in found] == [False, False]


def test_what_was_taken_back_is_not_found_even_when_it_is_moderated_later(client, consultation):
    submission = _spoken(consultation, Visibility.CHECKING)
    speaking.withdraw(submission=submission, at=make.now())
    _decide(submission, Visibility.PUBLIC)

    submission.refresh_from_db()
    assert submission.keys == ""


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.SET_ASIDE])
def test_hidden_words_are_not_found_by_their_author_either(consultation, visibility):
    submission = _spoken(consultation, visibility)

    submission.refresh_from_db()
    assert submission.keys == ""


def test_covered_words_are_not_found(client, consultation):
    submission = _spoken(consultation, Visibility.CHECKING)
    _decide(submission, Visibility.REDACTED, Text(body="Kaimynė serga."))

    seen = _read(client, submission)

    assert SECRET_WORD not in seen
    assert "Kaimynė serga." in seen
    assert OF_AUTHOR in seen


def test_a_person_is_named_only_when_they_agreed(client, consultation):
    for show_name in (True, False):
        make.submission(
            consultation=consultation,
            at=make.now(),
            visibility=Visibility.PUBLIC,
            author_name=f"Vardas {show_name}",
            show_name=show_name,
        )

    page = client.get(reverse("consultations:register"), headers=HOST).content.decode()

    assert "Vardas True" in page
    assert "Vardas False" not in page


def test_what_is_set_aside_is_counted_and_listed_nowhere(client, consultation):
    submission = _spoken(consultation, Visibility.SET_ASIDE)
    own = reverse("consultations:submission", args=[submission.number])

    pages = [page for page in _public_pages(submission) if page != own]
    seen = "".join(client.get(page, headers=HOST).content.decode() for page in pages)

    assert own not in seen


def test_a_correction_after_publication_takes_the_old_words_off_every_page(client, consultation):
    submission = _spoken(consultation, Visibility.PUBLIC)
    before = _read(client, submission)
    speaking.correct(submission=submission, text=Text(body="Kitaip."), at=make.now())

    after = _read(client, submission)

    assert SECRET_WORD in before
    assert SECRET_WORD not in after
    assert "Kitaip." not in after


def test_a_link_cannot_bring_a_form_key_with_it(client, consultation):
    """Whoever knows the key of a form and its words could open its author's page."""
    key = "a" * 43
    address = reverse("consultations:say", args=[consultation.number])

    page = client.get(address, {"kind": "general", "request_key": key}, headers=HOST)

    assert f'name="request_key" value="{key}"' not in page.content.decode()


def test_a_page_read_while_something_is_hidden_is_not_kept(client, consultation, monkeypatch):
    """The page's words are read after the state of the log they are kept under."""
    submission = _spoken(consultation, Visibility.PUBLIC)
    address = reverse("consultations:submission", args=[submission.number])
    state, waiting = ledger.state, [Visibility.HIDDEN]

    def hidden_meanwhile(group):
        if waiting:
            _decide(submission, waiting.pop())
        return state(group)

    monkeypatch.setattr(ledger, "state", hidden_meanwhile)
    client.get(address, headers=HOST)
    page = client.get(address, headers=HOST).content.decode()

    assert SECRET_WORD not in page


def test_the_desks_letters_do_not_go_to_whom_a_robot_named():
    consultation = make.consultation()
    kept, aside = (
        make.submission(consultation=consultation, email=email, kind=Kind.GENERAL)
        for email in ("a@post.example", "robbed@post.example")
    )
    Submission.objects.filter(pk=aside.pk).update(visibility=Visibility.SET_ASIDE)
    Letter.objects.all().delete()
    later = deadlines.Deadline.of(
        make.LAST_DAY + timedelta(days=7), deadlines.Wording(), consultation.group.zone
    )

    running.set_deadline(
        actor=make.member(of=consultation.group),
        consultation=consultation,
        deadline=later,
        reason="Daugelis prašė.",
        answers_by=make.LAST_DAY + timedelta(days=21),
        at=NOON,
    )

    assert [letter.to for letter in Letter.objects.all()] == [kept.email]


@pytest.mark.parametrize("page", ["mine", "receipt", "correct", "withdraw"])
def test_the_authors_own_pages_are_kept_by_nobody(client, consultation, page):
    receipt = make.receipt(consultation=consultation, at=make.now())

    answer = client.get(reverse(f"consultations:{page}", args=[receipt.secret]), headers=HOST)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("asked", ["%00", "%ED%A0%80", "9" * 30, "'%22<script>"])
def test_nonsense_in_an_address_is_no_error(client, consultation, asked):
    register = reverse("consultations:register")
    names = ("q", "part", "version", "page", "state")

    answers = [client.get(f"{register}?{name}={asked}", headers=HOST) for name in names]

    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.parametrize("path", ["/p/{}/", "/s/{}/", "/s/1/{}/", "/c/{}/", "/c/{}/say/"])
def test_a_number_too_large_for_any_database_is_not_found(client, consultation, path):
    assert client.get(path.format("9" * 25), headers=HOST).status_code == 404
