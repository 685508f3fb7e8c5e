"""WSGI around the server of the preview: requests that write, the script and the styles of the form, fresh pages.

Nothing of it is in a published site: the script is put into a page while it is served.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any

from pydantic import ValidationError

from postil.editing import gate, requests
from postil.editing.refusal import Refusal
from postil.editing.scripts import joined
from postil.editing.session import Session

Environ = dict[str, Any]
Start = Callable[..., Any]
App = Callable[[Environ, Start], Iterable[bytes]]

PREFIX = "_postil/"
BEGIN, END = "<!--postil-article-->", "<!--/postil-article-->"
ASSETS = {"writing.js": "text/javascript", "writing.css": "text/css"}
ASKED: dict[str, type[requests.Asked]] = {
    "state": requests.State,
    "place": requests.Place,
    "preview": requests.Preview,
    "add": requests.Add,
    "change": requests.Change,
    "move": requests.Move,
    "remove": requests.Remove,
    "source": requests.AddSource,
    "todo": requests.Todo,
}
# MkDocs' own call, which loads the page again: a form that is open would be lost.
RELOAD = re.compile(rb"livereload\((\d+), (\d+)\);\s*(?=</script>)")
_STATUS = {404: "404 Not Found", 409: "409 Conflict", 422: "422 Unprocessable Content"}
log = logging.getLogger("mkdocs.plugins.postil")


class Server:
    """The application.

    Args:
        app: the server of the preview.
        session: what answers.
        hosts: the values of `Host` under which it is meant.
        mount: the path of the site, with slashes at both ends.
    """

    def __init__(self, app: App, session: Session, hosts: Iterable[str], mount: str = "/") -> None:
        self._app = app
        self._session = session
        self._hosts = frozenset(host.lower() for host in hosts)
        self._mount = mount
        self._token = secrets.token_urlsafe(24)

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        path = environ.get("PATH_INFO", "")
        if not gate.is_known(environ.get("HTTP_HOST", ""), self._hosts):
            return _plain(start, "421 Misdirected Request", "This preview answers to its own address only.\n")
        if path.startswith(self._mount + PREFIX):
            return self._own(path.removeprefix(self._mount + PREFIX), environ, start)
        return self._page(environ, start)

    def _own(self, name: str, environ: Environ, start: Start) -> Iterable[bytes]:
        if name in ASSETS and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            script = name == "writing.js"
            content = joined().encode() if script else files("postil").joinpath("editing/assets", name).read_bytes()
            start("200 OK", [("Content-Type", f"{ASSETS[name]}; charset=utf-8"), ("Cache-Control", "no-store")])
            return [content]
        size = environ.get("CONTENT_LENGTH") or "-1"
        refused = gate.check(
            environ["REQUEST_METHOD"],
            _headers(environ),
            int(size) if size.isdigit() else -1,
            self._hosts,
            self._token,
        )
        if refused:
            return _json(start, refused.status, {"fields": {"": refused.message}})
        if name not in ASKED:
            return _json(start, "404 Not Found", {"fields": {"": "nothing is known of this request"}})
        try:
            asked = ASKED[name].model_validate_json(environ["wsgi.input"].read(int(size)))
            return _json(start, "200 OK", self._session.answer(asked))
        except ValidationError as error:
            return _json(start, "400 Bad Request", {"fields": {"": error.errors(include_url=False)[0]["msg"]}})
        except Refusal as refusal:
            return _json(start, _STATUS[refusal.status], {"fields": refusal.fields, **refusal.more})
        except OSError as error:
            return _json(
                start, "500 Internal Server Error", {"fields": {"": f"nothing was written: {error.strerror or error}"}}
            )

    def _page(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """A page of the site, with the form's script; all else as it is."""
        told: list[Any] = []
        written: list[bytes] = []

        def begin(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
            told[:] = [status, headers, exc_info]
            return written.append

        body = self._app(environ, begin)
        status, headers, exc_info = told
        kinds = {name.lower(): value for name, value in headers}
        if not kinds.get("content-type", "").startswith("text/html") or not status.startswith("200"):
            start(status, headers, exc_info) if exc_info else start(status, headers)
            return body
        try:
            content = b"".join([*written, *body])
        finally:
            if hasattr(body, "close"):
                body.close()
        content = self._with_script(content, is_behind=self._session.is_behind(self._page_of(environ)))
        kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start(status, [*kept, ("Content-Length", str(len(content)))])
        return [content]

    def _page_of(self, environ: Environ) -> str:
        """The address of a page inside of the site, as the script tells it."""
        path = str(environ.get("PATH_INFO", "")).encode("latin-1", "replace").decode("utf-8", "replace")
        return path.removeprefix(self._mount).removesuffix("index.html")

    def _with_script(self, content: bytes, *, is_behind: bool) -> bytes:
        found = RELOAD.search(content)
        epoch = int(found[1]) if found else 0
        content = RELOAD.sub(b"", content)
        data = {"behind": is_behind, "base": self._mount, "token": self._token, "epoch": epoch}
        told = json.dumps(data).replace("<", "\\u003c")
        own = (
            f'<link rel="stylesheet" href="{self._mount}{PREFIX}writing.css">'
            f'<script type="application/json" id="postil-writing">{told}</script>'
            f'<script src="{self._mount}{PREFIX}writing.js" defer></script>'
        ).encode()
        place = content.rfind(b"</body>")
        return content[:place] + own + content[place:] if place >= 0 else content + own


def marked(html: str) -> str:
    """The content of a page between two comments, by which the script finds it."""
    return f"{BEGIN}{html}{END}"


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    names = {"host": "HTTP_HOST", "origin": "HTTP_ORIGIN", "sec-fetch-site": "HTTP_SEC_FETCH_SITE"}
    names |= {"content-type": "CONTENT_TYPE", "postil-token": "HTTP_POSTIL_TOKEN"}
    return {name: str(environ[key]) for name, key in names.items() if key in environ}


def _plain(start: Start, status: str, words: str) -> Iterable[bytes]:
    start(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [words.encode()]


def _json(start: Start, status: str, data: Mapping[str, Any]) -> Iterable[bytes]:
    content = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(content))),
        ("Cache-Control", "no-store"),
    ]
    start(status, headers)
    return [content]
