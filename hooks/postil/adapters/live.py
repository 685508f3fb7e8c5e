"""The live preview: what has changed is built alone and seen at once; the whole site follows when the author pauses.

MkDocs' server calls `rebuild` when files have changed. A change of pages or notes costs these pages. A change of
anything else (navigation, settings, sources, theme, engine) builds all, as MkDocs does. The site that follows is built
aside, by a thread that stops as soon as there is something newer to do: nobody waits for it, and one works at a time.
"""

from __future__ import annotations

import gc
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import Abort, MkDocsException

from postil.adapters import again
from postil.build import changes

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from postil.adapters.events import Events
    from postil.adapters.one_page import Whole
    from postil.adapters.watching import Watcher

log = logging.getLogger("mkdocs.plugins.postil")
BRIEF = 0.25  # seconds; a whole site that takes no longer is built at once
PAUSE = (1.0, 8.0)  # seconds without a change after which the whole site follows: as long as it takes, within these
MOST = 12  # pages; with more of them changed at once the whole site is built


class Stopped(BaseException):
    """There is something newer to do; no error, so that MkDocs reports none."""


class Live:
    """The preview of one run.

    Args:
        events: of the site, which has been built.
        server: of MkDocs; its `builder` builds the whole site.
        watcher: knows what is watched.
    """

    def __init__(self, events: Events, server: LiveReloadServer, watcher: Watcher) -> None:
        self._events, self._server, self._watcher = events, server, watcher
        self._build: Callable[[], None] = server.builder
        self._folders = [Path(server.root), Path(tempfile.mkdtemp(prefix="mkdocs_"))]
        self._lock = RLock()
        self._whole: Whole = again.whole_of(events)
        now = changes.state(watcher.paths)
        self._seen = now | events.preview.seen
        self._took = events.preview.took
        self._behind = False  # whether pages were built alone since
        self._thread: Thread | None = None
        self._stop = Event()
        self._ready: tuple[Whole, changes.State] | None = None
        self._failure: Exception | None = None
        server.error_handler = self._error_page
        if changes.changed(self._seen, now):  # while the first build went on
            self._wake()

    def rebuild(self) -> None:
        """Do what is to be done; the server calls this when files have changed, and when the whole site is ready."""
        with self._lock:
            self._halt()
            now = changes.state(self._watcher.paths)
            todo = changes.work(
                changes.changed(self._seen, now),
                Path(self._whole.config.docs_dir),
                self._whole.pages(),
                self._whole.others(),
                now,
            )
            if todo.everything or (todo and (self._took < BRIEF or len(todo.pages) > MOST)):
                self._build_all(now)
            elif todo:
                self._build_some(todo, now)
            elif failure := self._failure:
                self._failure = None
                raise failure
            elif self._behind:
                self._build_later()

    @contextmanager
    def at_rest(self) -> Iterator[Whole]:
        """The site as it is served, while nothing is built."""
        with self._lock:
            self._halt()
            yield self._whole
            if self._behind:
                self._build_later()

    def end(self) -> None:
        """The end of the preview."""
        with self._lock:
            self._stop.set()
            if self._thread is not None:
                self._thread.join()
        for folder in self._folders[1:]:
            shutil.rmtree(folder, ignore_errors=True)

    def _halt(self) -> None:
        """Stop what is built behind the author, or take it over where it is ready."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            if self._ready is not None:
                (whole, seen), self._ready = self._ready, None
                self._take_over(whole, seen)
            else:
                again.restore(self._events, self._whole)

    def _take_over(self, whole: Whole, seen: changes.State) -> None:
        self._whole.let_go()
        self._whole, self._seen, self._behind, self._failure = whole, seen, False, None
        self._server.root = str(whole.site_dir)
        self._events.begin_writing()

    def _build_all(self, now: changes.State) -> None:
        """As MkDocs does: what goes wrong is told by it, and the site stays as it was."""
        self._behind = True
        try:
            whole = self._built()
        except BaseException:
            again.restore(self._events, self._whole)
            raise
        self._take_over(whole, now)

    def _built(self) -> Whole:
        """Build the whole site into the folder that is not served."""
        self._events.preview.site_dir = next(folder for folder in self._folders if str(folder) != self._server.root)
        try:
            self._build()
        except MkDocsException as error:
            if isinstance(error, SystemExit):
                raise
            raise Abort(str(error)) from None  # which the server tells without a traceback
        self._took = self._events.preview.took
        return again.whole_of(self._events)

    def _build_some(self, todo: changes.Work, now: changes.State) -> None:
        """Build these pages alone; where that cannot be done, all."""
        try:
            again.build_again(self._events, self._whole, todo)
        except Exception as error:  # of a plug-in, say, that knows whole builds only
            log.debug("the page cannot be built alone: %s", error)
            self._build_all(now)
        else:
            self._seen = now
            self._build_later()

    def _build_later(self) -> None:
        """The whole site follows when nothing has changed for a while."""
        self._behind, self._stop = True, Event()
        self._thread = Thread(target=self._follow, args=(self._stop,), daemon=True)
        self._thread.start()

    def _follow(self, stop: Event) -> None:
        if stop.wait(min(max(PAUSE[0], self._took), PAUSE[1])):
            return
        gc.collect()  # the site before the last one, which Python finds too late where a site is large
        now = changes.state(self._watcher.paths)
        self._events.preview.stop = stop
        try:
            self._ready = self._built(), now
        except Stopped:
            return
        except Exception as error:  # the server tells it
            self._failure = error
        finally:
            self._events.preview.stop = None
        self._wake()

    def _wake(self) -> None:
        """Let the server call `rebuild`; it has no other way to be told so."""
        with self._server._rebuild_cond:
            self._server._want_rebuild = True
            self._server._rebuild_cond.notify_all()

    def _error_page(self, code: int) -> bytes | None:
        with suppress(OSError):
            return (Path(self._server.root) / f"{code}.html").read_bytes()
        return None


def may_be(server: Any) -> bool:
    """Whether a server is one that this knows how to wake."""
    return hasattr(server, "_rebuild_cond") and hasattr(server, "_want_rebuild")
