"""In a live preview: the files beside the pages are made when somebody asks for them, an article's at a time.

A site of thousands of notes has tens of thousands of them, and its author looks at a few.
"""

from __future__ import annotations

from pathlib import Path

from postil.build import write
from postil.build.rendered import RenderedSite
from postil.export import catalogue
from postil.export.frame import Draw, Frames
from postil.site.published import Published
from postil.site.urls import folder, path_of
from postil.views.fill import has

_TABLES = "/"  # no path of an article


class Beside:
    """The files beside the pages of a rendered site.

    Args:
        rendered: the site.
        draw: makes the theme draw a page (see `export.frame`).
        site_dir: the folder of the built site.
    """

    def __init__(self, rendered: RenderedSite, draw: Draw, site_dir: Path) -> None:
        self._rendered = rendered
        self._frames = Frames(draw)
        self._site_dir = site_dir
        self._made = set[str]()
        dataset = rendered.dataset
        self._of_site = set(map(path_of, catalogue.places(dataset).get("", {}).values()))
        folders = {path_of(folder(article.url)): article for article in dataset.articles}
        self._folders = {f"{place}notes/": article for place, article in folders.items()}
        self._files = {
            path_of(url): article
            for article in dataset.articles
            for url in (
                *(form.url(article.url) for form in catalogue.ARTICLE_FORMS),
                f"{folder(article.url)}sitemap.xml",
            )
        }
        self._files.pop("sitemap.xml", None)  # the site's own
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
            write.exports_of_site(self._rendered, self._site_dir)
        elif article := self._article(path):
            write.exports_of(self._rendered, article, self._site_dir)
            write.own_pages_of(self._rendered, article, self._frames, self._site_dir)

    def _owner(self, path: str) -> str | None:
        """By what it is remembered that a file was made: its article's path, an empty text, or that it is a table."""
        if path.startswith(self._tables):
            return _TABLES
        article = self._article(path)
        return "" if path in self._of_site else article.path if article else None

    def _article(self, path: str) -> Published | None:
        """The article that a file beside it belongs to."""
        if path in self._files:
            return self._files[path]
        place = path.rfind("notes/")
        while place >= 0:
            if article := self._folders.get(path[: place + len("notes/")]):
                return article
            place = path.rfind("notes/", 0, place)
        return None
