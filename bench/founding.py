"""Found a group with an open consultation in a data folder; prints where one speaks there."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

BLOCKS, COMMENTS = 200, 200


def main() -> None:
    from sutarta.cli import place

    data = place.enter(place.make(Path(sys.argv[1])))
    from django.core.management import call_command

    from bench.town import build
    from sutarta.cli.upgrade import collect_static

    call_command("migrate", interactive=False, verbosity=0)
    collect_static(data)
    consultation = build(BLOCKS, COMMENTS, datetime.now(UTC))  # noqa: TID251 - served from now on
    print(f"/c/{consultation.number}/say/")


if __name__ == "__main__":
    main()
