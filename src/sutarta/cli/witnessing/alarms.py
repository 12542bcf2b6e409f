"""What a witness does when a log shows what it cannot show: keeps the evidence, and tells."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from sutarta.cli.witnessing.folder import Known, LogFolder, write
from sutarta.cli.witnessing.judging import Alarm
from sutarta.cli.witnessing.words import Words

SECONDS = 60  # that the command may take
LINE = "=" * 72


def sentence(alarm: Alarm, known: Known, words: Words) -> str:
    facts = {"origin": known.origin, "shown": alarm.shown.point.origin, **alarm.facts}
    return words.say(alarm.code, **facts)


def keep_evidence(alarm: Alarm, log: LogFolder, known: Known, at: datetime, words: Words) -> Path:
    """Write down both signed checkpoints; as long as the file lies there, nothing is signed."""
    file = log.path / f"FORK-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.txt"
    parts = [
        f"{known.address}\n{known.origin}\n{at.isoformat(timespec='seconds')}\n\n"
        f"{sentence(alarm, known, words)}",
        f"{words.say('evidence_shown')}:\n\n{alarm.shown.note}",
    ]
    if alarm.against is not None:
        parts.append(f"{words.say('evidence_kept')}:\n\n{alarm.against.note}")
    keys = "\n".join(map(str, known.signing()))
    parts.append(f"{words.say('evidence_key')}:\n\n{keys}\n")
    write(file, f"\n{LINE}\n\n".join(parts).encode())
    return file


def call(command: str, file: Path, words: Words) -> None:
    """Run the command of whoever set this up, with the file as its last argument."""
    try:
        parts = shlex.split(command, posix=os.name == "posix")
        subprocess.run([*parts, str(file)], check=True, timeout=SECONDS)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        print(words.say("hook_failed", why=error), file=sys.stderr)
