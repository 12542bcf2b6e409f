"""What strangers try: other hosts, other sites, other people's forms, and too much of anything."""

from __future__ import annotations

import io
import logging

import pytest
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sutarta.apps.mail import actions as mail
from sutarta.apps.strategies.models import Original
from sutarta.web.logs import Line
from tests import doors, make
from tests.doors import read

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
ABROAD = [
    "https://elsewhere.test/",
    "//elsewhere.test/",
    "/\\elsewhere.test",
    "javascript:alert(1)",
]


@pytest.fixture
def house():
    return doors.House()


@pytest.mark.parametrize("address", ABROAD)
def test_signing_in_leads_nowhere_else(client, house, address):
    user = make.member(of=house.group)
    asked = reverse("account_request_login_code")

    client.post(f"{asked}?next={address}", {"email": user.email, "next": address}, headers=HOST)
    mail.send_due(make.now())
    code = outbox.outbox[0].subject.rsplit(" ", 1)[-1]
    done = client.post(
        f"{reverse('account_confirm_login_code')}?next={address}",
        {"code": code, "next": address},
        headers=HOST,
    )

    assert done.headers["Location"] == reverse("web:desk")


@pytest.mark.parametrize("address", ABROAD)
@pytest.mark.parametrize("page", ["people:sign_in", "account_login", "account_request_login_code"])
def test_who_is_signed_in_is_led_nowhere_else(client, house, page, address):
    client.force_login(house.coordinator)

    answer = client.get(reverse(page), {"next": address}, headers=HOST)

    assert answer.headers["Location"] == reverse("web:desk")


# Taken without a token: a language; an address, which only leads to a page with one; leaving,
# which a mail program presses and whose secret address is its token; and what a witness's program
# sends, which its signature vouches for.
WITHOUT_TOKEN = {
    "web:language",
    "publishing:follow_begin",
    "publishing:follow_leave",
    "consultations:meeting_leave",
    "publishing:cosign",
}


def test_no_form_of_another_site_is_taken(house):
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.coordinator)
    before = house.counts()

    for name in sorted(set(doors.DOORS) - WITHOUT_TOKEN):
        answer = client.post(reverse(name, args=house.keys(name)), headers=HOST)
        assert answer.status_code in {403, 405}, name

    assert house.counts() == before


@pytest.mark.parametrize(
    ("path", "size"),
    [("/p/1/", 3_000_000), ("/c/1/say/", 57_000_000), ("/desk/strategies/new/", 70_000_000)],
)
def test_too_much_at_once_is_refused_before_it_is_read(client, house, path, size):
    class Body(io.RawIOBase):
        """As much as was announced; breaks when somebody begins to read it."""

        def readable(self) -> bool:
            return True

        def read(self, _size: int = -1) -> bytes:
            raise AssertionError("the body was read")

    answer = client.generic(
        "POST",
        path,
        headers=HOST,
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(size), "wsgi.input": Body()},
    )

    assert answer.status_code == 413
    assert '<p class="lead">' in answer.content.decode()


def test_the_name_of_a_file_is_never_a_path(client, house):
    client.force_login(house.coordinator)
    data = make.word_file("# Ko trūksta", "Pagalbos.")
    file = SimpleUploadedFile("x.docx", data)
    file._name = "../../etc/passwd.docx"  # as no browser, but anybody else may send it

    client.post(reverse("strategies:import", args=[1]), {"file": file}, headers=HOST)

    kept = Original.objects.order_by("id").last()
    assert ".." not in kept.path
    assert kept.path == f"{house.group.pk}/originals/{kept.digest}.docx"
    assert "/" not in kept.name


def test_a_picture_is_nothing_but_a_picture(client, house):
    names = ["consultations:picture", "strategies:picture"]
    client.force_login(house.coordinator)

    for name in names:
        answer = client.get(reverse(name, args=house.keys(name)), headers=HOST)
        read(answer)

        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "script" not in answer.headers["Content-Security-Policy"]


def test_pages_of_the_desk_are_kept_by_nobody(client, house):
    client.force_login(house.coordinator)

    for name in sorted(doors.of_staff()):
        answer = client.get(reverse(name, args=house.keys(name)), headers=HOST)
        read(answer)
        if answer.status_code == 200:
            assert "no-store" in answer.headers["Cache-Control"], name


@pytest.mark.parametrize("host", ["ours.test:evil", "a b", "[", "ours.test\x00", "x@ours.test"])
def test_a_nonsense_host_is_refused_and_breaks_nothing(client, house, host):
    assert client.get("/", headers={"host": host}).status_code in {400, 404}


@pytest.mark.parametrize(
    ("language", "title"), [("lt", "Kažkas sugedo"), ("en", "Something broke")]
)
def test_what_breaks_is_written_down_and_told_kindly(house, monkeypatch, caplog, language, title):
    def breaks(*_args):
        raise ZeroDivisionError("secret of j.b@post.example")

    type(house.group).objects.filter(pk=house.group.pk).update(language=language)
    monkeypatch.setattr("sutarta.apps.strategies.queries.newest", breaks)
    client = Client(raise_request_exception=False)

    with caplog.at_level(logging.ERROR):
        answer = client.get(reverse("consultations:submission", args=[1]), headers=HOST)

    assert answer.status_code == 500
    assert title in answer.content.decode()
    assert "ZeroDivisionError" in caplog.records[0].exc_text or caplog.records[0].exc_info
    assert "secret" not in answer.content.decode()


def _line(message: str, error: Exception | None = None) -> str:
    info = (type(error), error, None) if error else None
    return Line().format(logging.LogRecord("x", logging.ERROR, "", 0, message, (), info))


@pytest.mark.parametrize(
    "message",
    [
        "GET /m/SECRETSECRETSECRETSECRETSECRETSECRETSECRETS/correct/",
        "Not Found: /in/SECRETSECRETSECRETSECRETSECRETSE/",
        "Referer checking failed - https://a.test/m/SECRETSECRETSECRETSECRETSECRETSECRETSECRETS/",
        "next=%2Fm%2FSECRETSECRETSECRETSECRETSECRETSECRETSECRETS%2F",
        "letter to SECRET.person+x@post.example refused",
    ],
)
def test_no_secret_and_no_address_is_logged(message):
    assert "SECRET" not in _line(message)


def test_what_a_database_says_of_a_row_is_not_logged():
    said = ValueError('null value in column "kind"\nDETAIL:  Failing row contains (1, Serga).\n')

    line = _line("Internal Server Error: /p/1/", said)

    assert "Serga" not in line
    assert 'null value in column "kind"' in line
