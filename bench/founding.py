"""Found a group in a data folder (FOLDER SIZE) and open a consultation; prints where one speaks."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path


def main() -> None:
    from sutarta.cli import place

    data = place.enter(place.make(Path(sys.argv[1])))
    from django.core.management import call_command

    from bench.town import build
    from sutarta.cli.upgrade import collect_static

    call_command("migrate", interactive=False, verbosity=0)
    collect_static(data)
    size = int(sys.argv[2])
    consultation = build(size, size, datetime.now(UTC))  # noqa: TID251 - served from now on
    print(f"/c/{consultation.number}/say/")


if __name__ == "__main__":
    main()
