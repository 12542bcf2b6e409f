"""Real installations in folders of their own, driven by the real command."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("SUTARTA_", "DATABASE_URL", "DJANGO_", "PYTEST_")

Command = Callable[..., subprocess.CompletedProcess[str]]


def environment(**more: str) -> dict[str, str]:
    """The environment of somebody who has set nothing of ours."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**clean, "PYTHONPATH": str(ROOT / "src"), **more}


def sutarta(
    *arguments: object, text: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run `sutarta ARGUMENTS`; `text` is what the person types."""
    return subprocess.run(
        [sys.executable, "-m", "sutarta.cli.main", *map(str, arguments)],
        input=text, capture_output=True, text=True, timeout=400, env=environment(**settings),
    )  # fmt: skip


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A copy of what `make` puts into an empty folder, made by one process for all of a run.

    Each process and each module that asks has a copy, so nobody meets files another has open.
    """
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    made = shared / f"once-{name}"
    with (shared / f"once-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = factory.mktemp(f"making-{name}")
            make(begun)
            begun.rename(made)
    return Path(shutil.copytree(made, factory.mktemp(name), dirs_exist_ok=True))


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo's data folder; only to be copied or read."""

    def make(folder: Path) -> None:
        done = sutarta("demo", "--no-serve", "--data", folder / "data")
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "demo", make) / "data"


@pytest.fixture
def demo(demo_once: Path, tmp_path: Path) -> Path:
    """A demo's data folder of one's own."""
    return Path(shutil.copytree(demo_once, tmp_path / "data"))


def ship(data: Path, *more: object, quiet: bool = True) -> str:
    """Ship the installation to the folder "second" beside it."""
    done = sutarta("ship", "--data", data, "--to", data.parent / "second", *more)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "" or not quiet
    return done.stdout


@pytest.fixture(scope="session")
def shipped_once(demo_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo and its second place, shipped once; only to be copied."""

    def make(folder: Path) -> None:
        ship(Path(shutil.copytree(demo_once, folder / "data")), "--begin")

    return made_once(tmp_path_factory, "shipped", make)


@pytest.fixture
def shipped(shipped_once: Path, tmp_path: Path) -> Path:
    """The data folder of a demo that was shipped once."""
    shutil.copytree(shipped_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


@pytest.fixture
def place(shipped: Path) -> Path:
    """Its second place."""
    return shipped.parent / "second"


@pytest.fixture(scope="session")
def group_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation as `sutarta setup` leaves it; only to be copied."""
    from tests.cli.test_setup import set_up

    def make(folder: Path) -> None:
        done = set_up(folder / "data")
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "group", make) / "data"


@pytest.fixture(scope="session")
def mailboxes_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with mailboxes that a mail server hands letters to; only to be copied."""
    from tests.cli.listening import found

    return made_once(tmp_path_factory, "mailboxes", found) / "data"
