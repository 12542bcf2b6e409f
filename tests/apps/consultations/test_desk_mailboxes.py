"""Connecting mailboxes at the desk: tried first, sealed, and only by coordinators."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail import failures, imap, sealing
from sutarta.apps.mail.actions import reading
from sutarta.apps.mail.failures import Failing
from sutarta.apps.mail.models import Alias, Door, Mailbox, SignIn
from sutarta.apps.people.models import Role
from tests import make
from tests.apps.mail import dovecot
from tests.conftest import go_without
from tests.make import NOON

pytestmark = pytest.mark.django_db
ADDRESS = "laiskai4@alksniai.example"
HOST = {"host": "ours.test"}


@pytest.fixture(scope="module")
def server():
    if dovecot.program() is None:
        go_without("Dovecot is not installed: apt install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    with dovecot.running(folder) as found:
        yield found
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def desk(group):
    client = Client(headers=HOST)
    client.force_login(make.member(of=group, role=Role.COORDINATOR))
    client.cookies["sutarta_language"] = "en"
    return client


@pytest.fixture
def reachable(server, settings):
    settings.MAIL_INSIDE, settings.MAIL_CA = True, server.authority
    return server


def url(name: str, *args: object) -> str:
    return reverse(f"consultations:{name}", args=args)


def typed(port: int, **facts: object) -> dict[str, object]:
    said = {
        "address": ADDRESS,
        "user": ADDRESS,
        "password": dovecot.PASSWORD,
        "host": "localhost",
        "port": port,
        "folder": "INBOX",
        "since": "",
        "do": "connect",
    }
    return {**said, **facts}


def read(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_what_is_known_of_the_service_is_filled_in(desk):
    page = read(desk.get(url("mailbox_add"), {"address": "vvg@Gmail.com"}))

    assert 'value="imap.gmail.com"' in page and "Gmail wants an app password" in page
    assert "Sign in with Google" not in page  # not set up on this server


def test_an_address_that_is_none_is_asked_for_again(desk):
    assert "Write an address" in read(desk.get(url("mailbox_add"), {"address": "x"}))


def test_a_mailbox_that_opens_is_connected_and_its_password_sealed(desk, reachable, group):
    answer = desk.post(url("mailbox_add"), typed(reachable.port, since="2026-11-01"), follow=True)

    its = Mailbox.objects.get(group=group)
    assert "Connected." in read(answer) and dovecot.PASSWORD not in read(answer)
    assert (its.address, its.door, its.port) == (ADDRESS, Door.IMAP, reachable.port)
    assert its.since.isoformat() == "2026-10-31T22:00:00+00:00"
    assert dovecot.PASSWORD.encode() not in bytes(its.secret)
    assert reading.read(its, NOON)
    assert b"mailbox.connected" in bytes(Entry.objects.filter(group=group).latest("id").body)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"password": "ne tas"}, "refuses this user name or password"),
        ({"folder": "Nėra"}, "There is no folder of this name"),
        ({"host": "127.0.0.1"}, "could not prove who it is"),
        ({"password": ""}, "Write the password."),
    ],
)
def test_one_that_does_not_open_is_not_kept_and_it_is_said_why(desk, reachable, facts, said):
    answer = desk.post(url("mailbox_add"), typed(reachable.port, **facts))

    assert answer.status_code == 422
    assert said in read(answer) and "ne tas" not in read(answer)
    assert not Mailbox.objects.exists()


def test_every_reason_has_words():
    from sutarta.apps.consultations.queries.mailboxes import WHY

    codes = {name for name in dir(failures) if name.isupper() and name != "ASK_SOMEBODY"}
    assert set(WHY) == codes


def test_letters_our_own_server_hands_over_need_no_password(desk):
    desk.post(url("mailbox_add"), {"address": ADDRESS, "do": "listen", "has_tags": "on"})

    its = Mailbox.objects.get()
    assert (its.door, its.has_tags, bytes(its.secret)) == (Door.LISTENER, True, b"")
    assert "hands the letters over" in read(desk.get(url("mailboxes")))


def test_an_address_in_use_elsewhere_is_not_taken_over(desk):
    make.mailbox(of=make.group(), address=ADDRESS)

    answer = desk.post(url("mailbox_add"), {"address": ADDRESS, "do": "listen"})

    assert (answer.status_code, "in use already" in read(answer)) == (422, True)


def test_an_app_password_may_be_pasted_with_its_spaces(desk, monkeypatch):
    tried = []
    monkeypatch.setattr(
        "sutarta.apps.consultations.actions.mailboxes.attempt",
        lambda its: tried.append(sealing.secret_of(its)),
    )

    desk.post(url("mailbox_add"), typed(993, password=" abcd efgh ijkl mnop "))

    assert tried == ["abcdefghijklmnop"]


def test_a_mailbox_can_be_tried_opened_anew_and_ended(desk, reachable, group):
    desk.post(url("mailbox_add"), typed(reachable.port))
    its = Mailbox.objects.get()
    here = url("mailbox", its.pk)
    assert "The mailbox opens." in read(desk.post(here, {"do": "try"}, follow=True))
    before = bytes(its.secret)

    wrong = desk.post(here, {"do": "password", "password": "ne tas"})
    assert (wrong.status_code, "refuses this user name" in read(wrong)) == (422, True)
    its.refresh_from_db()
    assert bytes(its.secret) == before
    desk.post(here, {"do": "password", "password": dovecot.PASSWORD})
    its.refresh_from_db()
    assert bytes(its.secret) != before

    desk.post(here, {"do": "end"})
    its.refresh_from_db()
    assert (its.ended_at is not None, bytes(its.secret), its.user) == (True, b"", "")
    assert desk.get(here).status_code == 404


def test_an_address_is_kept_for_one_consultation_and_kept_no_more(desk, group):
    its = make.mailbox(of=group)
    number = make.consultation(version=make.version(group=group)).number
    here = url("mailbox", its.pk)
    said = {"do": "alias", "address": "Mintys@alksniai.example", "consultation": number}

    page = read(desk.post(here, said, follow=True))
    assert "mintys@alksniai.example" in page
    assert "in use already" in read(desk.post(here, said))
    assert Alias.objects.get().consultation == number

    desk.post(here, {"do": "drop", "address": "mintys@alksniai.example"})
    assert not Alias.objects.exists()


@pytest.mark.parametrize(
    ("facts", "hours", "status"),
    [
        ({}, 1, "Not yet"),
        ({}, 6, "Needs somebody"),
        ({"read_at": NOON}, 5, "All well"),
        ({"read_at": NOON}, 6, "Needs somebody"),
        ({"read_at": NOON, "error": "CUT"}, 1, "Not yet"),
        ({"read_at": NOON, "error": "SIGN_IN"}, 1, "Needs somebody"),
    ],
)
def test_the_desk_says_how_each_stands_and_is_red_for_one_that_is_silent(
    desk, group, monkeypatch, facts, hours, status
):
    make.mailbox(of=group, door=Door.IMAP, host="imap.alksniai.example", **facts)
    at = NOON + timedelta(hours=hours)
    monkeypatch.setattr("sutarta.web.middleware.timezone.now", lambda: at)

    assert status in read(desk.get(url("mailboxes")))
    is_red = "The mailbox info@alksniai.example is not being read" in read(desk.get("/desk/"))
    assert is_red == (status == "Needs somebody")


def test_the_list_asks_as_many_questions_for_three_as_for_one(
    desk, group, django_assert_max_num_queries
):
    counts = []
    for n in (1, 2):
        for k in range(n):
            make.mailbox(of=group, address=f"a{n}{k}@alksniai.example")
        with django_assert_max_num_queries(60) as asked:
            desk.get(url("mailboxes"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


# --- signing in elsewhere


@pytest.fixture
def google(reachable, settings, monkeypatch):
    its = {"id": "mes", "secret": "paslaptis", "scope": "pastas"}
    tokens = reachable.tokens
    settings.MAIL_SIGN_IN = {
        "GOOGLE": {
            **its,
            "authorize": f"{tokens.url}/a",
            "token": f"{tokens.url}/t",
            "revoke": f"{tokens.url}/revoke",
        }
    }
    tokens.codes, tokens.refresh, tokens.asked[:] = {"leidimas": ADDRESS}, {}, []
    real = imap.opened
    monkeypatch.setattr(
        imap,
        "opened",
        lambda a: real(imap.Account(**{**vars(a), "host": "localhost", "port": reachable.port})),
    )
    return tokens


def ask(desk) -> dict[str, list[str]]:
    said = {"address": ADDRESS, "do": "GOOGLE", "has_tags": "on"}
    page = desk.post(url("mailbox_add"), said)
    link = re.search(r'href="(http[^"]+/a\?[^"]+)"', page.content.decode()).group(1)
    return parse_qs(urlsplit(link.replace("&amp;", "&")).query)


def test_with_googles_permission_a_mailbox_is_connected_without_a_password(desk, google):
    asked = ask(desk)
    assert asked["code_challenge_method"] == ["S256"] and asked["access_type"] == ["offline"]
    assert asked["redirect_uri"] == [f"http://ours.test{url('mailbox_back')}"]

    answer = desk.get(
        url("mailbox_back"), {"code": "leidimas", "state": asked["state"][0]}, follow=True
    )

    assert "Connected." in read(answer)
    its = Mailbox.objects.get()
    assert (its.sign_in, its.host, its.has_tags) == (SignIn.GOOGLE, "imap.gmail.com", True)
    assert sealing.secret_of(its) in google.refresh
    (exchanged, *_rest) = google.asked
    assert exchanged["redirect_uri"] == asked["redirect_uri"][0]
    assert len(exchanged["code_verifier"]) >= 43
    assert reading.read(its, NOON)


@pytest.mark.parametrize("state", ["", "kitas"])
def test_an_answer_to_no_question_of_ours_opens_nothing(desk, google, state):
    ask(desk)

    answer = desk.get(url("mailbox_back"), {"code": "leidimas", "state": state}, follow=True)

    assert "belongs to no question" in read(answer)
    assert not Mailbox.objects.exists() and google.asked == []


def test_an_answer_counts_once(desk, google):
    said = {"code": "leidimas", "state": ask(desk)["state"][0]}
    desk.get(url("mailbox_back"), said)

    assert "belongs to no question" in read(desk.get(url("mailbox_back"), said, follow=True))


def test_an_answer_that_comes_too_late_opens_nothing(desk, google, monkeypatch):
    state = ask(desk)["state"][0]
    late = make.now() + timedelta(minutes=16)
    monkeypatch.setattr("sutarta.web.middleware.timezone.now", lambda: late)

    answer = desk.get(url("mailbox_back"), {"code": "leidimas", "state": state}, follow=True)

    assert "belongs to no question" in read(answer)


def test_no_permission_and_one_for_another_address_open_nothing(desk, google):
    state = ask(desk)["state"][0]
    denied = desk.get(url("mailbox_back"), {"error": "denied", "state": state}, follow=True)
    assert "no permission was given" in read(denied)

    google.codes = {"kito": "kitas@alksniai.example"}
    state = ask(desk)["state"][0]
    other = desk.get(url("mailbox_back"), {"code": "kito", "state": state}, follow=True)
    assert "given for another address" in read(other)
    assert not Mailbox.objects.exists()


def test_a_permission_that_ended_is_asked_for_anew(desk, google, group):
    its = make.mailbox(
        of=group, address=ADDRESS, door=Door.IMAP, host="imap.gmail.com", user=ADDRESS,
        sign_in=SignIn.GOOGLE, error="REVOKED", failing_since=NOON,
    )  # fmt: skip
    page = desk.post(url("mailbox", its.pk), {"do": "GOOGLE"}).content.decode()
    state = re.search(r"state=([\w-]+)", page).group(1)

    desk.get(url("mailbox_back"), {"code": "leidimas", "state": state})

    its.refresh_from_db()
    assert (its.error, its.failing_since, its.connected_at is not None) == ("", None, True)
    assert sealing.secret_of(its) in google.refresh


def test_a_token_goes_to_the_service_it_is_from_and_to_no_other_server(desk, google, group):
    its = make.mailbox(
        of=group, address=ADDRESS, door=Door.IMAP, host="imap.kitur.example", port=1993, user="k",
        uid_validity=1, last_uid=700,
    )  # fmt: skip
    page = desk.post(url("mailbox", its.pk), {"do": "GOOGLE"}).content.decode()
    state = re.search(r"state=([\w-]+)", page).group(1)

    desk.get(url("mailbox_back"), {"code": "leidimas", "state": state})

    its.refresh_from_db()
    assert (its.sign_in, its.host, its.port) == (SignIn.GOOGLE, "imap.gmail.com", 993)
    assert (its.user, its.uid_validity, its.last_uid) == (ADDRESS, None, 0)


@pytest.mark.parametrize(
    ("answer", "is_kept"),
    [((200, {}), False), ((400, {"error": "invalid_token"}), False), ((503, {}), True),
     ((400, {"error": "unsupported_token_type"}), True)],
)  # fmt: skip
def test_with_the_mailbox_the_permission_ends_at_google_too(desk, google, group, answer, is_kept):
    its = make.mailbox(
        of=group, address=ADDRESS, door=Door.IMAP, host="imap.gmail.com", user=ADDRESS,
        sign_in=SignIn.GOOGLE,
    )  # fmt: skip
    its.secret = sealing.seal_secret("nuolatinis", its)
    its.save()
    google.refresh, google.revokes = {"nuolatinis": ADDRESS}, answer

    page = read(desk.post(url("mailbox", its.pk), {"do": "end"}, follow=True))

    assert google.asked[-1] == {"token": "nuolatinis"}
    assert ("still keeps it" in page) == is_kept
    its.refresh_from_db()
    assert (its.ended_at is not None, bytes(its.secret)) == (True, b"")
    google.revokes = (200, {})


@pytest.mark.parametrize("way", [SignIn.MICROSOFT, SignIn.GOOGLE])
def test_where_a_permission_cannot_be_given_back_that_is_said(desk, group, settings, way):
    """Microsoft offers no address for it; the other one answers nothing."""
    nowhere = {SignIn.MICROSOFT: "", SignIn.GOOGLE: f"http://127.0.0.1:{dovecot.free_port()}/r"}
    settings.MAIL_SIGN_IN = {way: {"id": "mes", "secret": "x", "revoke": nowhere[way]}}
    its = make.mailbox(of=group, door=Door.IMAP, sign_in=way)
    its.secret = sealing.seal_secret("nuolatinis", its)
    its.save()

    page = read(desk.post(url("mailbox", its.pk), {"do": "end"}, follow=True))

    assert "still keeps it" in page
    its.refresh_from_db()
    assert (its.ended_at is not None, bytes(its.secret)) == (True, b"")


def test_where_it_is_not_set_up_that_is_said(desk):
    answer = desk.post(url("mailbox_add"), {"address": ADDRESS, "do": "MICROSOFT"}, follow=True)

    assert "Signing in this way is not set up" in read(answer)


def test_others_of_the_staff_see_the_list_and_change_nothing(group):
    client = Client(headers=HOST)
    client.force_login(make.member(of=group, role=Role.MODERATOR))
    make.mailbox(of=group)

    page = read(client.get(url("mailboxes")))
    assert "info@alksniai.example" in page and "<form class=" not in page
    assert client.get(url("mailbox_add"), {"address": ADDRESS}).status_code == 403
    assert client.get(url("mailbox", Mailbox.objects.get().pk)).status_code == 403
    assert client.get(url("mailbox_back")).status_code == 403


def test_a_stranger_group_s_mailbox_is_not_found(desk):
    other = make.mailbox(of=make.group())

    assert desk.get(url("mailbox", other.pk)).status_code == 404


def test_a_dead_mail_server_is_an_answer_not_a_broken_page(desk, group, monkeypatch):
    its = make.mailbox(of=group, door=Door.IMAP)

    def dead(_mailbox):
        raise Failing(failures.UNREACHABLE)

    monkeypatch.setattr("sutarta.apps.consultations.actions.mailboxes.attempt", dead)

    page = read(desk.post(url("mailbox", its.pk), {"do": "try"}, follow=True))

    assert "The mail server does not answer." in page
