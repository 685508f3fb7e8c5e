"""New and changed notes as feeds: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

from postil import __version__
from postil.export.dataset import Dataset, as_json, filled, utc
from postil.export.frame import Finish
from postil.page.note_view import NoteView
from postil.page.templating import template
from postil.site.published import Published
from postil.site.urls import moved, note_url, path_of, relative

ATOM_FILE, ATOM_TYPE = "feed.xml", "application/atom+xml"
JSON_FILE, JSON_TYPE = "feed.json", "application/feed+json"
_ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 100  # the newest notes of the site


def newest(dataset: Dataset) -> list[tuple[Published, NoteView]]:
    """The notes that a feed has: those that changed last, first; of one day in the order of the pages."""
    every = [(article, note) for article in dataset.articles for note in article.page.lasting]
    return sorted(every, key=lambda item: item[1].annotation.last_changed, reverse=True)[:LENGTH]


def atom(dataset: Dataset) -> bytes:
    """The notes as an Atom feed.

    Where the address of the site is not known, ids are lasting names and links are relative to the feed's own address,
    as RFC 4287, 2 allows.

    Args:
        dataset: a site with at least one note, since a feed must say when it was changed.
    """
    entries = newest(dataset)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": dataset.language})
    _add(feed, "id", dataset.iri(f"{dataset.root}{ATOM_FILE}", f"{dataset.root}feed"))
    _add(feed, "title", dataset.site_name)
    _add(feed, "updated", utc(entries[0][1].annotation.last_changed))
    home = f"{dataset.site_url}{dataset.root}" if dataset.site_url else ""
    _add(feed, "link", href=f"{home}{ATOM_FILE}", rel="self", type=ATOM_TYPE)
    _add(feed, "link", href=home or "./", rel="alternate", type="text/html")
    _add(feed, "generator", "Postil", version=__version__)
    _add(feed, "rights", dataset.context.settings.rights)
    for article, note in entries:
        _add_entry(ET.SubElement(feed, "entry"), dataset, article, note)
    ET.indent(feed)
    return _as_bytes(feed)


def _as_bytes(feed: ET.Element) -> bytes:
    return bytes(ET.tostring(feed, "utf-8", xml_declaration=True)) + b"\n"


def _add_entry(entry: ET.Element, dataset: Dataset, article: Published, note: NoteView) -> None:
    data = note.annotation
    _add(entry, "id", dataset.canonical(article, note))
    _add(entry, "title", title(note))
    _add(entry, "published", utc(data.created))
    _add(entry, "updated", utc(data.last_changed))
    author = ET.SubElement(entry, "author")
    _add(author, "name", dataset.author(note).name)
    _add(author, "uri", dataset.author(note).url)
    own = note_url(article.url, data.id)
    own = f"{dataset.site_url}{own}" if dataset.site_url else relative(own, dataset.root)
    _add(entry, "link", href=own, rel="alternate", type="text/html")
    if article.based_on and article.based_on[0].URL:
        _add(entry, "link", href=article.based_on[0].URL, rel="via")
    for term in (data.kind.value, *data.tags):
        _add(entry, "category", term=term)
    _add(entry, "content", _content(dataset, article, note), type="html")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> None:
    """Add an element that says something."""
    if text or attributes:
        ET.SubElement(parent, name, attributes).text = text or None


def json_feed(dataset: Dataset) -> dict[str, Any]:
    """The notes as a JSON Feed 1.1 (jsonfeed.org/version/1.1).

    Its addresses are absolute, so where that of the site is not known only the links inside of the notes lead to it.
    """
    url = f"{dataset.site_url}{dataset.root}" if dataset.site_url else ""
    return filled(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": dataset.site_name,
            "home_page_url": url,
            "feed_url": f"{url}{JSON_FILE}" if url else "",
            "language": dataset.language,
            "items": [_item(dataset, article, note) for article, note in newest(dataset)],
        }
    )


def _item(dataset: Dataset, article: Published, note: NoteView) -> dict[str, Any]:
    data = note.annotation
    original = article.based_on[0].URL if article.based_on else ""
    return filled(
        {
            "id": dataset.canonical(article, note),
            "url": f"{dataset.site_url}{note_url(article.url, data.id)}" if dataset.site_url else "",
            "external_url": original,
            "title": title(note),
            "content_html": _content(dataset, article, note),
            "date_published": utc(data.created),
            "date_modified": utc(data.last_changed),
            "authors": [filled({"name": dataset.author(note).name, "url": dataset.author(note).url})],
            "tags": [data.kind.value, *data.tags],
        }
    )


def finished(dataset: Dataset, url: str, feed: bytes, finish: Finish) -> bytes:
    """A feed with its HTML as other plug-ins want it, which lead into the site by addresses as seen from the feed.

    Args:
        dataset: the site.
        url: of the feed inside of the site.
        feed: its content.
        finish: what they do with HTML.
    """

    def changed(html: str) -> str:
        return moved(finish(path_of(url), html), url, dataset.root, dataset.site_url)

    if url.endswith(JSON_FILE):
        data = json.loads(feed)
        return as_json(
            data | {"items": [one | {"content_html": changed(one["content_html"])} for one in data["items"]]}
        )
    ET.register_namespace("", _ATOM)
    root = ET.fromstring(feed)  # noqa: S314 (our own)
    for content in root.iter(f"{{{_ATOM}}}content"):
        content.text = changed(content.text or "")
    return _as_bytes(root)


def title(note: NoteView) -> str:
    """Verdict or kind, and the finding: "Confirmed: Two sources give the same figure"."""
    return f"{note.heading}: {note.annotation.title or ' '.join(note.passage.split())}"


def _content(dataset: Dataset, article: Published, note: NoteView) -> str:
    """The passage and the note as HTML whose links lead into the site from where the feed lies."""
    html = template("note/feed").render(note=note, article=article, text=dataset.context.text)
    return moved(html, article.url, dataset.root, dataset.site_url).strip()
