"""A crawler for the tests: every address that a built site gives out is asked for, by HTTP or on the disk."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.error
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

ADDRESSES = ("href", "src", "poster", "data")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if name := known.get("id"):
            self.ids.add(name)
        if tag == "link" and known.get("rel") in ("canonical", "preconnect"):
            return
        self.links += [known[name] or "" for name in ADDRESSES if known.get(name)]


def _addresses(text: str, kind: str) -> tuple[list[str], set[str]]:
    """The addresses in a file, and its ids."""
    if kind == "html":
        parser = _Links()
        parser.feed(text)
        return parser.links, parser.ids
    if kind == "xml":
        found = []
        for element in ET.fromstring(text).iter():
            name = element.tag.rpartition("}")[2]
            if name in ("loc", "id", "uri") and (element.text or "").startswith("http"):
                found.append(element.text or "")
            found += [value for key, value in element.attrib.items() if key == "href"]
            if name in ("content", "summary"):
                found += _addresses(element.text or "", "html")[0]
        return found, set()
    if kind == "json":
        return re.findall(r"https?://[^\"\\\s<>]+", text), set()
    if kind == "csv":
        cells = (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row)
        return [cell for cell in cells if re.fullmatch(r"https?://[^\"\\\s<>]+", cell)], set()
    return [], set()


class Crawler:
    """Follows all links from some addresses on.

    Args:
        base: the address of the site where it is served, or that of its folder (file:).
        site_url: the address that the site believes it has; it stands for `base`.
    """

    def __init__(self, base: str, site_url: str = "") -> None:
        self.base, self.site_url = base, site_url
        self.seen: dict[str, set[str]] = {}
        self.faults: list[str] = []

    def crawl(self, *start: str) -> Crawler:
        waiting = [(urljoin(self.base, address), "start") for address in start]
        wanted: list[tuple[str, str, str]] = []
        while waiting:
            address, origin = waiting.pop()
            bare, fragment = urldefrag(address)
            if fragment and not fragment.startswith(":~:"):
                wanted.append((bare, unquote(fragment), origin))
            if bare in self.seen:
                continue
            self.seen[bare] = set()
            found = self._read(bare, origin)
            if found is None:
                continue
            links, self.seen[bare] = found
            for link in links:
                if self.site_url and link.startswith(self.site_url):
                    link = self.base + link[len(self.site_url) :]
                there = urljoin(bare, link)
                if there.startswith(self.base):
                    waiting.append((there, bare))
        for bare, fragment, origin in wanted:
            if self.seen[bare] and fragment not in self.seen[bare]:
                self.faults.append(f"no #{fragment} in {unquote(bare)}, linked from {unquote(origin)}")
        return self

    def search(self, location: str = "search/search_index.json") -> list[str]:
        """The addresses of a search index."""
        with urllib.request.urlopen(self.base + location) as answer:
            return [entry["location"] for entry in json.load(answer)["docs"]]

    def _read(self, address: str, origin: str) -> tuple[list[str], set[str]] | None:
        try:
            if address.startswith("file:"):
                file = Path(unquote(urlsplit(address).path))
                content, kind = (file / "index.html" if file.is_dir() else file).read_bytes(), file.suffix
                kind = ".html" if file.is_dir() else kind
            else:
                with urllib.request.urlopen(address) as answer:
                    content = answer.read()
                    kind = Path(unquote(urlsplit(answer.url).path)).suffix or ".html"
                    kind = ".html" if answer.headers.get_content_type() == "text/html" else kind
        except (OSError, urllib.error.HTTPError) as error:
            self.faults.append(f"{error}: {address}, linked from {unquote(origin)}")
            return None
        known = {".html": "html", ".xml": "xml", ".json": "json", ".jsonld": "json", ".csv": "csv", ".bib": "json"}
        return _addresses(content.decode("utf-8", "replace"), known.get(kind, ""))
