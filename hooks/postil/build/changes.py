"""What has changed on the disk since it was last looked at, and what a live preview has to do because of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from postil.files.snapshot import SUFFIX as SNAPSHOT
from postil.site.data_files import ARTICLE_SUFFIXES, NOTES_SUFFIXES

# A file as the disk tells it: the time of its last change (in nanoseconds), its size, its number.
State = dict[Path, tuple[int, int, int]]


def state(roots: Iterable[Path]) -> State:
    """Every file below some folders, and files themselves; what vanishes meanwhile is left out."""
    found: State = {}
    waiting = [os.fspath(root) for root in roots]
    seen = set[tuple[int, int]]()  # a folder may be linked to from inside of itself
    while waiting:
        place = waiting.pop()
        try:
            if os.path.isdir(place):  # noqa: PTH112 (for thousands of files each time that one is saved)
                told = os.stat(place)  # noqa: PTH116
                if (told.st_dev, told.st_ino) not in seen:
                    seen.add((told.st_dev, told.st_ino))
                    waiting += [entry.path for entry in os.scandir(place) if entry.name != "__pycache__"]
            else:
                told = os.stat(place)  # noqa: PTH116
                found[Path(place)] = (told.st_mtime_ns, told.st_size, told.st_ino)
        except OSError:
            continue
    return found


def changed(before: State, now: State) -> set[Path]:
    """The files that were added, changed or removed."""
    return {file for file in before.keys() | now.keys() if before.get(file) != now.get(file)}


@dataclass(frozen=True)
class Work:
    """What is to be done.

    Attributes:
        pages: the pages that are another now, by their path inside of docs/.
        copies: other files of the site, by the same path, of which only the content is another.
        everything: whether all must be built.
    """

    pages: frozenset[str] = frozenset()
    copies: frozenset[str] = frozenset()
    everything: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return self.everything or bool(self.pages or self.copies)


def work(files: Iterable[Path], docs: Path, pages: Iterable[str], others: Iterable[str], now: State) -> Work:
    """What is to be done for some changed files.

    Args:
        files: that have changed.
        docs: the folder of the articles.
        pages: the paths of the site's pages.
        others: the paths of its other files.
        now: the files that are there.
    """
    known, plain = set(pages), set(others)
    drawn, copied = set[str](), set[str]()
    for file in files:
        path = file.relative_to(docs).as_posix() if file.is_relative_to(docs) else ""
        is_there = file in now
        if path in known and is_there:
            drawn.add(path)
        elif path in plain and is_there:
            copied.add(path)
        elif (article := _article(path, known)) is not None:
            drawn.add(article)
        elif not (path.endswith(SNAPSHOT) or _is_passing(path, known | plain)):
            return Work(everything=True)
    return Work(frozenset(drawn), frozenset(copied))


def _article(path: str, pages: set[str]) -> str | None:
    """The page that a notes file is for, if it is one."""
    suffix = next((suffix for suffix in NOTES_SUFFIXES if path.endswith(suffix)), None)
    if suffix is None:
        return None
    return next((page for ending in ARTICLE_SUFFIXES if (page := path.removesuffix(suffix) + ending) in pages), None)


def _is_passing(path: str, known: set[str]) -> bool:
    """Whether a file is what an editor keeps beside one that it writes; no site has it."""
    if not path or path in known:
        return False
    name = path.rpartition("/")[2]
    return any(part.startswith(".") for part in path.split("/")) or name.endswith("~") or name == "4913"
