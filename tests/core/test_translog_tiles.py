"""Tiles: paths, widths, bundles, and the tree that grows from its right edge alone."""

from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.translog import (
    EMPTY_ROOT,
    HASH,
    LONGEST_ENTRY,
    WIDTH,
    BadTile,
    Edge,
    Tiles,
    Tree,
    consistency,
    entries_path,
    extends,
    includes,
    inclusion,
    last_tiles,
    pack_entries,
    root_of,
    tile_path,
    tiles_of,
    unpack_entries,
)

SIZES = [0, 1, 2, 255, 256, 257, 511, 512, 4095, 65_535, 65_536, 65_537, 65_793]


@cache
def large():
    """A tree that is larger than every one asked for here."""
    return Tree(number.to_bytes(4, "big") for number in range(66_000))


def served(tree):
    """Tiles as c2sp.org/tlog-tiles defines them: hashes over 256**level leaves each."""

    def fetch(level, number, width):
        places = range(number * WIDTH, number * WIDTH + width)
        return b"".join(tree.lookup(8 * level, place) for place in places)

    return fetch


@pytest.mark.parametrize(
    ("level", "number", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 7, 256, "tile/0/007"),
        (0, 999, 256, "tile/0/999"),
        (0, 1000, 256, "tile/0/x001/000"),
        (0, 1234067, 256, "tile/0/x001/x234/067"),
        (2, 1_000_000, 256, "tile/2/x001/x000/000"),
        (0, 273, 112, "tile/0/273.p/112"),
        (1, 1000, 1, "tile/1/x001/000.p/1"),
        (63, 0, 255, "tile/63/000.p/255"),
    ],
)
def test_a_tile_stands_where_other_readers_look_for_it(level, number, width, path):
    assert tile_path(level, number, width) == path


def test_bundles_of_entries_stand_beside_the_tiles():
    assert entries_path(1234067) == "tile/entries/x001/x234/067"
    assert entries_path(273, 112) == "tile/entries/273.p/112"


def test_a_tree_of_70000_leaves_has_the_tiles_the_specification_counts():
    tiles = list(tiles_of(70_000))

    assert sum(1 for level, _number, width in tiles if (level, width) == (0, 256)) == 273
    assert [tile for tile in tiles if tile[0] or tile[2] < 256] == [
        (0, 273, 112), (1, 0, 256), (1, 1, 17), (2, 0, 1),
    ]  # fmt: skip
    assert list(tiles_of(256)) == [(0, 0, 256), (1, 0, 1)]
    assert list(tiles_of(0)) == []


@pytest.mark.parametrize("size", SIZES)
def test_tiles_know_the_root_that_the_tree_has(size):
    tiles = Tiles(size, served(large()))

    assert root_of(size, tiles.lookup) == large().root(size)


@given(st.data())
def test_tiles_prove_what_the_tree_proves(data):
    size = data.draw(st.sampled_from(SIZES[1:]) | st.integers(1, 66_000))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    tree, tiles = large(), Tiles(size, served(large()))

    path = inclusion(index, size, tiles.lookup)
    chain = consistency(old, size, tiles.lookup)

    assert (path, chain) == (tree.inclusion(index, size), tree.consistency(old, size))
    assert includes(tree.leaf(index), index, size, path, tree.root(size))
    assert extends(old, tree.root(old), size, tree.root(size), chain)


@given(st.data())
def test_tiles_know_every_node_of_the_tree_and_no_other(data):
    size = data.draw(st.sampled_from([257, 600, 65_537]))
    level = data.draw(st.integers(0, 17))
    index = data.draw(st.integers(0, size >> level))
    tiles = Tiles(size, served(large()))

    if (index + 1) << level <= size:
        assert tiles.lookup(level, index) == large().lookup(level, index)
    else:
        with pytest.raises(BadTile):
            tiles.lookup(level, index)


def test_only_tiles_of_the_tree_are_asked_for_and_each_once():
    size, asked = 65_793, []

    def fetch(level, number, width):
        asked.append((level, number, width))
        return served(large())(level, number, width)

    tiles = Tiles(size, fetch)
    for index in range(0, size, 97):
        inclusion(index, size, tiles.lookup)

    assert len(asked) == len(set(asked))
    assert set(asked) <= set(tiles_of(size))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tile: b"",
        lambda tile: tile[:-1],
        lambda tile: tile[:-HASH],
        lambda tile: tile + b"\0",
        lambda tile: tile + bytes(HASH),
    ],
)
@pytest.mark.parametrize("size", [1, 255, 256, 300])
def test_a_short_or_long_tile_is_bad(size, spoil):
    fetch = served(large())
    tiles = Tiles(size, lambda *place: spoil(fetch(*place)))

    with pytest.raises(BadTile):
        inclusion(0, size, tiles.lookup)
        root_of(size, tiles.lookup)


def test_a_tile_with_another_hash_gives_another_root():
    fetch = served(large())
    tiles = Tiles(300, lambda *place: bytes([fetch(*place)[0] ^ 1]) + fetch(*place)[1:])

    assert root_of(300, tiles.lookup) != large().root(300)


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_a_bundle_gives_back_its_entries(entries):
    assert unpack_entries(pack_entries(entries)) == entries


def test_lengths_in_a_bundle_have_two_bytes_the_greater_first():
    assert pack_entries([b"a" * 258, b""]) == b"\x01\x02" + b"a" * 258 + b"\0\0"


def test_an_entry_of_the_greatest_length_fits_and_none_longer():
    longest = b"a" * LONGEST_ENTRY

    assert unpack_entries(pack_entries([longest])) == [longest]
    with pytest.raises(BadTile):
        pack_entries([longest + b"a"])


@pytest.mark.parametrize("bundle", [b"\0", b"\0\1", b"\0\2a", b"\0\1a\0", b"\0\1a\xff\xff"])
def test_a_bundle_cut_short_is_bad(bundle):
    with pytest.raises(BadTile):
        unpack_entries(bundle)


@given(st.binary(max_size=40))
def test_bytes_are_a_bundle_or_bad(bundle):
    try:
        entries = unpack_entries(bundle)
    except BadTile:
        return
    assert pack_entries(entries) == bundle


# The edge: what a database keeps to go on.


def grown(size, steps):
    """A tree grown in steps, each of which knows only the unfinished tiles; and all its tiles."""
    stored, edge = {}, Edge(0, {})
    for step in steps:
        known = {(level, number): stored[level, number] for level, number, _ in last_tiles(size)}
        edge = Edge(size, known)
        for number in range(size, size + step):
            edge.append(large().leaf(number))
        stored |= edge.touched
        size = edge.size
    return edge, stored


@pytest.mark.parametrize(
    "steps",
    [[1], [255, 1], [256, 1], [255, 2], [256], [300, 300], [65_535, 1], [65_536, 1], [65_000, 800]],
)
def test_a_tree_grown_from_its_edge_is_the_tree(steps):
    edge, stored = grown(0, steps)

    size = sum(steps)
    assert edge.root() == large().root(size)
    assert stored == {
        (level, number): served(large())(level, number, width)
        for level, number, width in tiles_of(size)
    }


@given(st.lists(st.integers(0, 300), min_size=1, max_size=5))
def test_a_tree_grows_the_same_in_any_steps(steps):
    edge, stored = grown(0, steps)
    size = sum(steps)

    assert edge.root() == (large().root(size) if size else EMPTY_ROOT)
    assert set(stored) == {(level, number) for level, number, _ in tiles_of(size)}


@pytest.mark.parametrize("size", SIZES)
def test_the_unfinished_tiles_are_those_of_the_tree_that_are_not_full(size):
    assert last_tiles(size) == [tile for tile in tiles_of(size) if tile[2] < WIDTH]


@pytest.mark.parametrize("row", [None, b"", bytes(HASH), bytes(3 * HASH), bytes(2 * HASH - 1)])
def test_an_edge_without_its_unfinished_tile_is_bad(row):
    with pytest.raises(BadTile):
        Edge(2, {} if row is None else {(0, 0): row})


def test_an_edge_takes_hashes_alone():
    edge = Edge(0, {})

    for wrong in (b"", b"a", bytes(HASH + 1)):
        with pytest.raises(BadTile):
            edge.append(wrong)
    assert edge.append(sha256(b"").digest()) == 0
