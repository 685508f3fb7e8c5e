"""What is wrong in an author's file: where it stands, what was expected, what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Place:
    """A place in a text file.

    Attributes:
        file: the file's name as the author knows it.
        line: counted from 1.
        column: counted from 1, in code points.
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake of one author, told in one line.

    Attributes:
        place: where the mistake is.
        message: what is wrong and what was expected; no line breaks.
        severity: an "error" stops a build, a "warning" only a strict one.
    """

    place: Place
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class PostilError(Exception):
    """The only exception that the engine raises for what an author wrote; it carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def nearest(word: str, known: Iterable[str]) -> str:
    """The half sentence " (did you mean X?)" for the known word closest to `word`, or an empty text."""
    import difflib  # only a mistake needs it

    names = sorted(known)
    lowered = {name.lower(): name for name in names}
    close = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    return f" (did you mean {lowered[close[0]]!r}?)" if close else ""


def counted(count: int, thing: str) -> str:
    """A number of things in messages, which are English: 1 note, 2 notes."""
    return f"{count} {thing}{'s' * (count != 1)}"


def shown(file: Path) -> str:
    """A file's name as an author types it: from the present folder where it is below, with slashes."""
    try:
        return file.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return file.as_posix()
