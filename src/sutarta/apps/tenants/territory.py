"""Outlines of parts of a territory, drawn flat: pure geometry, no database.

Degrees become a picture by the equirectangular projection, a degree of longitude shortened by the
cosine of the middle latitude. For a town or a district that is true to a few metres.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Ring = Sequence[Point]  # closed by itself: the first point is not said again
Rings = Sequence[Ring]  # holes and islands alike: what an odd number of rings holds is inside

SIZE = 1000  # of the longer side of a map, in its own units
MARGIN = 12
GLANCES = 30  # at each point of a line: enough for any coast; a line drawn to busy us gets no more
MOST_POINTS = 400  # of one part: more cannot be told apart on a screen
LOOKS = 500  # squares tried for a label; a sliver without room has to do with what is found
FINE = 1 / 1500  # of the longer side: what a line may be off by, less than a dot


@dataclass(frozen=True)
class Shape:
    """One part on the map: its outline as an SVG path, and a point well inside for its label."""

    key: Hashable
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Map:
    """A drawing of parts, in the order in which they were given."""

    width: int
    height: int
    shapes: Sequence[Shape]


def drawn(outlines: Mapping[Hashable, Rings]) -> Map | None:
    """Key -> rings of (longitude, latitude), as one map; None when no part has an outline.

    >>> drawn({"a": [[(24.0, 55.0), (24.1, 55.0), (24.1, 55.1)]]}).shapes[0].path
    'M12 1000L578 1000L578 12Z'
    """
    known = {key: rings for key, rings in outlines.items() if rings}
    if not known:
        return None
    points = [point for rings in known.values() for ring in rings for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    narrowing = math.cos(math.radians((south + north) / 2))
    longest = max((east - west) * narrowing, north - south) or 1.0
    scale = (SIZE - 2 * MARGIN) / longest

    def flat(point: Point) -> Point:
        x, y = (point[0] - west) * narrowing * scale, (north - point[1]) * scale
        return round(x + MARGIN, 1), round(y + MARGIN, 1)

    shapes = [_shape(key, [[flat(p) for p in ring] for ring in rings])
              for key, rings in known.items()]  # fmt: skip
    width = round((east - west) * narrowing * scale) + 2 * MARGIN
    return Map(width, round((north - south) * scale) + 2 * MARGIN, shapes)


def _shape(key: Hashable, rings: Rings) -> Shape:
    x, y = _label_point(rings)
    return Shape(key, "".join(map(_path, rings)), round(x), round(y))


def _label_point(rings: Rings) -> Point:
    """Found in a rough outline, which is much quicker; in the true one when that misses."""
    xs, ys = [x for ring in rings for x, _y in ring], [y for ring in rings for _x, y in ring]
    rough = simplified(rings, max(max(xs) - min(xs), max(ys) - min(ys)) / 60)
    point = inner_point(rough)
    return point if holds(rings, point) else inner_point(rings)


def _path(ring: Ring) -> str:
    first, *rest = (f"{x:g} {y:g}" for x, y in ring)
    return f"M{first}" + "".join(f"L{point}" for point in rest) + "Z"


def simplified(rings: Rings, tolerance: float, most: int = MOST_POINTS) -> list[list[Point]]:
    """The rings with fewer points, by Douglas and Peucker; none is off by more than `tolerance`.

    Where more than `most` points are left the tolerance is doubled. A ring keeps three points
    or, too small to be seen, goes; the largest one stays whatever its size.
    """
    largest = max(rings, key=lambda ring: abs(area(ring)))
    while True:
        kept = [_thinned(ring, tolerance) for ring in rings]
        found = [ring for ring in kept if len(ring) >= 3]
        if not found:
            found = [_thinned(largest, 0.0)]
        if sum(map(len, found)) <= most or tolerance <= 0:
            return found
        tolerance *= 2


def tolerance_for(outlines: Sequence[Rings]) -> float:
    """What a line may be off by, in degrees, for all parts of one territory alike."""
    points = [point for rings in outlines for ring in rings for point in ring]
    wide = max(x for x, _y in points) - min(x for x, _y in points)
    high = max(y for _x, y in points) - min(y for _x, y in points)
    return max(wide, high) * FINE


def _thinned(ring: Ring, tolerance: float) -> list[Point]:
    """A closed line is two open ones: from its first point to the one farthest off, and back."""
    ring = _spaced(ring, tolerance)
    far = max(range(len(ring)), key=lambda at: math.dist(ring[0], ring[at]))
    there, back = [*ring[: far + 1]], [*ring[far:], ring[0]]
    return _thinned_line(there, tolerance)[:-1] + _thinned_line(back, tolerance)[:-1]


def _spaced(ring: Ring, tolerance: float) -> list[Point]:
    """Without points too near to the one before to be told from it: that keeps the rest quick."""
    kept = [ring[0]]
    for point in ring[1:]:
        if math.dist(point, kept[-1]) > tolerance / 2:
            kept.append(point)
    return kept


def _thinned_line(line: Sequence[Point], tolerance: float) -> list[Point]:
    keep = {0, len(line) - 1}
    waiting = deque([(0, len(line) - 1)])
    left = GLANCES * len(line) + 200_000
    while waiting and left > 0:
        first, last = waiting.popleft()  # the longest first, so that what is kept is all around
        if last - first < 2:
            continue
        left -= last - first
        ends = line[first], line[last]
        at = max(range(first + 1, last), key=lambda at: _from_segment(line[at], *ends))
        if _from_segment(line[at], *ends) > tolerance:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [line[at] for at in sorted(keep)]


def inner_point(rings: Rings, precision: float = 0.04) -> Point:
    """A point inside, as far from every line as can be: squares are quartered, best hopes first.

    precision   of the shorter side of the box around: closer one does not look
    """
    xs, ys = [x for ring in rings for x, _y in ring], [y for ring in rings for _x, y in ring]
    left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    half = max(min(width, height) / 2, max(width, height) / 40) or 1.0
    enough = 2 * half * precision
    best = _depth((left + width / 2, top + height / 2), rings), (left + width / 2, top + height / 2)
    squares: list[tuple[float, Point, float]] = []
    across, down = math.ceil(width / half / 2) or 1, math.ceil(height / half / 2) or 1
    for place in range(across * down):
        centre = left + half * (2 * (place % across) + 1), top + half * (2 * (place // across) + 1)
        _hope(squares, centre, half, rings)
    for _look in range(LOOKS):
        hope, centre, half = heapq.heappop(squares)
        if best[0] > 0 and -hope - best[0] <= enough:
            break
        depth = _depth(centre, rings)
        best = (depth, centre) if depth > best[0] else best
        for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            _hope(squares, (centre[0] + dx * half / 2, centre[1] + dy * half / 2), half / 2, rings)
    return best[1]


def _hope(squares: list[tuple[float, Point, float]], centre: Point, half: float, rings: Rings
          ) -> None:  # fmt: skip
    """Nowhere in the square can a point lie deeper than this."""
    heapq.heappush(squares, (-(_depth(centre, rings) + half * math.sqrt(2)), centre, half))


def _depth(point: Point, rings: Rings) -> float:
    """How far from the nearest line; below zero outside."""
    nearest = min(_from_segment(point, *ends) for ring in rings for ends in _sides(ring))
    return nearest if holds(rings, point) else -nearest


def holds(rings: Rings, point: Point) -> bool:
    """Whether the point is inside: a ray from it crosses the lines an odd number of times."""
    x, y = point
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in _sides(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def area(ring: Ring) -> float:
    """Signed area of one ring."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides(ring)) / 2


def _sides(ring: Ring) -> zip[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _from_segment(point: Point, one: Point, other: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, one, other
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
    return math.hypot(x - x1 - along * dx, y - y1 - along * dy)
