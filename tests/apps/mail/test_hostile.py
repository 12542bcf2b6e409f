"""A mail server is anybody's: it may hang, lie and flood, and costs neither time nor memory."""

from __future__ import annotations

import socket
import time
import tracemalloc
from datetime import timedelta

import pytest

from sutarta.apps.mail import failures, imap, lines, outside, sealing
from sutarta.apps.mail.actions import reading
from sutarta.apps.mail.failures import Failing
from sutarta.apps.mail.models import Door, Mailbox
from tests import make
from tests.apps.mail import dovecot, hostile
from tests.make import NOON

LATER = NOON + timedelta(hours=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("hostile")
    dovecot.certify(made)
    return made


@pytest.fixture(autouse=True)
def trusting(folder, settings):
    settings.MAIL_INSIDE, settings.MAIL_CA = True, str(folder / "authority.pem")


def account(port: int) -> imap.Account:
    return imap.Account("localhost", port, "a@alksniai.example", "slaptažodis")


def mailbox(port: int, **facts) -> Mailbox:
    made = Mailbox(
        group=make.group(), address=f"a{port}@alksniai.example", door=Door.IMAP,
        host="localhost", port=port, user="a", added_at=NOON, **facts,
    )  # fmt: skip
    made.secret = sealing.seal_secret("slaptažodis", made)
    made.save()
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    "behaves",
    [
        hostile.hangs_at_greeting,
        hostile.hangs_at_login,
        hostile.hangs_at_fetch,
        hostile.dribbles_at_greeting,
        hostile.dribbles_at_fetch,
    ],
)
def test_a_server_that_hangs_is_left_in_time(folder, behaves, monkeypatch):
    for name in (lines, reading):
        monkeypatch.setattr(name, "TURN", 0.6)
    monkeypatch.setattr(imap, "GOOD_BYE", 0.2)

    with hostile.serving(folder, behaves) as port:
        box, began = mailbox(port), time.monotonic()
        assert not reading.read(box, LATER)

    assert time.monotonic() - began < 4
    box.refresh_from_db()
    assert box.error in {failures.CUT, failures.UNREACHABLE}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "behaves",
    [
        hostile.announces_a_huge_letter,
        hostile.announces_a_number_beyond_reading,
        hostile.greets_without_end,
        hostile.sends_letter_after_letter,
        hostile.sends_line_after_line,
        hostile.nests_without_end,
        hostile.counts_in_words,
    ],
)
def test_what_it_announces_and_sends_is_bounded(folder, behaves, monkeypatch):
    monkeypatch.setattr(imap, "GOOD_BYE", 0.2)
    with hostile.serving(folder, behaves) as port:
        box, began = mailbox(port), time.monotonic()
        tracemalloc.start()
        try:
            assert not reading.read(box, LATER)
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert most < 80_000_000
    assert time.monotonic() - began < 15
    box.refresh_from_db()
    assert box.error in {failures.CUT, failures.ODD, failures.UNREACHABLE}


def test_no_end_of_news_ends_the_waiting_for_news(folder, monkeypatch):
    monkeypatch.setattr(imap, "GOOD_BYE", 0.2)
    with (
        hostile.serving(folder, hostile.tells_of_news_without_end) as port,
        pytest.raises(Failing) as failing,
        imap.opened(account(port)) as client,
    ):
        client.idle()
        while True:
            client.idle_check(5)

    assert failing.value.code == failures.CUT


@pytest.mark.parametrize("line", ["To", "Delivered-To"])
def test_a_letter_to_a_thousand_brackets_holds_no_mailbox_up(line):
    """Whom a letter was sent to is looked up by the reader itself, not in a bounded process."""
    box = Mailbox(address="a@alksniai.example")
    raw = f"{line}: {'(' * 90_000}\r\n\r\nTako.".encode()

    assert reading._sent_to(box, raw) == "a@alksniai.example"


# --- where it stands

INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::a00:1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:a00:1::1", "2002:7f00:1::",
    "2001:0:102:304::1", "2001:db8::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1",
    "fd12::1", "ff02::1", "100::1",
]  # fmt: skip
OUTSIDE = [
    "1.1.1.1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1", "2a00:1450:4001::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_of_networks_are_refused_whatever_they_are_wrapped_in(address):
    assert not outside.is_outside(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_internet_are_spoken_to(address):
    assert outside.is_outside(address)


def lookups(monkeypatch, *answers: list[str]) -> list[str]:
    """Have the DNS give these answers, one after another; returns what was asked."""
    asked: list[str] = []

    def look(host, port, *_args, **_facts):
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(socket, "getaddrinfo", look)
    return asked


def why(port: int) -> str:
    with pytest.raises(Failing) as failing, imap.opened(account(port)):
        pass
    return failing.value.code


def test_a_name_that_is_one_thing_and_then_another_leads_nowhere(monkeypatch, settings):
    """DNS rebinding: the second answer would be this very machine."""
    settings.MAIL_INSIDE = False
    reached = []
    asked = lookups(monkeypatch, ["192.0.43.8"], ["127.0.0.1"])
    monkeypatch.setattr(
        socket.socket, "connect", lambda _self, place: reached.append(place) or _refuse()
    )

    assert why(993) == failures.UNREACHABLE
    assert (asked, reached) == (["localhost"], [("192.0.43.8", 993)])


def _refuse():
    raise ConnectionRefusedError


def test_one_address_inside_is_enough_to_refuse_them_all(monkeypatch, settings):
    settings.MAIL_INSIDE = False
    lookups(monkeypatch, ["192.0.43.8", "10.0.0.1"])

    assert why(993) == failures.INSIDE


def test_the_certificate_is_the_name_s_though_the_address_is_spoken_to(folder, monkeypatch):
    lookups(monkeypatch, ["127.0.0.1"])
    with hostile.serving(folder, hostile.hangs_at_login) as port:
        another = imap.Account("imap.alksniai.example", port, "a", "slaptažodis")
        with pytest.raises(Failing) as failing, imap.opened(another):
            pass

    assert failing.value.code == failures.CERTIFICATE


@pytest.mark.parametrize("port", [22, 25, 80, 143, 443, 5432, 8080])
def test_other_ports_are_not_knocked_at(port, monkeypatch, settings):
    settings.MAIL_INSIDE = False
    asked = lookups(monkeypatch, ["192.0.43.8"])

    assert (why(port), asked) == (failures.PORT, [])
