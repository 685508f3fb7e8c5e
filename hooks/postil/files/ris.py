"""RIS text → references that know where each field stands.

A line is two signs, two spaces, a hyphen, a space and a value; `TY` begins a reference, `ER` ends it (Research
Information Systems' format of 2001, and what reference managers make of it). A library that knows no lines of the file
could not say where a mistake is, and drops a reference without `ER` and a second value of most fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from postil.files.yamltext import NOT_TEXT, decoded
from postil.model.cutting import shortened
from postil.model.problem import Place, PostilError, Problem

_FIELD = re.compile(r"\s*([A-Z][A-Z0-9]) {1,2}-(?:\s+(.*))?$")


@dataclass
class RisEntry:
    """One reference.

    Attributes:
        kind: what `TY` says, in capital letters.
        place: line and column, from 0, where it begins.
        fields: the values of each tag in their order, none of them empty, with their places.
    """

    kind: str
    place: tuple[int, int]
    fields: dict[str, list[tuple[str, tuple[int, int]]]] = field(default_factory=dict)

    def values(self, *tags: str) -> Iterator[str]:
        """All values of some tags, in the order of the tags."""
        return (value for tag in tags for value, _ in self.fields.get(tag, ()))

    def first(self, *tags: str) -> str:
        """The first of them, or an empty text."""
        return next(self.values(*tags), "")

    def place_of(self, *tags: str) -> tuple[int, int]:
        """Where the first of them stands."""
        return next((place for tag in tags for _, place in self.fields.get(tag, ())), self.place)


def read_ris(content: bytes, file: str) -> tuple[list[RisEntry], list[Problem]]:
    """Read a file in RIS.

    Args:
        content: its bytes, UTF-8.
        file: its name, for messages.

    Returns:
        The references in the order of the file, and what could not be read, each with its line.
    """
    try:
        text = NOT_TEXT.sub(" ", decoded(content, file))
    except PostilError as error:
        return [], list(error.problems)
    entries: list[RisEntry] = []
    problems: list[Problem] = []
    open_field: list[tuple[str, tuple[int, int]]] | None = None  # to which a line without a tag belongs
    is_open = False
    for number, line in enumerate(re.split("\r\n|\r|\n", text)):
        found = _FIELD.match(line)
        if found and found[1] == "TY":
            entries.append(RisEntry((found[2] or "").strip().upper(), (number, found.start(1))))
            is_open, open_field = True, None
        elif found and found[1] == "ER":
            is_open, open_field = False, None
        elif not line.strip():
            continue
        elif not is_open:
            words = f"{shortened(line.strip(), 40)!r} belongs to no reference; one begins with a line like `TY  - NEWS`"
            problems.append(Problem(Place(file, number + 1), words))
        elif found:
            open_field = entries[-1].fields.setdefault(found[1], [])
            if value := (found[2] or "").strip():
                open_field.append((value, (number, found.start(2))))
        elif open_field:
            value, place = open_field[-1]
            open_field[-1] = (f"{value} {line.strip()}", place)
        else:
            words = f"{shortened(line.strip(), 40)!r} belongs to no field; one begins with two signs, like `TI  - `"
            problems.append(Problem(Place(file, number + 1), words))
    return entries, problems[:1] if not entries else problems
