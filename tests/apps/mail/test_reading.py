"""Mailboxes are read from a real mail server: nothing is lost, nothing is there twice."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from imapclient.exceptions import IMAPClientError

from sutarta.apps.mail import failures, imap, sealing
from sutarta.apps.mail.actions import reading, receiving
from sutarta.apps.mail.failures import Failing
from sutarta.apps.mail.models import Alias, Door, Mailbox, RawLetter, RawState, SignIn
from sutarta.apps.mail.queries import mailboxes as queries
from sutarta.apps.mail.queries import receiving as receiving_queries
from sutarta.apps.tenants import storing
from tests import make
from tests.apps.mail import dovecot
from tests.conftest import go_without
from tests.make import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture(scope="module")
def server() -> Iterator[dovecot.Server]:
    if dovecot.program() is None:
        go_without("Dovecot is not installed: apt install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    with dovecot.running(folder) as found:
        yield found
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def trusting(request, settings):
    settings.MAIL_INSIDE = True
    if "server" in request.fixturenames:
        settings.MAIL_CA = request.getfixturevalue("server").authority


@pytest.fixture
def box(server) -> Iterator[Mailbox]:
    """A mailbox of its own for each test, empty at the end."""
    made = connect(server)
    yield made
    shutil.rmtree(server.folder / "mail" / made.user, ignore_errors=True)


def connect(server, user="laiskai1@alksniai.example", password=dovecot.PASSWORD, **facts):
    made = Mailbox(
        group=make.group(),
        address=user,
        door=Door.IMAP,
        host=dovecot.HOST,
        port=server.port,
        user=user,
        has_tags=True,
        added_at=NOON,
        **facts,
    )
    made.secret = sealing.seal_secret(password, made)
    made.save()
    return made


def letter(n: int, to="laiskai1@alksniai.example", words="Reikia tako.") -> bytes:
    return (
        f"From: a{n}@alksniai.example\r\nTo: {to}\r\nMessage-ID: <{n}@alksniai.example>\r\n"
        f"Subject: Laiškas {n}\r\n\r\n{words}\r\n"
    ).encode()


def fill(server, box, count: int, first=1, **facts) -> dict[str, bytes]:
    sent = {f"{n:04}.m": letter(n, **facts) for n in range(first, first + count)}
    for n, (name, raw) in enumerate(sent.items()):
        server.deliver(box.user, raw, NOON + timedelta(seconds=n), name)
    return sent


def kept(box) -> list[bytes]:
    return [sealing.opened(one) for one in RawLetter.objects.filter(mailbox=box).order_by("id")]


def test_several_hundred_letters_are_taken_in_once_and_stay_unread(server, box):
    sent = fill(server, box, 320)

    assert reading.read(box, LATER)
    assert reading.read(box, LATER)

    assert sorted(kept(box)) == sorted(sent.values())
    assert server.unread(box.user) == 320
    box.refresh_from_db()
    assert (box.read_at, box.error, box.failing_since) == (LATER, "", None)


def test_the_instant_that_counts_is_when_the_mailbox_had_it(server, box):
    fill(server, box, 1)

    reading.read(box, LATER)

    one = RawLetter.objects.get()
    assert (one.received_at, one.fetched_at, one.door) == (NOON, LATER, Door.IMAP)
    assert one.origin == f"{box.pk}:{Mailbox.objects.get().uid_validity}:1"


def test_a_mailbox_whose_clock_runs_ahead_is_not_believed(server, box):
    fill(server, box, 1)

    reading.read(box, NOON - timedelta(hours=1))

    assert RawLetter.objects.get().received_at == NOON - timedelta(hours=1)


def test_letters_from_before_are_none_of_ours(server, box):
    box.since = NOON + timedelta(seconds=3)
    box.save()
    sent = fill(server, box, 5)

    reading.read(box, LATER)

    assert kept(box) == list(sent.values())[3:]


def test_only_what_is_new_is_fetched(server, box, monkeypatch):
    fill(server, box, 3)
    reading.read(box, LATER)
    fetched = []
    real = imap.words
    monkeypatch.setattr(
        imap, "words", lambda c, uids, whole: fetched.extend(uids) or real(c, uids, whole=whole)
    )
    fill(server, box, 2, first=10)

    reading.read(box, LATER)

    assert fetched == [4, 5]
    assert len(kept(box)) == 5


def test_numbers_given_anew_double_nothing(server, box):
    sent = fill(server, box, 4)
    reading.read(box, LATER)
    for one in (server.folder / "mail" / box.user).glob("dovecot*"):
        one.unlink()  # the server knows its numbers no more
    Mailbox.objects.filter(pk=box.pk).update(uid_validity=1)  # nor gives the same ones by chance
    sent |= fill(server, box, 1, first=99)

    reading.read(box, LATER)

    assert sorted(kept(box)) == sorted(sent.values())
    box.refresh_from_db()
    assert box.uid_validity != 1


@pytest.mark.parametrize("after", [2_500, 4_000, 9_000, 20_000, 60_000])
def test_a_line_dropped_half_way_loses_nothing_and_doubles_nothing(server, box, after, monkeypatch):
    monkeypatch.setattr(reading, "BATCH", 4)
    sent = fill(server, box, 30, words="žodžiai " * 200)
    with dovecot.cutting(server.port, server.folder, after) as port:
        Mailbox.objects.filter(pk=box.pk).update(port=port)
        box.refresh_from_db()
        went = reading.read(box, LATER)
        box.refresh_from_db()
        assert (went, box.error, box.failing_since) == (False, failures.CUT, LATER)
    Mailbox.objects.filter(pk=box.pk).update(port=server.port)
    box.refresh_from_db()

    assert reading.read(box, LATER)

    assert sorted(kept(box)) == sorted(sent.values())
    box.refresh_from_db()
    assert (box.error, box.failing_since) == ("", None)


class Killed(BaseException):
    """What a kill is to a process: nothing after it runs."""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_between_fetching_and_storing_doubles_nothing(server, box, monkeypatch, when):
    sent = fill(server, box, 7)
    real, count = receiving.take_in, iter(range(100))

    def dying(**facts):
        n = next(count)
        if n == 4 and when == "before":
            raise Killed
        real(**facts)
        if n == 4:
            raise Killed

    monkeypatch.setattr(receiving, "take_in", dying)
    with pytest.raises(Killed):
        reading.read(box, LATER)
    monkeypatch.setattr(receiving, "take_in", real)
    assert len(kept(box)) == (4 if when == "before" else 5)

    reading.read(box, LATER)

    assert kept(box) == list(sent.values())


def test_what_cannot_be_kept_here_is_tried_again(server, box, monkeypatch):
    sent = fill(server, box, 3)
    with monkeypatch.context() as patch:
        patch.setattr(storing, "put", _full)
        assert not reading.read(box, LATER)
    box.refresh_from_db()
    assert (box.error, box.last_uid) == (failures.STORE, 0)

    assert reading.read(box, LATER)
    assert kept(box) == list(sent.values())


def _full(path, data):
    raise OSError(28, "No space left on device")


def test_of_a_letter_that_is_too_big_the_headers_are_fetched(server, box, monkeypatch):
    monkeypatch.setattr(receiving, "MAX_LETTER", 5_000)
    fill(server, box, 1)
    server.deliver(box.user, letter(2, words="x" * 9_000), NOON + timedelta(minutes=1), "2.m")
    fill(server, box, 1, first=3)

    reading.read(box, LATER)

    big = RawLetter.objects.get(state=RawState.UNREADABLE)
    assert (big.reason, big.size > 9_000) == ("TOO_BIG", True)
    assert sealing.opened(big) == letter(2).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert len(kept(box)) == 3


def test_the_address_with_a_tag_is_the_one_a_letter_came_to(server, box):
    Alias.objects.create(
        group=box.group, mailbox=box, address="mintys@alksniai.example", consultation=9
    )
    to = ["a@b.example, laiskai1+c7@alksniai.example", '"Ž, x" <Mintys@alksniai.example>', "x"]
    for n, one in enumerate(to):
        server.deliver(box.user, letter(n, to=one), NOON + timedelta(minutes=n), f"{n}.m")

    reading.read(box, LATER)

    assert list(RawLetter.objects.order_by("id").values_list("envelope_to", flat=True)) == [
        "laiskai1+c7@alksniai.example",
        "mintys@alksniai.example",
        "laiskai1@alksniai.example",
    ]


def test_a_letter_the_server_refuses_holds_the_others_up_for_an_hour_alone(
    server, box, monkeypatch
):
    sent = list(fill(server, box, 4).values())
    real = imap.words

    def refusing(client, uids, *, whole):
        if 3 in uids or (whole and 2 in uids):
            raise IMAPClientError("no")
        return real(client, uids, whole=whole)

    monkeypatch.setattr(imap, "words", refusing)
    assert not reading.read(box, LATER)
    box.refresh_from_db()
    assert (box.error, len(kept(box))) == (failures.ODD, 0)

    assert reading.read(box, LATER + timedelta(hours=1))

    assert kept(box) == [sent[0], receiving.headers_of(sent[1]), b"", sent[3]]
    refused = RawLetter.objects.filter(state=RawState.UNREADABLE, reason="REFUSED")
    assert refused.count() == 2 and list(receiving_queries.waiting())


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"password": "ne tas"}, failures.SIGN_IN),
        ({"folder": "Nėra"}, failures.FOLDER),
    ],
)
def test_why_it_cannot_be_read_is_noted_and_since_when(server, facts, code):
    box = connect(server, user="laiskai2@alksniai.example", **facts)

    assert not reading.read(box, NOON)
    assert reading.read_all(LATER) == 1

    box.refresh_from_db()
    assert (box.error, box.failing_since, box.read_at) == (code, NOON, None)


def test_a_server_that_cannot_prove_who_it_is_gets_no_password(server, settings):
    settings.MAIL_CA = ""

    assert _why(connect(server)) == failures.CERTIFICATE


def test_a_server_of_another_name_gets_no_password(server):
    box = connect(server)
    box.host = "127.0.0.1"

    assert _why(box) == failures.CERTIFICATE


def test_nobody_looks_around_in_the_servers_own_network(server, settings):
    settings.MAIL_INSIDE = False
    box = connect(server)
    box.port = 993

    assert _why(box) == failures.INSIDE


def test_where_nobody_answers_that_is_said(server):
    box = connect(server)
    box.port = dovecot.free_port()

    assert _why(box) == failures.UNREACHABLE


def test_a_password_sealed_by_another_installation_is_asked_for_anew(server, settings):
    box = connect(server)
    settings.SECRET_KEY = "another"

    assert _why(box) == failures.LOCKED


def _why(box) -> str:
    with pytest.raises(Failing) as failing, imap.opened(reading.account_of(box)):
        pass
    return failing.value.code


@pytest.fixture
def registered(server, settings):
    """This installation is known to a token server that plays Google."""
    its = {"id": "mes", "secret": "paslaptis", "scope": "pastas"}
    settings.MAIL_SIGN_IN = {
        "GOOGLE": {**its, "authorize": f"{server.tokens.url}/a", "token": f"{server.tokens.url}/t"}
    }
    server.tokens.refresh = {"nuolatinis": "laiskai3@alksniai.example"}
    server.tokens.rotates = False
    return server


def by_token(server) -> Mailbox:
    return connect(server, "laiskai3@alksniai.example", "nuolatinis", sign_in=SignIn.GOOGLE)


def test_with_a_token_it_is_read_without_a_password(registered):
    box = by_token(registered)
    sent = fill(registered, box, 2)

    assert reading.read(box, LATER)

    assert kept(box) == list(sent.values())


def test_a_token_given_anew_takes_the_place_of_the_old_one(registered):
    registered.tokens.rotates = True
    box = by_token(registered)

    assert reading.read(box, LATER)
    box.refresh_from_db()
    assert sealing.secret_of(box) != "nuolatinis"
    assert reading.read(box, LATER)


def test_a_token_given_anew_takes_the_place_of_no_other_secret(registered):
    registered.tokens.rotates = True
    box = by_token(registered)
    Mailbox.objects.filter(pk=box.pk).update(secret=b"", ended_at=LATER)

    reading.account_of(box)

    box.refresh_from_db()
    assert bytes(box.secret) == b""  # it ended meanwhile: what opens it is forgotten


def test_a_permission_taken_back_is_said(registered):
    box = by_token(registered)
    registered.tokens.refresh = {}

    assert not reading.read(box, LATER)
    box.refresh_from_db()
    assert box.error == failures.REVOKED


def test_a_token_for_another_address_opens_nothing(registered):
    box = by_token(registered)
    box.user = "laiskai1@alksniai.example"
    registered.tokens.refresh = {"nuolatinis": "laiskai3@alksniai.example"}

    assert _why(box) == failures.REVOKED


def test_a_mailbox_not_read_for_six_hours_needs_a_hand(server, box):
    six = timedelta(hours=6)
    assert not queries.silent(box.group, NOON + six - timedelta(seconds=1))
    assert list(queries.silent(box.group, NOON + six)) == [box]

    Mailbox.objects.filter(pk=box.pk).update(read_at=LATER)
    assert not queries.silent(box.group, NOON + six)
    assert queries.silent(box.group, LATER + six)
