"""A small bar chart as PNG bytes, drawn dot by dot: one picture needs no drawing library."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

WIDTH, HEIGHT, SCALE = 900, 420, 4
PAPER, INK, BAR, RULE = (255, 255, 255), (40, 44, 52), (31, 97, 122), (214, 218, 222)

# Digits of 3 by 5 dots, a row each three bits.
DIGITS = {
    digit: [int(row) for row in rows]
    for digit, rows in {
        "0": "75557", "1": "26227", "2": "71747", "3": "71717", "4": "55711",
        "5": "74717", "6": "74757", "7": "71111", "8": "75757", "9": "75717",
    }.items()
}  # fmt: skip


class Sheet:
    """Dots of three bytes each, the first row at the top."""

    def __init__(self) -> None:
        self.rows = [bytearray(bytes(PAPER) * WIDTH) for _ in range(HEIGHT)]

    def fill(self, left: int, top: int, right: int, bottom: int, colour: tuple[int, ...]) -> None:
        for row in self.rows[top:bottom]:
            row[left * 3 : right * 3] = bytes(colour) * (right - left)

    def write(self, text: str, left: int, top: int) -> None:
        """Write digits from the left upper corner on."""
        for digit in text:
            for y, bits in enumerate(DIGITS[digit]):
                for x in range(3):
                    if bits & (4 >> x):
                        at = left + x * SCALE, top + y * SCALE
                        self.fill(*at, at[0] + SCALE, at[1] + SCALE, INK)
            left += 4 * SCALE

    def png(self) -> bytes:
        size = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        dots = zlib.compress(b"".join(b"\0" + bytes(row) for row in self.rows), 9)
        chunks = ((b"IHDR", size), (b"IDAT", dots), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + check


def bars(values: Sequence[tuple[str, int]]) -> bytes:
    """One bar for each (label of digits, value >= 0), with the value above it."""
    sheet = Sheet()
    top, floor, step = 60, HEIGHT - 60, WIDTH // (len(values) + 1)
    highest = max(value for _, value in values)
    for line in range(5):
        height = floor - (floor - top) * line // 4
        sheet.fill(40, height, WIDTH - 40, height + 2, RULE)
    for place, (label, value) in enumerate(values):
        left = 40 + step // 2 + place * step
        height = floor - (floor - top) * value // highest
        sheet.fill(left, height, left + step * 3 // 5, floor, BAR)
        sheet.write(str(value), left, height - 6 * SCALE)
        sheet.write(label, left, floor + 2 * SCALE)
    return sheet.png()
