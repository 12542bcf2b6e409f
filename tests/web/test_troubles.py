"""The database is away, locked or full: people are told so, and keep what they typed."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from sutarta.apps.consultations.actions import attaching
from sutarta.apps.consultations.intake import handing
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import proving
from sutarta.apps.consultations.views.public import speaking
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.queries import auditing, logs
from sutarta.apps.tenants import queries as tenants
from sutarta.apps.tenants.models import Group
from sutarta.core.translog import examining
from tests import files, make
from tests.attacks.living import bind

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
WORDS = 'Suoliukų <prie ežero> & "tako".'
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@pytest.fixture
def say():
    its = make.running(group=make.group(host="ours.test"))
    return reverse("consultations:say", args=[its.number]) + "?kind=general"


@pytest.fixture
def reader():
    return Client(raise_request_exception=False)


def form(**more: object) -> dict[str, object]:
    said = {"kind": "general", "body": WORDS, "step": "send", "request_key": "k" * 43}
    return {**said, "for_whom": ["A", "B"], **more}


def broken(error: Exception):
    def call(*arguments: object, **facts: object) -> None:
        raise error

    return call


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database is locked"),
        OperationalError("database or disk is full"),
        OperationalError("connection refused"),
        InterfaceError("connection already closed"),
    ],
)
def test_what_was_typed_comes_back_to_be_sent_again(reader, say, monkeypatch, error):
    with monkeypatch.context() as trouble:
        trouble.setattr(handing, "submit", broken(error))
        answer = reader.post(say, form(), headers=HOST)
    page = answer.content.decode()
    again = [(name, html.unescape(value)) for name, value in HIDDEN.findall(page)]

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer["Cache-Control"] == "no-store"
    assert f'action="{say}"' in page
    assert sorted(again) == sorted(
        (name, value)
        for name, values in form().items()
        for value in (values if isinstance(values, list) else [values])
    )
    assert html.escape(WORDS) in page
    for _time in "12":
        assert reader.post(say, dict(again), headers=HOST).status_code == 302
    assert [one.body for one in Submission.objects.all()] == [WORDS]


def test_a_page_that_was_only_read_is_offered_again(reader, say, monkeypatch):
    monkeypatch.setattr(tenants, "group_at", broken(OperationalError("no server")))

    answer = reader.get(say, headers=HOST)

    page = answer.content.decode()
    assert answer.status_code == 503
    assert f'href="{say}"' in page
    assert "<form" not in page


@pytest.mark.parametrize(("cookie", "title"), [("en", "That did not work"), ("", "nepavyko")])
def test_they_are_told_in_their_language_when_even_the_group_is_not_known(
    reader, say, monkeypatch, cookie, title
):
    monkeypatch.setattr(tenants, "group_at", broken(OperationalError("no server")))
    reader.cookies["sutarta_language"] = cookie

    answer = reader.post(say, form(), headers=HOST)

    page = answer.content.decode()
    assert title in page
    assert f'<html lang="{cookie or "lt"}"' in page
    assert html.escape(WORDS) in page


def test_a_form_of_a_stranger_brings_no_good_token(say, monkeypatch):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    monkeypatch.setattr(tenants, "group_at", broken(OperationalError("no server")))

    page = strict.post(say, form(csrfmiddlewaretoken="theirs"), headers=HOST).content.decode()

    assert re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', page) == ["theirs"]


def test_other_faults_stay_faults(reader, say, monkeypatch):
    monkeypatch.setattr(handing, "submit", broken(ZeroDivisionError()))

    assert reader.post(say, form(), headers=HOST).status_code == 500


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), OperationalError("database is locked")]
)
def test_who_handed_over_a_file_that_cannot_be_kept_gets_the_number(
    reader, say, monkeypatch, error
):
    monkeypatch.setattr(attaching, "keep", broken(error))
    monkeypatch.setattr(speaking.connection, "close", lambda: None)  # it is the test's own
    picture = SimpleUploadedFile("vieta.png", files.png())

    sent = reader.post(say, form(files=picture), headers=HOST)
    page = reader.get(sent["Location"], headers=HOST).content.decode()

    assert Submission.objects.get().body == WORDS
    assert "failų išsaugoti nepavyko" in page


def test_a_clock_that_steps_back_between_two_loses_neither(reader, say, monkeypatch):
    group, now = Group.objects.get(), make.now()
    bind(group)
    for at, name in [(now, "first"), (now - timedelta(hours=2), "second")]:
        monkeypatch.setattr("django.utils.timezone.now", lambda at=at: at)
        sent = reader.post(say, form(body=name, request_key=name.ljust(43, "k")), headers=HOST)
        assert sent.status_code == 302
        ledger.sequence_all(at)

    [first, second] = Submission.objects.order_by("number")
    found = [one for row in (first, second) for one in examining.examine(proving.receipt(row))]
    log = logs.in_force(group)
    assert [first.body, second.body] == ["first", "second"]
    assert {one.state for one in found} == {"kept", "unchecked"}
    assert log.sequenced_at == now
    assert not auditing.look_through(group, now).findings
