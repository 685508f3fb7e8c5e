"""`events.yml` and `people.yml` → records."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from postil.files.validation import validated
from postil.files.yamltext import Document, read_yaml, type_names
from postil.model.fields import Record
from postil.model.problem import PostilError, Problem, nearest
from postil.model.records import Event, MappedPlace, Organisation, Person

_LISTS: dict[str, type[Record]] = {
    "events": Event,
    "people": Person,
    "organisations": Organisation,
    "places": MappedPlace,
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
