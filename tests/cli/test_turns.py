"""Whose turn it is: mail servers that hang hold one place among themselves, and no other's."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack

import pytest

from sutarta.apps.mail import imap, lines, sealing
from sutarta.apps.mail.actions import reading
from sutarta.apps.mail.models import Door, Mailbox
from sutarta.cli import mailboxes as readers
from sutarta.cli import turns
from sutarta.cli.turns import Turns
from tests import make
from tests.apps.mail import dovecot, hostile
from tests.make import NOON


class Hands:
    """A clock that stands where it was put."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


def had(order: Turns, hands: Hands, whose: str, seconds: float) -> None:
    with order.turn(whose):
        hands.now += seconds


def next_of(order: Turns, *waiting: str) -> object:
    order._waiting = list(waiting)
    found = order._next()
    order._waiting = []
    return found


def test_who_waited_longest_since_their_last_turn_goes_first(hands):
    order = Turns(2, hands)
    had(order, hands, "a", 1)
    had(order, hands, "b", 1)

    assert next_of(order, "b", "a") == "a"
    assert next_of(order, "b", "a", "new") == "new"
    order.forget("b")
    assert next_of(order, "a", "b") == "b"


def test_no_more_than_so_many_at_once(hands):
    order = Turns(2, hands)
    with order.turn("a"):
        assert next_of(order, "b") == "b"
        with order.turn("b"):
            assert next_of(order, "c") is None
    assert next_of(order, "c") == "c"


def test_the_slow_go_last_and_one_by_one(hands):
    order = Turns(3, hands)
    had(order, hands, "slow", turns.SLOW + 1)
    had(order, hands, "too", turns.SLOW + 1)
    had(order, hands, "quick", 1)

    assert next_of(order, "slow", "quick") == "quick"
    with order.turn("slow"):
        assert next_of(order, "too") is None
        assert next_of(order, "too", "quick") == "quick"
    with order.turn("too"):
        assert next_of(order, "slow") == "slow"  # quick again


def test_a_turn_is_given_back_whatever_happens_in_it(hands):
    order = Turns(1, hands)
    with pytest.raises(OSError), order.turn("a"):
        raise OSError

    had(order, hands, "b", 0)


def test_threads_wait_and_go_on():
    order, most, now = Turns(2), [], set()
    guard = threading.Lock()

    def work(n: int) -> None:
        with order.turn(n):
            with guard:
                now.add(n)
                most.append(len(now))
            time.sleep(0.005)
            with guard:
                now.discard(n)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)

    assert (len(most), max(most)) == (12, 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "behaves",
    [hostile.hangs_at_greeting, hostile.hangs_at_login, hostile.hangs_at_fetch],
)
def test_servers_that_hang_keep_no_other_mailbox_from_being_read(
    behaves, tmp_path, settings, monkeypatch
):
    dovecot.certify(tmp_path)
    settings.MAIL_INSIDE, settings.MAIL_CA = True, str(tmp_path / "authority.pem")
    for module in (lines, reading):
        monkeypatch.setattr(module, "TURN", 2.5)
    monkeypatch.setattr(turns, "SLOW", 2.0)
    monkeypatch.setattr(imap, "GOOD_BYE", 0.1)
    monkeypatch.setattr(readers, "AGAIN", 0.05)
    monkeypatch.setattr(readers, "TURNS", Turns(3))
    read = []
    real = reading.read_open
    monkeypatch.setattr(
        reading, "read_open", lambda c, box, at: real(c, box, at) and not read.append(box.address)
    )
    with ExitStack() as open_:
        ports = [open_.enter_context(hostile.serving(tmp_path, behaves)) for _one in range(4)]
        good = open_.enter_context(hostile.serving(tmp_path, lambda it: it.usual(b"NEVER")))
        group = make.group()
        for n, port in enumerate([*ports, good]):
            connect(group, n, port)
        watching = readers.Readers()
        watching.tend(NOON)
        until(lambda: Mailbox.objects.exclude(error="").count() == len(ports))
        read.clear()
        until(lambda: len(read) >= 4, within=8)  # those that hang need ten seconds for a round
        watching.end()

    assert set(read) == {"a4@alksniai.example"}


def until(true, within: float = 40) -> None:
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.05)


def connect(group, n: int, port: int) -> None:
    made = Mailbox(
        group=group, address=f"a{n}@alksniai.example", door=Door.IMAP, host="localhost",
        port=port, user="a", added_at=NOON,
    )  # fmt: skip
    made.secret = sealing.seal_secret("slaptažodis", made)
    made.save()
