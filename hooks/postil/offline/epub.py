"""An article as an e-book: EPUB 3.3, with accessibility metadata (EPUB Accessibility 1.1, schema.org)."""

from __future__ import annotations

import mimetypes
import textwrap
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from markupsafe import Markup

from postil.files.translations import Texts, texts
from postil.offline import archive, xhtml
from postil.offline.drawing import as_on_its_page, drawn, nothing
from postil.offline.edition import Edition
from postil.offline.links import moved
from postil.offline.sections import target
from postil.page import styles
from postil.page.templating import template

STYLE, COVER, COVER_PAGE, NAV = "style.css", "cover.svg", "cover.xhtml", "nav.xhtml"
NOTES = "postil-notes"  # the id of the list of notes
_FOLDER, _PACKAGE = "EPUB", "EPUB/content.opf"
_XHTML = "application/xhtml+xml"
# Pictures that every reading system shows (EPUB 3.3, 3.2).
_CORE = ("image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp")


class _Page(NamedTuple):
    """A page of the book: the name of its file, title, content, (id, words) of the headings that the contents list."""

    name: str
    title: str
    content: bytes
    headings: Sequence[tuple[str, str]] = ()


class _Item(NamedTuple):
    """A file of the book (EPUB 3.3, 5.6.2)."""

    name: str
    type: str
    content: bytes
    properties: str = ""

    @property
    def id(self) -> str:
        """Its id in the package document."""
        return self.name.replace(".", "-")


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
        """The name of a picture; None for one that not every reading system shows."""
        if mimetypes.guess_type(path)[0] not in _CORE or not (self.site / path).is_file():
            return None
        return self.names.setdefault(path, f"picture-{len(self.names) + 1}{Path(path).suffix.lower()}")

    def items(self) -> list[_Item]:
        """The pictures as files of the book."""
        return [
            _Item(name, mimetypes.guess_type(path)[0] or "", (self.site / path).read_bytes())
            for path, name in self.names.items()
        ]


def write(file: Path, edition: Edition, site: Path, site_name: str) -> None:
    """Write the e-book of an article.

    Args:
        file: to write.
        edition: the article.
        site: the folder of the built site, for the pictures.
        site_name: of the whole site.
    """
    text = texts(edition.language)
    pictures = _Pictures(site)
    pages = _pages(edition, site_name, text, pictures)
    count = text("offline.cover", count=len(edition.notes))
    cover = _cover(edition, count, site_name)
    nav = template("epub/nav.xhtml").render(edition=edition, pages=pages, style=STYLE, text=text)
    own = files("postil").joinpath("assets/offline/ebook.css").read_text("utf-8")
    style = styles.resolved(styles.joined(styles.PAPER) + own).encode()
    items = [
        _Item(STYLE, "text/css", style),
        _Item(COVER, "image/svg+xml", cover, "cover-image"),
        _Item(COVER_PAGE, _XHTML, _cover_page(edition, f"{edition.title}. {count}")),
        _Item(NAV, _XHTML, nav.encode(), "nav"),
        *(_Item(page.name, _XHTML, page.content, "svg" if b"<svg" in page.content else "") for page in pages),
        *pictures.items(),
    ]
    package = template("epub/package.opf").render(
        edition=edition,
        identifier=uuid.uuid5(uuid.NAMESPACE_OID, f"postil {site_name} {edition.article.path}").urn,
        site=site_name,
        made=archive.made().strftime("%Y-%m-%dT%H:%M:%SZ"),
        pictured=bool(pictures.names) or any(item.properties == "svg" for item in items),
        items=items,
        spine=[item.id for item in items if item.type == _XHTML],
        text=text,
    )
    members: dict[str, bytes | Path] = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": template("epub/container.xml").render(package=_PACKAGE).encode(),
        _PACKAGE: package.encode(),
    }
    members |= {f"{_FOLDER}/{item.name}": item.content for item in items}
    archive.pack(file, members, stored=("mimetype",))


def _pages(edition: Edition, site_name: str, text: Texts, pictures: _Pictures) -> list[_Page]:
    """The article and its chapters; the names of the pictures that they show are noted."""
    contents = {edition.article.url: _article(edition, site_name, text)}
    contents |= {chapter.url: chapter.html for chapter in edition.chapters}
    names = {url: f"page-{number}.xhtml" for number, url in enumerate(contents, 1)}
    find = target(contents, names, dict.fromkeys(names, ""))
    pages = []
    for page in (edition.article, *edition.chapters):
        body = xhtml.parsed(moved(contents[page.url], page.url, find, pictures))
        # The headings as they were without links to notes.
        headings = xhtml.headings(xhtml.parsed(moved(page.html, page.url, find, pictures)), "h2")
        if page is edition.article:
            headings.append((NOTES, text("offline.notes")))
        content = xhtml.written(body, page.title, edition.language, edition.direction, STYLE)
        pages.append(_Page(names[page.url], page.title, content, headings))
    return pages


def _article(edition: Edition, site_name: str, text: Texts) -> str:
    """The article, and below it all of its notes: a reading system pops each up, or leads to it."""
    article = drawn(
        edition.article.html,
        edition.inserted,
        {
            **as_on_its_page(edition),
            "link": lambda link: template("note/ebook_link").render(note=edition.note(link)),
            "note": nothing,
            "filter": nothing,
            "room": nothing,
            "spoken": nothing,
        },
    )
    notes = [Markup(template("note/ebook").render(note=note, text=text)) for note in edition.notes]  # noqa: S704
    return Markup('<p class="imprint">{}</p>{}<section epub:type="footnotes" id="{}"><h2>{}</h2>{}</section>').format(
        edition.imprint(site_name, text),
        Markup(article),  # noqa: S704 (the site's own page)
        NOTES,
        text("offline.notes"),
        Markup("\n").join(notes),
    )


def _cover(edition: Edition, count: str, site_name: str) -> bytes:
    size = 96 if len(edition.title) < 90 else 72  # of the letters, on a sheet 1200 wide
    lines = textwrap.wrap(edition.title, 1700 // size)
    colours = styles.tokens(styles.joined(("tokens",)))
    svg = template("epub/cover.svg").render(
        edition=edition, lines=lines, size=size, count=count, site=site_name, colours=colours
    )
    return svg.encode()


def _cover_page(edition: Edition, words: str) -> bytes:
    body = xhtml.parsed("")
    section = ElementTree.SubElement(body, "section", {"epub:type": "cover"})
    ElementTree.SubElement(section, "img", {"src": COVER, "alt": words})
    return xhtml.written(body, edition.title, edition.language, edition.direction, STYLE)
