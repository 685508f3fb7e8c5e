"""The theme's plug-in privacy: what the notes' own pages load from other hosts is fetched, as it is for every page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from postil.site.urls import file_of, note_url

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from postil.build.rendered import RenderedSite

_NAMES = ("material/privacy", "privacy")


def give(config: MkDocsConfig, rendered: RenderedSite, site_dir: Path) -> None:
    """Let the plug-in, where the site has it, do with the notes' own pages what it does with every page.

    What notes show is fetched by then: their article shows it, too.

    Args:
        config: of the site.
        rendered: the site.
        site_dir: its folder, with the notes' own pages.
    """
    plugin: Any = next((config.plugins[name] for name in _NAMES if name in config.plugins), None)
    if plugin is None or not plugin.config.enabled:
        return
    for article in rendered.dataset.articles:
        for note in article.page.lasting:
            path = file_of(note_url(article.url, note.annotation.id))
            place = site_dir / path
            if not place.is_file():
                continue
            file = File.generated(config, "postil.md", content="")
            file.dest_uri = path
            told = plugin.on_post_page(place.read_text("utf-8"), page=Page(None, file, config), config=config)
            if told is not None:
                place.write_text(told, "utf-8", newline="\n")
