"""Looks an installation over after the killing: `looking DATA ADDRESS SINCE < what was told`.

Reads a JSON object (forms as people noted them, checkpoints as a witness saw them), prints one:
counts, and a sentence for everything that is not as it must be. Receipts of forms from number
SINCE on are compared with the log that the site shows; ADDRESS is where that stands.
"""

from __future__ import annotations

import hashlib
import json
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sutarta.cli import clock, place
from sutarta.core import translog
from sutarta.core.translog import comparing, examining, receipts
from tests.crash.site import HOST

Form = Mapping[str, Any]
SILENCE = 60  # seconds for one answer


def main(data: str, address: str, since: str) -> None:
    place.enter(Path(data))
    told = json.load(sys.stdin)
    forms, seen = told["forms"], told["seen"]
    faults = [
        *_forms(forms),
        *_acts(),
        *_letters(),
        *_files(),
        *_audited(seen),
        *_grown(seen),
        *_receipts(forms[int(since) :], address),
    ]
    print(json.dumps(_counts(forms) | {"faults": faults[:50], "wrong": len(faults)}))


def _counts(forms: Sequence[Form]) -> dict[str, int]:
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


def _forms(forms: Sequence[Form]) -> Iterator[str]:
    """Everything people were told is so, and nothing is there that nobody sent."""
    from sutarta.apps.consultations.models import Submission

    rows = {row.secret_digest: row for row in Submission.objects.all()}
    texts = {form["text"] for form in forms}
    for form in forms:
        if form["secret"]:
            yield from _one(form, rows.get(hashlib.sha256(form["secret"].encode()).hexdigest()))
    yield from (f"Nobody sent Nr. {row.number}." for row in rows.values() if row.body not in texts)
    numbers = sorted(row.number for row in rows.values())
    if numbers != list(range(1, len(numbers) + 1)):
        yield "The register has gaps, or a number twice."


def _one(form: Form, row: Any) -> Iterator[str]:
    if row is None:
        yield f"Lost: {form['text']}"
        return
    if (row.body, row.email) != (form["text"], form["email"]):
        yield f"Nr. {row.number} does not say what was sent."
    is_kept = form["file"] and not form["is_file_missing"]
    if is_kept and not row.attachments.filter(digest=form["file"]).exists():
        yield f"Nr. {row.number} has lost its file."


def _acts() -> Iterator[str]:
    """No row without its act, no act without its row, none twice; and none waits for its place."""
    from sutarta.apps.consultations.models import Attachment, Submission
    from sutarta.apps.ledger import queries
    from sutarta.apps.ledger.models import Entry

    received = Entry.objects.filter(event="submission.received")
    acts = Counter(str(queries.facts(entry)["digest"]) for entry in received)
    rows = Counter(Submission.objects.values_list("digest", flat=True))
    if acts != rows:
        yield f"{len(rows - acts)} rows without their act, {len(acts - rows)} acts without a row."
    files = Entry.objects.filter(event="attachment.added").count()
    if files != Attachment.objects.count():
        yield f"{files} acts of files, and {Attachment.objects.count()} files."
    if waiting := Entry.objects.filter(leaf=None).count():
        yield f"{waiting} acts wait for their place."


def _letters() -> Iterator[str]:
    """A receipt went out to everybody who left an address, and to nobody else."""
    from sutarta.apps.consultations.models import Submission
    from sutarta.apps.consultations.queries import receipts as ours
    from sutarta.apps.mail.models import Letter

    wanted = {ours.letter_key(row) for row in Submission.objects.exclude(email="")}
    posted = set(Letter.objects.filter(kind="submission.receipt").values_list("key", flat=True))
    if wanted != posted:
        yield f"{len(wanted - posted)} letters missing, {len(posted - wanted)} too many."


def _files() -> Iterator[str]:
    """Every file has its bytes; what a killed process left behind can be swept away."""
    from django.conf import settings

    from sutarta.apps.consultations.actions import shelving
    from sutarta.apps.consultations.models import Attachment
    from sutarta.apps.tenants import storing

    shelving.sweep(clock.now() + storing.UNDER_WAY)
    for one in Attachment.objects.all():
        kept = settings.MEDIA_ROOT / one.path
        if not kept.is_file() or kept.stat().st_size != one.size:
            yield f"The bytes of a file are not there: {one.path}"


def _audited(seen: Sequence[str]) -> Iterator[str]:
    """What `sutarta audit` finds, with the checkpoints a witness kept."""
    from sutarta.apps.publishing.queries import auditing
    from sutarta.apps.tenants.models import Group

    audit = auditing.look_through(Group.objects.get(), clock.now(), kept=seen)
    yield from (f"Audit: {one.code} {one.subject} {one.facts}" for one in audit.findings)


def _grown(seen: Sequence[str]) -> Iterator[str]:
    """The log never went back while a witness looked."""
    points = [translog.Checkpoint.parse(translog.Note.parse(note).text) for note in seen]
    if [point.size for point in points] != sorted(point.size for point in points):
        yield "A checkpoint was smaller than one before it."


def _receipts(forms: Iterable[Form], address: str) -> Iterator[str]:
    """Each proves what it says, and the log that the site shows now is the one it came from."""

    @cache
    def fetch(path: str) -> bytes | None:
        asked = urllib.request.Request(f"{address}/log/{path}", headers={"Host": HOST})
        with urllib.request.urlopen(asked, timeout=SILENCE) as answer:
            return answer.read()

    for form in forms:
        if not form["receipt"]:
            continue
        said = json.loads(form["receipt"])
        found = examining.examine(said)
        found += comparing.compare(receipts.read(said), fetch, clock.now())
        wrong = [one.code for one in found if one.state == receipts.FAILED]
        checked = {one.code for one in found if one.state == receipts.KEPT}
        if wrong or len(checked) < 4:
            yield f"The receipt of Nr. {said['number']}: {wrong or checked}"
        if [part["content"]["body"] for part in said["texts"]] != [form["text"]]:
            yield f"The receipt of Nr. {said['number']} tells of something else."


if __name__ == "__main__":
    main(*sys.argv[1:])
