"""`sutarta audit`: what it prints, how it ends, and what happens at night."""

import json
from datetime import timedelta

import pytest

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import Entry, Log
from sutarta.apps.ledger.queries import audits, logs
from sutarta.apps.mail.models import Letter
from sutarta.apps.tenants.models import Group
from sutarta.cli import alarms, audit, checks, main
from sutarta.cli.auditing import nightly
from sutarta.cli.auditing.sentences import SENTENCES
from sutarta.web import health
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(monkeypatch, tmp_path):
    monkeypatch.setattr("sutarta.cli.place.enter", lambda data: tmp_path)
    its = make.group(host="one.test", short_name="Alksnių VVG")
    ledger.record("group.founded", group=its, at=NOON, rows=[its, *its.hosts.all()])
    for n in range(3):
        ledger.record("thing.happened", group=its, at=NOON, about=f"p/{n}", n=n)
    ledger.sequence(ledger.log_of(its, NOON), NOON)
    return its


def run(*words):
    return main.main(["audit", *map(str, words)])


def spoil(group):
    Group.objects.filter(pk=group.pk).update(phone="+370 600 99999")


def test_a_clean_group_is_told_in_one_line(group, capsys):
    assert run() == 0
    assert capsys.readouterr().out == "Alksnių VVG: 4 acts, 2 rows: all as the log says.\n"


def test_what_differs_is_told_in_plain_words_and_the_code_is_one(group, capsys):
    spoil(group)

    assert run("--group", "ONE.test") == 1
    (head, line) = capsys.readouterr().out.splitlines()
    assert head.endswith("1 findings.")
    assert line == (
        f"  ✗ group (tenants.group/{group.pk}) is not as the log last said: "
        "group.founded of 2026-11-22 10:00:00 UTC."
    )


def test_machines_get_the_same_as_json(group, capsys):
    spoil(group)
    other = make.group(host="two.test")

    assert run("--json") == 1
    first, second = json.loads(capsys.readouterr().out)
    assert (first["group"], first["acts"]) == ("Alksnių VVG", 4)
    assert [one["code"] for one in first["findings"]] == ["row.changed"]
    assert (second["group"], second["findings"][0]["code"]) == (str(other), "row.unknown")


def test_acts_whose_time_is_far_off_are_counted_and_the_first_ten_shown(group, capsys):
    for _ in range(12):
        ledger.record("thing.happened", group=group, at=NOON - timedelta(days=1))
    ledger.sequence(ledger.log_of(group, NOON), NOON)

    assert run() == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1] == "  12 acts state a time over five minutes off the log's own."
    assert told[-1] == "    … and 2 more: --json lists them all."


@pytest.mark.parametrize("wrapped", [False, True], ids=["a note", "a receipt"])
def test_a_kept_checkpoint_is_compared(group, tmp_path, capsys, wrapped):
    note = logs.newest_checkpoint(Log.objects.get(group=group)).note
    file = tmp_path / "kept.txt"
    file.write_text(json.dumps({"proof": {"checkpoint": note}, "n": 1}) if wrapped else note)
    as_it_was = run("--checkpoint", file)
    Entry.objects.filter(group=group, leaf=2).update(body=b"{}")

    assert (as_it_was, run("--checkpoint", file)) == (0, 1)
    assert "the past was rewritten" in capsys.readouterr().out


def test_checkpoints_at_a_second_place_are_compared(group, tmp_path, capsys):
    log = Log.objects.get(group=group)
    (tmp_path / "checkpoints").mkdir()
    file = tmp_path / "checkpoints" / log.origin.replace("/", "+")
    file.write_text(logs.newest_checkpoint(log).note)

    assert run("--shipped", tmp_path) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--group", "nobody.test"], "No group here answers at nobody.test"),
        (["--checkpoint", "missing.txt"], "There is no file missing.txt"),
        (["--shipped", "nowhere"], "holds no shipped checkpoints"),
    ],
    ids=["no such group", "no such file", "no such place"],
)
def test_what_cannot_be_used_is_said_and_the_code_is_two(group, capsys, words, said):
    assert run(*words) == 2
    assert said in capsys.readouterr().err


def test_a_file_without_a_checkpoint_and_a_log_that_is_not_ours_are_said(group, tmp_path, capsys):
    file = tmp_path / "x.txt"
    file.write_text("nothing")
    assert run("--checkpoint", file) == 2

    file.write_text(logs.newest_checkpoint(Log.objects.get(group=group)).note)
    Log.objects.filter(group=group).update(origin="sutarta/kita")
    assert run("--checkpoint", file) == 2
    assert "No log here is called" in capsys.readouterr().err


def test_at_night_every_group_is_audited_once(group):
    counts = [nightly.audit_nightly(NOON + timedelta(hours=hours)) for hours in (0, 1, 14, 17, 18)]

    assert counts == [1, 0, 0, 1, 0]
    assert audits.last(group).note == ""
    assert [line.level for line in checks.of_audits()] == ["ok"]


def test_what_the_night_found_turns_everything_red(group, tmp_path):
    person = make.member(of=group)
    ledger.record("test.bound", group=group, at=NOON, rows=[person.memberships.get()])
    spoil(group)
    nightly.audit_nightly(NOON)

    assert "audit" in alarms.raise_all(tmp_path, NOON)
    assert Letter.objects.get(to=person.email, key__contains=":audit:")
    assert [line.level for line in checks.of_audits()] == ["error"]
    assert health.AUDITED in health.alarms(NOON, group)
    assert health.AUDITED not in health.alarms(NOON, make.group())


def test_before_the_first_night_nothing_is_known(group):
    assert [line.level for line in checks.of_audits()] == ["warn"]
    assert audits.last(group) is None


def test_every_sentence_can_be_said():
    """A new code needs a sentence; here every template is filled once."""
    facts = "columns minutes taken_in leaf size leaves level number ours former given last"
    names = dict.fromkeys(f"act subject row since {facts}".split(), "x")

    assert all(sentence.format_map(names) for sentence in SENTENCES.values())


def test_what_it_does_is_told_on_a_terminal_after_a_second(capsys, monkeypatch):
    times = iter([0.0, 0.5, 1.5])
    monkeypatch.setattr("sutarta.cli.audit.time.monotonic", lambda: next(times))
    tell = audit._teller("Alksnių VVG")
    tell("acts")
    tell("rows")

    assert capsys.readouterr().err == "Alksnių VVG: comparing rows …\n"
