"""`sutarta documents` with odd files, names, places to write and terminals: one line, no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import environment, sutarta

OLD = "# Planas\n\nTakas bus apšviestas 😀.\n"


@pytest.fixture
def old(tmp_path):
    file = tmp_path / "senas.md"
    file.write_text(OLD, encoding="utf-8")
    return file


def refused(done):
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return True


def test_a_file_that_leads_to_itself_is_one_line(old, tmp_path):
    loop = tmp_path / "ratas.docx"
    loop.symlink_to(loop)

    assert refused(sutarta("documents", "compare", old, loop, "--html", tmp_path / "out.html"))


def test_a_name_of_two_lines_is_told_in_one(tmp_path):
    file = tmp_path / "du\n\x1b[2Jtrys.docx"
    file.write_bytes(b"nieko")

    done = sutarta("documents", "import", file)

    assert refused(done)
    assert "\x1b" not in done.stderr


def test_a_file_without_end_is_one_line():
    assert refused(sutarta("documents", "import", "/dev/zero"))


@pytest.mark.parametrize("kind", [["para"], {}, 7])
def test_a_kind_that_is_no_word_is_one_line(tmp_path, kind):
    file = tmp_path / "list.json"
    file.write_text(json.dumps([{"id": 1, "kind": kind, "text": "Takas"}]))

    assert refused(sutarta("documents", "anchors", file, file))


def test_names_that_are_no_letters_come_back_as_they_were(tmp_path):
    file = tmp_path / "list.json"
    file.write_text('[{"id": "\\ud800", "text": "Takas ir tiltas"}]')

    done = sutarta("documents", "anchors", file, file)
    written = sutarta("documents", "anchors", file, file, "--out", tmp_path / "out.json")

    assert (done.returncode, written.returncode) == (0, 0)
    assert json.loads(done.stdout) == {"\ud800": "\ud800"}
    assert json.loads((tmp_path / "out.json").read_text()) == json.loads(done.stdout)


@pytest.mark.parametrize("letters", ["ascii", "iso8859-13"])
def test_a_terminal_of_few_letters_gets_its_answer(old, letters):
    for_people = sutarta("documents", "import", old, PYTHONIOENCODING=letters)
    for_programs = sutarta("documents", "import", old, "--json", PYTHONIOENCODING=letters)

    assert (for_people.returncode, for_programs.returncode) == (0, 0)
    blocks = json.loads(for_programs.stdout)["document"]["blocks"]
    assert blocks[1]["spans"][0]["text"] == "Takas bus apšviestas 😀."


def test_nothing_given_to_be_read_is_written_over(old, tmp_path):
    same = tmp_path / "tas pats.md"
    os.link(old, same)
    pair = tmp_path / "pair.json"
    pair.write_text('{"old": [], "new": []}')

    for asked in (
        ("anchors", old, old, "--out", old),
        ("anchors", "--pair", pair, "--out", pair),
        ("compare", old, old, "--html", same),
    ):
        assert refused(sutarta("documents", *asked))

    assert old.read_text(encoding="utf-8") == OLD


def test_two_answers_are_not_written_into_one_file(old, tmp_path):
    out = tmp_path / "out"

    done = sutarta(
        "documents", "compare", old, old, "--html", out, "--docx", tmp_path / "." / "out"
    )

    assert refused(done)
    assert not out.exists()


def test_whoever_reads_may_stop_before_the_end(tmp_path):
    file = tmp_path / "ilgas.md"
    file.write_text("# Planas\n\n" + "Takas ir tiltas.\n\n" * 9000)
    asked = [sys.executable, "-m", "sutarta.cli.main", "documents", "import", str(file), "--json"]

    with subprocess.Popen(
        asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as running:
        assert running.stdout.readline() == b"{\n"
        running.stdout.close()
        complaint = running.stderr.read()

    assert (running.returncode, complaint) == (0, b"")


def test_a_full_disk_is_one_line(old):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sutarta.cli.main", "documents", "import", str(old)],
            stdout=full, stderr=subprocess.PIPE, env=environment(), check=False,
        )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
