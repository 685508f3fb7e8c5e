"""A file of a reference manager → sources for the author's own register: those that are not there yet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from postil.files.registering import entry
from postil.files.sources_file import KEYS, left_out, read_sources
from postil.files.yamltext import decoded
from postil.model import edtf
from postil.model.cutting import shortened
from postil.model.problem import PostilError, Problem
from postil.model.source import DATES, TYPES, Source
from postil.site.register_check import known_by

_ALWAYS = (".bib", ".ris", ".yml", ".yaml")


@dataclass
class Brought:
    """What a file of sources brings.

    Attributes:
        new: the sources that are not there yet, in the order of the file, with ids that nobody else has.
        told: what was done with which source, a line each, for the author.
        problems: what is wrong in the file; a source with a mistake is not among the new ones.
    """

    new: list[Source] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def is_register(content: bytes, file: str) -> bool:
    """Whether a file holds sources, and not notes.

    Args:
        content: its bytes.
        file: its name, whose ending tells all but JSON.
    """
    ending = PurePath(file).suffix.lower()
    if ending != ".json":
        return ending in _ALWAYS
    try:
        data = json.loads(decoded(content, file))
    except (PostilError, ValueError, RecursionError):
        return False  # the reader of notes tells what is wrong with it
    items = next((data[key] for key in KEYS if key in data), None) if isinstance(data, dict) else data
    first = items[0] if isinstance(items, list) and items else None
    return isinstance(first, dict) and "id" in first and first.get("type") in TYPES and "target" not in first


def brought(content: bytes, file: str, present: Mapping[str, Source]) -> Brought:
    """Read the sources of a file and compare them with those that are there.

    A source that is there already, by its DOI or address or in all that it says, is left out and told; one whose id
    another source has gets a number behind it.

    Args:
        content: the bytes of the file.
        file: its name; its ending says what it is.
        present: the sources of the site.
    """
    read, problems = read_sources(content, file)
    found = Brought(problems=problems, told=[f"{file}: {line}" for line in left_out(content, file)])
    known = dict(present)
    names = {key: source.id for source in known.values() for key, _ in known_by(source)}
    for source in read.values():
        said = f"{source.place}: {source.id}"
        alike = next(((names[key], words) for key, words in known_by(source) if key in names), None)
        same = known.get(source.id)
        if same and (_data(same) == _data(source) or (alike and alike[0] == source.id)):
            differs = sorted(
                key for key in {*_data(same), *_data(source)} if _data(same).get(key) != _data(source).get(key)
            )
            more = f"; what differs was not taken: {', '.join(differs)}" if differs else ""
            found.told.append(f"{said} is here already ({same.place}){more}")
            continue
        if alike:
            found.told.append(f"{said} is like {alike[0]!r}, which is here ({alike[1]}); it was left out")
            continue
        if same:
            source = source.model_copy(update={"id": _free(source.id, {*known, *read})})
            found.told.append(f"{said}: another source has this id; it is {source.id!r} now")
        found.told += [f"{said}: {line}" for line in _no_dates(source)]
        known[source.id] = source
        names |= {key: source.id for key, _ in known_by(source)}
        found.new.append(source)
    return found


def _no_dates(source: Source) -> Iterator[str]:
    """A line for each date of a source that looks like one and is none."""
    for key, value in _data(source).items():
        words = str(value.get("literal", "")) if key in DATES and isinstance(value, dict) else ""
        if any(sign.isdecimal() for sign in words):
            yield f"'{key}': {shortened(words, 60)!r} is not a date{edtf.hint(words)}; its words stand there"


def _data(source: Source) -> dict[str, object]:
    return {key: value for key, value in entry(source).items() if key != "id"}


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
