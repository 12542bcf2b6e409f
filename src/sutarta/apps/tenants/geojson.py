"""Outlines from a GeoJSON file (RFC 7946), as municipalities and the state publish them.

A stranger's file: bounded in size, in parts and in points, and whatever is wrong with it is said
in words that name the part.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from sutarta.apps.tenants import territory
from sutarta.apps.tenants.territory import Point, Rings

MOST_BYTES = 2 * 2**20
MOST_PARTS = 200
MOST_RINGS = 500  # of one part
LONGEST_NAME = 120  # as Ward.name
USUAL = ("name", "pavadinimas", "pav", "title")  # where the name most often stands
DIGITS = 5  # of a degree: about a metre
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # JSON can say what nobody can store


class BadFile(ValueError):
    """The file is not taken; the message says why, and names the part where that is."""


@dataclass(frozen=True)
class Part:
    """One part as read: its rings in degrees, and what the file says of it."""

    rings: Rings
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """Every part of a file. `fields`: facts that can name them, for every part has its own."""

    parts: Sequence[Part]
    fields: Sequence[str]

    def named(self, field: str) -> dict[str, Rings]:
        """Name -> rings, by one of `fields`."""
        return {part.facts[field]: part.rings for part in self.parts}

    @property
    def usual(self) -> str:
        """The field that most likely holds the names."""
        known = {field.lower(): field for field in self.fields}
        return next((known[name] for name in USUAL if name in known), self.fields[0])

    def text(self) -> str:
        """The same as GeoJSON again, simplified, so that a form can carry it to the next page."""
        features = [
            {
                "type": "Feature",
                "properties": {field: part.facts[field] for field in self.fields},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[[*ring, ring[0]]] for ring in part.rings],
                },
            }
            for part in self.parts
        ]
        whole = {"type": "FeatureCollection", "features": features}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def read(data: bytes | str) -> Reading:
    """The parts of a FeatureCollection of polygons, simplified alike. Raises BadFile."""
    if len(data) > MOST_BYTES:
        raise BadFile(_("The file is too large: at most 2 MB. Save it with fewer points."))
    features = _features(_parsed(data))
    found = [_part(feature, place) for place, feature in enumerate(features, start=1)]
    fields = _fields(found)
    if not fields:
        raise BadFile(
            _("No field of the file names every part differently. Add a field “name” to it.")
        )
    tolerance = territory.tolerance_for([part.rings for part in found])
    parts = [Part(territory.simplified(part.rings, tolerance), part.facts) for part in found]
    return Reading(parts, fields)


def _parsed(data: bytes | str) -> Any:
    def refuse(constant: str) -> NoReturn:
        raise ValueError(constant)  # NaN and the like are no numbers of JSON

    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as bad:
        raise BadFile(_("This is not a GeoJSON file: it cannot be read as JSON.")) from bad


def _features(whole: Any) -> list[Any]:
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or whole.get("type") != "FeatureCollection":
        raise BadFile(_("This is not a GeoJSON file with a list of parts (FeatureCollection)."))
    if not features:
        raise BadFile(_("The file holds no part."))
    if len(features) > MOST_PARTS:
        raise BadFile(_("The file holds more than 200 parts. Leave only those of your territory."))
    return features


def _part(feature: Any, place: int) -> Part:
    if not isinstance(feature, dict):
        raise BadFile(_("Part %(name)s cannot be read.") % {"name": place})
    given = feature.get("properties")
    facts = {
        _said(field): _said(value)
        for field, value in (given.items() if isinstance(given, dict) else ())
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    facts = {field: value for field, value in facts.items() if 0 < len(value) <= LONGEST_NAME}
    return Part(_rings(feature.get("geometry"), _called(facts, place)), facts)


def _said(value: Any) -> str:
    """In one line, without what no page and no database holds."""
    return " ".join(_UNSEEN.sub("", str(value)).split())


def _called(facts: Mapping[str, str], place: int) -> str:
    """What an error calls the part: its name where one can be seen, else its place."""
    lower = {field.lower(): value for field, value in facts.items()}
    name = next((lower[field] for field in USUAL if field in lower), "")
    return f"{place} ({name})" if name else str(place)


def _rings(geometry: Any, called: str) -> list[list[Point]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise BadFile(
            _("Part %(name)s has no outline: only Polygon and MultiPolygon are drawn.")
            % {"name": called}
        )
    polygons = geometry.get("coordinates")
    polygons = [polygons] if kind == "Polygon" else polygons
    rings = [_ring(ring, called) for ring in _flattened(polygons, called)]
    if not any(abs(territory.area(ring)) > 0 for ring in rings):
        raise BadFile(_("Part %(name)s has no area.") % {"name": called})
    if max(x for ring in rings for x, _y in ring) - min(x for r in rings for x, _y in r) > 180:
        raise BadFile(
            _("Part %(name)s crosses the 180th meridian, which we do not draw.") % {"name": called}
        )
    return rings


def _flattened(polygons: Any, called: str) -> Iterator[Any]:
    count = 0
    for polygon in polygons if isinstance(polygons, list) else [None]:
        if not isinstance(polygon, list):
            raise BadFile(_("The outline of part %(name)s cannot be read.") % {"name": called})
        for ring in polygon:
            count += 1
            if count > MOST_RINGS:
                raise BadFile(_("Part %(name)s has too many pieces.") % {"name": called})
            yield ring


def _ring(given: Any, called: str) -> list[Point]:
    points = [_point(one, called) for one in (given if isinstance(given, list) else ())]
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        raise BadFile(
            _("The outline of part %(name)s has fewer than three points.") % {"name": called}
        )
    return points


def _point(given: Any, called: str) -> Point:
    is_pair = isinstance(given, list) and len(given) >= 2
    if not is_pair or not all(_is_number(one) for one in given[:2]):
        raise BadFile(_("The outline of part %(name)s cannot be read.") % {"name": called})
    x, y = float(given[0]), float(given[1])
    if abs(x) > 180 or abs(y) > 85:
        raise BadFile(
            _(
                "The coordinates of part %(name)s are not degrees. Save the file in WGS 84 "
                "(EPSG:4326); LKS-94 is in metres."
            )
            % {"name": called}
        )
    return round(x, DIGITS), round(y, DIGITS)


def _is_number(one: Any) -> bool:
    """A number of sane size; no comparison holds of what is none, and an infinity is larger."""
    return isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < 1e12


def _fields(parts: Sequence[Part]) -> list[str]:
    """Facts that every part has, each with another value, in the order of the file."""
    return [
        field
        for field in parts[0].facts
        if len({part.facts.get(field, "").lower() for part in parts} - {""}) == len(parts)
    ]
