"""`sutarta log`: the keys of the logs, and handing one on."""

from __future__ import annotations

import pytest
from django.test import override_settings

from sutarta.apps.ledger import queries
from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import logs
from sutarta.cli import main, place
from sutarta.core import translog
from tests import logs as bent
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_place(monkeypatch, tmp_path):
    """Django runs already, over the tests' own database."""
    monkeypatch.setattr(place, "enter", lambda folder: tmp_path)


def _hand_on(*more: str) -> int:
    return main.main(["log", "key", *more])


def test_a_fresh_key_signs_from_now_on_and_the_former_says_so(capsys):
    group = make.group(host="ours.test")
    log = bent.grow(group, 2)
    former = logs.verifier(log)

    assert _hand_on("--reason", "Kompiuteris parduotas") == 0
    said = capsys.readouterr().out
    fresh = logs.verifier(log)
    assert f"{log.origin} signs with a fresh key from now on:\n  {fresh}\n" in said
    bent.grow(group)
    note = translog.Note.parse(logs.newest_checkpoint(log).note)
    notes = [translog.Note.parse(one) for one in logs.handovers(log)]
    assert fresh.find(note)
    assert not former.find(note)
    assert translog.keys_in_force(former, notes) == [former, fresh]
    act = queries.facts(Entry.objects.get(event="log.key_changed"))
    assert (act["reason"], act["key"]) == ("Kompiuteris parduotas", str(fresh))


def test_among_several_groups_the_one_that_is_meant_is_named(capsys):
    make.group(host="one.test")
    other = make.group(host="two.test")

    assert _hand_on("--reason", "Kas metus") == 2
    assert "Say which group is meant" in capsys.readouterr().err
    assert _hand_on("--reason", "Kas metus", "--group", "three.test") == 2
    assert "No group here answers at three.test" in capsys.readouterr().err
    assert _hand_on("--reason", "Kas metus", "--group", "two.test") == 0
    assert Entry.objects.get(event="log.key_changed").group == other


def test_without_a_reason_nothing_is_changed(capsys):
    bent.grow(make.group(), 1)

    assert _hand_on("--reason", "  ") == 2
    assert "Say why the key is changed" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        _hand_on()
    assert not Entry.objects.filter(event="log.key_changed").exists()


def test_a_key_that_cannot_be_opened_is_not_handed_on(capsys):
    log = bent.grow(make.group(), 1)
    with override_settings(SECRET_KEY="another"):
        assert _hand_on("--reason", "Kas metus") == 1

    assert "sealed under another secret key" in capsys.readouterr().err
    assert len(logs.keys(log)) == 1


def test_every_log_and_its_keys_are_listed(capsys):
    group = make.group(short_name="Alksnių VVG")
    log = bent.grow(group, 2)
    _hand_on("--reason", "Kas metus")
    capsys.readouterr()

    assert main.main(["log", "list"]) == 0
    said = capsys.readouterr().out
    assert f"{group}: {log.origin}, 2 acts" in said
    assert all(key.public in said for key in logs.keys(log))
