"""Writing in the live preview: MkDocs' server lets requests of its own pages through to the editing session."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from postil.adapters import reloading

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

    from postil.editing.session import Session

log = logging.getLogger("mkdocs.plugins.postil")
LAN = "POSTIL_LAN"  # set by `postil serve --lan`


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
