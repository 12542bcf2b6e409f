"""Log lines without personal data: when, how serious, where, what; never addresses or texts."""

from __future__ import annotations

import logging
import re

SECRET_PATHS = re.compile(r"(/|%2F)(m|in)(/|%2F)[A-Za-z0-9_-]{16,}", re.IGNORECASE)
ROWS = re.compile(r"(DETAIL|CONTEXT): .*")  # where PostgreSQL repeats what stands in a row
ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


class Line(logging.Formatter):
    """One line an event; secrets, e-mail addresses and rows of the database are covered."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        line = ROWS.sub(r"\1: [covered]", line)
        return ADDRESSES.sub("[address]", SECRET_PATHS.sub(r"\1\2\3[secret]", line))
