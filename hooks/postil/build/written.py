"""What a build has written, as the next one finds it: each page with a key of all that it was made from, and its files.

The next build need not make again what has the same key and whose files are as they were left. It says only what it
carries over; the files are moved when the new site comes to its place (`last_site`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from postil.build import kept
from postil.files.writing import replace

Stamp = tuple[int, int]  # the size of a file, and the time of its last change in nanoseconds
Stamps = dict[str, Stamp]


@dataclass
class Made:
    """What was made of a page.

    Attributes:
        key: of all that it was made from.
        entries: of the search index, the page's own.
        notes: those of its notes.
        files: its own and those beside it, by their path inside of the site's folder.
    """

    key: str
    entries: list[Any] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)
    files: Stamps = field(default_factory=dict)


@dataclass
class Carried:
    """What a build carries over.

    Attributes:
        place: the folder of the last site.
        pages: what was made of each page that need not be made again, by its path inside of docs/.
    """

    place: Path
    pages: dict[str, Made] = field(default_factory=dict)


def stamps(folder: Path) -> Stamps:
    """Every file below a folder; what is no plain file has a stamp that none has."""
    found: Stamps = {}
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            entries = list(os.scandir(os.path.join(folder, above)))  # noqa: PTH118 (tens of thousands of folders)
        except OSError:
            continue
        for entry in entries:
            path = f"{above}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{path}/")
            elif entry.is_file(follow_symlinks=False):
                told = entry.stat(follow_symlinks=False)
                found[path] = (told.st_size, told.st_mtime_ns)
            else:
                found[path] = (-1, -1)
    return found


def tops(carried: Collection[str], there: Iterable[str], new: Iterable[str]) -> list[str]:
    """The fewest paths that have to be moved: whole folders, where all in them is carried and nothing is new.

    Args:
        carried: the files that are carried over.
        there: all files of the last site.
        new: the files of the new one.
    """
    broken = {""}
    for path in (*(path for path in there if path not in carried), *new):
        broken.update(_above(path))
    found = set[str]()
    for path in carried:
        whole = path
        for above in _above(path):
            if above in broken:
                break
            whole = above
        found.add(whole)
    return sorted(found)


def _above(path: str) -> Iterator[str]:
    """The folders that hold a file, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


class Written:
    """What the last build of one site into one place has written.

    Args:
        cache: the folder for what is costly to make again.
        place: the folder of the site.
    """

    def __init__(self, cache: Path, place: Path) -> None:
        self._file = cache / "written" / f"{kept.key([str(place)]).hex()[:32]}.json"
        self._place = place
        self.there: Stamps = {}
        self._made: dict[str, Made] = {}
        try:
            found = json.loads(self._file.read_bytes())
            self._made = {path: _made(*told) for path, told in found.items()}
        except (OSError, ValueError, TypeError, AttributeError):  # there is none, or it is damaged
            return
        self.there = stamps(place)

    def get(self, path: str, key: str) -> Made | None:
        """What was made of a page with the same key, if all of it is as it was left.

        Args:
            path: of the page, inside of docs/.
            key: of all that it is made from.
        """
        made = self._made.get(path)
        if made is None or made.key != key or not made.files:
            return None
        there = self.there
        return made if all(there.get(file) == stamp for file, stamp in made.files.items()) else None

    def put(self, made: Mapping[str, Made]) -> None:
        """Remember what was made of each page; where that cannot be done, all is made again the next time."""
        told = {path: (one.key, one.entries, one.notes, one.files) for path, one in made.items()}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            replace(self._file, json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
        except OSError:
            return


def _made(key: str, entries: list[Any], notes: list[Any], files: Mapping[str, list[int]]) -> Made:
    return Made(key, entries, notes, {path: (size, changed) for path, (size, changed) in files.items()})
