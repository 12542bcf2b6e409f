"""The author's own page: what it tells, and that nobody else is told."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from sutarta.apps.consultations.models import Submission
from sutarta.core.canonical import fingerprint
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def running():
    now = make.now()
    return make.consultation(
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )


def host(thing):
    return {"host": thing.group.hosts.get().name}


def words(page) -> str:
    """The words of a page, without what is only for screen readers."""
    text = re.sub(r'<span class="ds-sr-only">.*?</span>', "", page.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\xa0", " ").split())


def mine(receipt, name="mine", *more):
    return reverse(f"consultations:{name}", args=[receipt.secret, *more])


def test_the_authors_page_is_told_to_nobody(client, running):
    receipt = make.receipt(consultation=running, at=make.now())

    for name in ("mine", "receipt", "correct", "withdraw"):
        page = client.get(mine(receipt, name), headers=host(running))
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        expected = "same-origin" if name in {"correct", "withdraw"} else "no-referrer"
        assert page.headers["Referrer-Policy"] == expected


@pytest.mark.parametrize("secret", ["A" * 43, "_" * 43])
def test_a_guessed_secret_is_not_found(client, running, secret):
    make.receipt(consultation=running, at=make.now())

    page = client.get(reverse("consultations:mine", args=[secret]), headers=host(running))

    assert page.status_code == 404


def test_the_secret_opens_nothing_at_another_group(client, running):
    receipt = make.receipt(consultation=running, at=make.now())
    elsewhere = make.group()

    for name in ("mine", "receipt", "correct", "withdraw"):
        address = mine(receipt, name)
        headers = {"host": elsewhere.hosts.get().name}
        assert client.get(address, headers=headers).status_code == 404
        assert client.post(address, headers=headers).status_code == 404


def test_the_receipt_file_lets_anybody_compute_the_fingerprint(client, running):
    receipt = make.receipt(consultation=running, body="Iki 18 val.", at=make.now())
    client.post(mine(receipt, "correct"), {"body": "Iki 20 val."}, headers=host(running))

    answer = client.get(mine(receipt, "receipt"), headers=host(running))

    told = json.loads(answer.content)["texts"]
    stored = Submission.objects.get()
    computed = [fingerprint(bytes.fromhex(one["salt"]), one["content"]) for one in told]
    assert computed == [one["digest"] for one in told]
    assert told[-1]["digest"] == stored.digest
    assert [one["content"]["body"] for one in told] == ["Iki 18 val.", "Iki 20 val."]


def test_the_author_corrects_and_sees_the_former_text(client, running):
    receipt = make.receipt(consultation=running, body="Iki 18 val.", at=make.now())

    done = client.post(mine(receipt, "correct"), {"body": "Iki 20 val."}, headers=host(running))
    page = client.get(mine(receipt), headers=host(running))

    assert done.headers["Location"] == mine(receipt)
    assert page.context["shown"].text.body == "Iki 20 val."
    assert [row.body for row in page.context["former"]] == ["Iki 18 val."]


def test_an_empty_correction_stays_in_the_form(client, running):
    receipt = make.receipt(consultation=running, at=make.now())

    page = client.post(mine(receipt, "correct"), {"body": " "}, headers=host(running))

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["body"]


def test_the_author_withdraws_and_the_register_keeps_the_mark(client, running):
    receipt = make.receipt(consultation=running, at=make.now())
    Submission.objects.update(visibility="PUBLIC", public_body="Nebereikia rodyti.")

    done = client.post(mine(receipt, "withdraw"), headers=host(running))
    page = words(client.get(reverse("consultations:register"), headers=host(running)))

    assert done.status_code == 302
    assert "Nr. 1" in page
    assert "Nebereikia rodyti." not in page


def test_after_the_deadline_the_author_is_told_why_nothing_can_be_changed(client):
    now = make.now()
    over = make.consultation(
        opens_at=now - timedelta(days=30), last_day=(now - timedelta(days=2)).date()
    )
    receipt = make.receipt(consultation=over, at=now - timedelta(days=9))

    page = client.get(mine(receipt), headers=host(over))

    assert bool(page.context["may_correct"]) is False
    assert str(page.context["may_correct"].reason) in page.content.decode()
    for name in ("correct", "withdraw"):
        answer = client.post(mine(receipt, name), {"body": "Kitaip"}, headers=host(over))
        assert answer.status_code == 403


def test_only_the_mailed_code_confirms(client, running):
    from sutarta.apps.consultations.queries.receipts import confirmation_for

    receipt = make.receipt(consultation=running, email="a@post.example", at=make.now())

    wrong = client.get(mine(receipt, "confirm", "0" * 32), headers=host(running))
    assert wrong.status_code == 404
    assert Submission.objects.get().confirmed_at is None

    right = mine(receipt, "confirm", confirmation_for(receipt.secret))
    assert client.get(right, headers=host(running)).status_code == 200
    assert Submission.objects.get().confirmed_at is None  # programs that read mail open links
    assert client.post(right, headers=host(running)).headers["Location"] == mine(receipt)
    assert Submission.objects.get().confirmed_at is not None
    assert client.get(right, headers=host(running)).headers["Location"] == mine(receipt)


def test_the_author_sees_a_published_answer_and_not_one_in_the_making(client, running):
    receipt = make.receipt(consultation=running, at=make.now())
    answer = make.answer(receipt.submission, published_at=None, reason="Dar svarstome.")
    assert "Dar svarstome." not in words(client.get(mine(receipt), headers=host(running)))

    answer.published_at = make.now()
    answer.save()

    assert "Dar svarstome." in words(client.get(mine(receipt), headers=host(running)))
