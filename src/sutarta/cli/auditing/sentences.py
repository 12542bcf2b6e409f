"""What the audit found, in plain words for whoever looks after the server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps

from sutarta.apps.ledger.queries.auditing import Finding

SENTENCES = {
    "entry.unreadable": "{act}: its bytes are no act at all.",
    "entry.columns": "{act}: what stands beside it is not what it says ({columns}).",
    "entry.waits": "{act}: promised {minutes} min ago and still not in the log.",
    "entry.times": "{act}: taken in at {taken_in}.",
    "leaf.missing": "log {subject}: entry {leaf} is not there any more.",
    "leaf.other": "log {subject}: entry {leaf} is not what the tree was built from.",
    "leaf.beyond": "log {subject}: entry {leaf} lies beyond the end of the log.",
    "leaf.earlier": "log {subject}: entry {leaf} was taken in before the one that precedes it.",
    "log.size": "log {subject}: it says {size} entries, there are {leaves}.",
    "log.time": "log {subject}: it does not say when its last entry was taken in.",
    "log.in_force": "log {subject}: not exactly one log of the group is in force.",
    "tile.other": "log {subject}: tile {level}/{number} does not follow from the entries.",
    "tile.beyond": "log {subject}: tile {level}/{number} lies beyond the end of the log.",
    "checkpoint.columns": "log {subject}: the checkpoint of size {size} is not what it signs.",
    "checkpoint.unsigned": "log {subject}: no key of the log signed the checkpoint of size {size}.",
    "checkpoint.other": "log {subject}: the checkpoint of size {size} signs other entries.",
    "checkpoint.earlier": "log {subject}: checkpoint {size} is older than a smaller one.",
    "checkpoint.none": "log {subject}: its newest {size} entries have no signed checkpoint.",
    "key.none": "log {subject}: it has no key.",
    "key.chain": "log {subject}: a key was not handed on by the one before it.",
    "epoch.unnamed": "log {subject}: its first entry does not say what became of {former}.",
    "epoch.other": "log {subject}: {former} did not end as its first entry says.",
    "epoch.key": "log {subject}: the key of {former} did not sign for its first key.",
    "kept.unsigned": "log {subject}: the kept checkpoint of size {size} is signed by no key of it.",
    "kept.longer": "log {subject}: somebody keeps a checkpoint of {size} entries, here are {ours}: "
    "entries were taken out.",
    "kept.other": "log {subject}: somebody keeps a checkpoint of {size} entries that signs others: "
    "the past was rewritten.",
    "row.changed": "{row} is not as the log last said: {since}.",
    "row.missing": "{row} is not there any more; the log last said: {since}.",
    "row.back": "{row} is there again although it was taken away: {since}.",
    "row.unknown": "{row} is in no act of the log: it was put in by hand.",
    "version.words": "{row}: its words are not those that were published.",
    "original.bytes": "{row}: the kept file is missing or another one.",
    "text.other": "{row}: its words are not those that were handed over.",
    "text.unsealed": "{row}: the proof of its words was taken away, and no act says why.",
    "author.other": "{row}: its author is not the one who was named.",
    "author.unsealed": "{row}: the proof of its author was taken away, and no act says why.",
    "contact.other": "{row}: the ways to reach its author are not those that were handed over.",
    "contact.unsealed": "{row}: the proof of the author's contact was taken away, and no act says "
    "why.",
    "shown.other": "{row}: what the public reads is not what was decided.",
    "shown.unsealed": "{row}: what the public read was taken away, and no act says why.",
    "file.other": "{row}: what is said of the file is not what was handed over.",
    "file.unsealed": "{row}: the proof of the file was taken away, and no act says why.",
    "file.bytes": "{row}: the kept file is missing or another one.",
    "translation.other": "{row}: it is not what was translated.",
    "number.missing": "Nr. {number} is missing in the register.",
    "number.counter": "{given} numbers were given out, the last one in the register is {last}.",
}


def say(finding: Finding) -> str:
    """One sentence about one finding."""
    facts = finding.facts
    known: dict[str, Any] = {name: _plain(value) for name, value in facts.items()}
    return SENTENCES[finding.code].format_map(
        known
        | {
            "subject": finding.subject,
            "row": _row(finding.subject, facts),
            "act": _act(facts),
            "since": _act(facts),
        }
    )


def _row(subject: str, facts: Mapping[str, Any]) -> str:
    """Such as "submission p/65 (consultations.submission/0192…)"."""
    label, _slash, _key = subject.partition("/")
    if "." not in label:
        return subject
    about = f" {facts['about']}" if facts.get("about") else ""
    return f"{apps.get_model(label)._meta.verbose_name}{about} ({subject})"


def _act(facts: Mapping[str, Any]) -> str:
    if "event" not in facts:
        return ""
    about = f" {facts['about']}" if facts.get("about") else ""
    return f"{facts['event']}{about} of {_plain(facts['at'])}"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} UTC"
    return ", ".join(map(str, value)) if isinstance(value, list) else value
