"""The live preview of a generator that only leaves files: built anew when one changes, served by a server of ours."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from postil.adapters.files_worker import folder
from postil.adapters.zensical import Zensical
from postil.build.from_files import FileBuild
from postil.build.generator import Refused
from postil.editing import gate
from postil.editing.alone import Alone, listen
from postil.editing.server import Server, marked
from postil.editing.session import Session

EVERY = 0.4  # seconds between two looks at the files


class Preview:
    """The preview of one site.

    Args:
        config: the configuration.
        host: the address to serve at.
        port: its port; 0 for any.
        writing: whether notes may be written, in a preview that others can reach.
        tell: is given each line for the author.
    """

    def __init__(self, config: Path, host: str, port: int, *, writing: bool, tell: Callable[[str], None]) -> None:
        self._config = config
        self._tell = tell
        self._generator = Zensical(config, strict=False, serving=True)
        self._configured = self._generator.configured()
        self._session, self._alone = Session(), Alone()
        self._ended = threading.Event()
        app = self._server = listen(self._alone, host, port)
        self.port: int = app.server_port
        if gate.is_loopback(host) or writing:
            app.set_app(Server(self._alone, self._session, gate.hosts(host, self.port)))
        else:
            tell("notes are not written here: others can reach this preview; `postil serve --lan` allows it")

    def run(self) -> None:
        """Build and serve until `end`."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        with folder(self._configured) as aside:
            seen: dict[str, tuple[int, int]] = {}
            while not self._ended.wait(EVERY if seen else 0):
                if (now := dict(self._state())) != seen:
                    seen = now
                    self._build(aside)
        self._server.shutdown()
        self._server.server_close()

    def end(self) -> None:
        """Stop."""
        self._ended.set()

    def _build(self, aside: Path) -> None:
        try:
            self._configured = self._generator.configured()
            build = FileBuild(self._generator, self._configured, aside)
            rendered = build.render()
            build.write(marked)
        except Refused as refused:
            self._tell(f"{refused}; the last site stays")
            return
        for complaint in build.complaints:
            self._tell(complaint)
        served = Path(tempfile.mkdtemp(prefix="served-", dir=aside))
        site = build.site.rename(served / "site")
        self._session.begin(rendered.site)
        self._alone.show(site)
        for old in aside.glob("served-*"):
            if old != served:
                shutil.rmtree(old, ignore_errors=True)

    def _state(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Every file that the site is made of, with the time of its last change and its size."""
        for file in _files([self._configured.options.docs, self._config, *self._configured.watched]):
            try:
                stat = file.stat()
            except OSError:  # gone meanwhile
                continue
            yield str(file), (stat.st_mtime_ns, stat.st_size)


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_file():
            yield place
        for above, folders, names in os.walk(place):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (Path(above, name) for name in names if not name.startswith("."))
