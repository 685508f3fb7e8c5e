"""The events, people, organisations and places around a site's articles: `events.yml` and `people.yml` → records."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from postil.files.sources_file import Date
from postil.files.validation import validated
from postil.files.yamltext import Document, read_yaml, type_names
from postil.model.annotation import Id, Record, Text, Texts, mistake
from postil.model.problem import PostilError, Problem, nearest


def _degrees(most: float) -> Any:
    def checked(value: Any) -> float:
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = most + 1
        if not -most <= number <= most:
            raise mistake(f"{value!r} is not a coordinate; write decimal degrees: 33.31")
        return number

    return Annotated[float, BeforeValidator(checked)]


def _yes(value: Any) -> bool:
    if value not in ("yes", "no", True, False):
        raise mistake(f"expected yes or no, found {value!r}")
    return value in ("yes", True)


def _once(value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value))


Ids = Annotated[Texts, AfterValidator(_once)]


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


class Place(Organisation):
    """A place; `lat` and `lon` are decimal degrees north and east."""

    lat: _degrees(90)  # type: ignore[valid-type]
    lon: _degrees(180)  # type: ignore[valid-type]


class Records(Record):
    """All records of a site."""

    events: tuple[Event, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def cited(self) -> set[str]:
        """The ids of the sources on which a record rests."""
        return {source for records in self.model_dump().values() for record in records for source in record["sources"]}


_LISTS: dict[str, type[Record]] = {
    "events": Event,
    "people": Person,
    "organisations": Organisation,
    "places": Place,
}


def read_records(
    content: bytes, file: str, keys: Collection[str], sources: Collection[str] | None, notes: Collection[str] | None
) -> tuple[dict[str, tuple[Any, ...]], list[Problem]]:
    """Read a file of records.

    Args:
        content: the bytes of the file.
        file: its name, for messages.
        keys: the lists that it may hold: "events", "people", "organisations", "places".
        sources: the ids of the register; None where they cannot be told, then none is missed.
        notes: the ids of the site's notes; None likewise.

    Returns:
        The records by list, and every mistake. A record with a mistake is left out.
    """
    problems: list[Problem] = []
    try:
        document = read_yaml(content, file)
    except PostilError as error:
        return {}, list(error.problems)
    if not isinstance(document.data, dict):
        message = f"expected {' or '.join(f'`{key}:`' for key in keys)}, found {type_names[type(document.data)]}"
        return {}, [Problem(document.place(()), message)]
    found: dict[str, tuple[Any, ...]] = {}
    for key, items in document.data.items():
        if key not in keys:
            message = f"the key {key!r} is unknown{nearest(key, keys)}; keys are {', '.join(keys)}"
            problems.append(Problem(document.key_place((key,)), message))
        elif not isinstance(items or [], list):
            message = f"{key!r}: expected a list, found {type_names[type(items)]}"
            problems.append(Problem(document.place((key,)), message))
        else:
            found[key] = _records(document, key, sources, notes, problems)
    return found, problems


def _records(
    document: Document,
    key: str,
    sources: Collection[str] | None,
    notes: Collection[str] | None,
    problems: list[Problem],
) -> tuple[Record, ...]:
    records: dict[Any, Record] = {}
    for index in range(len(document.data[key] or [])):
        record = validated(_LISTS[key], document, (key, index), problems)
        if record is None:
            continue
        for name, known in (("sources", sources), ("notes", notes)):
            for number, wanted in enumerate(getattr(record, name, ())):
                if known is not None and wanted not in known:
                    message = f"the {name[:-1]} {wanted!r} is unknown{nearest(wanted, known)}"
                    problems.append(Problem(document.place((key, index, name, number)), message))
        identity = getattr(record, "id", index)
        if identity in records:
            message = f"the id {identity!r} is here twice"
            problems.append(Problem(document.place((key, index, "id")), message))
        records[identity] = record
    return tuple(records.values())
