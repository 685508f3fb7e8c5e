"""An article as an e-book: EPUB 3.3, with accessibility metadata (EPUB Accessibility 1.1, schema.org)."""

from __future__ import annotations

import mimetypes
import tempfile
import textwrap
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from ebooklib import epub

from postil.files.translations import Texts, texts
from postil.offline import archive, xhtml
from postil.offline.edition import Edition
from postil.offline.links import moved
from postil.offline.sections import target
from postil.page import styles
from postil.page.templating import template

STYLE, COVER = "style.css", "cover.svg"
_PACKAGE, _NAV = "EPUB/content.opf", "EPUB/nav.xhtml"
_FEATURES = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "annotations")
# Pictures that every reading system shows (EPUB 3.3, 3.2).
_CORE = ("image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp")


@dataclass
class _Pictures:
    """The pictures that the pages show, and their names in the book.

    Attributes:
        site: the folder of the built site.
        names: by their paths inside of the site.
    """

    site: Path
    names: dict[str, str] = field(default_factory=dict)

    def __call__(self, path: str) -> str | None:
        """The name of a picture; None for one that not every reading system shows (EPUB 3.3, 3.2)."""
        if mimetypes.guess_type(path)[0] not in _CORE or not (self.site / path).is_file():
            return None
        return self.names.setdefault(path, f"picture-{len(self.names) + 1}{Path(path).suffix.lower()}")

    def items(self) -> Iterator[Any]:
        """The pictures as parts of the book."""
        for path, name in self.names.items():
            kind = mimetypes.guess_type(path)[0]
            yield epub.EpubItem(name.partition(".")[0], name, kind, (self.site / path).read_bytes())


def write(file: Path, edition: Edition, site: Path, site_name: str) -> None:
    """Write the e-book of an article.

    Args:
        file: to write.
        edition: the article.
        site: the folder of the built site, for the pictures.
        site_name: of the whole site.
    """
    text = texts(edition.language)
    book: Any = epub.EpubBook()
    names = {page.url: f"page-{number}.xhtml" for number, page in enumerate((edition.article, *edition.chapters), 1)}
    find = target(edition, names, dict.fromkeys(names, ""))
    pictures = _Pictures(site)
    pages, toc = [], []
    for page in (edition.article, *edition.chapters):
        body = xhtml.parsed(moved(page.html, page.url, find, pictures))
        headings = list(xhtml.headings(body, "h2"))
        if page is edition.article:
            imprint = ElementTree.Element("p", {"class": "imprint"})
            imprint.text = edition.imprint(site_name, text)
            body.insert(0, imprint)
            xhtml.pop_up(body, text("offline.notes"))
            headings.append((xhtml.NOTES, text("offline.notes")))
        pages.append(_page(names[page.url], page.title, body, edition))
        links = [epub.Link(f"{names[page.url]}#{name}", title, f"toc-{name}") for name, title in headings]
        section = epub.Section(page.title, names[page.url])
        toc.append((section, links) if links else epub.Link(names[page.url], page.title, pages[-1].id))
    drawn = any(page.properties for page in pages)
    _describe(book, edition, site_name, text, visual=drawn or bool(pictures.names))
    told = text("offline.cover", count=edition.notes)
    pages.insert(0, _cover_page(edition, f"{edition.title}. {told}"))
    nav = epub.EpubNav(title=text("offline.contents"), direction=edition.direction)
    nav.add_link(href=STYLE, rel="stylesheet", type="text/css")
    own = files("postil").joinpath("assets/offline/ebook.css").read_text("utf-8")
    style = styles.resolved(styles.joined(styles.PAPER) + own).encode()
    parts = [epub.EpubItem("style", STYLE, "text/css", style), _cover(edition, told, site_name), *pages, nav]
    for item in (*parts, epub.EpubNcx(), *pictures.items()):
        book.add_item(item)
    book.toc = toc
    book.spine = [pages[0], nav, *pages[1:]]
    book.guide = [{"type": "text", "href": names[edition.article.url], "title": edition.title}]
    _save(book, file, text, edition.language)


def _page(name: str, title: str, body: ElementTree.Element, edition: Edition) -> Any:
    content = xhtml.written(body, title, edition.language, edition.direction, STYLE)
    item = epub.EpubItem(name.partition(".")[0], name, "application/xhtml+xml", content)
    item.properties = ["svg"] if b"<svg" in content else []
    return item


def _describe(book: Any, edition: Edition, site_name: str, text: Texts, *, visual: bool) -> None:
    book.set_identifier(f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'postil {site_name} {edition.article.path}')}")
    book.set_title(edition.title)
    book.set_language(edition.language)
    book.set_direction(edition.direction)
    for number, author in enumerate(edition.authors, 1):
        book.add_author(author, uid=f"author-{number}")
    book.add_metadata("DC", "publisher", site_name)
    book.add_metadata("DC", "date", edition.changed.isoformat())
    if edition.description:
        book.add_metadata("DC", "description", edition.description)
    modes = ["textual", "visual"] if visual else ["textual"]
    values = [("accessMode", mode) for mode in modes]
    values += [("accessModeSufficient", "textual"), ("accessibilityHazard", "none")]
    values += [("accessibilityFeature", feature) for feature in (*_FEATURES, *(["alternativeText"] if visual else []))]
    values += [("accessibilitySummary", text("offline.accessibility"))]
    for name, value in values:
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})


def _cover(edition: Edition, told: str, site_name: str) -> Any:
    size = 96 if len(edition.title) < 90 else 72  # of the letters, on a sheet 1200 wide
    lines = textwrap.wrap(edition.title, 1700 // size)
    colours = styles.tokens(styles.joined(("tokens",)))
    svg = template("cover").render(edition=edition, lines=lines, size=size, told=told, site=site_name, colours=colours)
    cover = epub.EpubCover("cover-image", COVER)
    cover.media_type = "image/svg+xml"
    cover.content = svg.encode()
    return cover


def _cover_page(edition: Edition, words: str) -> Any:
    body = xhtml.parsed("")
    section = ElementTree.SubElement(body, "section", {"epub:type": "cover"})
    ElementTree.SubElement(section, "img", {"src": COVER, "alt": words})
    return _page("cover.xhtml", edition.title, body, edition)


def _save(book: Any, file: Path, text: Texts, language: str) -> None:
    """Write the book by EbookLib, then pack it again in an order and with times that are always the same."""
    with tempfile.TemporaryDirectory() as scratch:
        first = Path(scratch, "book.epub")
        options = {"mtime": archive.made(), "landmark_title": text("offline.landmarks"), "raise_exceptions": True}
        epub.write_epub(first, book, options)
        with zipfile.ZipFile(first) as book_file:
            members = {name: book_file.read(name) for name in book_file.namelist()}
    # EbookLib does not say in which language the metadata are (EPUB 3.3, 5.3.6), and Ace misses it.
    members[_PACKAGE] = members[_PACKAGE].replace(b"<package ", f'<package xml:lang="{language}" '.encode(), 1)
    # The landmarks are for the reading system, not for the page of contents.
    landmarks = b'<nav epub:type="landmarks"'
    members[_NAV] = members[_NAV].replace(landmarks, landmarks + b' hidden="hidden"')
    archive.pack(file, members, stored=("mimetype",))
