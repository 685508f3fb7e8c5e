"""An edition as parts of one file: the article first, then its chapters, linked with each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from postil.offline.edition import Chapter, Edition
from postil.offline.links import Picture, Target, moved
from postil.text.markup import ids


@dataclass(frozen=True)
class Section:
    """One part of a file.

    Attributes:
        id: of the part.
        title: of the page that it was.
        html: its content; every link leads to a place in the file or to another host.
    """

    id: str
    title: str
    html: Markup


def target(contents: Mapping[str, str], addresses: Mapping[str, str], prefixes: Mapping[str, str]) -> Target:
    """Where the pages of an edition are in its file.

    Args:
        contents: the HTML of each page, notes in it, by its address inside of the site.
        addresses: the address of each part, by the address of its page inside of the site.
        prefixes: what goes before the ids of a part, by the same.
    """
    names = {url: set(ids(html)) for url, html in contents.items()}

    def find(url: str, fragment: str) -> str | None:
        if url not in addresses:
            return None
        if fragment in names[url]:
            return f"{addresses[url].partition('#')[0]}#{prefixes[url]}{fragment}"
        return addresses[url]

    return find


def sections(edition: Edition, picture: Picture, article: str) -> list[Section]:
    """The parts of a file that holds all of an edition.

    Args:
        edition: the edition.
        picture: where the pictures are.
        article: the content of the article's page, in the form that the file wants.
    """
    pages = [(edition.article, "", article), *((page, f"{page.name}--", page.html) for page in edition.chapters)]
    addresses = {page.url: f"#{part_id(page)}" for page, _, _ in pages}
    contents = {page.url: html for page, _, html in pages}
    find = target(contents, addresses, {page.url: prefix for page, prefix, _ in pages})
    parts = []
    for page, prefix, html in pages:
        content = Markup(moved(html, page.url, find, picture, prefix))  # noqa: S704 (of the site's own pages)
        parts.append(Section(part_id(page), page.title, content))
    return parts


def part_id(page: Chapter) -> str:
    """The id of a page's part."""
    return f"part-{page.name}"
