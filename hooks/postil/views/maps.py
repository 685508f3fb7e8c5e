"""Maps: outlines are the site's own data (docs/maps/NAME.geojson), and one is drawn only where places lie on it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from postil.views.drawing import WIDTH

FOLDER = "maps"  # below docs/


class Spot(NamedTuple):
    """One place on a map, in decimal degrees."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Outline:
    """The outline of a country: rings of (longitude, latitude), and where the data came from."""

    name: str
    source: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


def read_outline(file: Path) -> Outline:
    """An outline from GeoJSON (RFC 7946): a feature with `name`, `source` and `licence` among its properties.

    Raises:
        ValueError: it is none; the message says what was expected.
    """
    try:
        feature = json.loads(file.read_text("utf-8"))
        geometry, told = feature["geometry"], feature["properties"]
        polygons = {"MultiPolygon": geometry["coordinates"], "Polygon": [geometry["coordinates"]]}[geometry["type"]]
        rings = tuple(tuple((float(lon), float(lat)) for lon, lat, *_ in ring) for part in polygons for ring in part)
        source = ", ".join(str(told[name]) for name in ("source", "licence") if told.get(name))
        return Outline(str(told["name"]), source, rings)
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        expected = "expected a GeoJSON feature of type Polygon or MultiPolygon with `name` and `source` in `properties`"
        raise ValueError(expected) from error


def best(outlines: Sequence[Outline], spots: Sequence[Spot]) -> Outline | None:
    """The outline on which most places lie; None where none lies on any."""
    most = max(outlines, key=lambda outline: len(within(outline, spots)), default=None)
    return most if most and within(most, spots) else None


def within(country: Outline, spots: Sequence[Spot]) -> list[Spot]:
    """The places within the box of an outline."""
    lons = [lon for ring in country.rings for lon, _ in ring]
    lats = [lat for ring in country.rings for _, lat in ring]
    return [spot for spot in spots if min(lons) <= spot.lon <= max(lons) and min(lats) <= spot.lat <= max(lats)]


def chart(country: Outline, spots: Sequence[Spot], label: str) -> Markup:
    """A map: the outline, and the places that lie within its box, named where there is room.

    The projection is equirectangular at the middle latitude, good enough for one country.
    """
    lons = [lon for ring in country.rings for lon, _ in ring]
    lats = [lat for ring in country.rings for _, lat in ring]
    west, north, middle = min(lons), max(lats), math.radians((min(lats) + max(lats)) / 2)
    scale = (WIDTH - 40) / ((max(lons) - west) * math.cos(middle))

    def point(lon: float, lat: float) -> tuple[float, float]:
        return 20 + (lon - west) * math.cos(middle) * scale, 20 + (north - lat) * scale

    height = round(point(west, min(lats))[1] + 20)
    path = " ".join(
        "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in (point(*corner) for corner in ring)) + "Z"
        for ring in country.rings
    )
    parts = [Markup('<path class="postil-map__land" d="{}"/>').format(path)]
    inside = [(spot, *point(spot.lon, spot.lat)) for spot in within(country, spots)]
    taken = [(x - 5, y - 5, x + 5, y + 5) for _, x, y in inside]
    for spot, x, y in sorted(inside, key=lambda item: (item[2], item[1])):
        place = _room(spot.name, x, y, taken, height)
        text, line = Markup(""), Markup("")
        if place:
            box, anchor = place
            taken.append(box)
            tx, ty = (box[0] if anchor == "start" else box[2]), box[3] - 4
            if abs(ty - 4 - y) > 8 or min(abs(box[0] - x), abs(box[2] - x)) > 14:
                line = Markup(
                    '<line class="postil-map__line" x1="{:.0f}" y1="{:.0f}" x2="{:.0f}" y2="{:.0f}"/>'
                ).format(x, y, tx, ty - 4)
            text = Markup('<text class="postil-map__text" x="{:.0f}" y="{:.0f}" text-anchor="{}">{}</text>').format(
                tx, ty, anchor, spot.name
            )
        dot = Markup('<circle class="postil-map__dot" cx="{:.1f}" cy="{:.1f}" r="4"><title>{}</title></circle>')
        parts.append(line + dot.format(x, y, spot.name) + text)
    return Markup('<svg class="postil-map" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, height, label, Markup("").join(parts)
    )


Box = tuple[float, float, float, float]


def _room(name: str, x: float, y: float, taken: list[Box], height: int) -> tuple[Box, str] | None:
    """Where a name can stand beside its dot without lying on a dot or on another name; further out if need be."""
    width = len(name) * 6.4 + 4
    for away in range(9, 80, 9):
        for dy in (0, -away, away, -away * 1.6, away * 1.6):
            for anchor in ("start", "end"):
                left = x + away if anchor == "start" else x - away - width
                box = (left, y + dy - 7, left + width, y + dy + 8)
                free = all(box[2] < b[0] or b[2] < box[0] or box[3] < b[1] or b[3] < box[1] for b in taken)
                if free and box[0] > 2 and box[2] < WIDTH - 2 and box[1] > 2 and box[3] < height - 2:
                    return box, anchor
    return None
