"""`sutarta witness`: what it keeps, what it signs, and what it notices."""

from __future__ import annotations

import json
import re
import resource
import socket
import stat
import string
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutarta.apps.ledger import actions
from sutarta.apps.ledger.models import Checkpoint, Cosignature, Entry, Log
from sutarta.apps.ledger.queries import logs, witnesses
from sutarta.cli import clock, main
from sutarta.cli.stop import Stop
from sutarta.cli.witnessing import fetching, folder, rounds, words
from sutarta.cli.witnessing.fetching import Site, Unreachable
from sutarta.cli.witnessing.folder import Folder
from sutarta.cli.witnessing.judging import Alarm
from sutarta.cli.witnessing.rounds import Look
from sutarta.cli.witnessing.words import SENTENCES, Words
from sutarta.core import translog
from tests import logs as bent
from tests import make
from tests.cli.conftest import environment
from tests.logs import Stand


class Watcher:
    """Somebody who witnesses: their folder, and what the command said to them last."""

    def __init__(self, path, capsys, address: str) -> None:
        self.path, self.capsys, self.address = path, capsys, address
        self.out = self.err = ""

    def look(self, *more: str, language: str = "en") -> int:
        where = [self.address, "--folder", str(self.path), "--language", language]
        code = main.main(["witness", *where, *more])
        self.out, self.err = self.capsys.readouterr()
        return code

    @property
    def key(self) -> translog.Verifier:
        return Folder(self.path).signer().verifier

    @property
    def log(self):
        return Folder(self.path).logs()[0]

    def sizes(self) -> list[int]:
        return self.log.sizes()

    def files(self) -> dict[str, bytes]:
        """The checkpoints as they lie there."""
        return {file.name: file.read_bytes() for file in self.log.path.glob("[0-9]*.txt")}

    def forks(self) -> list[str]:
        return [file.read_text() for file in self.log.path.glob("FORK-*.txt")]


@pytest.fixture
def group(transactional_db):
    return make.group(host="localhost")


@pytest.fixture
def library(tmp_path, capsys, live_server, group) -> Watcher:
    """A library that is about to witness the log of a group, whose site is running."""
    return Watcher(tmp_path / "library", capsys, live_server.url)


@pytest.fixture
def stand():
    with Stand().open() as opened:
        opened.grow(3)
        yield opened


@pytest.fixture
def watcher(tmp_path, capsys, stand) -> Watcher:
    """One who has looked at a stand once."""
    made = Watcher(tmp_path / "kept", capsys, stand.address)
    assert made.look() == 0
    return made


@pytest.fixture
def later(monkeypatch):
    """Set the witness's clock: later(hours=1)."""

    def set_clock(**apart: float) -> None:
        at = make.now() + timedelta(**apart)
        monkeypatch.setattr(clock, "now", lambda: at)

    return set_clock


def _named(watcher: Watcher, group) -> None:
    make.witness(of=group, public=str(watcher.key))


# ---- a log that only grows


def test_the_first_look_makes_a_key_and_says_what_is_trusted(library, group):
    log = bent.grow(group, 3)

    assert library.look("--name", "Alksnių biblioteka") == 0
    key = library.path / "witness.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert str(library.key).startswith("Alksnių-biblioteka+")
    assert str(library.key) in library.out
    assert logs.keys(log)[0].public in library.out
    assert "Compare it with the one printed" in library.out
    assert library.sizes() == [3]
    assert "The site does not show our signature" in library.out  # nobody named it yet


def test_a_log_that_grows_is_signed_time_after_time_and_the_site_shows_it(
    library, group, client, later
):
    bent.grow(group, 3)
    library.look()
    _named(library, group)
    for more in (1, 250, 3, 300):
        bent.grow(group, more)
        assert library.look() == 0
        assert "The site shows our signature." in library.out
    note = translog.Note.parse(client.get("/log/checkpoint", headers={"host": "localhost"}).content)

    assert library.sizes() == [3, 4, 254, 257, 557]
    assert library.key.signed_at(note) is not None
    [standing] = witnesses.state(group, make.now())
    assert (standing.size, standing.is_silent) == (557, False)
    assert Cosignature.objects.count() == 4


def test_a_quiet_log_is_signed_anew_so_that_the_witness_is_heard_of(library, group, later):
    bent.grow(group, 3)
    library.look()
    _named(library, group)
    library.look()
    before = Cosignature.objects.get().signed_at
    later(minutes=5)

    assert library.look() == 0
    assert "as before" in library.out
    assert Cosignature.objects.get().signed_at > before
    seen = library.log.newest().seen(library.key)
    assert len(seen) == 2  # the first time and the last
    later(minutes=6)
    library.look()
    assert library.log.newest().seen(library.key)[0] == seen[0]
    assert len(library.log.newest().seen(library.key)) == 2


def test_a_key_that_was_handed_on_is_followed(library, group):
    bent.grow(group, 2)
    library.look()
    actions.rotate_key(group=group, reason="Naujas kompiuteris", at=make.now())
    bent.grow(group)

    assert library.look() == 0
    assert "has a fresh key" in library.out
    bent.grow(group)
    assert library.look() == 0
    assert "fresh key" not in library.out


def test_a_key_that_was_given_up_signs_nothing_more(library, group):
    log = bent.grow(group, 2)
    former = logs.signer(log)
    library.look()
    actions.rotate_key(group=group, reason="Pavogtas kompiuteris", at=make.now())
    log = bent.grow(group)
    library.look()
    log = bent.grow(group)
    root = bytes.fromhex(Checkpoint.objects.get(log=log, size=log.size).root)
    bent.sign(log, root, former)

    assert library.look() == 1
    assert "ANOTHER KEY SIGNS THE LOG" in library.err


def test_a_given_key_is_trusted_and_no_other(library, group, capsys):
    log = bent.grow(group, 2)
    actions.rotate_key(group=group, reason="Kas metus", at=make.now())
    bent.grow(group)
    printed = logs.keys(log)[-1].public  # notices bear the one in force
    other = translog.Signer(log.origin, b"o" * 32).verifier

    assert library.look("--key", str(other)) == 1
    assert "is not signed with the key" in library.err
    assert library.look("--key", "nonsense") == 2
    assert library.look("--key", printed) == 0
    assert "signed with the key you gave" in library.out
    bent.grow(group)
    assert library.look() == 0


# ---- a past that was rewritten


def test_yesterdays_snapshot_put_back_is_named_with_both_notes(library, group):
    log = bent.grow(group, 3)
    library.look()
    _named(library, group)
    bent.grow(group, 4)
    library.look()
    kept = str(library.log.newest().note)
    bent.set_back(log, 3)
    shown = Checkpoint.objects.get(log=log, size=3).note

    assert library.look() == 1
    assert "THE LOG WENT BACK: it had 7 acts and now shows 3." in library.err
    [evidence] = library.forks()
    assert kept in evidence
    assert shown in evidence
    signed = Cosignature.objects.count()
    assert library.look() == 1
    assert "an alarm stands" in library.err
    assert Cosignature.objects.count() == signed
    assert len(library.forks()) == 1


def test_a_snapshot_under_which_the_log_went_on_is_named(library, group):
    log = bent.grow(group, 7)
    library.look()
    bent.set_back(log, 3)
    bent.grow(group, 9)

    assert library.look() == 1
    assert "the first 7 of them are not those it showed before" in library.err


def test_a_fork_signed_with_the_real_key_is_named(library, group):
    log = bent.grow(group, 7)
    library.look()
    bent.change(log, 2)
    bent.rebuild(log)

    assert library.look() == 1
    assert "THE LOG WAS REWRITTEN: it shows 7 acts as before, but not the same ones." in library.err
    [evidence] = library.forks()
    key = translog.Verifier.parse(logs.keys(log)[0].public)
    notes = [one for one in _notes(evidence) if key.find(one)]
    roots = {translog.Checkpoint.parse(one.text).root for one in notes}
    assert len(roots) == 2  # two roots at one size, both signed by the log: nobody can deny that


def _notes(evidence: str) -> list[translog.Note]:
    """The notes in a file of evidence."""
    found = []
    for part in evidence.split("=" * 72):
        text = part.split(":\n\n", 1)[-1].strip("\n") + "\n"
        try:
            found.append(translog.Note.parse(text))
        except translog.BadNote:
            continue
    return found


def test_a_fork_that_went_on_growing_is_named(library, group):
    log = bent.grow(group, 300)
    library.look()
    bent.change(log, 2)
    bent.rebuild(log)
    bent.grow(group, 300)

    assert library.look() == 1
    assert "THE PAST WAS REWRITTEN" in library.err


def test_going_back_to_other_acts_than_before_is_named(library, group):
    log = bent.grow(group, 3)
    library.look()
    bent.grow(group, 3)
    library.look()
    bent.set_back(log, 3)
    bent.change(log, 1)
    bent.rebuild(log)

    assert library.look() == 1
    assert "WENT BACK AND WAS CHANGED" in library.err


def test_an_act_changed_under_the_same_hashes_is_named_by_a_full_reading(library, group):
    log = bent.grow(group, 300)
    library.look()
    assert library.look("--full") == 0
    assert "all 300 acts were read" in library.out
    bent.change(log, 270)

    assert library.look() == 0  # the hashes are those that were signed
    assert library.look("--full") == 1
    assert "entry 270 of the log" in library.err


def test_a_full_reading_names_a_past_that_was_rewritten(library, group):
    log = bent.grow(group, 5)
    library.look()
    bent.change(log, 1)
    bent.rebuild(log)
    bent.grow(group, 1)
    for file in library.log.path.glob("FORK-*"):
        file.unlink()

    assert library.look("--full") == 1
    assert "REWRITTEN" in library.err


def test_a_deleted_or_reordered_act_is_named(library, group):
    log = bent.grow(group, 6)
    library.look()
    first, second = Entry.objects.filter(log=log, leaf__in=[1, 4]).order_by("leaf")
    first.leaf, second.leaf = 90, 1
    first.save()
    second.save()
    first.leaf = 4
    first.save()
    bent.rebuild(log)
    bent.grow(group, 1)

    assert library.look() == 1
    assert "THE PAST WAS REWRITTEN" in library.err


def test_erasing_and_withdrawing_raise_no_alarm(library, group):
    """Rows of people go, entries stay: the log has only digests of them."""
    bent.grow(group, 3)
    library.look()
    actions.record("submission.erased", group=group, at=make.now(), about="p/65")
    bent.grow(group, 1)

    assert library.look("--full") == 0


def test_another_log_at_the_address_is_named(library, group):
    log = bent.grow(group, 3)
    library.look()
    Log.objects.filter(pk=log.pk).update(ended_at=make.now())
    actions.found_log(group=group, at=make.now(), number=2)
    bent.grow(group, 9)

    assert library.look() == 1
    assert "ANOTHER LOG STANDS AT THIS ADDRESS" in library.err
    assert library.look("--accept-epoch") == 1
    assert "does not begin with the act that opens an epoch" in library.err


def test_an_epoch_is_accepted_only_when_it_names_what_was_lost(library, group):
    log = bent.grow(group, 7)
    library.look()
    kept = str(library.log.newest().note)
    bent.set_back(log, 3)
    actions.open_epoch(group=group, at=make.now(), lost=[])

    assert library.look() == 1
    assert "--accept-epoch" in library.err
    assert library.look("--accept-epoch") == 1
    assert "took over 3 acts and does not name the 7 we saw" in library.err
    Log.objects.filter(group=group, number=2).update(ended_at=make.now())
    Log.objects.filter(pk=log.pk).update(ended_at=None)
    actions.open_epoch(group=group, at=make.now(), lost=[kept], number=3)
    assert library.look("--accept-epoch") == 0
    assert "of 7 acts the new log took over 3" in library.out
    assert library.look() == 0
    assert library.out.startswith(f"{log.origin}/3: entries 1, as before.")


def test_an_epoch_that_lost_nothing_we_saw_has_to_show_that(library, group):
    log = bent.grow(group, 5)
    library.look()
    bent.grow(group, 4)
    bent.set_back(log, 6)
    actions.open_epoch(group=group, at=make.now(), lost=[])

    assert library.look() == 1
    assert library.look("--accept-epoch") == 0
    assert "nothing that this witness had seen" in library.out


def test_an_alarm_calls_the_command_of_whoever_set_it_up(library, group, tmp_path):
    log = bent.grow(group, 3)
    library.look()
    bent.set_back(log, 2)
    copy = tmp_path / "copied.txt"
    script = "import shutil,sys; shutil.copy(sys.argv[2], sys.argv[1])"

    assert library.look("--alarm", f'"{sys.executable}" -c "{script}" "{copy}"') == 1
    assert "THE LOG WENT BACK" in copy.read_text()


def test_an_alarm_command_that_fails_hides_no_alarm(library, group):
    log = bent.grow(group, 3)
    library.look()
    bent.set_back(log, 2)

    assert library.look("--alarm", "/nowhere/at/all") == 1
    assert "The alarm command could not be run" in library.err
    assert library.forks()


def test_a_log_that_moved_is_gone_on_with_under_the_key_that_was_trusted(
    stand, watcher, tmp_path, capsys
):
    with Stand(stand.origin).open() as elsewhere:
        elsewhere.tree, moved = stand.tree, Watcher(watcher.path, capsys, elsewhere.address)
        stand.grow(2)
        assert moved.look() == 0
        assert "entries 5, new 2" in moved.out
        assert len(Folder(watcher.path).logs()) == 1
        assert moved.log.known().address == elsewhere.address


def test_who_only_bears_the_name_of_a_log_is_not_taken_for_it(stand, watcher, capsys):
    with Stand(stand.origin).open() as impostor:
        impostor.signer = translog.Signer(stand.origin, b"i" * 32)
        impostor.grow(9)
        before = (watcher.log.path / "log.json").read_bytes()
        other = Watcher(watcher.path, capsys, impostor.address)
        assert other.look() == 1
        assert "ANOTHER KEY SIGNS THE LOG" in other.err
        assert (watcher.log.path / "log.json").read_bytes() == before
        assert impostor.taken == []


# ---- two witnesses


def test_two_who_saw_the_same_agree(library, group, tmp_path, capsys):
    bent.grow(group, 3)
    library.look()
    office = Watcher(tmp_path / "office", capsys, library.address)
    office.look()
    bent.grow(group)
    library.look()

    assert main.main(["witness", "--compare", str(library.path), str(office.path)]) == 0
    assert "nothing contradicts" in capsys.readouterr().out


def test_nobody_hands_out_their_key_to_be_compared(stand, watcher, tmp_path, capsys):
    other = Watcher(tmp_path / "office", capsys, stand.address)
    stand.tree = translog.Tree([b"0", b"x", b"2"])
    assert other.look() == 0
    key = other.key
    (other.path / folder.KEY).unlink()

    assert Folder(other.path).verifier() == key
    assert main.main(["witness", "--compare", str(watcher.path), str(other.path)]) == 1
    assert "TWO LOGS WERE SHOWN. At 3 acts" in capsys.readouterr().out
    (other.path / folder.PUBLIC).write_text("no key")
    assert main.main(["witness", "--compare", str(watcher.path), str(other.path)]) == 1
    assert "witness.pub cannot be read" in capsys.readouterr().err


def test_a_log_with_two_faces_is_named_by_comparing_two_folders(stand, watcher, tmp_path, capsys):
    other = Watcher(tmp_path / "office", capsys, stand.address)
    stand.tree = translog.Tree([b"0", b"x", b"2"])
    assert other.look() == 0

    assert main.main(["witness", "--compare", str(watcher.path), str(other.path)]) == 1
    assert "TWO LOGS WERE SHOWN. At 3 acts" in capsys.readouterr().out


def test_an_old_state_shown_to_one_alone_is_named(stand, watcher, tmp_path, capsys, later):
    frozen = stand.note()
    office = Watcher(tmp_path / "office", capsys, stand.address)
    office.look()
    stand.grow(5)
    later(hours=1)
    watcher.look()
    stand.answers["checkpoint"] = frozen
    later(hours=5)
    assert office.look() == 0

    both = [str(watcher.path), str(office.path)]
    assert main.main(["witness", "--language", "en", "--compare", *both]) == 1
    assert "THE SECOND WITNESS WAS SHOWN AN OLD STATE" in capsys.readouterr().out


def test_folders_without_a_log_in_common_say_so(tmp_path, watcher, capsys):
    with Stand("sutarta/kitas-2").open() as other:
        other.grow(1)
        office = Watcher(tmp_path / "office", capsys, other.address)
        office.look()

    both = [str(watcher.path), str(office.path)]
    assert main.main(["witness", "--language", "en", "--compare", *both]) == 0
    assert "no log in common" in capsys.readouterr().out


def test_one_folder_keeps_several_logs_and_one_alarm_stops_no_other(stand, watcher, capsys):
    with Stand("sutarta/kitas-2").open() as other:
        other.grow(2)
        first = Watcher(watcher.path, capsys, other.address)
        assert first.look() == 0
        stand.tree = translog.Tree([b"x", b"y", b"z"])
        other.grow(1)

        assert main.main(["witness", "--folder", str(watcher.path), "--language", "en"]) == 1
        said = capsys.readouterr()
        assert "sutarta/kitas-2: entries 3, new 1" in said.out
        assert "THE LOG WAS REWRITTEN" in said.err


# ---- answers that are none


def test_a_site_that_is_away_is_borne_for_a_day_then_said(stand, watcher, later):
    stand.answers["checkpoint"] = 503
    later(hours=23)

    assert watcher.look() == 0
    assert (watcher.out, watcher.err) == ("", "")
    later(hours=25)
    assert watcher.look() == 1
    assert "has not been seen since" in watcher.err
    assert watcher.sizes() == [3]
    del stand.answers["checkpoint"]
    assert watcher.look() == 0


def test_a_site_that_was_never_there_is_said_at_once(tmp_path, capsys):
    nobody = Watcher(tmp_path / "kept", capsys, "http://127.0.0.1:9")

    assert nobody.look() == 1
    assert "There is no log to be seen at" in nobody.err
    assert Folder(nobody.path).logs() == []


GARBAGE = [
    b"",
    b"\n",
    b"<html>Sign in to the library's network</html>",
    b"\xff\xfe\x00",
    b"sutarta/bandymas-1\n4\n\n",
    b"sutarta/bandymas-1\n-4\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 x AAAAAAAA\n",
    b"a" * 70_000,
    404,
    500,
    302,
]


@pytest.mark.parametrize("said", GARBAGE, ids=range(len(GARBAGE)))
@pytest.mark.parametrize("path", ["checkpoint", "tile/0/000.p/5", "keys"])
def test_garbage_is_neither_signed_nor_kept(stand, watcher, path, said):
    before = watcher.files()
    sent = len(stand.taken)
    stand.grow(2)
    if path == "keys":
        stand.signer = translog.Signer(stand.origin, b"n" * 32)  # so that keys are asked for
    stand.answers[path] = said

    assert watcher.look() == 0
    assert watcher.files() == before
    assert len(stand.taken) == sent
    assert watcher.forks() == []


def test_hashes_that_do_not_give_what_was_signed_are_named(stand, watcher):
    stand.grow(2)
    stand.answers["tile/0/000.p/5"] = b"x" * 160

    assert watcher.look() == 1
    assert "THE LOG CONTRADICTS ITSELF" in watcher.err


def test_a_note_of_the_right_name_that_nobody_signed_is_an_alarm(stand, watcher):
    stand.signer = translog.Signer(stand.origin, b"n" * 32)
    stand.answers["keys"] = json.dumps(
        {"epochs": [{"origin": stand.origin, "handovers": ["nonsense"]}]}
    ).encode()
    assert watcher.look() == 0  # the keys cannot be read: nobody knows
    stand.answers["keys"] = json.dumps(
        {"epochs": [{"origin": stand.origin, "handovers": []}]}
    ).encode()
    assert watcher.look() == 1
    assert "ANOTHER KEY SIGNS THE LOG" in watcher.err


def _look(watcher: Watcher) -> Look:
    return Look(Folder(watcher.path).signer(), make.now(), Words("en"))


@settings(
    max_examples=150, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    checkpoint=st.binary(max_size=300)
    | st.text(max_size=200).map(lambda said: said.encode(errors="replace"))
    | st.tuples(st.integers(0, 170), st.binary(min_size=1, max_size=3)),
    keys=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["epochs", "origin", "handovers", "x"]), inner)
        ),
        max_leaves=6,
    ),
)
def test_no_answer_breaks_a_witness_or_takes_what_it_keeps(stand, watcher, checkpoint, keys):
    if isinstance(checkpoint, tuple):  # a good one, bent somewhere
        at, bent_bytes = checkpoint
        good = stand.note()
        checkpoint = good[:at] + bent_bytes + good[at + 1 :]
    stand.answers.update({"checkpoint": checkpoint, "keys": json.dumps(keys).encode()})
    before = watcher.files()
    try:
        list(rounds.go_on(watcher.log, watcher.log.known(), _look(watcher)))
    except (Unreachable, Alarm):
        assert watcher.files() == before
    assert watcher.sizes() == [3]


def test_answers_that_never_end_are_left(stand, watcher, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", -1)
    stand.grow(1)

    assert watcher.look() == 0
    assert watcher.sizes() == [3]


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("https://alksniai.lt", True),
        ("http://alksniai.lt", False),
        ("http://localhost:8000", True),
        ("http://alksniai.localhost:8000", True),
        ("http://localhost.evil.lt", False),
        ("ftp://alksniai.lt", False),
        ("https://", False),
        ("http://[", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_what_nobody_can_change_on_the_way_is_asked(address, is_fine):
    assert fetching.is_safe(address) is is_fine


def test_nobody_is_led_on_to_an_unsafe_place(stand, watcher, monkeypatch):
    with Stand().open() as other:
        request = fetching.Request(f"{other.address}/log/checkpoint")
        with pytest.raises(Unreachable, match="leads on to"):
            fetching._StaySafe().redirect_request(request, None, 302, "", {}, "http://evil.lt/")


@pytest.mark.parametrize(
    ("asked", "led_to", "is_fine"),
    [
        ("https://alksniai.lt/log/keys", "https://www.alksniai.lt/log/keys", True),
        ("https://alksniai.lt/log/keys", "http://127.0.0.1:8080/stop", False),
        ("https://alksniai.lt/log/keys", "https://localhost/stop", False),
        ("http://localhost:1/log/keys", "http://127.0.0.1:2/log/keys", True),
    ],
)
def test_a_site_leads_nobody_to_their_own_machine(asked, led_to, is_fine):
    request = fetching.Request(asked)
    try:
        led = fetching._StaySafe().redirect_request(request, None, 302, "", {}, led_to)
    except Unreachable:
        led = None

    assert (led is not None) is is_fine


class Dripping(threading.Thread):
    """A site that answers as the test says, piece by piece, and never comes to an end."""

    def __init__(self, *pieces: bytes) -> None:
        super().__init__(daemon=True)
        self.pieces, self.listener = pieces, socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.start()

    def run(self) -> None:
        with self.listener:
            line, _address = self.listener.accept()
        with line, suppress(OSError):
            for piece in self.pieces:
                line.sendall(piece)
                time.sleep(0.05)


def test_headers_that_never_end_are_left(monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", 0.3)
    site = Dripping(b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 400)
    began = time.monotonic()

    with suppress(Unreachable):
        Site(site.address).checkpoint()

    assert time.monotonic() - began < 15  # it goes on for 20


def test_nothing_a_stranger_says_steers_the_terminal(tmp_path, capsys):
    watcher = Watcher(tmp_path / "kept", capsys, Dripping(b"\x1b]0;owned\x07\r\n").address)

    assert watcher.look() == 1
    assert "owned" in watcher.err
    assert not {sign for sign in watcher.err if not sign.isprintable()} - {"\n"}


def test_another_logs_name_does_not_steer_the_terminal_either(stand, watcher):
    stand.signer = translog.Signer("sutarta/kitas", b"k" * 32)
    text = translog.Checkpoint("kitas\x9b31m", 3, stand.tree.root()).text
    stand.answers["checkpoint"] = str(translog.Note(text).signed(stand.signer.sign(text))).encode()

    assert watcher.look() == 1
    assert "kitas?31m" in watcher.err


def test_a_site_that_says_much_says_one_line(stand, watcher):
    assert fetching._first_line(b"\x1b[31mred\nmore") == "?[31mred"


# ---- its own machine


def test_a_full_disk_signs_nothing(stand, watcher):
    stand.grow(4)
    sent = len(stand.taken)
    before = watcher.files()

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    command = ["witness", stand.address, "--folder", str(watcher.path), "--language", "en"]
    done = subprocess.run(
        [sys.executable, "-m", "sutarta.cli.main", *command],
        capture_output=True, text=True, env=environment(), preexec_fn=no_room,
    )  # fmt: skip

    assert done.returncode == 1
    assert "Nothing was signed." in done.stderr
    assert (watcher.files(), len(stand.taken)) == (before, sent)
    assert watcher.look() == 0  # when there is room again


def test_what_is_signed_was_on_the_disk_before(stand, watcher, monkeypatch):
    stand.grow(4)
    seen = []
    sign = translog.Signer.sign

    def signing(self, *facts):
        if self.kind != 1:
            seen.append(watcher.sizes())
        return sign(self, *facts)

    monkeypatch.setattr(translog.Signer, "sign", signing)

    assert watcher.look() == 0
    assert seen == [[3, 7]]


def test_a_clock_that_went_back_signs_nothing(stand, watcher, later):
    sent = len(stand.taken)
    later(hours=-1)

    assert watcher.look() == 1
    assert "mend the clock" in watcher.err
    assert len(stand.taken) == sent


@pytest.mark.parametrize("file", ["checkpoint", "log.json", "witness.key"])
def test_a_spoilt_file_is_said_and_never_passed_over(stand, watcher, file):
    spoilt = watcher.path / file
    if file != "witness.key":
        name = "00000000000000000003.txt" if file == "checkpoint" else file
        spoilt = watcher.log.path / name
    spoilt.write_bytes(b"half of")

    assert watcher.look() == 1
    assert "put it back from a copy" in watcher.err
    assert spoilt.read_bytes() == b"half of"


def test_a_lost_key_is_not_made_anew_beside_what_it_signed(stand, watcher):
    (watcher.path / "witness.key").unlink()

    assert watcher.look() == 1
    assert "is gone" in watcher.err


def test_two_do_not_look_at_once(stand, watcher):
    with Folder(watcher.path).held():
        assert watcher.look() == 1
    assert "at work already" in watcher.err


BLOCKED = """
import subprocess, sys, types
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "fcntl", "psycopg", "resource", "pwd", "grp"}:
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Blocker())
sys.modules["msvcrt"] = types.SimpleNamespace(LK_NBLCK=2, locking=lambda *facts: None)
from sutarta.cli.witnessing import folder
folder.IS_POSIX = False
from sutarta.cli.main import main
code = main(sys.argv[1:])
files = [getattr(one, "__file__", None) or "" for one in sys.modules.values()]
ends = [file.split("site-packages/")[1] for file in files if "site-packages/" in file]
print(*sorted({end.split("/")[0].split(".")[0] for end in ends} - {"_distutils_hack"}))
sys.exit(code)
"""


def test_it_runs_without_django_and_without_what_windows_lacks(stand, watcher):
    stand.grow(2)
    command = ["witness", stand.address, "--folder", str(watcher.path), "--language", "en"]
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, *command], capture_output=True, text=True, env=environment()
    )

    assert done.stderr == ""
    assert done.returncode == 0
    needed = done.stdout.strip().split("\n")[-1]
    assert needed == "_cffi_backend cryptography rfc8785"  # docs/witness.md installs no more
    assert watcher.sizes() == [3, 5]


def test_what_runs_it_by_itself_is_printed(capsys):
    asked = ["witness", "alksniai.lt", "--unit", "--every", "10m", "--folder", "/srv/my witness"]

    assert main.main(asked) == 0
    said = capsys.readouterr().out
    assert "OnUnitActiveSec=10min" in said
    assert "witness https://alksniai.lt --folder /var/lib/sutarta-witness" in said
    assert "*/10 * * * * sutarta witness https://alksniai.lt --folder '/srv/my witness'" in said
    assert "schtasks /Create /SC MINUTE /MO 10" in said


@pytest.mark.parametrize("said", ["5", "5d", "1s", "-1m", "m", ""])
def test_nonsense_between_two_looks_is_bad_usage(said, capsys):
    with pytest.raises(SystemExit):
        main.main(["witness", "alksniai.lt", "--every", said])


def test_it_looks_again_and_again_until_an_alarm(stand, watcher, monkeypatch):
    slept = []

    def sleep(seconds: int) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            stand.tree = translog.Tree([b"x"])
        stand.grow(1)

    monkeypatch.setattr("sutarta.cli.witness.time.sleep", sleep)

    assert watcher.look("--every", "5m") == 1
    assert slept == [300, 300]
    assert watcher.sizes() == [3, 4]


def test_nothing_to_witness_is_bad_usage(tmp_path, capsys):
    assert main.main(["witness", "--folder", str(tmp_path / "none")]) == 2
    assert main.main(["witness", "http://alksniai.lt"]) == 2
    assert main.main(["witness", "--unit"]) == 2
    with pytest.raises(Stop):
        Folder(tmp_path / "x").make_key("two\nlines")


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same_facts(code):
    english, lithuanian = (_names(said) for said in SENTENCES[code])

    assert english == lithuanian
    assert "žurnal" not in SENTENCES[code][0]


def _names(said: str) -> set[str]:
    return {name for _text, name, _form, _turn in string.Formatter().parse(said) if name}


def test_the_language_of_the_machine_is_spoken(monkeypatch, stand, watcher):
    monkeypatch.setenv("LC_ALL", "lt_LT.UTF-8")
    assert words.own_language() == "lt"
    monkeypatch.setenv("LC_ALL", "pl_PL.UTF-8")
    assert words.own_language() == "en"
    stand.tree = translog.Tree([b"x"])

    assert watcher.look(language="lt") == 1
    assert "ŽURNALAS GRĮŽO ATGAL" in watcher.err


def test_every_sentence_is_used():
    package = Path(folder.__file__).parent
    files = [*package.glob("*.py"), package.parent / "witness.py"]
    sources = "".join(file.read_text() for file in files if file.name != "words.py")

    assert [code for code in SENTENCES if not re.search(f"[\"']{code}[\"']", sources)] == []


def test_a_site_with_log_in_its_address_is_the_same():
    assert Site("https://alksniai.lt/log").log == Site("https://alksniai.lt").log
