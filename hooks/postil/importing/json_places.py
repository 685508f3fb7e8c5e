"""Where in a JSON text a value stands that did not come in: line and column, as far as that is certain."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from postil.importing.files import text_of
from postil.importing.foreign import Foreign
from postil.importing.taking import Left

_VALUE = r'\s*:\s*("(?:[^"\\]|\\.)*"|[-+.\w]+)'


def with_places(notes: list[Foreign], text: str, file: str) -> list[Foreign]:
    """Notes that know where the values stand that they come in without.

    Values that are alike stand in the order of their notes. Where there are more of them in the file than are told,
    as in notes that are left out, nothing says which is which, and the note itself is named.

    Args:
        notes: in the order of the file.
        text: the JSON text that they were read from.
        file: its name, for messages.
    """
    alike: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for number, note in enumerate(notes):
        for index, left in enumerate(note.left):
            alike[left.key, left.text].append((number, index))
    if not alike:
        return notes
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    written = {key: list(_values(text, key)) for key in {key for key, _ in alike}}
    found: dict[tuple[int, int], str] = {}
    for (key, value), places in alike.items():
        hits = [at for at, one in written[key] if one == value] or [at for at, one in written[key] if value in one]
        if len(hits) == len(places):
            for place, at in zip(places, hits, strict=True):
                line = bisect_right(starts, at)
                found[place] = f"{file}:{line}:{at - starts[line - 1] + 1}"
    return [_placed(number, note, found) for number, note in enumerate(notes)]


def _placed(number: int, note: Foreign, found: dict[tuple[int, int], str]) -> Foreign:
    left: list[Left] = [replace(one, where=found.get((number, index), "")) for index, one in enumerate(note.left)]
    return replace(note, left=tuple(left)) if left else note


def _values(text: str, key: str) -> Iterator[tuple[int, str]]:
    """Each text or number that stands behind a key, and where."""
    for match in re.finditer(re.escape(json.dumps(key)) + _VALUE, text, re.ASCII):
        try:
            yield match.start(1), text_of(json.loads(match[1]))
        except ValueError:
            continue
