"""Prints what the pages that matter and the log's tree cost, beside what we promise."""

from __future__ import annotations

import gzip
import os
import secrets
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial

from bench import anchors, comparison, intake, shipping, similarity, translog

BLOCKS, COMMENTS = 1500, 2000
ROUNDS, QUICK = 15, 200
READING, CACHED, UNCHANGED = "reading page, uncached", "reading page, cached", "reading page, 304"
REGISTER, HOME, FORM = "register, uncached", "home, uncached", "form"
# What we promise: milliseconds of CPU (compression apart), bytes of the page over the wire.
PROMISED_MS = {READING: 15.0, CACHED: 1.0, UNCHANGED: 0.5}
PROMISED_BYTES = {READING: 250_000, REGISTER: 150_000, HOME: 150_000, FORM: 150_000}


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
    yield measure(READING, lambda: uncached(page), ROUNDS)
    yield compression(visitor.get(page).body)
    opened = f"{page}{version.document.blocks[1].id}/"
    yield measure("one passage opened, uncached", lambda: uncached(opened), ROUNDS)
    etag = visitor.get(page).headers["ETag"]
    yield measure(CACHED, lambda: visitor.get(page), QUICK)
    ask_again = partial(visitor.get, page, HTTP_IF_NONE_MATCH=etag)
    yield measure(UNCHANGED, ask_again, QUICK, 304)
    yield measure(REGISTER, lambda: uncached("/p/"), ROUNDS)
    yield measure(HOME, lambda: uncached("/"), ROUNDS)
    yield measure(FORM, lambda: visitor.get(f"{say}?kind=general"), ROUNDS)
    yield measure("one submission, sent", submit, ROUNDS, 302)


def compression(packed: bytes) -> object:
    """What packing the page costs; part of the uncached figure, promised apart from it."""
    from bench.measure import Cost

    html = gzip.decompress(packed)
    begun = time.process_time()
    gzip.compress(html, 6)
    return Cost("  of which compression", (time.process_time() - begun) * 1000, 0, len(html))


def report(found: list[object]) -> None:
    """A table, and how each figure compares with what is promised."""
    print(f"{BLOCKS} blocks, {COMMENTS} comments; Python {sys.version.split()[0]}, ", end="")
    print(f"SQLite {sqlite3.sqlite_version}\n")
    print(f"{'':<32}{'CPU ms':>9}{'queries':>9}{'bytes':>10}")
    for cost in found:
        print(f"{cost.name:<32}{cost.cpu_ms:>9.2f}{cost.queries:>9}{cost.size:>10,}")
    print("\nshare of what is promised (below 1 is kept)")
    for cost in found:
        if limit := PROMISED_MS.get(cost.name):
            print(f"{cost.name:<32}{cost.cpu_ms / limit:>9.2f} of {limit} ms")
        if size := PROMISED_BYTES.get(cost.name):
            print(f"{cost.name:<32}{cost.size / size:>9.2f} of {size // 1000} kB")


def pages() -> None:
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        report(list(costs(time.time())))


PARTS = {
    "pages": pages,
    "log": translog.main,
    "shipping": shipping.main,
    "intake": intake.main,
    "anchors": anchors.main,
    "comparison": comparison.main,
    "similarity": similarity.main,
}


def main() -> None:
    """All parts, or those that are named."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
