"""Naming witnesses at the desk, the page that shows them, and the door where signatures come in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sutarta.apps.ledger import queries
from sutarta.apps.ledger.models import Entry, Witness
from sutarta.apps.ledger.queries import logs
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.apps.publishing.actions import witnesses as actions
from sutarta.apps.publishing.rules import witnesses as rules
from sutarta.core import translog
from tests import logs as bent
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

HOST = {"host": "ours.test"}
DESK = "/desk/settings/witnesses/"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def group():
    return make.group(host="ours.test", language="en")


@pytest.fixture
def desk(client, group):
    client.force_login(make.member(of=group))
    return client


def _key(name: str = "biblioteka") -> str:
    return str(make.cosigner(name).verifier)


def _name(group, **facts):
    given = {"name": "Alksnių biblioteka", "address": "", "at": NOON, **facts}
    key = given.pop("key", make.cosigner().verifier)
    return actions.name(actor=make.member(of=group), group=group, key=key, **given)


# ---- who may, and when


@pytest.mark.parametrize(
    ("who", "when", "reason"),
    [
        (Role.COORDINATOR, timedelta(), ""),
        (Role.EDITOR, timedelta(), "Your role in this group does not include this step."),
        (Role.MODERATOR, timedelta(), "Your role in this group does not include this step."),
        (Role.AUDITOR, timedelta(), "Your role in this group does not include this step."),
        ("stranger", timedelta(), "Only staff of this group may do this."),
        (Role.COORDINATOR, timedelta(days=-9000), "Only staff of this group may do this."),
    ],
)
def test_who_may_name_and_end(group, who, when, reason):
    actor = make.user() if who == "stranger" else make.member(of=group, role=who)
    witness = make.witness(of=group)

    assert str(rules.may_name(actor, group, make.now() + when).reason) == reason
    assert str(rules.may_end(actor, witness, make.now() + when).reason) == reason


def test_naming_and_ending_are_acts_of_the_log(group):
    witness = _name(group, address="https://biblioteka.lt")
    actions.end(actor=make.member(of=group), witness=witness, at=NOON)
    named, ended = Entry.objects.filter(event__startswith="witness.").order_by("id")

    assert (named.event, ended.event) == ("witness.named", "witness.ended")
    assert queries.facts(named) == {
        "name": "Alksnių biblioteka", "key": _key(), "address": "https://biblioteka.lt",
    }  # fmt: skip
    assert queries.facts(ended) == {"name": "Alksnių biblioteka", "key": _key()}


def test_naming_twice_leaves_one_trace_and_one_who_was_ended_comes_back(group):
    first = _name(group)
    assert _name(group, name="Kitas vardas").name == "Alksnių biblioteka"
    assert Entry.objects.filter(event="witness.named").count() == 1
    actions.end(actor=make.member(of=group), witness=first, at=NOON)
    with pytest.raises(Refused, match="ended already"):
        actions.end(actor=make.member(of=group), witness=first, at=NOON)
    again = _name(group, name="Alksnių miesto biblioteka")

    assert again.pk == first.pk
    assert Witness.objects.get().ended_at is None
    assert Witness.objects.get().name == "Alksnių miesto biblioteka"


# ---- the desk


def test_a_coordinator_names_a_witness_and_ends_it(desk, group):
    typed = {"name": "Alksnių biblioteka", "key": f"  {_key()} ", "address": "biblioteka.lt"}
    answer = desk.post(DESK, typed, headers=HOST, follow=True)
    witness = Witness.objects.get()

    assert "Named. The site shows the witness as soon as it has signed." in answer.content.decode()
    assert (witness.public, witness.address) == (_key(), "https://biblioteka.lt")
    answer = desk.post(f"{DESK}{witness.pk}/end/", headers=HOST, follow=True)
    assert "Ended: Alksnių biblioteka." in answer.content.decode()
    answer = desk.post(f"{DESK}{witness.pk}/end/", headers=HOST, follow=True)
    assert "This witness has been ended already." in answer.content.decode()
    assert "Who witnessed before" in answer.content.decode()


LOG_KEY = str(translog.Signer("sutarta/x", b"k" * 32).verifier)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"name": ""}, "Write who it is."),
        ({"name": " \t"}, "Write who it is."),
        ({"name": "a" * 161}, "Ensure this value has at most 160 characters"),
        ({"key": ""}, "Paste the line with the key."),
        ({"key": "biblioteka"}, "This is no key."),
        ({"key": _key()[:-4]}, "This is no key."),
        ({"key": _key().replace("biblioteka", "kita")}, "This is no key."),
        ({"key": LOG_KEY}, "This is the key of a log, not of a witness."),
        ({"key": _key("jau")}, "This witness is named already."),
        ({"key": "x" * 300}, "Ensure this value has at most 250 characters"),
        ({"address": "not an address"}, "Write the whole address"),
        ({"address": "javascript:alert(1)"}, "Write the whole address"),
        ({"address": "ftp://biblioteka.lt"}, "Write the whole address"),
        ({"name": "a\x00b", "key": "\x00"}, "Paste the line with the key."),
    ],
)
def test_what_cannot_be_used_is_said_and_what_was_typed_stays(desk, group, typed, reason):
    make.witness(of=group, public=_key("jau"))
    sent = {"name": "Biblioteka čia", "key": _key(), "address": "", **typed}
    answer = desk.post(DESK, sent, headers=HOST)

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert "Biblioteka čia" in answer.content.decode() or "name" in typed
    assert Witness.objects.count() == 1


def test_the_desk_asks_as_often_for_many_as_for_one(desk, group):
    make.witness(of=group)
    few = _count(desk)
    for number in range(300):
        make.witness(of=group, name=f"w{number}")

    assert _count(desk) == few


def _count(client, path: str = DESK) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(path, headers=HOST)
    return len(asked)


def test_an_auditor_reads_and_is_told_why_not_more(client, group):
    client.force_login(make.member(of=group, role=Role.AUDITOR))
    page = client.get(DESK, headers=HOST).content.decode()

    assert "Not yet witnessed" in page
    assert "Your role in this group does not include this step." in page
    assert "Name the witness" not in page


# ---- the page for everybody


def test_until_somebody_signs_the_page_says_not_yet_witnessed(client, group):
    page = client.get("/log/witnesses/", headers=HOST).content.decode()

    assert "Not yet witnessed" in page
    assert "could still show two people two different logs" in page
    assert "sutarta witness http" in page


def test_the_page_names_who_signed_and_since_when(client, group):
    log = bent.grow(group, 3)
    make.witness(of=group, address="https://biblioteka.lt", added_at=make.now())
    page = client.get("/log/witnesses/", headers=HOST).content.decode()
    assert "has signed nothing yet" in page
    assert logs.keys(log)[0].public in page
    assert client.post("/log/cosign", **_sent(log)).status_code == 200
    page = client.get("/log/witnesses/", headers=HOST).content.decode()

    assert "signed the log with 3 acts on" in page
    assert "Alksnių biblioteka" in page
    assert "Not yet witnessed" not in page


def test_who_fell_silent_is_shown_so(client, group):
    make.witness(of=group, added_at=NOON - timedelta(days=900))

    page = client.get("/log/witnesses/", headers=HOST).content.decode()
    assert "Not heard of for more than a week." in page


def test_the_page_asks_as_often_for_many_as_for_one(client, group):
    bent.grow(group, 1)
    make.witness(of=group)
    few = _count(client, "/log/witnesses/")
    for number in range(300):
        make.witness(of=group, name=f"w{number}")

    assert _count(client, "/log/witnesses/") == few


# ---- where signatures come in


def _sent(log, note: bytes | None = None, at=None) -> dict:
    said = translog.Note.parse(logs.newest_checkpoint(log).note)
    seconds = int((at or make.now()).timestamp())
    signed = said.signed(make.cosigner().sign(said.text, seconds))
    body = str(signed).encode() if note is None else note
    return {"data": body, "content_type": "text/plain; charset=utf-8", "headers": HOST}


def test_every_refusal_is_one_clear_line(client, group):
    log = bent.grow(group, 3)

    def say(**sent) -> tuple[int, str]:
        answer = client.post("/log/cosign", **sent)
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
        return answer.status_code, answer.content.decode()

    assert say(**_sent(log)) == (403, "no witness named by this group signed it\n")
    make.witness(of=group)
    assert say(**_sent(log)) == (200, "taken\n")
    assert say(**_sent(log)) == (200, "taken\n")
    status, words = say(**_sent(log, at=make.now() - timedelta(hours=1)))
    assert (status, words.count("\n")) == (422, 1)
    status, words = say(**_sent(log, b"nonsense"))
    assert (status, words) == (
        400, "no signed checkpoint: a note has a text, an empty line and signatures\n",
    )  # fmt: skip
    assert say(**_sent(log, b"a" * 8001))[0] == 413
    stale = _sent(log)
    bent.change(log, 1)
    bent.rebuild(log)
    assert say(**stale) == (409, "3\n")


def test_a_size_goes_with_a_conflict_as_witnesses_read_it(client, group):
    log = bent.grow(group, 2)
    make.witness(of=group)
    point = translog.Checkpoint(log.origin, 2, bytes(32))
    seconds = int(make.now().timestamp())
    note = translog.Note(point.text).signed(make.cosigner().sign(point.text, seconds))
    answer = client.post("/log/cosign", **_sent(log, str(note).encode()))

    assert (answer.status_code, answer.content) == (409, b"2\n")
    assert answer.headers["Content-Type"] == "text/x.tlog.size"


def test_it_takes_no_token_and_only_what_is_posted_at_our_own_host(group):
    log = bent.grow(group, 2)
    make.witness(of=group)
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/log/cosign", **_sent(log)).status_code == 200
    assert strict.get("/log/cosign", headers=HOST).status_code == 405
    elsewhere = {**_sent(log), "headers": {"host": "else.test"}}
    assert strict.post("/log/cosign", **elsewhere).status_code == 404
    make.group(host="neighbour.test")
    assert (
        strict.post(
            "/log/cosign", **{**elsewhere, "headers": {"host": "neighbour.test"}}
        ).status_code
        == 403
    )


def test_one_network_cannot_send_without_end(client, group, monkeypatch):
    log = bent.grow(group, 1)
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "cosign"}
    monkeypatch.setattr("sutarta.apps.publishing.views.witnesses.AN_HOUR", 2)
    with override_settings(CACHES={**settings.CACHES, "limits": memory}):
        caches["limits"].clear()
        sent = [client.post("/log/cosign", **_sent(log, b"x")).status_code for _ in range(3)]

    assert sent == [400, 400, 429]
