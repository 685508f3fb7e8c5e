"""The watcher of the preview: the system tells of a change at once, where it can; else files are looked at in turn.

MkDocs' own server looks at every file each half second. A folder of another computer is still watched in this way,
since a system tells only of what itself has written there.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from watchdog import events
from watchdog.observers import Observer

log = logging.getLogger("mkdocs.plugins.postil")
POLL = "POSTIL_POLL"  # set where a change is not noticed
# Reading is no change: MkDocs' server takes every event for one, and a build reads.
_CHANGES = [
    kind
    for name in (
        "FileCreatedEvent", "FileModifiedEvent", "FileMovedEvent", "FileDeletedEvent",
        "DirCreatedEvent", "DirMovedEvent", "DirDeletedEvent",
    )
    if (kind := getattr(events, name, None))
]  # fmt: skip
# File systems that lie elsewhere, or are shared with a system of which changes are not told (proc(5), mountinfo).
_ELSEWHERE = ("nfs", "cifs", "smb", "fuse", "9p", "drvfs", "virtiofs", "vboxsf", "prl_fs", "afs", "ceph", "lustre")


class Watcher:
    """Stands in for the observer of MkDocs' server, which goes on for what the system does not tell.

    Args:
        polling: the observer of the server.

    Attributes:
        paths: what is watched.
    """

    def __init__(self, polling: Any) -> None:
        self._polling = polling
        self._telling: Any = None
        self._told: list[Any] = []
        self.paths: set[Path] = set()

    def schedule(self, handler: Any, path: str, *, recursive: bool = False) -> Any:
        """Watch a file or a folder."""
        self.paths.add(Path(path).resolve())
        # An editor that puts a new file in place of the old one ends the watch of a single file.
        if Path(path).is_dir() and not os.environ.get(POLL) and not is_elsewhere(Path(path)):
            try:
                if self._telling is None:
                    self._telling = Observer()
                    self._telling.daemon = True
                    self._telling.start()
                watch = self._telling.schedule(handler, path, recursive=recursive, event_filter=_CHANGES)
            except (OSError, TypeError) as error:  # the system watches no more files; an old watchdog has no filter
                log.debug("%s is looked at each half second: %s", path, error)
            else:
                self._told.append(watch)
                return watch
        return self._polling.schedule(handler, path, recursive=recursive)

    def unschedule(self, watch: Any) -> None:
        """Watch no longer."""
        self.paths.discard(Path(watch.path).resolve())
        if any(watch is other for other in self._told):
            self._told = [other for other in self._told if other is not watch]
            self._telling.unschedule(watch)
        else:
            self._polling.unschedule(watch)

    def start(self) -> None:
        """Begin; what the system tells has begun already."""
        self._polling.start()

    def stop(self) -> None:
        """End."""
        for observer in (self._polling, self._telling):
            if observer is not None:
                observer.stop()

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end."""
        for observer in (self._polling, self._telling):
            if observer is not None and observer.is_alive():
                observer.join(timeout)

    def is_alive(self) -> bool:
        """Whether it has begun and not ended."""
        return bool(self._polling.is_alive())


def is_elsewhere(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> bool:
    """Whether a path lies on another computer, as far as the system says so."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    best, kind = Path(), ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:
            place = Path(fields[4].replace("\\040", " "))
            if path.resolve().is_relative_to(place) and len(place.parts) >= len(best.parts):
                best, kind = place, after.split(" ")[0]
    return kind.startswith(_ELSEWHERE)
