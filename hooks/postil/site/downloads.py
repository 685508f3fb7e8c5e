"""The folder of the finished copies: what is in it, of which state of the texts, and how a file gets there."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

LIST = "offline.json"
FORMATS = ("zip", "html", "epub", "pdf", "book", "md")


class Copy(BaseModel):
    """One file of the folder.

    Attributes:
        file: its name.
        format: the name of its format, as in the texts of the interface.
        title: of the article, or of the site.
        size: in bytes.
        made: the day that is written in it.
        stamp: of the texts that it was made from.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    format: str
    title: str
    size: int
    made: datetime.date
    stamp: str


class _List(BaseModel):
    copies: tuple[Copy, ...] = ()


def stamp(docs: Path) -> str:
    """A hash of every file below the folder of the articles, by name and content; hidden files do not count."""
    digest = hashlib.sha256()
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            digest.update(f"{name.as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:32]


def read(folder: Path) -> tuple[Copy, ...]:
    """The copies that are in the folder, whole, in the order of the list; nothing where there is no list."""
    try:
        listed = _List.model_validate_json((folder / LIST).read_bytes()).copies
    except (OSError, ValidationError):
        return ()
    return tuple(copy for copy in listed if _size(folder / copy.file) == copy.size)


def put(aside: Path, folder: Path, copy: Copy) -> None:
    """Move a finished file into the folder, in one step, and add it to the list.

    Args:
        aside: the file, on the same file system.
        folder: made where it is missing.
        copy: what the list says of it; one of the same name goes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    others = [other for other in read(folder) if other.file != copy.file]
    aside.replace(folder / copy.file)
    listed = _List(copies=tuple(sorted([*others, copy], key=lambda item: item.file)))
    new = aside.with_name(f"{LIST}.new")
    new.write_text(listed.model_dump_json(indent=1) + "\n", "utf-8", newline="\n")
    new.replace(folder / LIST)


@dataclass(frozen=True)
class Downloads:
    """What a site offers for download.

    Attributes:
        folder: where they are.
        copies: those that were made from the texts as they are now.
        outdated: the others.
        is_copy: whether the site itself is a copy, which offers none.
    """

    folder: Path = Path()
    copies: tuple[Copy, ...] = ()
    outdated: tuple[Copy, ...] = ()
    is_copy: bool = False


def read_downloads(folder: Path, docs: Path) -> Downloads:
    """The copies of a folder, sorted by whether the texts in `docs` have changed since."""
    copies = read(folder)
    now = stamp(docs) if copies else ""
    current = tuple(copy for copy in copies if copy.stamp == now)
    return Downloads(folder, current, tuple(copy for copy in copies if copy.stamp != now))


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else -1
