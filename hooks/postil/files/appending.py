"""Notes → the notes file, each at its place in the order of the article; what is there stays byte for byte."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from postil.files.edits import inserted_and_read
from postil.files.notes_file import read_annotations, understood
from postil.files.yaml_writer import as_yaml
from postil.model.annotation import Annotation
from postil.model.problem import Place, PostilError, Problem

_END = 1 << 60  # behind every place of an article
__all__ = ["appended", "as_data", "as_yaml", "new_file"]

HEAD = "# yaml-language-server: $schema={schema}\nannotations: []\n"


def as_data(annotation: Annotation) -> dict[str, Any]:
    """A note as plain data, without what it leaves to the defaults."""
    data: dict[str, Any] = annotation.model_dump(mode="json", exclude_defaults=True)
    for part in (data, *data.get("since", ())):  # the short forms, where there is nothing but the id or the name
        if "sources" in part:
            part["sources"] = [source["id"] if len(source) == 1 else source for source in part["sources"]]
    if "claimant" in data and len(data["claimant"]) == 1:
        data["claimant"] = data["claimant"]["name"]
    if "\n" in data["note"]:  # a block, as it is written by hand
        data["note"] += "\n"
    return data


def new_file(schema: str) -> bytes:
    """A notes file without notes.

    Args:
        schema: the address of the JSON Schema as seen from the file.
    """
    return HEAD.format(schema=schema).encode()


def appended(
    content: bytes | None,
    annotations: Sequence[Annotation],
    file: str = "",
    places: Mapping[str, int] | None = None,
) -> bytes:
    """A notes file with more notes.

    Args:
        content: the file as it is, without mistakes; None where there is none.
        annotations: the notes.
        file: its name, for messages.
        places: where in the article the passage of a note begins, by its id, of old and of new notes: a new note goes
            behind the one that stands before it in the article, so that two people who each add one seldom write in the
            same place. A note without a place goes to the end.

    Returns:
        The new content. It has been read again: the notes that were there and the new ones are in it, and no others.

    Raises:
        PostilError: when that is not so.
    """
    before, problems = read_annotations(content, file) if content is not None else (None, [])
    if problems:
        raise PostilError(problems)
    old = [entry.annotation for entry in before.entries] if before else []
    known = places or {}
    ordered = sorted(annotations, key=lambda note: known.get(note.id, _END))
    numbers = numbers_before([note.id for note in ordered], [note.id for note in old], known)
    new = [(number, as_data(annotation)) for number, annotation in zip(numbers, ordered, strict=True)]
    result, document = inserted_and_read(content, file, new)
    after, problems = understood(document)
    if problems:
        raise PostilError(problems)
    if {entry.annotation.id: entry.annotation for entry in after.entries} != {
        note.id: note for note in [*old, *annotations]
    }:
        raise PostilError([Problem(Place(file), "the notes cannot be added to a file that is written like this")])
    return result


def numbers_before(names: Sequence[str], old: Sequence[str], places: Mapping[str, int]) -> list[int]:
    """The number of the note before which each new one goes: behind the nearest one before it in the article.

    Args:
        names: the ids of the new notes.
        old: the ids of the notes in the order of the file.
        places: where in the article a note stands, by its id; one without a passage has none.
    """
    placed = sorted((places[other], number) for number, other in enumerate(old) if other in places)
    found = []
    for name in names:
        if name not in places:
            found.append(len(old))
        elif earlier := bisect_right(placed, (places[name], len(old))):
            found.append(placed[earlier - 1][1] + 1)
        else:
            found.append(0 if placed else len(old))
    return found


def number_before(name: str, old: Sequence[str], places: Mapping[str, int]) -> int:
    """The same for one new note."""
    return numbers_before([name], old, places)[0]
