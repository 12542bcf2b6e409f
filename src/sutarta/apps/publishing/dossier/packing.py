"""Putting a dossier together: one file after the other into a zip, with their checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.contrib.staticfiles import finders
from django.utils import timezone, translation

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.publishing.dossier import files, proofs

SCHEMA = "sutarta.dossier/1"
SCRIPTS = ("verify-words.js", "verify.js", "dossier.js")
STYLE = "dossier.css"
READABLE = 0o644 << 16


def pack(consultation: Consultation, language: str, at: datetime, into: IO[bytes]) -> None:
    """Write the zip. Raises shelf.Busy when papers of versions cannot be made right now.

    language   of what we say in it; people's words stand in their own
    """
    with translation.override(language), ZipFile(into, "w", ZIP_DEFLATED) as made:
        found = files.gathered(consultation, language, at)
        sums: dict[str, str] = {}
        for name, data in _parts(found):
            sums[name] = _put(made, name, data, at)
        said = {**proofs.data(found), "files": [{"name": n, "sha256": s} for n, s in sums.items()]}
        sums["data.js"] = _put(made, "data.js", _script(found, said), at)
        lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        _put(made, "checksums.txt", lines.encode(), at)


def _parts(found: files.Gathered) -> Iterator[tuple[str, bytes]]:
    parts = [*files.written(found)]
    yield "index.html", files.page("index", found, names={name for name, _data in parts})
    yield "verify.html", files.page("verify", found)
    yield from parts
    yield from proofs.tiles(found.consultation.group)
    for name in (*SCRIPTS, STYLE):
        yield name, _static(name)


def _static(name: str) -> bytes:
    path = finders.find(f"ui/{name}")
    if not isinstance(path, str):
        raise FileNotFoundError(name)
    return Path(path).read_bytes()


def _script(found: files.Gathered, said: dict[str, object]) -> bytes:
    """JSON as a script: a page opened from a folder may not read it otherwise."""
    its = found.consultation
    named = {"schema": SCHEMA, "group": its.group.name, "consultation": its.number, **said}
    return f"window.sutartaDossier = {json.dumps(named, ensure_ascii=False)};\n".encode()


def _put(made: ZipFile, name: str, data: bytes, at: datetime) -> str:
    """Add the file under the dossier's own time; its SHA-256 in hex."""
    info = ZipInfo(name, timezone.localtime(at).timetuple()[:6])
    info.compress_type, info.external_attr = ZIP_DEFLATED, READABLE
    made.writestr(info, data)
    return hashlib.sha256(data).hexdigest()
