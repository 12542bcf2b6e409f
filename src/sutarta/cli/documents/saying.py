"""Answers on standard output: words for people, JSON for programs."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from sutarta.cli.stop import Stop


def say(words: str) -> None:
    """Print; letters the terminal does not have become "?". Raises Stop when it cannot be written.

    Whoever reads may stop reading before the end, as `head` does.
    """
    coding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(words.encode(coding, "replace").decode(coding) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _say_no_more()
    except OSError as error:
        _say_no_more()
        raise Stop(f"The answer cannot be written: {error.strerror}.", 1) from error


def as_json(value: Any, coding: str | None = None) -> str:
    """JSON with letters as they are, or escaped where `coding` has no bytes for them.

    coding  of where it goes; None for standard output

    >>> as_json("Ąžuolas \\ud800", "utf-8")
    '"\\\\u0104\\\\u017euolas \\\\ud800"'
    """
    words = json.dumps(value, ensure_ascii=False, indent=1)
    try:
        words.encode(coding or sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=1)
    return words


def _say_no_more() -> None:
    """What is still to be flushed goes nowhere: Python would complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
