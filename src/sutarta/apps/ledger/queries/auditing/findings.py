"""What an audit finds: codes and facts; whoever shows them has the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing that is not as the log says.

    code      stable, such as "row.changed"
    subject   what it is about: key of a row or an entry, or origin of a log
    facts     what a sentence about it needs
    """

    code: str
    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """An act as the log tells it, for those who compare rows with it."""

    event: str
    at: datetime
    about: str
    digest: str
    facts: Mapping[str, Any]


@dataclass
class Audit:
    """What an audit looked at, and what it found.

    findings   what does not agree
    notes      what agrees and should be known: acts whose stated time is not that of the log
    acts, rows   how many were looked at
    """

    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    acts: int = 0
    rows: int = 0
