"""A tree that grows while only its right edge is at hand: what a database needs to go on.

The edge are the partial tiles of c2sp.org/tlog-tiles: whatever is left of them is hashed already.
"""

from __future__ import annotations

from collections.abc import Mapping

from sutarta.core.translog import proofs
from sutarta.core.translog.tiles import HASH, HEIGHT, WIDTH, BadTile, Tiles, folded


class Edge:
    """The last, unfinished tile of every level, to which leaves are added.

    size       leaves so far
    unfinished (level, number) -> hashes of the last tile of a level, where it is not full

    Raises BadTile when one of them is missing or of another length.

    >>> edge = Edge(0, {})
    >>> edge.append(bytes(32))
    0
    >>> [(where, len(hashes)) for where, hashes in edge.touched.items()]
    [((0, 0), 32)]
    """

    def __init__(self, size: int, unfinished: Mapping[tuple[int, int], bytes]) -> None:
        self.size = size
        self.touched: dict[tuple[int, int], bytes] = {}
        self._rows: dict[tuple[int, int], bytearray] = {}
        for level, number, width in last_tiles(size):
            row = unfinished.get((level, number), b"")
            if len(row) != width * HASH:
                raise BadTile(f"tile {level}/{number} of a tree of {size} leaves is not whole")
            self._rows[level, number] = bytearray(row)

    def append(self, leaf: bytes) -> int:
        """Add the hash of a leaf; returns its index. `touched` then holds the tiles to store.

        Raises BadTile for what is no hash.
        """
        if len(leaf) != HASH:
            raise BadTile(f"the hash of a leaf has {HASH} bytes")
        index = place = self.size
        self.size += 1
        level, node = 0, leaf
        while True:
            number, column = divmod(place, WIDTH)
            row = self._rows.setdefault((level, number), bytearray())
            row += node
            self.touched[level, number] = bytes(row)
            if column + 1 < WIDTH:
                return index
            node = folded([bytes(row[at : at + HASH]) for at in range(0, len(row), HASH)])
            level, place = level + 1, number

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        rows = self._rows
        tiles = Tiles(self.size, lambda level, number, width: bytes(rows[level, number]))
        return proofs.root_of(self.size, tiles.lookup)


def last_tiles(size: int) -> list[tuple[int, int, int]]:
    """Level, number and width of the unfinished tile of each level that has one.

    >>> last_tiles(257)
    [(0, 1, 1), (1, 0, 1)]
    """
    found, level = [], 0
    while count := size >> (HEIGHT * level):
        if count % WIDTH:
            found.append((level, count // WIDTH, count % WIDTH))
        level += 1
    return found
