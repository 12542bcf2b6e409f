"""GeoJSON files: what is taken, and in which words anything else is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import translation

from sutarta.apps.tenants import geojson

SQUARE = [[24.0, 55.0], [24.2, 55.0], [24.2, 55.1], [24.0, 55.1], [24.0, 55.0]]
HOLE = [[24.05, 55.02], [24.15, 55.02], [24.15, 55.08], [24.05, 55.08], [24.05, 55.02]]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def feature(name: Any = "Senamiestis", rings: Any = None, kind: str = "Polygon", **more: Any):
    coordinates = rings if rings is not None else [SQUARE]
    facts = {"name": name, **more} if name is not None else more
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": facts, "geometry": geometry}


def whole(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_parts_come_with_their_names_holes_and_islands():
    island = [[[[25.0, 55.0], [25.1, 55.0], [25.1, 55.1], [25.0, 55.0]]], [SQUARE, HOLE]]
    found = geojson.read(whole(feature(), feature("Pievos", island, "MultiPolygon")))

    named = found.named("name")
    assert list(named) == ["Senamiestis", "Pievos"]
    assert [len(rings) for rings in named.values()] == [1, 3]
    assert named["Senamiestis"][0][0] == (24.0, 55.0) and len(named["Senamiestis"][0]) == 4


def test_the_text_reads_back_the_same():
    found = geojson.read(whole(feature(code="1"), feature("Pievos", code="2")))
    again = geojson.read(found.text())

    assert again.fields == found.fields == ["name", "code"]
    assert again.named("name") == found.named("name")


@pytest.mark.parametrize(
    ("facts", "usual"),
    [
        ([{"id": 1, "PAVADINIMAS": "A"}, {"id": 2, "PAVADINIMAS": "B"}], "PAVADINIMAS"),
        ([{"zona": "A", "x": "1"}, {"zona": "B", "x": "1"}], "zona"),
    ],
)
def test_the_field_with_the_names_is_guessed(facts, usual):
    features = [{**feature(), "properties": one} for one in facts]

    assert geojson.read(whole(*features)).usual == usual


FAR = [[179.0, 55.0], [-179.0, 55.0], [-179.0, 56.0], [179.0, 55.0]]
LINE = [[24.0, 55.0], [24.1, 55.0], [24.2, 55.0], [24.0, 55.0]]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe\x00", "cannot be read as JSON"),
        (b"{", "cannot be read as JSON"),
        (b"[" * 200_000, "cannot be read as JSON"),
        (b'{"type": "FeatureCollection", "features": NaN}', "cannot be read as JSON"),
        (b"[]", "list of parts"),
        (b'{"type": "Topology", "objects": {}}', "list of parts"),
        (b'{"type": "FeatureCollection", "features": 7}', "list of parts"),
        (whole(), "holds no part"),
        (whole(*[feature(str(place)) for place in range(201)]), "more than 200"),
        (b" " * (geojson.MOST_BYTES + 1), "too large"),
        (whole("A"), "Part 1 cannot be read"),
        (whole(feature(), feature("Pievos", [24, 55], "Point")), "Part 2 (Pievos) has no outline"),
        (whole({**feature(), "geometry": None}), "Part 1 (Senamiestis) has no outline"),
        (whole(feature(rings=[[[24, 55], [25, 55]]])), "fewer than three points"),
        (whole(feature(rings=[[["24", 55], [25, 55], [25, 56]]])), "cannot be read"),
        (whole(feature(rings=[[[True, 55], [25, 55], [25, 56]]])), "cannot be read"),
        (whole(feature(rings=[[[10**400, 55], [25, 55], [25, 56]]])), "cannot be read"),
        (b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A"},'
         b'"geometry":{"type":"Polygon","coordinates":[[[1e999,5],[2,5],[2,6]]]}}]}',
         "cannot be read"),
        (whole(feature(rings=7)), "part 1 (Senamiestis)"),
        (whole(feature(rings={})), "part 1 (Senamiestis)"),
        (whole(feature(rings=[7], kind="MultiPolygon")), "part 1 (Senamiestis)"),
        (whole(feature(rings=[[[580000, 6060000], [580100, 6060000], [580100, 6060100]]])),
         "EPSG:4326"),
        (whole(feature(rings=[LINE])), "has no area"),
        (whole(feature(rings=[FAR])), "180th meridian"),
        (whole(feature(rings=[])), "has no area"),
        (whole(feature(rings=[SQUARE] * 501)), "too many pieces"),
        (whole(feature(None)), "No field"),
        (whole(feature("A"), feature("a")), "No field"),
        (whole(feature("A"), feature(None)), "No field"),
        (whole(feature("A" * 121)), "No field"),
        (whole({**feature(), "properties": None}), "No field"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words_that_name_the_part(data, says):
    with pytest.raises(geojson.BadFile) as refused:
        geojson.read(data)

    assert says in str(refused.value)


@pytest.mark.parametrize("name", ["Pie\ud800vos", "Pie\x00vos", "Pie\x0bvos"])
def test_letters_that_nothing_can_keep_or_show_are_left_out(name):
    found = geojson.read(whole(feature(name, **{"ko\ud800das": "1"})))

    assert found.fields == ["name", "kodas"]
    assert next(iter(found.named("name"))).replace(" ", "") == "Pievos"
    assert found.text().encode()


def test_an_outline_drawn_to_keep_us_busy_is_read_all_the_same():
    count = 20_000
    fan = [[24 + (1 if at % 2 else -1) * at / count, 50 + at / count] for at in range(count)]

    ring = geojson.read(whole(feature(rings=[fan]))).parts[0].rings[0]

    assert 3 <= len(ring) <= 400
