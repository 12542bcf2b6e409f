"""Prints what the pages that matter cost, and how that compares with what we promise."""

from __future__ import annotations

import os
import secrets
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator

BLOCKS, COMMENTS = 1500, 2000
ROUNDS, QUICK = 15, 200
# Milliseconds of CPU and bytes over the wire we promise (reading page; then home, register, form).
PROMISED_MS = {"uncached": 15.0, "cached": 1.0, "304": 0.5}
PROMISED_BYTES = {"uncached": 250_000, "home": 150_000, "register": 150_000, "form": 150_000}


def prepare(folder: str) -> None:
    """Django over a scratch SQLite database with the product's own settings."""
    for name in ("DATABASE_URL", "SUTARTA_HTTPS", "SUTARTA_MAIL_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "SUTARTA_DATA": folder,
        "SUTARTA_SECRET_KEY": secrets.token_hex(32),
        "DJANGO_SETTINGS_MODULE": "sutarta.config.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def costs(at: float) -> Iterator[object]:
    """Every question asked, in order."""
    from datetime import UTC, datetime

    from django.core.cache import cache

    from bench.measure import Visitor, measure
    from bench.town import build

    consultation = build(BLOCKS, COMMENTS, datetime.fromtimestamp(at, UTC))
    visitor = Visitor("bench.test")
    version = consultation.version
    page = f"/s/{version.strategy.number}/{version.number}/"
    say = f"/c/{consultation.number}/say/"

    def uncached(path: str) -> object:
        cache.clear()
        return visitor.get(path)

    def submit() -> object:
        fields = {"kind": "general", "body": "Siūlau suoliukų.", "step": "send"}
        return visitor.post(say, {**fields, "request_key": secrets.token_urlsafe(32)})

    uncached(page)  # the first request loads templates
    yield measure("reading page, uncached", lambda: uncached(page), ROUNDS)
    opened = f"{page}{version.document.blocks[1].id}/"
    yield measure("one passage opened, uncached", lambda: uncached(opened), ROUNDS)
    etag = visitor.get(page).headers["ETag"]
    yield measure("reading page, cached", lambda: visitor.get(page), QUICK)
    unchanged = measure(
        "reading page, 304", lambda: visitor.get(page, HTTP_IF_NONE_MATCH=etag), QUICK, 304
    )
    yield unchanged
    yield measure("register, uncached", lambda: uncached("/p/"), ROUNDS)
    yield measure("home, uncached", lambda: uncached("/"), ROUNDS)
    yield measure("form", lambda: visitor.get(f"{say}?kind=general"), ROUNDS)
    yield measure("one submission, sent", submit, ROUNDS, 302)


def report(found: list[object]) -> None:
    """A table, and how each figure compares with what is promised."""
    print(f"{BLOCKS} blocks, {COMMENTS} comments; Python {sys.version.split()[0]}, ", end="")
    print(f"SQLite {sqlite3.sqlite_version}\n")
    print(f"{'':<32}{'CPU ms':>9}{'queries':>9}{'bytes':>10}")
    for cost in found:
        print(f"{cost.name:<32}{cost.cpu_ms:>9.2f}{cost.queries:>9}{cost.size:>10,}")
    print("\nshare of what is promised (below 1 is kept)")
    for cost in found:
        for word, limit in PROMISED_MS.items():
            if cost.name.startswith("reading page") and word in cost.name:
                print(f"{cost.name:<32}{cost.cpu_ms / limit:>9.2f} of {limit} ms")
        for word, size in PROMISED_BYTES.items():
            if word in cost.name and "passage" not in cost.name:
                print(f"{cost.name:<32}{cost.size / size:>9.2f} of {size // 1000} kB")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        report(list(costs(time.time())))


if __name__ == "__main__":
    main()
