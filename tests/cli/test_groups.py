"""`sutarta group` and `sutarta host`: many groups in one installation, by their names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import made_once, sutarta
from tests.cli.test_backup import ask, back_up, everything
from tests.cli.test_setup import FLAGS, set_up

KAIMAS = {
    **FLAGS,
    "group": "Gegužinės krašto vietos veiklos grupė",
    "municipality": "Alksnių rajono savivaldybė",
    "host": "kaimas.example",
    "email": "v.g@kaimas.example",
}
HOSTS = "SELECT name, is_primary, retired_at IS NOT NULL FROM tenants_host ORDER BY name"


@pytest.fixture
def kalviai(group_once, tmp_path):
    return Path(shutil.copytree(group_once, tmp_path / "data"))


def add_group(data, **changes):
    flags = {**KAIMAS, **changes}
    return sutarta(
        "group", "add", "--data", data, *(f"--{key}={text}" for key, text in flags.items())
    )


@pytest.fixture(scope="session")
def both_once(group_once, tmp_path_factory):
    """The same with a further group; only to be copied."""

    def make(folder):
        done = add_group(shutil.copytree(group_once, folder / "data"))
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "both", make) / "data"


@pytest.fixture
def both(both_once, tmp_path):
    return Path(shutil.copytree(both_once, tmp_path / "data"))


def host(data, *arguments):
    return sutarta("host", *arguments, "--data", data)


def sites(data) -> str:
    """The line of the Caddy configuration that lists the names."""
    lines = (data / "Caddyfile").read_text().splitlines()
    return next(line for line in lines if line.endswith(".example {"))


def test_a_further_group_has_its_own_host_coordinator_and_link(kalviai):
    done = add_group(kalviai)

    said = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert said[-1].startswith("https://kaimas.example/in/")
    assert sites(kalviai) == "kaimas.example, strategija.kalviai.example {"
    assert f"sudo install -m 644 {kalviai / 'Caddyfile'} /etc/caddy/Caddyfile" in done.stdout
    assert "reverse_proxy 127.0.0.1:8000" in (kalviai / "Caddyfile").read_text()
    assert "email a.k@kalviai.example" in (kalviai / "Caddyfile").read_text()


def test_the_groups_are_listed_with_their_addresses(both):
    done = sutarta("group", "list", "--data", both)

    assert done.stdout.splitlines() == [
        "Kalvių miesto vietos veiklos grupė: https://strategija.kalviai.example",
        "Gegužinės krašto vietos veiklos grupė: https://kaimas.example",
    ]


def test_a_taken_host_is_refused_in_a_sentence(both):
    done = add_group(both, group="Trečia VVG")

    sentence = "kaimas.example belongs to Gegužinės krašto vietos veiklos grupė already"
    assert (done.returncode, done.stderr) == (2, f"sutarta: {sentence}: name another host.\n")
    assert ask(both, "SELECT COUNT(*) FROM tenants_group") == [(2,)]


def test_setting_up_again_lists_every_host_of_the_installation(both):
    set_up(both)

    assert sites(both) == "kaimas.example, strategija.kalviai.example {"


def test_a_group_moves_to_another_name_in_three_steps(both):
    steps = [
        host(both, "add", "Nauja.example", "--group", "kaimas.example"),
        host(both, "primary", "nauja.example"),
        host(both, "retire", "kaimas.example"),
    ]

    assert [step.returncode for step in steps] == [0, 0, 0]
    assert "Letters and notices print https://nauja.example" in steps[1].stdout
    assert "Passkeys belong to a host name" in steps[1].stdout
    assert "kaimas.example leads on to https://nauja.example." in steps[2].stdout
    assert ask(both, HOSTS) == [
        ("kaimas.example", 0, 1),
        ("nauja.example", 1, 0),
        ("strategija.kalviai.example", 1, 0),
    ]
    assert "kaimas.example" in sites(both)  # its certificate is needed to lead on
    changed = ask(both, "SELECT body FROM ledger_entry WHERE event = 'group.changed'")
    assert len(changed) == 3
    assert all(b'"fields":["hosts"]' in body for (body,) in changed)


def test_the_names_are_listed(both):
    host(both, "add", "dar.example", "--group", "kaimas.example")

    assert host(both, "list").stdout.splitlines() == [
        "kaimas.example  Gegužinės krašto VVG  main",
        "dar.example  Gegužinės krašto VVG  answers",
        "strategija.kalviai.example  Kalvių miesto VVG  main",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "nauja.example"), "Say which group is meant"),
        (("add", "no host", "--group", "kaimas.example"), "“no host” is no host name"),
        (("add", "x.example", "--group", "nobody.example"), "No group here answers at nobody"),
        (
            ("add", "kaimas.example", "--group", "strategija.kalviai.example"),
            "kaimas.example belongs to another group here.",
        ),
        (("primary", "nobody.example"), "No group here answers at nobody.example"),
        (("retire", "kaimas.example"), "kaimas.example is the main name"),
        (("retire", "nobody.example"), "No group here answers at nobody.example"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_changes_nothing(both, arguments, sentence):
    before = everything(both)

    done = host(both, *arguments)

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"sutarta: {sentence}")
    assert everything(both) == before


def test_the_only_group_there_is_need_not_be_named(kalviai):
    assert host(kalviai, "add", "nauja.example").returncode == 0


def test_backups_and_upgrades_hold_every_group(both):
    before = everything(both)
    backup = back_up(both)

    upgraded = sutarta("upgrade", "--data", both)
    restored = sutarta("restore", backup, "--data", both)

    assert [upgraded.returncode, restored.returncode] == [0, 0]
    assert everything(both) == before
    assert ask(both, "SELECT COUNT(*) FROM tenants_group") == [(2,)]


def test_the_check_looks_at_every_group(both):
    done = sutarta("check", "--data", both)

    assert "hosts: Kalvių miesto VVG answers at strategija.kalviai.example" in done.stdout
    assert "hosts: Gegužinės krašto VVG answers at kaimas.example" in done.stdout
