"""Outlines drawn flat: projection, simplification, points for labels."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutarta.apps.tenants import territory

SQUARE = [(24.0, 55.0), (24.2, 55.0), (24.2, 55.1), (24.0, 55.1)]
HOLE = [(24.05, 55.02), (24.15, 55.02), (24.15, 55.08), (24.05, 55.08)]


def circle(points: int, radius: float = 0.1) -> list[tuple[float, float]]:
    turns = (2 * math.pi * place / points for place in range(points))
    return [(24 + radius * math.cos(turn), 55 + radius * math.sin(turn)) for turn in turns]


def test_nothing_is_drawn_of_parts_without_an_outline():
    assert territory.drawn({}) is None
    assert territory.drawn({"Pievos": []}) is None


def test_a_degree_of_longitude_is_shortened_by_the_latitude():
    drawn = territory.drawn({"a": [SQUARE]})

    wide, high = drawn.width - 24, drawn.height - 24
    assert wide == territory.SIZE - 24
    assert high / wide == pytest.approx(0.1 / (0.2 * math.cos(math.radians(55.05))), abs=0.01)


def test_north_is_up_and_parts_stay_beside_each_other():
    north = [(x, y + 0.1) for x, y in SQUARE]
    drawn = territory.drawn({"south": [SQUARE], "north": [north], "without": []})

    south_, north_ = drawn.shapes
    assert (south_.key, north_.key) == ("south", "north")
    assert north_.y < south_.y and abs(north_.x - south_.x) < 40


def test_every_number_of_a_path_is_short():
    drawn = territory.drawn({"a": [circle(60)]})

    numbers = drawn.shapes[0].path.replace("M", " ").replace("L", " ").replace("Z", "").split()
    assert all(len(number) <= 5 for number in numbers)


@pytest.mark.parametrize(
    "rings",
    [
        [SQUARE],
        [SQUARE, HOLE],
        [circle(200), circle(200, 0.099)],
        [[(24.0, 55.0), (24.3, 55.0), (24.3, 55.3), (24.28, 55.02), (24.0, 55.02)]],
        [SQUARE, [(24.5, 55.5), (24.50001, 55.5), (24.50001, 55.50001)]],
        [[(24.0, 55.0), (24.9, 55.0), (24.9, 55.003), (24.0, 55.003)]],
    ],
    ids=["square", "hole", "ring", "hook", "tiny island", "sliver"],
)
def test_a_label_stands_inside(rings):
    assert territory.holds(rings, territory.inner_point(rings))


def test_a_label_stands_as_deep_as_can_be():
    x, y = territory.inner_point([SQUARE])

    assert (x, y) == pytest.approx((24.1, 55.05), abs=0.05)
    assert territory.holds([SQUARE, HOLE], territory.inner_point([SQUARE, HOLE]))


def test_a_hole_is_not_inside_and_an_island_is():
    island = [(25.0, 55.0), (25.1, 55.0), (25.1, 55.1)]
    rings = [SQUARE, HOLE, island]

    assert not territory.holds(rings, (24.1, 55.05))
    assert territory.holds(rings, (24.02, 55.05))
    assert territory.holds(rings, (25.08, 55.05))


def test_a_line_is_never_off_by_more_than_told():
    fine = circle(2000)
    kept = territory.simplified([fine], 0.001)[0]

    assert len(kept) < 60
    edges = [*zip(kept, [*kept[1:], kept[0]], strict=True)]
    assert max(min(territory._from_segment(p, *edge) for edge in edges) for p in fine) <= 0.0016


def test_too_many_points_are_thinned_further_and_a_part_never_vanishes():
    assert sum(map(len, territory.simplified([circle(5000)], 1e-7))) <= territory.MOST_POINTS
    tiny = [[(24.0, 55.0), (24.0001, 55.0), (24.0001, 55.0001)]]
    assert len(territory.simplified(tiny, 0.01)[0]) == 3


def test_a_tiny_island_too_small_to_see_goes():
    island = [(25.0, 55.0), (25.00001, 55.0), (25.00001, 55.00001)]

    assert len(territory.simplified([SQUARE, island], 0.001)) == 1


def test_thirty_large_parts_are_drawn_at_once():
    parts = {
        place: [[(x + place / 5, y) for x, y in circle(400)], circle(40, 0.01)]
        for place in range(30)
    }
    began = time.perf_counter()
    drawn = territory.drawn(parts)
    taken = time.perf_counter() - began

    print(f"30 parts of 440 points drawn in {taken:.2f} s")
    assert len(drawn.shapes) == 30 and taken < 3


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(20, 26, width=32), st.floats(53, 57, width=32)),
        min_size=3,
        max_size=40,
        unique=True,
    )
)
def test_any_outline_is_drawn(points):
    drawn = territory.drawn({"a": [points]})

    assert drawn.shapes[0].path.count("M") == 1
    assert -1 <= drawn.shapes[0].x <= drawn.width + 1
    assert territory.simplified([points], territory.tolerance_for([[points]]))[0]
