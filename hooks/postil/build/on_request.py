"""In a live preview: the files beside the pages are made when somebody asks for them, an article's at a time.

A site of thousands of notes has tens of thousands of them, and its author looks at a few.
"""

from __future__ import annotations

from pathlib import Path

from postil.build import write
from postil.build.owners import Owners
from postil.build.rendered import RenderedSite
from postil.export import catalogue
from postil.export.frame import Draw, Finish, Frames
from postil.site.urls import folder, path_of
from postil.views.fill import has

_TABLES = "/"  # no path of an article


class Beside:
    """The files beside the pages of a rendered site.

    Args:
        rendered: the site.
        draw: makes the theme draw a page (see `export.frame`).
        site_dir: the folder of the built site.
        finish: what other plug-ins do with what notes show.
    """

    def __init__(self, rendered: RenderedSite, draw: Draw, site_dir: Path, finish: Finish | None = None) -> None:
        self._rendered = rendered
        self._frames = Frames(draw, finish)
        self._finish = finish
        self._site_dir = site_dir
        self._made = set[str]()
        dataset = rendered.dataset
        self._owners = Owners(dataset)
        self._of_site = set(map(path_of, catalogue.places(dataset).get("", {}).values()))
        listing = [path_of(folder(page.url)) for page in rendered.pages.values() if has(page.html, "claims")]
        self._tables = tuple(f"{place}claims{rest}" for place in listing for rest in ("-", ".js"))

    def lacks(self, path: str) -> bool:
        """Whether a file is one that is yet to be made.

        Args:
            path: its path inside of the site's folder.
        """
        owner = self._owner(path)
        return owner is not None and owner not in self._made

    def make(self, path: str) -> None:
        """Make the file with this path, and with it all others of its article or of the whole site."""
        owner = self._owner(path)
        if owner is None or owner in self._made:
            return
        self._made.add(owner)
        if owner == _TABLES:
            write.long_tables(self._rendered, self._frames, self._site_dir)
        elif path in self._of_site:
            write.exports_of_site(self._rendered, self._site_dir, self._finish)
        elif article := self._owners.article(path):
            write.exports_of(self._rendered, article, self._site_dir)
            write.own_pages_of(self._rendered, article, self._frames, self._site_dir)

    def _owner(self, path: str) -> str | None:
        """By what it is remembered that a file was made: its article's path, an empty text, or that it is a table."""
        if path.startswith(self._tables):
            return _TABLES
        article = self._owners.article(path)
        return "" if path in self._of_site else article.path if article else None
