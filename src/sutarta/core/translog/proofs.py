"""Roots and proofs of a tree of which only the hashes of perfect subtrees are known.

A tree of `size` leaves is asked through a lookup: `lookup(level, index)` is the hash over the
2**level leaves from index * 2**level on, all of which exist. Whether they lie in memory, in a
database or behind an address is the lookup's business (`Tree`, `Tiles`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce

from sutarta.core.translog.hashing import EMPTY_ROOT, node_hash

Lookup = Callable[[int, int], bytes]
_HASH = 32  # bytes


class BadProof(ValueError):
    """A proof cannot belong to such a tree: too short, too long, or for a leaf beyond its end."""


def root_of(size: int, lookup: Lookup) -> bytes:
    """The root of the first `size` leaves, 32 bytes (RFC 9162, 2.1.1).

    >>> root_of(0, lambda level, index: b"") == EMPTY_ROOT
    True
    """
    return _edge(0, size, lookup) if size else EMPTY_ROOT


def inclusion(index: int, size: int, lookup: Lookup) -> list[bytes]:
    """Hashes that lead from leaf `index` to the root of `size` leaves (RFC 9162, 2.1.3.1).

    Raises BadProof when the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise BadProof(f"a tree of {size} leaves has no leaf {index}")
    return _path(0, index, size, lookup)


def consistency(old: int, new: int, lookup: Lookup) -> list[bytes]:
    """Hashes that show the first `old` of `new` leaves to be unchanged (RFC 9162, 2.1.4.1).

    Empty for equal sizes, and for an old size of 0, which any tree extends.
    Raises BadProof unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise BadProof(f"a tree of {new} leaves cannot extend one of {old}")
    if old in {0, new}:
        return []
    level = _trailing_ones(old - 1)
    index = (old - 1) >> level
    start = [lookup(level, index)] if index else []
    return start + _path(level, index, new, lookup)


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf's hash to the root (RFC 9162, 2.1.3.2).

    leaf   hash of the leaf, 32 bytes
    """
    if not 0 <= index < size or not _are_hashes(leaf, *path):
        return False
    steps = list(_sides(index, size - 1))
    if len(steps) != len(path):
        return False
    return _climb(leaf, zip(steps, path, strict=True)) == root


def extends(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the proof shows that the newer tree begins with the older (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new or not _are_hashes(old_root, new_root, *path):
        return False
    if old in {0, new}:
        return not path and old_root == (new_root if old == new else EMPTY_ROOT)
    level = _trailing_ones(old - 1)
    index, last = (old - 1) >> level, (new - 1) >> level
    start, rest = (path[0], path[1:]) if index and path else (old_root, path)
    sides = list(_sides(index, last))
    if len(sides) != len(rest):
        return False
    steps = list(zip(sides, rest, strict=True))
    # The old tree ends at this node: what stands left of it belongs to both trees.
    is_old = _climb(start, (step for step in steps if step[0])) == old_root
    return is_old and _climb(start, iter(steps)) == new_root


def _are_hashes(*found: bytes) -> bool:
    """A node is hashed from two hashes side by side: were one shorter and the other longer, a
    path could skip a step of the tree."""
    return all(len(one) == _HASH for one in found)


def _path(level: int, index: int, size: int, lookup: Lookup) -> list[bytes]:
    """The siblings on the way from a node up to the root of `size` leaves."""
    path = []
    last = (size - 1) >> level
    while last:
        sibling = index ^ 1
        if sibling < last:
            path.append(lookup(level, sibling))
        elif sibling == last:  # the right edge, which may be ragged
            path.append(_edge(sibling << level, size, lookup))
        index, last, level = index >> 1, last >> 1, level + 1
    return path


def _edge(start: int, end: int, lookup: Lookup) -> bytes:
    """The hash over leaves start..end; `start` is where a subtree at least as large begins."""
    parts = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append(lookup(level, start >> level))
        start += 1 << level
    return reduce(lambda right, left: node_hash(left, right), reversed(parts))


def _sides(index: int, last: int) -> Iterator[bool]:
    """For every hash of a path, from below: whether it stands on the left."""
    while last:
        if index & 1 or index < last:
            yield bool(index & 1)
        index, last = index >> 1, last >> 1


def _climb(start: bytes, steps: Iterator[tuple[bool, bytes]]) -> bytes:
    found = start
    for is_left, other in steps:
        found = node_hash(other, found) if is_left else node_hash(found, other)
    return found


def _trailing_ones(number: int) -> int:
    return (number ^ (number + 1)).bit_length() - 1
