"""Writes small Outlook files (.msg): a compound file with the properties of a message."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, CHAIN_END, FAT, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
UNICODE, BINARY, TIME, LONG = 0x001F, 0x0102, 0x0040, 0x0003
Tree = dict[str, "bytes | Tree"]


def msg_file(
    properties: Mapping[int, object], attached: Sequence[Mapping[int, object]] = ()
) -> bytes:
    """A message with these properties (id -> str, bytes, int or datetime) and attachments."""
    return compound(msg_tree(properties, attached))


def msg_tree(
    properties: Mapping[int, object],
    attached: Sequence[Mapping[int, object]] = (),
    *,
    is_inside: bool = False,
) -> Tree:
    """The same before it is one file; is_inside: as a letter attached to another one stands."""
    head = struct.pack("<8xIIII", 0, len(attached), 0, len(attached))
    tree = _storage(properties, head if is_inside else head + bytes(8))
    for n, its in enumerate(attached):
        tree[f"__attach_version1.0_#{n:08X}"] = _storage(its, bytes(8))
    return tree


def _storage(properties: Mapping[int, object], head: bytes) -> Tree:
    tree: Tree = {}
    for pid, value in properties.items():
        if isinstance(value, datetime):
            since = value.astimezone(UTC) - datetime(1601, 1, 1, tzinfo=UTC)
            kind, fixed = TIME, struct.pack("<Q", int(since.total_seconds() * 10_000_000))
        elif isinstance(value, int):
            kind, fixed = LONG, struct.pack("<I4x", value)
        else:
            kind = UNICODE if isinstance(value, str) else BINARY
            held = value.encode("utf-16-le") if isinstance(value, str) else bytes(value)
            tree[f"__substg1.0_{pid:04X}{kind:04X}"] = held
            fixed = struct.pack("<I4x", len(held) + (2 if kind == UNICODE else 0))
        head += struct.pack("<HHI", kind, pid, 6) + fixed
    tree["__properties_version1.0"] = head
    return tree


def compound(tree: Tree) -> bytes:
    """A version 3 compound file; siblings hang in one chain, which readers accept."""
    big, mini = _Chains(SECTOR), _Chains(MINI)
    entries: list[bytes] = []
    _enter(entries, "Root Entry", 5, tree, big, mini)
    stream = b"".join(mini.sectors)
    entries[0] = entries[0][:116] + struct.pack("<IQ", big.add(stream), len(stream))
    minifat = big.add(_table(mini.next)) if mini.next else CHAIN_END
    directory = big.add(b"".join(entries))
    fats = 1
    while len(big.next) + fats > fats * 128:
        fats += 1
    first = len(big.next)
    big.next += [FAT] * fats
    table = _table(big.next)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6,
        0, fats, directory, 0, CUTOFF, minifat, -(-len(mini.next) // 128), CHAIN_END, 0, first,
    )  # fmt: skip
    header += b"".join(struct.pack("<I", first + n) for n in range(1, fats))
    header = header.ljust(SECTOR, b"\xff")
    return header + b"".join(big.sectors) + table


class _Chains:
    def __init__(self, size: int) -> None:
        self.size, self.sectors, self.next = size, [], []

    def add(self, data: bytes) -> int:
        if not data:
            return CHAIN_END
        first = len(self.next)
        parts = [data[at : at + self.size] for at in range(0, len(data), self.size)]
        for n, part in enumerate(parts, start=1):
            self.sectors.append(part.ljust(self.size, b"\0"))
            self.next.append(CHAIN_END if n == len(parts) else first + n)
        return first


def _table(numbers: list[int]) -> bytes:
    packed = b"".join(struct.pack("<I", n) for n in numbers)
    return packed.ljust(-(-len(packed) // SECTOR) * SECTOR, b"\xff")


def _order(entry: tuple[str, object]) -> tuple[int, str]:
    """Names in a compound file stand by length, then by letters."""
    return len(entry[0]), entry[0]


def _enter(entries: list[bytes], name: str, kind: int, held, big: _Chains, mini: _Chains) -> int:
    """Write an entry and everything below it; returns its place."""
    place = len(entries)
    entries.append(b"")
    child, start, size = NONE, 0, 0
    if isinstance(held, bytes):
        start = (mini if len(held) < CUTOFF else big).add(held)
        size = len(held)
    else:
        for below, its in sorted(held.items(), key=_order, reverse=True):
            at = _enter(entries, below, 1 if isinstance(its, dict) else 2, its, big, mini)
            entries[at] = entries[at][:72] + struct.pack("<I", child) + entries[at][76:]
            child = at
    letters = name.encode("utf-16-le") + b"\0\0"
    entries[place] = struct.pack(
        "<64sHBBIII16xIQQIQ",
        letters,
        len(letters),
        kind,
        1,
        NONE,
        NONE,
        child,
        0,
        0,
        0,
        start,
        size,
    )
    return place
