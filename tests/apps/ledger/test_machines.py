"""The log as other programs read it: c2sp.org/tlog-tiles."""

import gzip
import json
from datetime import timedelta

import pytest

from sutarta.apps.ledger import actions
from sutarta.apps.ledger.models import Entry
from sutarta.core import translog
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make.group(host="log.test")


def _happen(group, count: int) -> None:
    for number in range(count):
        actions.record("version.published", group=group, at=NOON, version=number)
    actions.sequence_all(NOON + timedelta(seconds=30))


def _get(client, path: str, **headers: str):
    return client.get(path, headers={"host": "log.test", **headers})


def test_a_stranger_builds_the_whole_tree_from_tiles_and_entries(client, group):
    _happen(group, 257)
    said = _get(client, "/log/keys").json()
    note = translog.Note.parse(_get(client, "/log/checkpoint").content)
    point = translog.Checkpoint.parse(note.text)

    def fetch(level: int, number: int, width: int) -> bytes:
        path = translog.tile_path(level, number, width)
        return _get(client, f"/log/{path}").content

    leaves = []
    for _level, number, width in (one for one in translog.tiles_of(257) if one[0] == 0):
        path = translog.entries_path(number, width)
        leaves += translog.unpack_entries(_get(client, f"/log/{path}").content)
    tree = translog.Tree()
    for leaf in leaves:
        tree.append(leaf)
    tiles = translog.Tiles(point.size, fetch)

    assert translog.Verifier.parse(said["key"]).find(note) is not None
    assert (point.origin, point.size) == (said["origin"], 257)
    assert translog.root_of(257, tiles.lookup) == point.root == tree.root()
    assert json.loads(leaves[0])["act"]["facts"] == {"version": 0}


def test_answers_are_cached_as_long_as_they_are_true_and_read_from_anywhere(client, group):
    _happen(group, 3)
    newest, tile = _get(client, "/log/checkpoint"), _get(client, "/log/tile/0/000.p/2")
    bundle = _get(client, "/log/tile/entries/000.p/3", accept_encoding="gzip")

    assert newest["Content-Type"] == "text/plain; charset=utf-8"
    assert newest["Cache-Control"] == "no-cache"
    assert tile["Content-Type"] == bundle["Content-Type"] == "application/octet-stream"
    assert tile["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(tile.content) == 64
    assert len(translog.unpack_entries(gzip.decompress(bundle.content))) == 3
    for answer in (newest, tile, bundle, _get(client, "/log/keys")):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/000",  # not full
        "tile/0/000.p/4",  # wider than the log
        "tile/0/000.p/0",
        "tile/0/000.p/256",  # full ones are asked for without a width
        "tile/0/000.p/02",
        "tile/0/x000/000.p/2",  # one tile, one address
        "tile/0/001.p/1",
        "tile/1/000.p/1",
        "tile/8/000.p/1",
        "tile/99999999999999999999/000.p/1",
        "tile/0/x999/x999/x999/x999/x999/999",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/0",
        "tile/entries/000",
        "tile/entries/000.p/4",
        "tile/entries/x999/x999/x999/x999/x999/999.p/1",
        "2/checkpoint",
        "2/tile/0/000.p/1",
    ],
)
def test_what_no_checkpoint_covers_is_not_there(client, group, path):
    _happen(group, 3)

    assert _get(client, f"/log/{path}").status_code == 404


def test_there_is_nothing_before_the_first_act(client, group):
    for path in ("checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1"):
        assert _get(client, f"/log/{path}").status_code == 404


def test_an_act_that_waits_is_in_no_bundle(client, group):
    _happen(group, 2)
    actions.record("version.published", group=group, at=NOON, version=9)

    assert Entry.objects.filter(leaf=None).count() == 1
    assert _get(client, "/log/tile/entries/000.p/3").status_code == 404


def test_tiles_and_bundles_ask_the_database_three_times_at_most(
    client, group, django_assert_max_num_queries
):
    _happen(group, 256)
    for path in ("tile/0/000", "tile/entries/000", "1/tile/0/000"):
        with django_assert_max_num_queries(3):  # one of them for the group
            assert _get(client, f"/log/{path}").status_code == 200


def test_keys_tell_how_they_were_handed_on(client, group):
    _happen(group, 1)
    former = _get(client, "/log/keys").json()["key"]
    actions.rotate_key(group=group, reason="Naujas kompiuteris", at=NOON)
    said = _get(client, "/log/keys").json()
    notes = [translog.Note.parse(note) for note in said["handovers"]]

    assert said["first"] == former != said["key"]
    first = translog.Verifier.parse(said["first"])
    assert str(translog.keys_in_force(first, notes)[-1]) == said["key"]
    assert said["epochs"][0]["epoch"] == said["epoch"] == 1
    assert said["epochs"][0]["began"] is None
    assert [one["key"] for one in said["keys"]] == [said["first"], said["key"]]


def test_nothing_is_posted_here_and_strangers_hosts_have_no_log(client, group):
    _happen(group, 1)

    assert client.post("/log/checkpoint", headers={"host": "log.test"}).status_code == 405
    assert client.get("/log/checkpoint", headers={"host": "else.test"}).status_code == 404
