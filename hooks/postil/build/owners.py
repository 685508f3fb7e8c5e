"""Which article a file of a built site belongs to, besides its page: notes' own pages, its exports."""

from __future__ import annotations

from postil.export import catalogue
from postil.export.dataset import Dataset
from postil.site.published import Published
from postil.site.urls import folder, path_of


class Owners:
    """The articles of a site by the places of their files.

    Args:
        dataset: the site.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._folders = {f"{path_of(folder(article.url))}notes/": article for article in dataset.articles}
        self._files = {
            path_of(url): article
            for article in dataset.articles
            for url in (
                *(form.url(article.url) for form in catalogue.ARTICLE_FORMS),
                f"{folder(article.url)}sitemap.xml",
            )
        }
        self._files.pop("sitemap.xml", None)  # the site's own

    def article(self, path: str) -> Published | None:
        """The article that a file beside it belongs to; None for any other.

        Args:
            path: of the file, inside of the site's folder.
        """
        if path in self._files:
            return self._files[path]
        place = path.rfind("notes/")
        while place >= 0:
            if article := self._folders.get(path[: place + len("notes/")]):
                return article
            place = path.rfind("notes/", 0, place)
        return None
