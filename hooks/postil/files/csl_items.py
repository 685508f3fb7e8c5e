"""Items of CSL that were made from another format → the document of a register, which knows where each value stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from postil.files.yamltext import Document


@dataclass(frozen=True)
class Item:
    """One source.

    Attributes:
        values: its variables of CSL.
        place: line and column, from 0, where it begins.
        places: the same of each variable that has a place of its own.
    """

    values: dict[str, Any]
    place: tuple[int, int]
    places: Mapping[str, tuple[int, int]]


def document_of(items: Iterable[Item], file: str) -> Document:
    """Items as the list of a register.

    Args:
        items: in the order of the file.
        file: its name, for messages.
    """
    document = Document(file, [], {(): (0, 0)})
    for index, item in enumerate(items):
        document.data.append(item.values)
        document.values[(index,)] = document.values[(index, "id")] = item.place
        for variable, place in item.places.items():
            document.values[(index, variable)] = document.keys[(index, variable)] = place
    return document
