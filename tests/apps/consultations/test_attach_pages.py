"""Files on pages: chosen, refused in words, opened by whoever may, able to do nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse

from sutarta.apps.consultations.actions import attaching
from sutarta.apps.consultations.models import Attachment, Submission
from sutarta.apps.consultations.views.public import speaking
from sutarta.web.middleware import bounded
from tests import files, make
from tests.doors import read

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def running():
    now = make.now()
    return make.consultation(
        version=make.version(group=make.group(host="ours.test")),
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )


def said(**more):
    return {"kind": "general", "body": "Suoliukų!", "step": "send", "request_key": "k" * 43, **more}


def upload(data: bytes, name: str = "kiemas.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def send(client, *chosen, **more):
    client.cookies["sutarta_language"] = "en"
    return client.post("/c/1/say/", said(files=list(chosen), **more), headers=HOST)


def test_files_come_with_the_words(client, running):
    answer = send(client, upload(files.jpeg()), upload(files.pdf(), "planas.exe"))

    assert answer.status_code == 302
    kept = Attachment.objects.order_by("name").values_list("name", "media_type")
    assert list(kept) == [("kiemas.jpg", "image/jpeg"), ("planas.pdf", "application/pdf")]


@pytest.mark.parametrize(("failures", "kept"), [(1, 1), (2, 1), (1000, 0)])
def test_a_file_survives_a_database_that_is_soon_back_or_the_author_is_told(
    client, running, monkeypatch, failures, kept
):
    monkeypatch.setattr(speaking, "PATIENCE", 0.6)
    keep, left = attaching.keep, [None] * failures

    def losing(**facts: object) -> object:
        if left:
            left.pop()
            raise OperationalError("the connection is lost")
        return keep(**facts)

    monkeypatch.setattr(attaching, "keep", losing)
    monkeypatch.setattr(speaking.connection, "close", lambda: None)  # it is the test's own

    answer = send(client, upload(files.jpeg()))

    assert (answer.status_code, Attachment.objects.count()) == (302, kept)
    page = client.get(answer["Location"], headers=HOST).content.decode()
    assert ("your files could not be kept" in page) is not bool(kept)


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ([upload(b"<html>", "a.html")], "a.html: We do not take files of this kind."),
        ([upload(b"", "b.pdf")], "b.pdf: The file is empty."),
        ([upload(bytes(10 * 2**20 + 1), "c.pdf")], "c.pdf: The file is too large"),
        ([upload(files.jpeg()[:200])], "kiemas.jpg: The file is damaged"),
        ([upload(files.jpeg()), upload(b"MZ", "d.exe")], "d.exe: We do not take"),
        ([upload(files.png((n, 9)), f"{n}.png") for n in range(1, 7)], "at most five files"),
    ],
    ids=["kind", "empty", "large", "broken", "one of two", "six"],
)
def test_a_bad_file_is_told_and_the_words_stay(client, running, chosen, reason):
    for file in chosen:
        file.seek(0)

    answer = send(client, *chosen)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert reason in page
    assert "Suoliukų!" in page
    assert Submission.objects.count() == Attachment.objects.count() == 0


def test_the_author_adds_and_removes_files_later(client, running):
    receipt = make.receipt(consultation=running, at=make.now())
    page = reverse("consultations:files", args=[receipt.secret])

    added = client.post(page, {"files": [upload(files.png(), "a.png")]}, headers=HOST)
    digest = Attachment.objects.get().digest
    shown = client.get(page, headers=HOST).content.decode()
    removed = client.post(page, {"take_back": digest}, headers=HOST)
    nothing = client.post(page, {}, headers=HOST)

    assert (added.status_code, removed.status_code, nothing.status_code) == (302, 302, 422)
    assert "a.png" in shown
    assert Attachment.objects.get().removed_at is not None
    assert client.post(page, {"take_back": digest}, headers=HOST).status_code == 404


def _opened(client, file):
    address = reverse("consultations:file", args=[file.submission.number, file.digest])
    answer = client.get(address, headers=HOST)
    read(answer)
    return answer


@pytest.mark.parametrize(
    ("visibility", "approved", "staff", "status"),
    [
        ("PUBLIC", True, False, 200),
        ("REDACTED", True, False, 200),
        ("PUBLIC", False, False, 404),
        ("CHECKING", True, False, 404),
        ("HIDDEN", True, False, 404),
        ("PUBLIC", False, True, 200),
        ("HIDDEN", False, True, 200),
    ],
)
def test_who_opens_a_file(client, running, visibility, approved, staff, status):
    spoken = make.submission(consultation=running, at=make.now(), visibility=visibility)
    file = make.attachment(spoken, approved_at=make.NOON if approved else None)
    if staff:
        client.force_login(make.member(of=running.group, role="AUDITOR"))

    assert _opened(client, file).status_code == status


@pytest.mark.parametrize(
    ("media_type", "shown"), [("image/png", "inline"), ("application/pdf", "attachment")]
)
def test_a_file_can_do_nothing_here(client, running, media_type, shown):
    spoken = make.submission(consultation=running, at=make.now(), visibility="PUBLIC")
    file = make.attachment(spoken, approved_at=make.NOON, media_type=media_type, name="ą.x")

    headers = _opened(client, file).headers

    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == media_type
    assert headers["Content-Disposition"].startswith(shown)
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in headers


def test_the_page_of_a_submission_shows_a_file_once_it_is_approved(client, running):
    spoken = make.submission(consultation=running, at=make.now(), visibility="PUBLIC")
    file = make.attachment(spoken)
    page = reverse("consultations:submission", args=[spoken.number])
    before = client.get(page, headers=HOST).content.decode()
    client.force_login(make.member(of=running.group, role="MODERATOR"))
    desk = reverse("consultations:desk_files", args=[spoken.number])

    assert "kiemas.png" in client.get("/desk/p/1/", headers=HOST).content.decode()
    client.post(desk, {"approve": file.digest}, headers=HOST)
    client.logout()
    after = client.get(page, headers=HOST).content.decode()
    client.force_login(make.member(of=running.group, role="MODERATOR"))
    client.post(desk, {"hide": file.digest}, headers=HOST)
    client.logout()

    assert ("kiemas.png" in before, "kiemas.png" in after) == (False, True)
    assert "kiemas.png" not in client.get(page, headers=HOST).content.decode()


@pytest.mark.parametrize(
    ("path", "through"),
    [
        ("/c/1/say/", True),
        (f"/m/{'k' * 43}/files/", True),
        (f"/m/{'k' * 43}/correct/", False),
        ("/p/1/support/", False),
        ("/p/", False),
    ],
)
def test_only_doors_for_files_are_wide(client, running, rf, path, through):
    if not through:
        answer = client.post(path, headers=HOST, CONTENT_LENGTH="3000000")
        assert answer.status_code == 413
        return
    request = rf.post(path, CONTENT_LENGTH="50000000")

    assert bounded(lambda _request: "through")(request) == "through"
