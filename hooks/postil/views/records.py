"""Views of what the notes rest on: sources, events, people, organisations, places."""

from __future__ import annotations

import re

from markupsafe import Markup

from postil.model.edtf import first_day, order
from postil.model.problem import Place, Problem, shown
from postil.model.records import Event
from postil.text.normalizing import fold
from postil.views import drawing, maps
from postil.views.listing import Listed, Listing, render
from postil.views.registry import view

FEWEST = 12  # entries of a list with a filter; fewer are seen at a glance


@view("sources")
def sources(views: Listing, _: str) -> Markup:
    """The register, each source with the notes that rest on it."""
    users: dict[str, list[Listed]] = {}
    for listed in views.notes():
        for name in dict.fromkeys(citation.id for citation in listed.annotation.cited):
            users.setdefault(name, []).append(listed)

    def sorting(item: tuple[str, str]) -> str:
        return fold(re.sub(r"<[^>]+>|[^\w ]", "", item[1])).text.casefold()

    register = views.site.context.sources
    rows = [
        (register[name], Markup(html), users.get(name, []))  # noqa: S704 (citeproc escapes)
        for name, html in sorted(views.references.items(), key=sorting)
    ]
    outlets = sorted({views.text(f"outlets.{one.custom.outlet}") for one, _, _ in rows if one.custom.outlet})
    known = {one.custom.reliability for one, _, _ in rows}
    reliable = [views.text(f"reliability.{name}") for name in ("high", "medium", "low") if name in known]
    told = [("outlet", outlets), ("reliability", reliable)]
    return render("sources", views, rows=rows, filter=_filter(views, "register", len(rows), told))


def _filter(views: Listing, name: str, count: int, fields: list[tuple[str, list[str]]]) -> Markup:
    """The form above a list; none where it is short, or where no script will run, as in a book.

    Args:
        views: what the page sees.
        name: of the list: `register`, `timeline`.
        count: how many entries it has.
        fields: what it can be filtered by, with the values in their order.
    """
    if count < FEWEST or not views.in_parts:
        return Markup("")
    text = views.text
    told = [(field, text(f"{name}.{field}"), values) for field, values in fields]
    words = text(f"{name}.shown", count=count, shown="{shown}", total="{total}")
    return render("list", views, of=name, fields=told, count=words)


@view("timeline")
def timeline(views: Listing, when: str) -> Markup:
    """The dated events of one time (before, article, after), or of all: drawn, and as a list.

    `filter` in place of a time is the form that filters all lists of events on the page.
    """
    if when == "filter":
        return _events_filter(views)
    events = [event for event in views.records.events if not when or event.when == when]
    events.sort(key=lambda event: order(event.date))
    dots = []
    for event in events:
        if day := first_day(event.date):
            words = f"{views.text.edtf(event.date)}: {event.what}"
            entry = event_id(views, event.date, event.what) if views.in_parts else ""  # a book has no script
            dots.append(drawing.Dot(day, words, event.planned, entry))
    label = views.text("timeline.label", count=len(events))
    rows = [(event_id(views, event.date, event.what), event, _year(event)) for event in events]
    return render(
        "timeline",
        views,
        rows=rows,
        drawing=drawing.axis(dots, label, views.text.day),
        notes=views.notes_by_id(),
        filter="" if when else _events_filter(views),
    )


def _events_filter(views: Listing) -> Markup:
    events = views.records.events
    years = sorted({year for year in map(_year, events) if year})
    return _filter(views, "timeline", len(events), [("year", years)])


def _year(event: Event) -> str:
    day = first_day(event.date)
    return str(day.year) if day else ""


def event_id(views: Listing, date: str, what: str) -> str:
    """A lasting id for an event: its date, and a number where a day has several."""
    day = re.sub(r"[^0-9]+", "-", date).strip("-")
    same = [event.what for event in views.records.events if event.date == date]
    return f"event-{day}" + (f"-{same.index(what) + 1}" if len(same) > 1 else "")


def _who(views: Listing, records: tuple[object, ...]) -> Markup:
    return render("who", views, records=records)


@view("people")
def people(views: Listing, _: str) -> Markup:
    """Who is who."""
    return _who(views, views.records.people)


@view("organisations")
def organisations(views: Listing, _: str) -> Markup:
    """The organisations."""
    return _who(views, views.records.organisations)


@view("places")
def places(views: Listing, _: str) -> Markup:
    """The places."""
    return _who(views, views.records.places)


@view("map", tells=True)
def chart(views: Listing, country: str) -> Markup:
    """A map with the site's places, on the named outline (`<!-- postil: map iraq -->`) or the one that fits best."""
    spots = [
        maps.Spot(place.name.partition(" (")[0].partition(",")[0], place.lat, place.lon)
        for place in views.records.places
    ]
    outlines = []
    for file in sorted((views.site.docs / maps.FOLDER).glob(f"{country or '*'}.geojson")):
        try:
            outlines.append(maps.read_outline(file))
        except ValueError as error:
            views.site.problems.append(Problem(Place(shown(file)), str(error)))
    outline = maps.best(outlines, spots)
    if outline is None:
        return Markup("")
    label = views.text("map.label", country=outline.name)
    return render("map", views, drawing=maps.chart(outline, spots, label), outline=outline)
