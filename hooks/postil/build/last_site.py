"""The last good site while another comes to its place: kept beside it, and put back when that fails.

MkDocs empties the folder first and learns of mistakes later. `postil build` builds aside and moves the site in when it
is good: then it is the move that can fail.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

_CARRIED = ".postil-carried"  # in the site that is kept: what has gone from it into the new one


class LastSite:
    """The site that is replaced.

    Args:
        place: the folder of the site, which need not be there.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._kept = place.with_name(f".postil-{place.name}-kept")
        self._moving = place.with_name(f".postil-{place.name}-moving")
        self._replaced = place.with_name(f".postil-{place.name}-replaced")

    def set_aside(self) -> None:
        """Before a build: move the site away; hidden files stay, as MkDocs leaves them too.

        Where that cannot be done (no right to write beside the folder, another disk) all stays as it is.
        """
        shutil.rmtree(self._replaced, ignore_errors=True)
        self._restore()  # a move that was killed in the middle
        if self._kept.exists():  # a build was killed in the middle: what it has left is no site
            self._take_back(self._kept)
            _empty(self._place)
        elif _entries(self._place):
            try:
                self._moving.mkdir()
                _move(self._place, self._moving)
                self._moving.rename(self._kept)
            except OSError:
                self._restore()

    def is_there(self) -> bool:
        """Whether there is a site at the place."""
        return bool(_entries(self._place))

    def carry(self, paths: Iterable[str]) -> None:
        """Move what is the same in the new site, all else of which is at its place, out of the old one.

        Args:
            paths: of files and folders, inside of the site's folder; nothing is there in the new site.

        Raises:
            OSError: when it failed; `put_back` takes back what was moved.
        """
        carried = list(paths)
        if not carried:
            return
        (self._kept / _CARRIED).write_text(json.dumps(carried), "utf-8")  # before the first is moved: we may be killed
        for path in carried:
            target = self._place / path
            if target.exists():
                raise FileExistsError(f"{target} is there already")
            target.parent.mkdir(parents=True, exist_ok=True)
            (self._kept / path).rename(target)

    def finished(self) -> None:
        """All is written: the new site is good, unless MkDocs yet stops for a warning."""
        if self._kept.exists():
            self._kept.rename(self._replaced)

    def put_back(self) -> None:
        """It has failed: the site is as it was. Without an earlier one what was written is left."""
        for folder in (self._kept, self._replaced):
            if folder.exists():
                self._take_back(folder)
                _empty(self._place)
                folder.rename(self._moving)
                self._restore()

    def end(self) -> None:
        """The end of the command: a build that was broken off is undone, the site that was replaced is thrown away."""
        if self._kept.exists():
            self.put_back()
        shutil.rmtree(self._replaced, ignore_errors=True)

    def end_well(self) -> None:
        """The new site is at its place, whole."""
        self.finished()
        self.end()

    def _take_back(self, folder: Path) -> None:
        """Give the old site what has gone from it into a new one that failed."""
        note = folder / _CARRIED
        try:
            carried = json.loads(note.read_text("utf-8"))
        except (OSError, ValueError):  # nothing was moved yet
            carried = []
        for path in carried:
            if not (folder / path).exists() and (self._place / path).exists():
                (self._place / path).rename(folder / path)
        note.unlink(missing_ok=True)

    def _restore(self) -> None:
        """Give the folder what is on the move from it or to it: both together are the whole site."""
        if self._moving.exists():
            self._place.mkdir(exist_ok=True)
            _move(self._moving, self._place)
            self._moving.rmdir()


def replace(entry: Path, target: Path) -> None:
    """Move a file or a folder to where another may be."""
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    entry.replace(target)


def _entries(folder: Path) -> list[Path]:
    return [entry for entry in folder.iterdir() if not entry.name.startswith(".")] if folder.is_dir() else []


def _empty(folder: Path) -> None:
    for entry in _entries(folder):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _move(source: Path, target: Path) -> None:
    for entry in _entries(source):
        entry.rename(target / entry.name)
