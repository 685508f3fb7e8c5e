"""The theme's plug-in privacy: what notes show from other hosts is fetched, as it is on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from postil.export.frame import Finish

_NAMES = ("material/privacy", "privacy")


def finisher(config: MkDocsConfig) -> Finish | None:
    """What lets the plug-in do with a note's own page and a feed what it does with every page; None without it.

    What notes show is fetched by then: their article shows it, too.

    Args:
        config: of the site.
    """
    plugin: Any = next((config.plugins[name] for name in _NAMES if name in config.plugins), None)
    if plugin is None or not plugin.config.enabled:
        return None

    def finish(path: str, html: str) -> str:
        file = File.generated(config, "postil.md", content="")
        file.dest_uri = path
        told = plugin.on_post_page(html, page=Page(None, file, config), config=config)
        return html if told is None else str(told)

    return finish
