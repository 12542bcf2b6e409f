"""Tiles (c2sp.org/tlog-tiles): the hashes of a tree, and its entries, in pieces of 256.

Tile `number` of tile level t holds the hashes of 256 neighbouring perfect subtrees of 256**t
leaves each. The last tile of a level may hold fewer, at least one; it is then asked for with its
width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sutarta.core.translog.hashing import node_hash

HASH = 32  # bytes
HEIGHT = 8  # levels of the tree that one tile spans
WIDTH = 1 << HEIGHT
LONGEST_ENTRY = 65_535  # bytes: a bundle of entries tells each length in two bytes

Fetch = Callable[[int, int, int], bytes]  # tile level, number, width -> width * 32 bytes


class BadTile(ValueError):
    """A tile or a bundle of entries is not of the length it must have."""


def tile_path(level: int, number: int, width: int = WIDTH) -> str:
    """Where a tile stands, under the log's address.

    >>> tile_path(0, 1234067), tile_path(1, 5, 17)
    ('tile/0/x001/x234/067', 'tile/1/005.p/17')
    """
    return f"tile/{level}/{_placed(number, width)}"


def entries_path(number: int, width: int = WIDTH) -> str:
    """Where a bundle of entries stands.

    >>> entries_path(0, 3)
    'tile/entries/000.p/3'
    """
    return f"tile/entries/{_placed(number, width)}"


def _placed(number: int, width: int) -> str:
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return "/".join(reversed(groups)) + partial


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, number and width of every tile a tree of `size` leaves has.

    >>> list(tiles_of(257))
    [(0, 0, 256), (0, 1, 1), (1, 0, 1)]
    """
    level, count = 0, size
    while count:
        full, rest = divmod(count, WIDTH)
        yield from ((level, number, WIDTH) for number in range(full))
        if rest:
            yield level, full, rest
        level, count = level + 1, full


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """A bundle: each entry after its length in two bytes. Raises BadTile for one too long."""
    if any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise BadTile(f"an entry has at most {LONGEST_ENTRY} bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack_entries(bundle: bytes) -> list[bytes]:
    """The entries of a bundle. Raises BadTile when it is cut short.

    >>> unpack_entries(pack_entries([b"a", b"", b"bc"]))
    [b'a', b'', b'bc']
    """
    entries, at = [], 0
    while at < len(bundle):
        start = at + 2
        at = start + int.from_bytes(bundle[at:start], "big")
        if at > len(bundle):
            raise BadTile("a bundle of entries that is cut short")
        entries.append(bundle[start:at])
    return entries


class Tiles:
    """The lookup of a tree that is known by its tiles alone.

    size    leaves of the tree
    fetch   gives a tile by level, number and width; asked once for each

    Raises BadTile from `lookup` when a tile is not as long as it must be.
    """

    def __init__(self, size: int, fetch: Fetch) -> None:
        self._size, self._fetch = size, fetch
        self._known: dict[tuple[int, int], bytes] = {}

    def lookup(self, level: int, index: int) -> bytes:
        """The hash of a perfect subtree, as `proofs` asks for it."""
        tile_level, above = divmod(level, HEIGHT)
        first = index << above
        tile = self.tile(tile_level, first // WIDTH)
        start = first % WIDTH * HASH
        row = tile[start : start + (HASH << above)]
        if len(row) != HASH << above:
            raise BadTile(f"a tree of {self._size} leaves has no node {level}/{index}")
        return folded([row[at : at + HASH] for at in range(0, len(row), HASH)])

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile, as many as the tree has there."""
        key = (level, number)
        if key not in self._known:
            width = min(WIDTH, (self._size >> (HEIGHT * level)) - number * WIDTH)
            found = self._fetch(level, number, width) if width > 0 else b""
            if width <= 0 or len(found) != width * HASH:
                raise BadTile(
                    f"tile {level}/{number} of a tree of {self._size} leaves is not whole"
                )
            self._known[key] = found
        return self._known[key]


def folded(row: list[bytes]) -> bytes:
    """The root over a power of two of hashes."""
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]
