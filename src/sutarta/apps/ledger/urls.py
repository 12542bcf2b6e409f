"""Addresses of the log for machines, as c2sp.org/tlog-tiles has them; also of former epochs."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from sutarta.apps.ledger.views import machines


class Place(StringConverter):
    """Which tile, and how wide when it is not full: "x001/234" or "005.p/17"."""

    regex = r"(?:x[0-9]{3}/){0,5}[0-9]{3}(?:\.p/[0-9]{1,3})?"


register_converter(Place, "tile_place")


def _of(log: str, suffix: str) -> list[URLPattern]:
    return [
        path(f"{log}checkpoint", machines.checkpoint, name=f"checkpoint{suffix}"),
        path(f"{log}tile/entries/<tile_place:place>", machines.entries, name=f"entries{suffix}"),
        path(f"{log}tile/<int:level>/<tile_place:place>", machines.tile, name=f"tile{suffix}"),
    ]


app_name = "ledger"
urlpatterns = [
    path("log/keys", machines.keys, name="keys"),
    *_of("log/", ""),
    *_of("log/<int:epoch>/", "_of"),
]
