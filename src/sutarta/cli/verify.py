"""`sutarta verify`: check a receipt, or a checkpoint somebody kept.

Needs no installation, no network and no Django; the log itself is asked only with --log.
"""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from sutarta.cli import clock
from sutarta.cli.stop import Stop
from sutarta.cli.verifying import sources, telling
from sutarta.cli.witnessing.fetching import Unreachable
from sutarta.cli.witnessing.words import LANGUAGES, own_language
from sutarta.core.translog import (
    BadCheckpoint,
    BadNote,
    Checkpoint,
    Finding,
    Note,
    NotReceipt,
    Verifier,
    compare,
    examine,
    examine_logs,
)
from sutarta.core.translog.receipts import UNCHECKED, Receipt, Signed, of_checkpoint, read

HELP = "check a receipt, or a kept checkpoint, in plain words"
LONGEST = 5_000_000  # bytes of a receipt that is read at all
FINGERPRINT = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
VERIFIED, WRONG, UNREADABLE = 0, 1, 2


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("receipt", metavar="RECEIPT", help="its file; - reads what is piped in")
    parser.add_argument(
        "--log", metavar="URL|DIR", help="the public log as it is shown now, a copy, or a dossier"
    )
    parser.add_argument(
        "--key", metavar="KEY", help="the log's key, or its fingerprint from a printed notice"
    )
    parser.add_argument("--language", choices=LANGUAGES, default=own_language())
    parser.add_argument("--json", action="store_true", help="findings for programs")


def run(arguments: Namespace) -> int:
    said = _bytes(arguments.receipt)
    trusted = _key(arguments.key)
    findings = _findings(said, trusted, arguments.log)
    verdict = telling.verdict(findings)
    if arguments.json:
        shown = {"verdict": verdict, "findings": [asdict(one) for one in findings]}
        _print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        _print(telling.told(findings, arguments.language))
    return {"kept": VERIFIED, "failed": WRONG}.get(verdict, UNREADABLE)


def _findings(said: bytes, trusted: str, log: str | None) -> list[Finding]:
    receipt = _checkpoint(said, trusted, log)
    if receipt is not None:
        found = examine_logs(receipt, trusted)
    else:
        value = _json(said)
        found = iter(examine(value, trusted))
        try:
            receipt = read(value)
        except NotReceipt:
            return list(found)
    return [*found, *_compared(receipt, log)]


def _compared(receipt: Receipt, log: str | None) -> list[Finding]:
    if log is None:
        return [Finding("log_not_asked", UNCHECKED)]
    fetch, is_live = sources.source(log)
    try:
        return compare(receipt, fetch, clock.now(), is_live=is_live)
    except Unreachable as error:
        return [Finding("log_unreachable", UNCHECKED, {"why": str(error)[:200]})]


def _checkpoint(said: bytes, trusted: str, log: str | None) -> Receipt | None:
    """A kept checkpoint as a receipt of nothing but the log; None for what is no checkpoint."""
    try:
        point = Checkpoint.parse(Note.parse(said).text)
    except (BadNote, BadCheckpoint):
        return None
    first, handovers = _told_key(point.origin, log)
    if not first and "+" not in trusted:
        raise Stop("Whose checkpoint this is, only a key tells: give --key, or --log.")
    key = first or trusted
    return of_checkpoint(Signed(point.origin, key, handovers, said.decode(), ()))


def _told_key(origin: str, log: str | None) -> tuple[str, tuple[str, ...]]:
    """First key and handovers as the log tells them; compared with --key like any other."""
    if log is None:
        return "", ()
    try:
        told = json.loads(sources.source(log)[0]("keys") or b"null")
        its = next(one for one in told["epochs"] if one["origin"] == origin)
        return str(its["first"]), tuple(map(str, its["handovers"]))
    except (Unreachable, OSError, ValueError, RecursionError, TypeError, KeyError, StopIteration):
        return "", ()


def _json(said: bytes) -> object:
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return None


def _key(said: str | None) -> str:
    """A key, or its fingerprint as a notice prints it. Raises Stop for what is neither."""
    plain = (said or "").strip()
    if not plain or FINGERPRINT.fullmatch(plain.upper()):
        return plain.upper()
    try:
        return str(Verifier.parse(plain))
    except BadNote as error:
        raise Stop(
            "This is no key: it looks like name+hash+letters, or 7K2M-Q4TZ-90AB-XY31."
        ) from error


def _bytes(named: str) -> bytes:
    try:
        if named == "-":
            found = sys.stdin.buffer.read(LONGEST + 1)
        else:
            with Path(named).open("rb") as file:
                found = file.read(LONGEST + 1)
    except OSError as error:
        raise Stop(f"The file {named} cannot be read: {error.strerror}.") from error
    if len(found) > LONGEST:
        raise Stop(f"The file {named} is too large for a receipt.")
    return found


def _print(text: str) -> None:
    """In the terminal's own signs: what it cannot show becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding))
