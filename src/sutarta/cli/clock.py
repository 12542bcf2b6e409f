"""The commands' clock: read here and nowhere deeper."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a command is where time comes in
