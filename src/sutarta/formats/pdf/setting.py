"""Runs the typesetter in a process that is bounded in time and memory."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sutarta.formats.bounded.asking import run
from sutarta.formats.papers import emblem

WORKER = "sutarta.formats.pdf.worker"
MAX_COMPLAINT = 2_000
log = logging.getLogger(__name__)


class NotWritten(Exception):
    """It could not be set: too long, or a mistake of ours, which is in the log."""


def typeset(
    template: Path,
    said: Mapping[str, Any],
    files: Mapping[str, bytes],
    *,
    into: str = "paper.pdf",
    seconds: float,
    megabytes: int,
) -> bytes:
    """What the template makes of `said`: PDF/UA-1, or a picture.

    template   a .typ file, which reads said.json
    said       plain JSON values; pictures of its `pieces`, if any, are made fit to be set
    files      name -> drawing or picture it shows; emblem.svg is always there
    into       a name that ends in .pdf, or in .png for a picture of the first page
    seconds    wall time and processor time allowed, > 0
    megabytes  address space allowed, of which the typesetter's threads reserve about 500

    A letter that none of our fonts has is printed as □. Raises NotWritten.
    """
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        shutil.copy(template, folder / template.name)
        (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")
        for name, data in {"emblem.svg": emblem.svg().encode(), **files}.items():
            (folder / name).write_bytes(data)
        _set(folder, template.name, into, seconds, megabytes)
        made = folder / into
        if not made.exists():
            raise NotWritten("nothing was written")
        return made.read_bytes()


def _set(folder: Path, template: str, into: str, seconds: float, megabytes: int) -> None:
    with tempfile.TemporaryFile() as complaints:
        try:
            code = run(
                WORKER, str(folder), template, into, complaints=complaints,
                seconds=seconds, megabytes=megabytes, RAYON_NUM_THREADS="2",
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise NotWritten(f"{template} took too long") from error
        if code:
            complaints.seek(0)
            complaint = complaints.read()[-MAX_COMPLAINT:].decode(errors="replace")
            log.error("setting %s ended with %s: %s", template, code, complaint)
            raise NotWritten(f"the typesetter ended with {code}")
