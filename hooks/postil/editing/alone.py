"""A server of its own for a built site, of whatever generator: its pages load anew when there is a newer site.

It speaks to pages as MkDocs' live server does, so that `server.Server` around it lets notes be written in them.
"""

from __future__ import annotations

import mimetypes
import re
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from postil.site.urls import file_of, url_of

WAITS = 30.0  # seconds that a page's question for a newer site is kept open
_ASKED = re.compile(r"/livereload/(\d+)/\d+")
# The call at the end is that of MkDocs, by which `server` finds it.
_SCRIPT = """<script>
var livereload = async (epoch, request) => {
  for (;;) {
    try {
      const answer = await fetch(`/livereload/${epoch}/${request}`);
      if (parseFloat(await answer.text()) > epoch) return location.reload();
    } catch { await new Promise((go) => setTimeout(go, 3000)); }
  }
};
livereload(%d, %d);
</script>"""

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Alone:
    """The application (PEP 3333): the files of the newest site."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._site: Path | None = None
        self._epoch = 0

    def show(self, site: Path) -> None:
        """Serve the site in this folder from now on; open pages are told."""
        with self._changed:
            self._site, self._epoch = site, max(int(time.time() * 1000), self._epoch + 1)
            self._changed.notify_all()

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _answer(start, "405 Method Not Allowed", "text/plain", b"only GET\n")
        if asked := _ASKED.fullmatch(path):
            return _answer(start, "200 OK", "text/plain", b"%d" % self._wait(int(asked[1])))
        site, epoch = self._site, self._epoch
        if site is None:
            return _answer(start, "503 Service Unavailable", "text/plain", b"there is no site yet\n")
        file = self._file(site, path)
        if file is not None and file.is_dir() and not path.endswith("/"):
            start("302 Found", [("Location", f"/{url_of(path.strip('/'))}/"), ("Content-Length", "0")])
            return [b""]
        status = "200 OK"
        if file is None or not file.is_file():
            status, file = "404 Not Found", site / "404.html"
        content = file.read_bytes() if file.is_file() else b"there is no such page\n"
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if kind == "text/html":
            place = content.rfind(b"</body>") if b"</body>" in content else len(content)
            content = content[:place] + (_SCRIPT % (epoch, epoch)).encode() + content[place:]
        return _answer(start, status, kind, content)

    def _wait(self, known: int) -> int:
        with self._changed:
            self._changed.wait_for(lambda: self._epoch > known, timeout=WAITS)
            return self._epoch

    def _file(self, site: Path, path: str) -> Path | None:
        """The file at an address, or the folder; None for what is not inside of the site."""
        top = site.resolve()
        file = (top / file_of(url_of(path.lstrip("/")))).resolve() if path.endswith("/") else (top / path.lstrip("/"))
        return file if file.resolve().is_relative_to(top) else None


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


def listen(app: App, host: str, port: int) -> WSGIServer:
    """A server for an application; `serve_forever` is the caller's.

    Raises:
        OSError: when the address is taken.
    """
    return make_server(host, port, app, server_class=_Server, handler_class=_Quiet)


def _answer(start: Callable[..., Any], status: str, kind: str, content: bytes) -> Iterable[bytes]:
    kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    start(status, [("Content-Type", kind), ("Content-Length", str(len(content))), ("Cache-Control", "no-store")])
    return [content]
