"""The events, people, organisations and places around a site's articles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from postil.model.fields import Id, Record, Text, TextList, mistake
from postil.model.source import Date


def _degrees(most: float) -> Callable[[Any], float]:
    def checked(value: Any) -> float:
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = most + 1
        if not -most <= number <= most:
            raise mistake(f"{value!r} is not a coordinate; write decimal degrees: 33.31")
        return number

    return checked


Latitude = Annotated[float, BeforeValidator(_degrees(90))]
Longitude = Annotated[float, BeforeValidator(_degrees(180))]


def _yes(value: Any) -> bool:
    if value not in ("yes", "no", True, False):
        raise mistake(f"expected yes or no, found {value!r}")
    return value in ("yes", True)


def _once(value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value))


Ids = Annotated[TextList, AfterValidator(_once)]


class Event(Record):
    """A dated event.

    Attributes:
        date: EDTF text; a range with a slash, "~" for about.
        when: before the article, in its time, or after it.
        what: a sentence.
        sources: ids of the register.
        notes: ids of notes that are about it.
        confidence: in the date and the event.
        note: what a reader must know of it.
        planned: whether it is only a plan.
    """

    date: Date
    when: Literal["before", "article", "after"]
    what: Text
    sources: Ids = ()
    notes: Ids = ()
    confidence: Literal["high", "medium", "low"] | None = None
    note: str = ""
    planned: Annotated[bool, BeforeValidator(_yes)] = False


class Person(Record):
    """Somebody, in the role of the article's time; `names` are the words by which the article names them."""

    id: Id
    name: Text
    role: Text
    names: Ids = ()
    sources: Ids = ()


class Organisation(Record):
    """A body, an agency, a group."""

    id: Id
    name: Text
    what: Text
    names: Ids = ()
    sources: Ids = ()


class MappedPlace(Record):
    """A place; `lat` and `lon` are decimal degrees north and east."""

    id: Id
    name: Text
    what: Text
    names: Ids = ()
    sources: Ids = ()
    lat: Latitude
    lon: Longitude


class Records(Record):
    """All records of a site."""

    events: tuple[Event, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    places: tuple[MappedPlace, ...] = ()

    @property
    def cited(self) -> set[str]:
        """The ids of the sources on which a record rests."""
        return {source for records in self.model_dump().values() for record in records for source in record["sources"]}
