"""The command as a whole: what it says when it cannot go on."""

from __future__ import annotations

import ast
import socket
import sys
from pathlib import Path

import pytest

from sutarta.cli import main, place
from sutarta.cli.stop import Stop
from tests.cli.conftest import sutarta


def test_an_old_python_is_told_so_in_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))

    assert main.main(["demo"]) == 2
    assert capsys.readouterr().err == "Sutarta needs Python 3.11 or newer; this is Python 3.9.\n"


def test_what_an_old_python_reads_first_parses_there():
    package = Path(main.__file__).parents[1]

    for file in (package / "__init__.py", package / "cli" / "__init__.py", Path(main.__file__)):
        ast.parse(file.read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("command", main.COMMANDS)
def test_every_command_explains_itself(command):
    done = sutarta(command, "--help")

    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: sutarta {command}")


def test_an_unknown_command_is_bad_usage():
    done = sutarta("dance")

    assert done.returncode == 2
    assert "invalid choice" in done.stderr


def test_a_taken_port_is_one_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = sutarta("demo", "--data", tmp_path / "data", "--port", port)

    sentence = f"Port {port} is taken: stop what uses it, or choose another with --port."
    assert (done.returncode, done.stderr) == (2, f"sutarta: {sentence}\n")
    assert not (tmp_path / "data").exists()


def test_a_port_that_does_not_exist_is_one_sentence(tmp_path):
    done = sutarta("demo", "--data", tmp_path / "data", "--port", 70_000)

    sentence = "There is no port 70000: choose one from 1024 to 65535."
    assert (done.returncode, done.stderr) == (2, f"sutarta: {sentence}\n")


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    data = tmp_path / "file" / "data"

    done = sutarta("demo", "--no-serve", "--data", data)

    sentence = f"The folder {data} cannot be written: Not a directory."
    assert (done.returncode, done.stderr) == (2, f"sutarta: {sentence}\n")


def test_a_folder_of_somebody_else_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(place.os, "access", lambda *_: False)

    with pytest.raises(Stop, match=r"cannot be written: Permission denied\.$"):
        place.make(tmp_path / "data")


def test_no_installation_is_one_sentence(tmp_path):
    done = sutarta("check", "--data", tmp_path / "nothing")

    assert done.returncode == 2
    assert done.stderr.startswith("sutarta: There is no installation in ")
    assert done.stderr.count("\n") == 1


def test_a_setting_that_makes_no_sense_is_one_sentence(demo_once):
    done = sutarta("check", "--data", demo_once, SUTARTA_HTTPS="maybe")

    sentence = "sutarta: SUTARTA_HTTPS must be yes or no, not 'maybe'.\n"
    assert (done.returncode, done.stderr) == (2, sentence)


def test_own_settings_are_read_and_the_environment_goes_before_them(demo):
    (demo / "settings.env").write_text("# a comment\nSUTARTA_HTTPS = yes\n\nSUTARTA_PORT=x\n")

    done = sutarta("check", "--data", demo, SUTARTA_PORT="0")

    assert "error HTTPS: on, but no proxy is trusted" in done.stdout


def test_secrets_are_made_once_and_only_for_their_owner(tmp_path):
    data = place.make(tmp_path / "data")
    first = {name: (data / name).read_text() for name in ("secret.key", "backup.key")}

    place.make(tmp_path / "data")

    assert {name: (data / name).read_text() for name in first} == first
    assert {(data / name).stat().st_mode & 0o777 for name in first} == {0o600}
    assert data.stat().st_mode & 0o777 == 0o700
