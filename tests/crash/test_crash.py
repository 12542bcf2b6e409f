"""`make crash`, a few rounds of it: nothing acknowledged is lost."""

from __future__ import annotations

import secrets

import pytest

from tests.crash.__main__ import report
from tests.crash.databases import Postgresql, Sqlite
from tests.crash.rounds import crash

pytestmark = pytest.mark.crash
ROUNDS = 20
SLOWEST = 60  # seconds in which nobody could hand anything in, on a machine busy with tests


@pytest.mark.parametrize("database", [Sqlite, Postgresql], ids=lambda kind: kind.name)
def test_whatever_is_killed_nothing_acknowledged_is_lost(tmp_path, database):
    seed = secrets.token_hex(4)

    tally = crash(tmp_path, database, ROUNDS, seed)

    print(f"seed {seed}\n{report(tally)}")
    assert tally.faults == []
    assert tally.kills.total() == ROUNDS
    assert tally.found["found"] == tally.found["acknowledged"] > ROUNDS
    assert tally.found["lost"] == tally.found["twice"] == 0
    assert max(tally.slowest.values()) < SLOWEST
