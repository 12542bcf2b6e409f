"""A letter is never lost, never doubled, and given up only after days."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from sutarta.apps.mail import actions, queries
from sutarta.apps.mail.models import Letter, LetterState
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def _post(group, key="receipt:1"):
    return actions.post(
        group=group,
        to="j.b@alksniai.example",
        subject="Gavome\njūsų pasiūlymą",
        text="Nr. 65",
        kind="receipt",
        key=key,
        language="lt",
        at=NOON,
    )


def test_a_letter_leaves_once():
    group = make.group()
    _post(group)

    sent = [actions.send_due(NOON), actions.send_due(NOON)]

    assert sent == [1, 0]
    assert [message.subject for message in outbox.outbox] == ["Gavome jūsų pasiūlymą"]
    assert outbox.outbox[0].reply_to == [group.email]


def test_posting_the_same_letter_twice_is_harmless():
    group = make.group()

    assert _post(group) == _post(group)


def test_without_a_mail_server_letters_wait(settings):
    settings.MAIL_URL = ""
    _post(make.group())

    assert actions.send_due(NOON) == 0
    assert Letter.objects.get().state == LetterState.QUEUED


def test_a_broken_server_delays_a_letter_and_staff_see_it_at_last(monkeypatch):
    def broken(self, messages):
        raise SMTPServerDisconnected("gone")

    group = make.group()
    _post(group)
    monkeypatch.setattr(EmailBackend, "send_messages", broken)
    at = NOON
    for _try in actions.WAITS:
        actions.send_due(at)
        at += timedelta(days=1)

    assert [letter.attempts for letter in queries.undelivered(group)] == [len(actions.WAITS)]


def test_a_letter_being_sent_is_not_taken_by_a_second_worker():
    _post(make.group())
    Letter.objects.update(next_at=NOON + actions.LEASE)

    assert actions.send_due(NOON) == 0
    assert actions.send_due(NOON + actions.LEASE) == 1
