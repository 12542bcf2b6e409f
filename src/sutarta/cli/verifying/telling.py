"""Findings in plain words: the same sentences as the page that checks in the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from sutarta.cli.stop import tame
from sutarta.core.translog import Finding
from sutarta.core.translog.receipts import FAILED, KEPT, UNCHECKED

WORDS = "apps/ui/static/ui/verify-words.js"  # an assignment of JSON, so that a page can load it
MARKS = {KEPT: "✓", FAILED: "✗", UNCHECKED: "–"}
TIMES = ("at", "sequenced_at")


@cache
def words(language: str) -> dict[str, Any]:
    said = files("sutarta").joinpath(WORDS).read_text("utf-8")
    found: dict[str, dict[str, Any]] = json.loads(said.partition("=")[2].strip().removesuffix(";"))
    return found[language]


def told(findings: Sequence[Finding], language: str) -> str:
    """A verdict, then what was found: first what is wrong, last what could not be checked."""
    ours = words(language)
    parts = [ours["verdicts"][verdict(findings)]]
    for state in (FAILED, KEPT, UNCHECKED):
        lines = [
            f"  {MARKS[state]} {sentence(one, ours)}" for one in findings if one.state == state
        ]
        if lines:
            parts.append("\n".join([ours["titles"][state], *lines]))
    return "\n\n".join(parts)


def verdict(findings: Iterable[Finding]) -> str:
    """ "kept", "failed" or "not_a_receipt"."""
    states = {one.code if one.code == "not_a_receipt" else one.state for one in findings}
    return next((one for one in ("not_a_receipt", FAILED) if one in states), KEPT)


def sentence(finding: Finding, ours: dict[str, Any]) -> str:
    """What a finding means; what strangers wrote in it cannot steer the terminal."""
    said: str = ours["findings"][finding.code]
    return re.sub(r"\{(\w+)\}", lambda hole: _fact(hole[1], finding, ours), said)


def _fact(name: str, finding: Finding, ours: dict[str, Any]) -> str:
    fact = str(finding.facts.get(name, ""))
    if name == "act":
        fact = ours["acts"].get(fact, fact)
    elif name == "why":
        fact = ours["reasons"].get(fact, fact)
    elif name in TIMES:
        fact = re.sub(r"(\.\d+)?(\+00:00|Z)$", " UTC", fact.replace("T", " "))
    return tame(fact)
