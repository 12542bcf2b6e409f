"""`sutarta setup`: a group, its coordinator, and what the server needs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from sutarta.cli.setup import questions
from tests.cli.conftest import sutarta
from tests.cli.test_backup import ask

FLAGS = {
    "group": "Kalvių miesto vietos veiklos grupė",
    "municipality": "Kalvių miesto savivaldybė",
    "language": "lt",
    "host": "Strategija.Kalviai.example",
    "name": "A. K.",
    "email": "a.k@kalviai.example",
}


def set_up(data, **changes):
    flags = {**FLAGS, **changes}
    return sutarta("setup", "--data", data, *(f"--{key}={text}" for key, text in flags.items()))


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The data folder of an installation, which its files name; only to be copied or read."""
    data = tmp_path_factory.mktemp("installed") / "data"
    done = set_up(data)
    assert done.returncode == 0, done.stderr
    return data, done.stdout


@pytest.fixture
def kalviai(installed, tmp_path):
    """One of one's own."""
    data, said = installed
    return Path(shutil.copytree(data, tmp_path / "data")), said


def test_the_group_answers_at_its_host(kalviai):
    data, _said = kalviai

    assert ask(data, "SELECT name, short_name, language FROM tenants_group") == [
        ("Kalvių miesto vietos veiklos grupė", "Kalvių miesto VVG", "lt")
    ]
    assert ask(data, "SELECT name FROM tenants_host") == [("strategija.kalviai.example",)]
    assert ask(data, "SELECT role FROM people_membership") == [("COORDINATOR",)]


def test_a_one_time_link_over_https_is_printed(kalviai):
    _data, said = kalviai

    assert said.strip().splitlines()[-1].startswith("https://strategija.kalviai.example/in/")


def test_two_commands_install_the_service(installed):
    data, said = installed
    unit, caddy = (data / "sutarta.service").read_text(), (data / "Caddyfile").read_text()

    commands = [line for line in said.splitlines() if line.startswith("  ")]
    assert len(commands) == 2
    assert str(data / "sutarta.service") in commands[0]
    assert str(data / "Caddyfile") in commands[1]
    assert f"serve --data {data} --port 8000" in unit
    assert f"ReadWritePaths={data} {data}-backups\n" in unit
    assert "strategija.kalviai.example {" in caddy
    assert "exclude http.log.access http.log.error" in caddy  # no addresses of readers
    assert "reverse_proxy 127.0.0.1:8000" in caddy
    assert "$" not in unit + caddy


def test_systemd_accepts_the_unit(installed):
    data, _said = installed
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("No systemd here: the unit was not looked over by it.")

    done = subprocess.run(
        [program, "verify", data / "sutarta.service"], capture_output=True, text=True
    )

    assert [line for line in done.stderr.splitlines() if "sutarta.service" in line] == []


def test_a_second_time_nothing_is_lost_and_another_link_is_printed(kalviai):
    data, first = kalviai
    (data / "settings.env").write_text("SUTARTA_HTTPS=yes\n# mine\n")

    done = set_up(data)

    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] != first.splitlines()[-1]
    assert ask(data, "SELECT COUNT(*) FROM tenants_group") == [(1,)]
    assert (data / "settings.env").read_text() == "SUTARTA_HTTPS=yes\n# mine\n"


def test_at_most_eight_questions():
    assert len(questions.QUESTIONS) == 7


@pytest.mark.parametrize(
    ("flag", "wrong"),
    [("host", "not a host"), ("email", "nobody"), ("language", "de"), ("group", "x" * 201)],
)
def test_a_wrong_flag_is_one_sentence(tmp_path, flag, wrong):
    done = set_up(tmp_path / "data", **{flag: wrong})

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"sutarta: --{flag} is the ")
    assert not (tmp_path / "data").exists()


def test_with_nobody_to_ask_a_missing_flag_is_named(tmp_path):
    done = sutarta("setup", "--data", tmp_path / "data", "--group", "VVG")

    sentence = "--municipality is missing: the municipality."
    assert (done.returncode, done.stderr) == (2, f"sutarta: {sentence}\n")


def test_a_person_is_asked_and_asked_again(monkeypatch, capsys):
    typed = [FLAGS["group"], "", "Savivaldybė", "", "bad host", "x.example", "A", "a@b.lt"]
    said = iter(typed)
    monkeypatch.setattr(questions.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _prompt: next(said))

    found = questions.answers({})

    assert found["short"] == "Kalvių miesto VVG"
    assert (found["language"], found["host"]) == ("lt", "x.example")
    assert "such as strategija.example.lt, not “bad host”" in capsys.readouterr().out


def test_a_new_link_for_one_who_serves_here(kalviai):
    data, _said = kalviai

    done = sutarta("link", "A.K@kalviai.example", "--data", data)

    assert done.returncode == 0
    assert done.stdout.startswith("https://strategija.kalviai.example/in/")


def test_no_link_for_a_stranger(kalviai):
    data, _said = kalviai

    done = sutarta("link", "stranger@kalviai.example", "--data", data)

    sentence = "Nobody with the address stranger@kalviai.example serves a group here."
    assert (done.returncode, done.stderr) == (2, f"sutarta: {sentence}\n")


def test_one_who_serves_two_groups_says_which(kalviai):
    data, _said = kalviai
    set_up(data, host="kita.example", group="Kita VVG")

    unclear = sutarta("link", FLAGS["email"], "--data", data)
    clear = sutarta("link", FLAGS["email"], "--data", data, "--host", "kita.example")

    sentence = "a.k@kalviai.example serves several groups: say which one by --host."
    assert unclear.stderr == f"sutarta: {sentence}\n"
    assert clear.stdout.startswith("https://kita.example/in/")


def test_check_has_no_errors_on_a_fresh_installation(kalviai):
    data, _said = kalviai

    done = sutarta("check", "--data", data)

    words = dict(line[6:].split(": ", 1) for line in done.stdout.splitlines())
    levels = {line[:5].strip() for line in done.stdout.splitlines()}
    assert (done.returncode, levels) == (0, {"ok", "warn"})
    assert words["HTTPS"] == "on, told by the proxy in front"
    assert words["hosts"] == "Kalvių miesto VVG answers at strategija.kalviai.example"
    assert words["mail"] == "no server yet, letters wait; set SUTARTA_MAIL_URL"


def test_check_names_what_must_be_mended(kalviai):
    data, _said = kalviai
    (data / "secret.key").chmod(0o644)
    (data / "settings.env").write_text("SUTARTA_HTTPS=yes\nSUTARTA_MAIL_URL=smtp://localhost\n")

    done = sutarta("check", "--data", data)

    errors = [line for line in done.stdout.splitlines() if line.startswith("error")]
    assert done.returncode == 1
    assert errors == [
        f"error secret.key: others can read it; run chmod 600 {data / 'secret.key'}",
        "error HTTPS: on, but no proxy is trusted to say so; "
        "set SUTARTA_BEHIND_PROXY=yes behind Caddy",
        "error mail: letters have no sender; set SUTARTA_MAIL_FROM",
    ]
