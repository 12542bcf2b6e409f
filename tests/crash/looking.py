"""Looks an installation over after the killing: `looking DATA TOLD.json SEEN.json`.

Prints one JSON object: counts, and a sentence for everything that is not as it must be.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sutarta.cli import place


def main(data: Path, told: Path, seen: Path) -> None:
    place.enter(data)
    from tests.crash import acts

    forms = json.loads(told.read_text())
    faults = [*acts.faults(json.loads(seen.read_text())), *_forms(forms), *_files()]
    print(json.dumps(_counts(forms) | {"faults": faults[:50], "wrong": len(faults)}))


def _counts(forms: list[dict[str, Any]]) -> dict[str, int]:
    from sutarta.apps.consultations.models import Submission

    stored = Counter(Submission.objects.values_list("body", flat=True))
    acknowledged = [form for form in forms if form["secret"]]
    silent = [form for form in forms if not form["secret"]]
    return {
        "sent": len(forms),
        "acknowledged": len(acknowledged),
        "found": sum(stored[form["text"]] == 1 for form in acknowledged),
        "lost": sum(stored[form["text"]] == 0 for form in acknowledged),
        "twice": sum(stored[form["text"]] > 1 for form in forms),
        "silent, there": sum(stored[form["text"]] == 1 for form in silent),
        "silent, not there": sum(stored[form["text"]] == 0 for form in silent),
    }


def _forms(forms: list[dict[str, Any]]) -> Iterator[str]:
    """Everything people were told is so, and nothing is there that nobody sent."""
    from sutarta.apps.consultations.models import Submission

    rows = {row.secret_digest: row for row in Submission.objects.all()}
    texts = {form["text"] for form in forms}
    for form in forms:
        if form["secret"]:
            row = rows.get(hashlib.sha256(form["secret"].encode()).hexdigest())
            yield from _one(form, row)
    yield from (f"Nobody sent Nr. {row.number}." for row in rows.values() if row.body not in texts)
    numbers = sorted(row.number for row in rows.values())
    if numbers != list(range(1, len(numbers) + 1)):
        yield "The register has gaps, or a number twice."


def _one(form: dict[str, Any], row: Any) -> Iterator[str]:
    if row is None:
        yield f"Lost: {form['text']}"
        return
    if (row.body, row.email) != (form["text"], form["email"]):
        yield f"Nr. {row.number} does not say what was sent."
    if form["file"] and not row.attachments.filter(digest=form["file"]).exists():
        yield f"Nr. {row.number} has lost its file."
    if form["receipt"]:
        yield from _receipt(json.loads(form["receipt"]), row)


def _receipt(receipt: dict[str, Any], row: Any) -> Iterator[str]:
    """The receipt that was fetched then still speaks of this very row."""
    from sutarta.core.canonical import fingerprint

    [said] = receipt["fingerprints"]
    if (said["fingerprint"], said["content"]["number"]) != (row.digest, row.number):
        yield f"The receipt of Nr. {row.number} tells of something else."
    if fingerprint(bytes.fromhex(said["salt"]), said["content"]) != said["fingerprint"]:
        yield f"The receipt of Nr. {row.number} does not fit itself."


def _files() -> Iterator[str]:
    """Every file has its bytes, and no bytes lie there that no row knows."""
    from django.conf import settings

    from sutarta.apps.consultations.models import Attachment

    known = set()
    for one in Attachment.objects.all():
        kept = settings.MEDIA_ROOT / one.path
        known.add(kept)
        if not kept.is_file() or kept.stat().st_size != one.size:
            yield f"The bytes of a file are not there: {one.path}"
    for kept in settings.MEDIA_ROOT.glob("*/attachments/*"):
        if kept not in known:
            yield f"A file that belongs to nothing: {kept.name}"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
