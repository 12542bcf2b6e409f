"""`sutarta audit`: whether every row still is as the log says, and the log as it was signed."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sutarta.cli import clock, place
from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.apps.ledger.queries.auditing import Audit
    from sutarta.apps.tenants.models import Group

HELP = "compare every row with the log, and the log with its signatures"
PATIENCE = 1.0  # seconds before it says what it is doing
NOTES_SHOWN = 10
STEPS = {
    "acts": "reading the log",
    "trees": "computing the tree and checking signatures",
    "rows": "comparing rows",
    "openings": "opening commitments and files",
}


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    parser.add_argument(
        "--group", metavar="HOST", help="of one group only, by a name it answers at"
    )
    parser.add_argument("--json", action="store_true", help="print the findings for machines")
    parser.add_argument(
        "--checkpoint",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="compare with a checkpoint somebody kept: a witness's file, or a receipt",
    )
    parser.add_argument(
        "--shipped", metavar="DIR", type=Path, help="compare with the checkpoints at a second place"
    )


def run(arguments: Namespace) -> int:
    place.enter(arguments.data)
    from sutarta.cli.serve import require_migrated

    require_migrated()
    kept = [note for file in _files(arguments) for note in notes_in(file)]
    groups = _groups(arguments.group)
    found = {group: _audit(group, kept, quiet=arguments.json) for group in groups}
    _require_known(kept)
    if arguments.json:
        print(json.dumps([_data(*pair) for pair in found.items()], indent=1, default=str))
    else:
        for group, audit in found.items():
            print("\n".join(_lines(group, audit)))
    return 1 if any(audit.findings for audit in found.values()) else 0


def notes_in(file: Path) -> list[str]:
    """The signed checkpoints of a file: a note as it is, or what a receipt holds as JSON.

    Raises Stop when there is none.
    """
    from sutarta.core import translog

    words = file.read_text()
    found = list(_strings(json.loads(words))) if words.lstrip().startswith("{") else [words]
    notes = []
    for one in found:
        try:
            translog.Checkpoint.parse(translog.Note.parse(one).text)
        except (translog.BadNote, translog.BadCheckpoint):
            continue
        notes.append(one)
    if not notes:
        raise Stop(f"{file} holds no checkpoint.")
    return notes


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _files(arguments: Namespace) -> list[Path]:
    files = list(arguments.checkpoint)
    if arguments.shipped is not None:
        from sutarta.cli.keeping import heads

        shipped = sorted((arguments.shipped / heads.FOLDER).glob("*"))
        if not shipped:
            raise Stop(f"{arguments.shipped} holds no shipped checkpoints.")
        files += shipped
    for file in files:
        if not file.is_file():
            raise Stop(f"There is no file {file}.")
    return files


def _require_known(kept: Sequence[str]) -> None:
    from sutarta.apps.ledger.models import Log
    from sutarta.core import translog

    ours = set(Log.objects.values_list("origin", flat=True))
    for note in kept:
        origin = translog.Checkpoint.parse(translog.Note.parse(note).text).origin
        if origin not in ours:
            raise Stop(f"No log here is called {origin}.")


def _groups(name: str | None) -> list[Group]:
    from sutarta.apps.tenants import queries
    from sutarta.apps.tenants.models import Group

    if name is None:
        return list(Group.objects.order_by("created_at", "id"))
    if found := queries.group_at(name.lower()):
        return [found]
    raise Stop(f"No group here answers at {name}: see `sutarta host list`.")


def _audit(group: Group, kept: Sequence[str], *, quiet: bool) -> Audit:
    from sutarta.apps.publishing.queries import auditing

    tell = _teller(str(group)) if sys.stderr.isatty() and not quiet else _silent
    return auditing.look_through(group, clock.now(), kept=kept, tell=tell)


def _teller(name: str) -> Callable[[str], None]:
    begun = time.monotonic()

    def tell(step: str) -> None:
        if time.monotonic() - begun > PATIENCE:
            print(f"{name}: {STEPS[step]} …", file=sys.stderr)

    return tell


def _silent(step: str) -> None:
    """Say nothing."""


def _lines(group: Group, audit: Audit) -> Iterator[str]:
    from sutarta.cli.auditing.sentences import say

    count = len(audit.findings)
    is_clean = "all as the log says" if not count else f"{count} findings"
    yield f"{group}: {audit.acts} acts, {audit.rows} rows: {is_clean}."
    yield from (f"  ✗ {say(finding)}" for finding in audit.findings)
    if audit.notes:
        yield f"  {len(audit.notes)} acts state a time over five minutes off the log's own."
        yield from (f"    {say(note)}" for note in audit.notes[:NOTES_SHOWN])
        if (more := len(audit.notes) - NOTES_SHOWN) > 0:
            yield f"    … and {more} more: --json lists them all."


def _data(group: Group, audit: Audit) -> dict[str, object]:
    from sutarta.cli.auditing.sentences import say

    def told(findings: Sequence[Any]) -> list[dict[str, object]]:
        return [
            {"code": one.code, "subject": one.subject, "facts": one.facts, "said": say(one)}
            for one in findings
        ]

    return {
        "group": str(group),
        "acts": audit.acts,
        "rows": audit.rows,
        "findings": told(audit.findings),
        "notes": told(audit.notes),
    }
