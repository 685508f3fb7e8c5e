"""The live preview: what a build of it leaves for the next, and MkDocs' server, which lets pages be written in."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from postil.adapters import languages, live, privacy, reloading
from postil.build import changes
from postil.site.urls import file_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from postil.adapters.events import Events
    from postil.adapters.watching import Watcher
    from postil.build.on_request import Beside
    from postil.editing.session import Session

log = logging.getLogger("mkdocs.plugins.postil")
LAN = "POSTIL_LAN"  # set by `postil serve --lan`


class Preview:
    """What the builds of one run of the preview share.

    Attributes:
        is_quick: whether pages may be built alone.
        site_dir: where the next build goes; None for the folder that MkDocs says.
        stop: is set when a build shall stop, since there is something newer to do.
        seen: the files as they were before the build.
        took: the seconds that the last whole build took.
        beside: makes files beside the pages of the last build when they are asked for.
        site: the configuration, files, navigation and templates of the last build.
    """

    def __init__(self) -> None:
        self.is_quick = False
        self.site_dir: Path | None = None
        self.stop: Event | None = None
        self.seen: changes.State = {}
        self.took = 0.0
        self.beside: Beside | None = None
        self.site: tuple[MkDocsConfig, Files, Navigation, Any] | None = None
        self._live: live.Live | None = None
        self._watcher: Watcher | None = None
        self._began = 0.0

    @property
    def is_live(self) -> bool:
        """Whether the server is there, and builds only what has changed."""
        return self._live is not None

    def begin(self, config: MkDocsConfig, *, serving: bool, adding: bool) -> None:
        """Before anything of a build."""
        self.go_on()
        self.is_quick = serving and not adding and not languages.is_built_several_times(config)
        if self.is_quick:
            self._began = time.monotonic()
            if self.site_dir is not None:
                config.site_dir = str(self.site_dir)
            if self._live is None:
                self.seen = changes.state([Path(config.docs_dir), Path(config.config_file_path)])

    def done(self) -> None:
        """After all of a build."""
        self.took = time.monotonic() - self._began

    def go_on(self) -> None:
        """End the build here if it shall stop."""
        if self.stop is not None and self.stop.is_set():
            raise live.Stopped

    def watch(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """Let the system tell the server what has changed: before others let it watch more."""
        watched = [config.docs_dir, config.config_file_path, *config.theme.dirs]
        there = [path for path in watched if path and _unwatched(server, path)]
        from postil.adapters.watching import Watcher  # no build needs it

        self._watcher = Watcher(server.observer)
        server.observer = self._watcher  # type: ignore[assignment]
        for path in there:
            server.watch(path)

    def open(self, server: LiveReloadServer, events: Events, config: MkDocsConfig) -> None:
        """Build what has changed alone, and make what is asked for: after all others have changed the server."""
        if not self.is_quick or self._watcher is None:
            return
        if live.may_be(server):
            for path in config.watch:
                server.watch(path)
            self._live = live.Live(events, server, self._watcher)
            server.builder = self._live.rebuild
        server.set_app(self._with_files_beside(server.get_app(), server))  # type: ignore[arg-type]

    def end(self) -> None:
        """The end of the preview."""
        if self._live is not None:
            self._live.end()
        self._live = None

    def _with_files_beside(self, app: Callable[..., Iterable[bytes]], server: LiveReloadServer) -> Callable[..., Any]:
        """The server's application (PEP 3333), before which files are made that are asked for and not there yet."""

        def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            path = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
            if path.startswith(server.mount_path):
                self._make(path.removeprefix(server.mount_path))
            return app(environ, start)

        return answer

    def _make(self, path: str) -> None:
        file = path if "." in path.rpartition("/")[2] else file_of(f"{path.rstrip('/')}/" if path else path)
        if self.beside is not None and self.beside.lacks(file):
            resting: AbstractContextManager[Any] = self._live.at_rest() if self._live else nullcontext()
            with resting:
                if self.beside is not None:
                    self.beside.make(file)


def keep_beside(events: Events, config: MkDocsConfig) -> None:
    """Make the files beside the pages when they are asked for."""
    from postil.build.on_request import Beside

    if events.rendered is not None and events.theme is not None:
        finish = privacy.finisher(config)
        events.preview.beside = Beside(events.rendered, events.theme.draw, Path(config.site_dir), finish)


def watch_engine(server: LiveReloadServer) -> None:
    """Build anew when a file of the engine changes."""
    server.watch(str(reloading.PACKAGE))


def open_to_writing(server: LiveReloadServer, session: Session, config: MkDocsConfig) -> None:
    """Let the preview take notes from its own pages; one that others can reach only where the author has said so."""
    from postil.editing import gate
    from postil.editing.server import Server

    host, port = config.dev_addr.host, config.dev_addr.port
    if not gate.is_loopback(host) and not os.environ.get(LAN):
        log.info("notes are not written here: others can reach this preview; `postil serve --lan` allows it")
        return
    app = Server(server.get_app(), session, gate.hosts(host, port), server.mount_path)  # type: ignore[arg-type]
    server.set_app(app)


def _unwatched(server: LiveReloadServer, path: str) -> bool:
    """Whether the server has watched a path, which it does no longer."""
    try:
        server.unwatch(path)
    except KeyError:
        return False
    return True
