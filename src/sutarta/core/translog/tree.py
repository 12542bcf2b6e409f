"""A tree of RFC 6962 kept in memory, with the hash of every perfect subtree (section 2.1)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from sutarta.core.translog import proofs
from sutarta.core.translog.proofs import BadProof


class Tree:
    """A Merkle tree that only grows; it can show itself at any size it ever had.

    >>> tree = Tree([b"a", b"b", b"c"])
    >>> path = tree.inclusion(1)
    >>> proofs.includes(tree.leaf(1), 1, 3, path, tree.root())
    True
    """

    def __init__(self, entries: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        self.extend(entries)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, entry: bytes) -> int:
        """Add an entry; returns its index, from 0."""
        return self.append_hash(sha256(b"\x00" + entry).digest())

    def append_hash(self, node: bytes) -> int:
        """Add a leaf of which only the hash is known; returns its index."""
        levels = self._levels
        row = levels[0]
        place = index = len(row)
        row.append(node)
        level = 0
        while place & 1:  # node_hash written out: half the time went into calling it
            node = sha256(b"\x01" + row[place - 1] + node).digest()
            place >>= 1
            level += 1
            if level == len(levels):
                levels.append([])
            row = levels[level]
            row.append(node)
        return index

    def extend(self, entries: Iterable[bytes]) -> None:
        """Add entries in their order."""
        for entry in entries:
            self.append(entry)

    def leaf(self, index: int) -> bytes:
        """The hash of one leaf. Raises IndexError when there is none."""
        return self._levels[0][index]

    def lookup(self, level: int, index: int) -> bytes:
        """The hash of a perfect subtree, as `proofs` asks for it."""
        return self._levels[level][index]

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves, of all when not given."""
        return proofs.root_of(self._sized(size), self.lookup)

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Proof that leaf `index` is among the first `size`. Raises BadProof when it is not."""
        return proofs.inclusion(index, self._sized(size), self.lookup)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """Proof that the tree of `new` leaves begins with that of `old`."""
        return proofs.consistency(old, self._sized(new), self.lookup)

    def _sized(self, size: int | None) -> int:
        if size is None:
            return len(self)
        if not 0 <= size <= len(self):
            raise BadProof(f"the tree has {len(self)} leaves, not {size}")
        return size
