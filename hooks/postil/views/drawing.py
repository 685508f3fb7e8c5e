"""Drawings made of data, as inline SVG: the spread of verdicts, dated events on an axis, places on a map.

Colours and sizes of text come from the stylesheet; every drawing has its text beside it on the page.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

WIDTH = 640
COLUMN = 1.75  # per cent of an axis, in which dots are piled up


class Share(NamedTuple):
    """One part of a bar: its name, how many, and the class of its colour."""

    name: str
    number: int
    colour: str


class Dot(NamedTuple):
    """One event on an axis: where it begins, and its words; a plan is hollow; the id of its entry on the page."""

    date: datetime.date
    title: str
    hollow: bool = False
    entry: str = ""


def bar(shares: Sequence[Share], label: str) -> Markup:
    """A bar whose parts are as long as their counts."""
    total = sum(share.number for share in shares)
    if not total:
        return Markup("")
    parts, x = [], 0.0
    for share in shares:
        width = share.number / total * WIDTH
        gap = 2 if x + width < WIDTH - 1 else 0  # none behind the last
        parts.append(
            Markup('<rect class="{}" x="{:.1f}" y="0" width="{:.1f}" height="24"><title>{}: {}</title></rect>').format(
                share.colour, x, max(width - gap, 1), share.name, share.number
            )
        )
        x += width
    svg = '<svg class="postil-bar" viewBox="0 0 {} 24" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    return Markup(svg).format(WIDTH, label, Markup("").join(parts))  # noqa: S704 (ours)


def axis(dots: Sequence[Dot], label: str, day: Callable[[datetime.date], str]) -> Markup:
    """Events as dots above an axis of time; those that would lie on one another are piled up.

    Places along the axis are shares of its width, all else is in pixels, so that words are as large on a phone.

    Args:
        dots: the events.
        label: what the drawing shows, in words.
        day: writes a day below a short axis.
    """
    if not dots:
        return Markup("")
    first, last = min(dot.date for dot in dots), max(dot.date for dot in dots)
    span = max((last - first).days, 1)

    def share_of(date: datetime.date) -> float:
        return 2.5 + (date - first).days / span * 95

    piles: dict[int, int] = {}
    shapes = []
    for dot in sorted(dots, key=lambda dot: (dot.date, dot.title)):
        column = round(share_of(dot.date) / COLUMN)
        level = piles[column] = piles.get(column, 0) + 1
        shapes.append((column * COLUMN, level, dot))
    height = 12 * max(piles.values()) + 30
    base = height - 22
    parts = [Markup('<line class="postil-axis__line" x1="0.6%" x2="99.4%" y1="{0}" y2="{0}"/>').format(base)]
    for number, (date, name) in enumerate(_ticks(first, last, day)):
        parts.append(
            Markup(
                '<line class="postil-axis__line" x1="{0:.1f}%" x2="{0:.1f}%" y1="{1}" y2="{2}"/>'
                '<text class="postil-axis__text{5}" x="{0:.1f}%" y="{3}">{4}</text>'
            ).format(share_of(date), base, base + 5, base + 18, name, " postil-axis__text--more" if number % 2 else "")
        )
    for x, level, dot in shapes:
        parts.append(
            Markup(
                '<circle class="postil-axis__dot{}"{} cx="{:.2f}%" cy="{}" r="4.5"><title>{}</title></circle>'
            ).format(
                " postil-axis__dot--plan" if dot.hollow else "",
                Markup(' data-entry="{}"').format(dot.entry) if dot.entry else "",
                x,
                base - 12 * level + 4,
                dot.title,
            )
        )
    return Markup('<svg class="postil-axis" width="100%" height="{}" role="img" aria-label="{}">{}</svg>').format(
        height, label, Markup("").join(parts)
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
