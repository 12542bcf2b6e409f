"""`sutarta listen`: what a mail server is told, and what is kept before it is told so."""

from __future__ import annotations

import json
import shutil
import smtplib
import sqlite3
import tempfile
from argparse import Namespace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sutarta.cli import clock, serve
from sutarta.cli.listening.where import Where, where
from sutarta.cli.stop import Stop
from tests.cli.conftest import sutarta
from tests.cli.listening import OURS, STORED, listening, program
from tests.crash.site import ABOUT

SAID = b"From: R M <r.m@post.example>\r\nSubject: Takas\r\n\r\nPra\xc5\xa1au tako.\r\n.\r\n"
SENDER = "r.m@post.example"


@pytest.fixture(scope="module")
def data(mailboxes_once):
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copytree(mailboxes_once, Path(folder) / "data"))


@pytest.fixture(scope="module")
def listener(data):
    with listening(data) as made:
        yield made


def stored(data):
    return json.loads(program("-c", STORED, data))


def handed(listener, words: bytes, *recipients: str, sender: str = SENDER):
    """What the listener says of a letter: to each recipient, then after the letter."""
    with smtplib.LMTP("127.0.0.1", listener.port, local_hostname="mx.example") as line:
        line.ehlo_or_helo_if_needed()
        line.mail(sender)
        told = [line.rcpt(address) for address in recipients]
        line.putcmd("data")
        assert line.getreply()[0] == 354
        line.send(smtplib._quote_periods(words) + b"\r\n.\r\n")
        return told, [line.getreply() for code, _words in told if code == 250]


def test_a_letter_is_kept_as_it_came_under_the_moment_it_ended(data, listener):
    before = clock.now()

    told, ends = handed(listener, SAID, OURS)

    ((to, at, door, raw),) = [each for each in stored(data) if each[0] == OURS]
    assert (told, ends) == ([(250, b"2.1.5 Known here")], [(250, b"2.0.0 Kept")])
    assert (to, door) == (OURS, "LISTENER")
    assert raw.encode("latin-1") == b"Return-Path: <r.m@post.example>\r\n" + SAID + b"\r\n"
    assert before <= datetime.fromisoformat(at) < before + timedelta(seconds=30)


def test_each_recipient_gets_an_answer_and_a_letter_of_its_own(data, listener):
    to = ["VVG+c7@Alksniai.Example", "takas@alksniai.example"]

    told, ends = handed(listener, SAID, *to, sender="")

    assert [code for code, _words in told + ends] == [250] * 4
    mine = [each for each in stored(data) if each[0] in to]
    assert sorted(each[0] for each in mine) == sorted(to)
    assert all(each[3].startswith("Return-Path: <>\r\n") for each in mine)


def test_the_same_letter_handed_over_again_is_kept_once(data, listener):
    words = SAID + b"antras"

    ends = [handed(listener, words, OURS)[1] for _time in range(3)]

    assert ends == [[(250, b"2.0.0 Kept")]] * 3
    assert sum("antras" in each[3] for each in stored(data)) == 1


@pytest.mark.parametrize(
    "address", ["stranger@alksniai.example", "r.m@elsewhere.example", "gmail@alksniai.example"]
)
def test_nothing_is_taken_for_others_nor_passed_on(listener, address):
    with smtplib.LMTP("127.0.0.1", listener.port) as line:
        line.ehlo_or_helo_if_needed()
        line.mail(SENDER)

        assert line.rcpt(address) == (550, b"5.1.1 Nobody here by that address")


def test_letters_are_taken_only_for_addresses_allotted_to_their_group(mailboxes_once, tmp_path):
    """Whatever its coordinators have named at the desk."""
    data = Path(shutil.copytree(mailboxes_once, tmp_path / "data"))
    host = ABOUT["host"]
    with (data / "settings.env").open("a") as settings:
        settings.write(f"SUTARTA_LISTEN_FOR={OURS}={host} elsewhere.example={host}\n")

    with listening(data) as listener, smtplib.LMTP("127.0.0.1", listener.port) as line:
        line.ehlo_or_helo_if_needed()
        line.mail(SENDER)
        told = {
            name: line.rcpt(f"{name}@alksniai.example")[0] for name in ("vvg", "vvg+c7", "takas")
        }

    assert told == {"vvg": 250, "vvg+c7": 250, "takas": 550}


def test_a_letter_too_big_is_refused_when_announced_and_when_sent(data, listener):
    before = len(stored(data))
    with smtplib.LMTP("127.0.0.1", listener.port) as line:
        line.ehlo_or_helo_if_needed()
        limit = int(line.esmtp_features["size"])
        announced = line.mail(SENDER, [f"size={limit + 1}"])

    _told, ends = handed(
        listener, b"Subject: x\r\n\r\n" + b"x" * 998 + b"\r\n", OURS, "vvg+a@alksniai.example"
    )
    _told, refused = handed(
        listener,
        b"Subject: x\r\n\r\n" + (b"x" * 998 + b"\r\n") * 26_500,
        OURS,
        "vvg+b@alksniai.example",
    )

    assert announced == (552, b"5.3.4 The letter is too big: at most 25 MB")
    assert [code for code, _words in ends] == [250, 250]
    assert refused == [announced] * 2
    assert len(stored(data)) == before + 2


def test_while_the_database_is_away_it_is_to_be_tried_again(data, listener):
    """Not even what was known to the listener a moment ago is confirmed."""
    with smtplib.LMTP("127.0.0.1", listener.port) as line:
        line.ehlo_or_helo_if_needed()
        line.mail(SENDER)
        line.rcpt(OURS)
        database = sqlite3.connect(data / "sutarta.sqlite3", isolation_level=None)
        database.execute("ALTER TABLE mail_rawletter RENAME TO away")
        try:
            answer = line.data(SAID + b"trecias")
        finally:
            database.execute("ALTER TABLE away RENAME TO mail_rawletter")
            database.close()

    again = handed(listener, SAID + b"trecias", OURS)[1]

    assert answer[0] == 451
    assert again == [(250, b"2.0.0 Kept")]
    assert sum("trecias" in each[3] for each in stored(data)) == 1


def test_a_line_cut_in_the_midst_of_a_letter_keeps_nothing(data, listener):
    before = len(stored(data))
    line = listener.connected()
    line.sendall(b"LHLO mx\r\nMAIL FROM:<a@b.lt>\r\nRCPT TO:<%s>\r\nDATA\r\n" % OURS.encode())
    line.recv(1000)
    line.sendall(b"Subject: x\r\n\r\nPra")
    line.close()

    handed(listener, SAID + b"po to", OURS)

    assert len(stored(data)) == before + 1


def test_a_bare_line_feed_and_a_dot_end_no_letter(data, listener):
    """Else a second letter could be hidden in the first (SMTP smuggling)."""
    before = len(stored(data))

    handed(listener, b"Subject: x\r\n\r\na\n.\nMAIL FROM:<x@y.lt>\r\n", OURS)

    assert len(stored(data)) == before + 1


def test_more_than_so_many_connections_are_asked_to_come_again(listener):
    lines = [listener.connected() for _one in range(21)]
    answers = [line.recv(100) for line in lines]
    for line in lines:
        line.close()

    assert [answer[:3] for answer in answers] == [b"220"] * 20 + [b"421"]


def test_by_smtp_too_and_at_a_path(data, tmp_path):
    other = shutil.copytree(data, tmp_path / "data", ignore=shutil.ignore_patterns("*.lock"))
    with listening(other, "smtp") as by_smtp, smtplib.SMTP("127.0.0.1", by_smtp.port) as line:
        assert line.sendmail(SENDER, [OURS], SAID + b"smtp") == {}
        assert line.login is not None and not line.has_extn("auth")
        assert by_smtp.stop() == 0
    with listening(other, "lmtp", tmp_path / "s") as by_path:
        line = smtplib.LMTP(str(by_path.path))
        assert line.sendmail(SENDER, [OURS], SAID + b"kelias") == {}
        line.close()

    words = "".join(each[3] for each in stored(other))
    assert words.count("smtp") == words.count("kelias") == 1


@pytest.mark.parametrize(
    "said",
    ["", "2424", "lmtp", "lmtp:2424", "lmtp:0.0.0.0:24", "smtp:192.0.2.1:25", "lmtp:host:24",
     "http:127.0.0.1:80", "lmtp:127.0.0.1:0", "lmtp:127.0.0.1:99999"],
)  # fmt: skip
def test_strangers_cannot_be_let_in(said):
    with pytest.raises(Stop):
        where(said)


def test_places_that_can_be_used():
    assert where("lmtp:localhost:24") == Where("lmtp", "127.0.0.1", 24)
    assert str(where("smtp:[::1]:2525")) == "smtp:::1:2525"


def test_it_says_why_it_does_not_start(data, listener, tmp_path):
    nowhere = sutarta("listen", "--data", data)
    wrong = sutarta("serve", "--data", data, "--port", 0, SUTARTA_LISTEN="lmtp:0.0.0.0:24")
    other = shutil.copytree(data, tmp_path / "data", ignore=shutil.ignore_patterns("*.lock"))
    taken = sutarta("listen", "--data", other, "--at", f"lmtp:127.0.0.1:{listener.port}")

    assert [done.returncode for done in (nowhere, wrong, taken)] == [2, 2, 1]
    assert "SUTARTA_LISTEN" in nowhere.stderr and "SUTARTA_LISTEN" in wrong.stderr
    assert "Nobody can listen on lmtp:127.0.0.1" in taken.stderr


def test_the_site_runs_one_where_it_is_told_to(settings):
    asked = Namespace(data=".", host="127.0.0.1", port=8000, workers=1, threads=1)

    names = []
    for said in ("", "lmtp:127.0.0.1:2424"):
        settings.LISTEN = said
        names.append([part.name for part in serve.parts(asked)])

    assert names[1] == [*names[0], "listener"]


@pytest.mark.parametrize(
    ("listen", "words"),
    [
        ("", "error letters in: mailboxes that wait for a mail server: 1"),
        ("lmtp:/run/s", "ok    letters in: a mail"),
    ],
)
def test_a_check_says_when_nobody_listens(data, listen, words):
    assert words in sutarta("check", "--data", data, SUTARTA_LISTEN=listen).stdout
