"""An article as an e-book: EPUB 3.3, with accessibility metadata (EPUB Accessibility 1.1, schema.org)."""

from __future__ import annotations

import mimetypes
import tempfile
import textwrap
import uuid
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from postil.offline import archive, xhtml
from postil.offline.edition import Edition
from postil.offline.links import moved
from postil.offline.sections import target
from postil.templating import template
from postil.texts import Texts, texts

STYLE = "style.css"
_PACKAGE, _NAV = "EPUB/content.opf", "EPUB/nav.xhtml"
_FEATURES = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "annotations")
# Pictures that every reading system shows (EPUB 3.3, 3.2).
_CORE = ("image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp")


def write(file: Path, edition: Edition, site: Path, site_name: str) -> None:
    """Write the e-book of an article.

    Args:
        file: to write.
        edition: the article.
        site: the folder of the built site, for the pictures.
        site_name: of the whole site.
    """
    from ebooklib import epub

    text = texts(edition.language)
    book: Any = epub.EpubBook()
    pages = [edition.article, *edition.chapters]
    names = {page.url: f"{page.name}.xhtml" for page in pages}
    find = target(edition, names, dict.fromkeys(names, ""))
    pictures: dict[str, str] = {}

    def picture(path: str) -> str | None:
        kind = mimetypes.guess_type(path)[0]
        if kind not in _CORE or not (site / path).is_file():
            return None
        return pictures.setdefault(path, f"pictures/{len(pictures) + 1}{Path(path).suffix.lower()}")

    toc: list[Any] = []
    spine: list[Any] = []
    visual = False
    for page in pages:
        body = xhtml.parsed(moved(page.html, page.url, find, picture))
        sub = list(xhtml.headings(body, "h2"))
        if page is edition.article:
            _imprint(body, edition, site_name, text)
            xhtml.pop_up(body, text("offline.notes"))
            sub.append(("notes", text("offline.notes")))
        content = xhtml.written(body, page.title, edition.language, edition.direction, STYLE)
        item = epub.EpubItem(page.name, names[page.url], "application/xhtml+xml", content)
        if b"<svg:svg" in content:
            item.properties = ["svg"]
        visual = visual or b"<svg:svg" in content
        spine.append(item)
        links = [epub.Link(f"{names[page.url]}#{name}", title, f"{page.name}-{name}") for name, title in sub]
        section = epub.Section(page.title, names[page.url])
        toc.append((section, links) if links else epub.Link(names[page.url], page.title, f"toc-{page.name}"))
    _describe(book, edition, site_name, text, visual=visual or bool(pictures))
    book.add_item(epub.EpubItem("style", STYLE, "text/css", _asset("ebook.css")))
    _cover(epub, book, edition, site_name, text, spine)
    for item in spine:
        book.add_item(item)
    for number, (path, name) in enumerate(pictures.items(), 1):
        kind = mimetypes.guess_type(path)[0]
        book.add_item(epub.EpubItem(f"picture-{number}", name, kind, (site / path).read_bytes()))
    book.toc = toc
    book.add_item(epub.EpubNcx())
    nav = epub.EpubNav(title=text("offline.contents"), direction=edition.direction)
    nav.add_link(href=STYLE, rel="stylesheet", type="text/css")
    book.add_item(nav)
    book.spine = [spine[0], nav, *spine[1:]]
    book.guide = [{"type": "text", "href": names[edition.article.url], "title": edition.title}]
    _save(epub, book, file, text, edition.language)


def _imprint(body: ElementTree.Element, edition: Edition, site_name: str, text: Texts) -> None:
    told = text("findings.last", count=edition.notes, date=text.date(edition.changed))
    imprint = ElementTree.Element(f"{xhtml.XHTML}p", {"class": "imprint"})
    imprint.text = f"{site_name} · {', '.join(edition.authors)} · {told}"
    body.insert(0, imprint)


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


def _cover(epub: Any, book: Any, edition: Edition, site_name: str, text: Texts, spine: list[Any]) -> None:
    size = 96 if len(edition.title) < 90 else 72
    lines = textwrap.wrap(edition.title, 1700 // size)
    told = text("offline.cover", count=edition.notes)
    svg = template("cover").render(edition=edition, lines=lines, size=size, told=told, site=site_name)
    cover = epub.EpubCover("cover-image", "cover.svg")
    cover.media_type = "image/svg+xml"
    cover.content = svg.encode()
    book.add_item(cover)
    body = xhtml.parsed("")
    picture = {"src": "cover.svg", "alt": f"{edition.title}. {told}", "style": "height: 100%"}
    page = ElementTree.SubElement(body, f"{xhtml.XHTML}section", {f"{xhtml.EPUB}type": "cover"})
    ElementTree.SubElement(page, f"{xhtml.XHTML}img", picture)
    content = xhtml.written(body, edition.title, edition.language, edition.direction, STYLE)
    spine.insert(0, epub.EpubItem("cover", "cover.xhtml", "application/xhtml+xml", content))


def _save(epub: Any, book: Any, file: Path, text: Texts, language: str) -> None:
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


def _asset(name: str) -> bytes:
    return files("postil").joinpath(f"assets/offline/{name}").read_bytes()
