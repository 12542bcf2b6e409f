"""`sutarta verify`, as somebody runs it who has neither an installation nor Django."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from sutarta.cli.verifying import telling
from sutarta.core import translog
from sutarta.core.translog.examining import fingerprint_of
from sutarta.core.translog.notes import COSIGNATURE
from tests.cli.conftest import ROOT, environment
from tests.receipts import START, MadeLog, Spoken, act, instant, signer, written

WITHOUT_DJANGO = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "allauth", "psycopg"}:
            raise ImportError(name + " is not installed here")
sys.meta_path.insert(0, Blocked())
from sutarta.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def verify(*arguments: object, text: bytes = b"", language: str = "en"):
    command = [sys.executable, "-c", WITHOUT_DJANGO, "verify", "--language", language]
    return subprocess.run(
        [*command, *map(str, arguments)], input=text, capture_output=True, timeout=60,
        env=environment(PYTHONUTF8="1"), cwd=ROOT,
    )  # fmt: skip


def said(done) -> str:
    assert done.stderr == b"", done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture
def log() -> MadeLog:
    made = MadeLog()
    made.fill(5)
    return made


@pytest.fixture
def spoken(log: MadeLog) -> Spoken:
    return Spoken(log).take_in()


@pytest.fixture
def keep(tmp_path: Path):
    def kept(receipt: dict[str, object]) -> Path:
        file = tmp_path / "receipt-65.json"
        file.write_text(json.dumps(receipt, ensure_ascii=False), "utf-8")
        return file

    return kept


def test_a_receipt_verifies_offline_and_without_django(spoken, keep):
    done = verify(keep(spoken.receipt()))

    assert done.returncode == 0
    words = said(done)
    assert words.startswith("Everything that could be checked is in order.")
    assert "✓ The act “received” stands in the log at place 5 among 6 acts." in words
    assert "– Whether the group still shows the same log: it was not asked." in words
    assert f"the one on a printed notice: {fingerprint_of(signer().verifier)}" in words
    assert "– No witness that this file names has signed this state of the log." in words
    assert "✗" not in words


def test_it_speaks_lithuanian(spoken, keep):
    words = said(verify(keep(spoken.receipt()), language="lt"))

    assert words.startswith("Viskas, ką galima patikrinti, tvarkoje.")
    assert "✓ Visos dalys yra apie Nr.\xa065." in words


def test_key_log_and_witness_leave_nothing_unchecked(spoken, keep, tmp_path):
    spoken.log.witnesses["Alksnių biblioteka"] = signer(9, "biblioteka", COSIGNATURE)
    receipt = keep(spoken.receipt())
    spoken.log.fill(300)
    folder = written(tmp_path / "log", spoken.log.shown())

    printed = fingerprint_of(spoken.log.key.verifier).lower()
    done = verify(receipt, "--key", printed, "--log", folder)

    words = said(done)
    assert done.returncode == 0
    assert "Not checked" not in words
    assert "begins with the one in the receipt (6 acts)" in words
    assert (
        "Alksnių biblioteka saw this state of the log and signed it on 2026-11-22 10:01:00 UTC"
        in words
    )


def test_a_changed_letter_is_wrong(spoken, keep):
    receipt = spoken.receipt()
    receipt["texts"][0]["content"]["body"] = "Reikia suoliuku prie ežero."

    done = verify(keep(receipt))

    assert done.returncode == 1
    assert "✗ The words (text 1) are not those that the group took in" in said(done)


def test_another_key_is_wrong(spoken, keep):
    done = verify(keep(spoken.receipt()), "--key", signer(7).verifier)

    assert done.returncode == 1
    assert "✗ It was not signed by the key that you gave." in said(done)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 100_000, b"\xff\xfe", b"PK\x03\x04", b'{"schema": 1}', b"null"]
)
def test_what_is_no_receipt_is_two(content, tmp_path):
    file = tmp_path / "x"
    file.write_bytes(content)

    done = verify(file)

    assert done.returncode == 2
    assert said(done).startswith("This is not a receipt.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.json"], "The file nowhere.json cannot be read: No such file or directory."),
        (["-", "--key", "abc"], "This is no key:"),
        (["-", "--log", "nowhere"], "nowhere is no address (https://…), no folder and no dossier."),
        (["-", "--log", "http://alksniai.example"], "is not safe"),
        (["/dev/zero"], "too large for a receipt"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(arguments, words, spoken):
    done = verify(*arguments, text=json.dumps(spoken.receipt()).encode())

    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_programs_get_json(spoken, keep):
    shown = json.loads(said(verify(keep(spoken.receipt()), "--json")))

    assert shown["verdict"] == "kept"
    assert {"code": "number_agrees", "state": "kept", "facts": {"number": 65}} in shown["findings"]


def test_what_strangers_write_cannot_steer_the_terminal(spoken, keep):
    receipt = spoken.receipt()
    receipt["code"] = "\x1b[2J\x07\u202e"

    words = said(verify(keep(receipt)))

    assert "\x1b" not in words
    assert "\u202e" not in words
    assert "The short code ?[2J?? does not belong to this act." in words


@pytest.fixture
def site(tmp_path):
    """A folder behind an address."""
    folder = tmp_path / "site"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_facts):
            pass

    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *facts: Quiet(*facts, directory=str(folder))
    )
    Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _forked(log: MadeLog) -> None:
    log.leaves[2] = translog.leaf_bytes(act("version.withheld", 1), instant(START))


ATTACKS = {
    "dropped": (lambda log: log.leaves.pop(5) and log.fill(4), "The past was rewritten"),
    "forked": (_forked, "The past was rewritten"),
    "yesterday": (lambda log: log.leaves.__delitem__(slice(3, None)), "The log has become smaller"),
    "another key": (lambda log: setattr(log, "key", signer(8)), "is not signed by the log’s key"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_log_that_was_tampered_with_is_named_at_its_address(attack, spoken, keep, site):
    folder, address = site
    receipt = keep(spoken.receipt())
    tamper, words = ATTACKS[attack]
    tamper(spoken.log)
    written(folder / "log", spoken.log.shown())

    done = verify(receipt, "--log", address)

    assert done.returncode == 1
    assert words in said(done)


def test_a_broken_promise_is_named(log, keep, site):
    folder, address = site
    receipt = keep(Spoken(log, at=START - timedelta(days=30)).receipt())
    written(folder / "log", log.shown())

    done = verify(receipt, "--log", address)

    assert done.returncode == 1
    words = "✗ On 2026-10-23 10:00:00 UTC the log promised to keep the act “received”, and it is"
    assert words in said(done)


def test_a_log_out_of_reach_is_not_a_failure(spoken, keep):
    done = verify(keep(spoken.receipt()), "--log", "http://127.0.0.1:9")

    assert done.returncode == 0
    assert "– Whether the group still shows the same log: it could not be reached" in said(done)


def test_a_dossier_serves_as_the_log(spoken, keep, tmp_path):
    receipt = keep(spoken.receipt())
    spoken.log.fill(3)
    with zipfile.ZipFile(tmp_path / "dossier.zip", "w") as parts:
        for path, content in spoken.log.shown().items():
            name = "keys.json" if path == "keys" else path
            parts.writestr(f"dossier/log/{name}", content)

    done = verify(receipt, "--log", tmp_path / "dossier.zip")

    assert done.returncode == 0
    assert "(9 acts) begins with" in said(done)


def test_a_kept_checkpoint_is_compared_too(log, tmp_path):
    kept = tmp_path / "checkpoint-yesterday"
    kept.write_text(log.checkpoint())
    log.rotate(2)
    log.fill(2)
    folder = written(tmp_path / "log", log.shown())

    done = verify(kept, "--log", folder, "--key", log.first)
    assert done.returncode == 0
    assert "(7 acts) begins with the one in the receipt (5 acts)" in said(done)

    _forked(log)
    written(folder, log.shown())
    assert verify(kept, "--log", folder).returncode == 1
    assert verify(kept, "--key", signer(3).verifier).returncode == 1
    assert verify(kept).returncode == 2


def test_every_finding_has_its_words_in_both_languages():
    source = (ROOT / "src/sutarta/core/translog/examining.py").read_text()
    source += (ROOT / "src/sutarta/core/translog/comparing.py").read_text()
    source += (ROOT / "src/sutarta/apps/ui/static/ui/verify.js").read_text()
    english, lithuanian = telling.words("en"), telling.words("lt")

    assert english["findings"].keys() == lithuanian["findings"].keys()
    assert english["acts"].keys() == lithuanian["acts"].keys()
    parts = {"text", "author", "contact"}
    unused = {
        code for code in english["findings"]
        if f'"{code}"' not in source and code.partition("_")[0] not in parts
    }  # fmt: skip
    assert unused == set()
