"""Drawings made of data, as inline SVG: the spread of verdicts, dated events on an axis, places on a map.

Colours and sizes of text come from the stylesheet; every drawing has its text beside it on the page.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

from markupsafe import Markup

WIDTH = 640


class Share(NamedTuple):
    """One part of a bar: its name, how many, and the class of its colour."""

    name: str
    number: int
    colour: str


class Dot(NamedTuple):
    """One event on an axis: where it begins, and its words; a plan is hollow."""

    date: datetime.date
    title: str
    hollow: bool = False


class Spot(NamedTuple):
    """One place on a map, in decimal degrees."""

    name: str
    lat: float
    lon: float


def bar(shares: Sequence[Share], label: str) -> Markup:
    """A bar whose parts are as long as their counts."""
    total = sum(share.number for share in shares)
    if not total:
        return Markup("")
    parts, x = [], 0.0
    for share in shares:
        width = share.number / total * WIDTH
        parts.append(
            Markup('<rect class="{}" x="{:.1f}" y="0" width="{:.1f}" height="24"><title>{}: {}</title></rect>').format(
                share.colour, x, max(width - 2, 1), share.name, share.number
            )
        )
        x += width
    return Markup('<svg class="postil-bar" viewBox="0 0 {} 24" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, label, Markup("").join(parts)
    )


def axis(dots: Sequence[Dot], label: str, day: Callable[[datetime.date], str]) -> Markup:
    """Events as dots above an axis of time; those that would lie on one another are piled up.

    Args:
        dots: the events.
        label: what the drawing shows, in words.
        day: writes a day below a short axis.
    """
    if not dots:
        return Markup("")
    first, last = min(dot.date for dot in dots), max(dot.date for dot in dots)
    span = max((last - first).days, 1)

    def x_of(date: datetime.date) -> float:
        return 16 + (date - first).days / span * (WIDTH - 32)

    piles: dict[int, int] = {}
    shapes = []
    for dot in sorted(dots, key=lambda dot: (dot.date, dot.title)):
        column = round(x_of(dot.date) / 11)
        level = piles[column] = piles.get(column, 0) + 1
        shapes.append((column * 11, level, dot))
    height = 12 * max(piles.values()) + 30
    base = height - 22
    parts = [Markup('<line class="postil-axis__line" x1="4" x2="{}" y1="{}" y2="{}"/>').format(WIDTH - 4, base, base)]
    for date, name in _ticks(first, last, day):
        parts.append(
            Markup(
                '<line class="postil-axis__line" x1="{0:.0f}" x2="{0:.0f}" y1="{1}" y2="{2}"/>'
                '<text class="postil-axis__text" x="{0:.0f}" y="{3}">{4}</text>'
            ).format(x_of(date), base, base + 5, base + 18, name)
        )
    for x, level, dot in shapes:
        parts.append(
            Markup('<circle class="postil-axis__dot{}" cx="{}" cy="{}" r="4.5"><title>{}</title></circle>').format(
                " postil-axis__dot--plan" if dot.hollow else "", x, base - 12 * level + 4, dot.title
            )
        )
    return Markup('<svg class="postil-axis" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, height, label, Markup("").join(parts)
    )


def _ticks(
    first: datetime.date, last: datetime.date, day: Callable[[datetime.date], str]
) -> list[tuple[datetime.date, str]]:
    """Days, months or years to write below an axis, eight at most."""
    days = (last - first).days
    if days <= 120:
        step = next(step for step in (1, 2, 7, 14, 28) if days / step <= 8)
        dates = [first + datetime.timedelta(days=step * number) for number in range(days // step + 1)]
        return [(date, day(date)) for date in dates]
    years = last.year - first.year + 1
    step = math.ceil(years / 8)
    starts = [datetime.date(year, 1, 1) for year in range(first.year + 1, last.year + 1, step)]
    return [(date, str(date.year)) for date in starts] or [(first, str(first.year))]


@dataclass(frozen=True)
class Outline:
    """The outline of a country: rings of (longitude, latitude), and where the data came from."""

    name: str
    source: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


def outline(country: str) -> Outline | None:
    """The outline of a country of which there is one in data/, by its name in small letters."""
    file = files("postil").joinpath(f"data/{country}.geojson")
    if not file.is_file():
        return None
    feature = json.loads(file.read_text("utf-8"))
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = tuple(tuple((lon, lat) for lon, lat in ring) for polygon in polygons for ring in polygon)
    return Outline(feature["properties"]["name"], feature["properties"]["source"], rings)


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
    inside = [(spot, *point(spot.lon, spot.lat)) for spot in spots]
    inside = [(spot, x, y) for spot, x, y in inside if 0 < x < WIDTH and 0 < y < height]
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
