"""An open consultation for the group that `sutarta setup` founded: `founding DATA`."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from sutarta.cli import clock, place

DAYS = 20  # before today and after


def main(data: Path) -> None:
    place.enter(data)
    from sutarta.apps.tenants.models import Group
    from tests import make
    from tests.attacks.living import bind

    group, at = Group.objects.get(), clock.now()
    actor = make.member(of=group)
    make.consultation(
        version=make.version(group=group, made_by=actor),
        made_by=actor,
        opens_at=at - timedelta(days=DAYS),
        announced_at=at - timedelta(days=DAYS),
        last_day=(at + timedelta(days=DAYS)).date(),
    )
    bind(group)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
