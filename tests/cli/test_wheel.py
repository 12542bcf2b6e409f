"""A wheel is all one needs: templates, styles, translations, the demo's document."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, environment

UV = Path(sys.executable).with_name("uv")
NEEDED = ("pyproject.toml", "LICENSE", "README.md", "requirements", "src")


def run(*command: object, cwd: Path) -> str:
    clean = {name: value for name, value in environment().items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, env=clean
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that has the wheel, and what it needs beside it."""
    room = tmp_path_factory.mktemp("wheel")
    source = room / "source"
    source.mkdir()
    for name in NEEDED:
        whole = ROOT / name
        (shutil.copytree if whole.is_dir() else shutil.copy)(whole, source / name)
    run(UV, "build", "--wheel", "--quiet", "--out-dir", room / "dist", source, cwd=room)
    run(UV, "venv", "--quiet", "--python", sys.executable, room / "venv", cwd=room)
    python = room / "venv" / "bin" / "python"
    [wheel] = (room / "dist").glob("*.whl")
    run(
        UV,
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--offline",
        "--python",
        python,
        wheel,
        cwd=room,
    )
    theirs = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=room)
    (Path(theirs.strip()) / "beside.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


@pytest.fixture(scope="module")
def demo_made(installed, tmp_path_factory):
    """The folder of a demo made from the wheel, and what the command said."""
    folder = tmp_path_factory.mktemp("made")
    said = run(installed / "sutarta", "demo", "--no-serve", "--data", folder / "data", cwd=folder)
    return folder, said


def test_the_demo_runs_from_a_wheel_without_the_checkout(installed, demo_made):
    folder, said = demo_made
    where = run(installed / "python", "-c", "import sutarta; print(sutarta.__file__)", cwd=folder)

    assert where.startswith(str(installed.parent))
    assert "The site for residents:  http://127.0.0.1:8000/" in said
    assert (folder / "data" / "static" / "staticfiles.json").is_file()


def test_pages_from_a_wheel_speak_lithuanian(installed, demo_made):
    folder, _said = demo_made
    ask = (
        "from pathlib import Path; from sutarta.cli import place; place.enter(Path('data'));"
        "from django.test import Client;"
        "print(Client(headers={'host': '127.0.0.1'}).get('/p/').content.decode())"
    )

    page = run(installed / "python", "-c", ask, cwd=folder)

    assert '<html lang="lt"' in page
    assert "registras" in page
