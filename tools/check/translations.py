"""The translations are complete, in step with the sources, and compiled.

`--collect` brings the catalogues up to date instead: new strings are added, those no longer
used are taken out, and all are compiled. Needs GNU gettext.
"""

from __future__ import annotations

import gettext
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "sutarta"
LANGUAGE = "lt"
IN_FOLDER = Path("locale") / LANGUAGE / "LC_MESSAGES"


def places(source: Path = SOURCE) -> list[Path]:
    """Every folder with strings of its own: the apps and the front door."""
    apps = sorted(path.parent for path in (source / "apps").glob("*/__init__.py"))
    return [*apps, source / "web"]


def problems() -> Iterator[str]:
    """What is wrong with the catalogues, one sentence each."""
    with tempfile.TemporaryDirectory() as room:
        copy = Path(room) / "sutarta"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("vendor", "__pycache__"))
        for place in places(copy):
            own = SOURCE / place.relative_to(copy) / IN_FOLDER / "django.po"
            yield from _of_catalogue(own, _template(place))


def _template(place: Path) -> Path | None:
    """The strings of a folder as they are now, or None when it has none."""
    (place / "locale").mkdir(exist_ok=True)
    _makemessages(place, "--keep-pot")
    template = place / "locale" / "django.pot"
    return template if template.exists() else None


def _makemessages(place: Path, *options: str) -> None:
    command = [sys.executable, "-m", "django", "makemessages", "-l", LANGUAGE, "-v", "0"]
    path = {"PYTHONPATH": str(SOURCE.parent), "DJANGO_SETTINGS_MODULE": "sutarta.config.settings"}
    subprocess.run([*command, *options], cwd=place, env={**os.environ, **path}, check=True)


def _of_catalogue(catalogue: Path, template: Path | None) -> Iterator[str]:
    name = catalogue.relative_to(SOURCE)
    if template is None or not _strings(template):
        return
    if not catalogue.exists():
        yield f"{name} is missing: run make messages"
        return
    done = subprocess.run(["msgcmp", catalogue, template], capture_output=True, text=True)
    if done.returncode:
        yield f"{name} lacks translations; run make messages, then translate:\n{done.stderr}"
    yield from _of_compiled(catalogue)


def _strings(template: Path) -> int:
    return template.read_text().count("\nmsgid ") - 1


def _of_compiled(catalogue: Path) -> Iterator[str]:
    compiled = catalogue.with_suffix(".mo")
    with tempfile.NamedTemporaryFile(suffix=".mo") as fresh:
        _compile(catalogue, Path(fresh.name))
        if not compiled.exists() or _read(compiled) != _read(Path(fresh.name)):
            yield f"{compiled.relative_to(SOURCE)} is not compiled anew: run make messages"


def _compile(catalogue: Path, target: Path) -> None:
    subprocess.run(["msgfmt", "--check-format", "-o", target, catalogue], check=True)


def _read(compiled: Path) -> dict[object, str]:
    with compiled.open("rb") as file:
        strings = gettext.GNUTranslations(file)._catalog
    return {key: text for key, text in strings.items() if key != ""}


def collect() -> None:
    """Bring every catalogue up to date and compile it."""
    for place in places():
        (place / "locale").mkdir(exist_ok=True)
        _makemessages(place, "--no-obsolete", "--no-location")
        catalogue = place / IN_FOLDER / "django.po"
        if catalogue.exists():
            _compile(catalogue, catalogue.with_suffix(".mo"))


def main() -> None:
    if shutil.which("xgettext") is None:
        sys.stdout.write("GNU gettext is not installed, so translations are not checked.\n")
        sys.exit(os.environ.get("CI") == "true")
    if "--collect" in sys.argv:
        collect()
    else:
        sys.exit("\n".join(problems()) or 0)


if __name__ == "__main__":
    main()
