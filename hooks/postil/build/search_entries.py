"""Notes as entries of the site's search index, as MkDocs' search plug-in writes it, or Zensical."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from postil.build.rendered import RenderedPage, RenderedSite
from postil.build.search_sections import sections
from postil.build.written import Carried

MKDOCS, ZENSICAL, FOR_DISK = "search/search_index.json", "search.json", "search.js"
_END = b"}]}"  # of MkDocs' index: of an entry, of the list, of all
_LOCATION = re.compile(rb'"location":("(?:[^"\\]|\\.)*")')
_BEFORE = "var __index = "  # of the index that is loaded as a script, from the disk


@dataclass(frozen=True)
class _Index:
    """The index of a site.

    Attributes:
        file: where it is.
        data: all of it.
        key: of the list of entries in it.
    """

    file: Path
    data: dict[str, Any]
    key: str

    @property
    def entries(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.data[self.key]
        return entries

    def write(self) -> None:
        text = json.dumps(self.data, separators=(",", ":"), ensure_ascii=False)
        self.file.write_text(text, "utf-8", newline="\n")
        script = self.file.with_name(FOR_DISK)
        if self.key == "items" and script.is_file():
            script.write_text(f"{_BEFORE}{text};", "utf-8", newline="\n")


def add(site_dir: Path, rendered: RenderedSite, carried: Carried | None = None) -> None:
    """Add an entry for each note to the index, once; notes of a page that the search does not show are left out, too.

    Args:
        site_dir: the folder of the built site; without an index in it nothing is done.
        rendered: the site.
        carried: what is carried over from the last site.
    """
    ready = carried.pages if carried else {}
    entries = [
        entry
        for path, page in sorted(rendered.pages.items())
        for entry in (ready[path].notes if path in ready else of_page(page))
    ]
    if not entries or _appended(site_dir / MKDOCS, entries):
        return
    index = _read(site_dir)
    if index is None:
        return
    first = {_page(entry): entry for entry in reversed(index.entries)}
    there = {entry["location"] for entry in index.entries}
    for entry in entries:
        if entry["location"] not in there and (page := first.get(_page(entry))):
            index.entries.append(entry | _kept(page, 2) if index.key == "items" else entry)
    index.write()


def _appended(file: Path, entries: Iterable[dict[str, Any]]) -> bool:
    """Whether the entries could be written behind those in the index of MkDocs as text.

    An index of thousands of pages is large, and takes ten times as much as data. One whose signs are written
    as references is read and written whole, since it becomes smaller so.
    """
    content = file.read_bytes() if file.is_file() else b""
    if not content.endswith(_END) or content.rfind(_END, 0, -1) >= 0 or b"\\u" in content:
        return False
    there = {str(json.loads(place)) for place in _LOCATION.findall(content)}
    pages = {place.partition("#")[0] for place in there}
    new = (entry for entry in entries if entry["location"] not in there and _page(entry) in pages)
    more = "".join(f",{json.dumps(entry, separators=(',', ':'), ensure_ascii=False)}" for entry in new)
    with file.open("r+b") as opened:
        opened.seek(-len(_END), os.SEEK_END)
        opened.write(_END[:1] + more.encode() + _END[1:])
    return True


def renew(site_dir: Path, pages: Mapping[str, str]) -> None:
    """Write the entries of pages anew that were filled after Zensical had read them; MkDocs reads them filled.

    Args:
        site_dir: the folder of the built site.
        pages: their content, by their address.
    """
    index = _read(site_dir)
    if index is None or index.key != "items":
        return
    made: list[dict[str, Any]] = []
    known = {entry["location"]: entry for entry in index.entries}
    for entry in index.entries:
        if (page := _page(entry)) not in pages:
            made.append(entry)
        elif entry["location"] == page:  # the first of its page, which names it
            for name, level, title, text in sections(pages[page]):
                location = f"{page}#{name}" if level > 1 else page
                title = title or str(known[page]["title"])
                made.append({"location": location, **_kept(entry, level), "title": title, "text": text})
    index.data[index.key] = made
    index.write()


def _kept(page: Mapping[str, Any], level: int) -> dict[str, Any]:
    """What Zensical's entries tell besides, by the first one of the page."""
    return {"level": level, "path": page["path"], "tags": page["tags"]}


def _read(site_dir: Path) -> _Index | None:
    for name, key in ((MKDOCS, "docs"), (ZENSICAL, "items")):
        file = site_dir / name
        if file.is_file():
            return _Index(file, json.loads(file.read_text("utf-8")), key)
    return None


def _page(entry: Mapping[str, Any]) -> str:
    return str(entry["location"]).partition("#")[0]


def of_page(page: RenderedPage) -> list[dict[str, Any]]:
    """The entries of a page's notes; none where not everybody may read it."""
    entries = []
    for note in page.notes.all_notes if page.notes and not page.is_sealed else ():
        annotation = note.annotation
        title = f"{note.heading}: {annotation.title or note.passage}"
        paragraphs = (
            *filter(None, [note.state.retracted]),
            note.said,
            *(development.what for development in annotation.since),
        )
        text = "".join(f"<p>{escape(words, quote=False)}</p>" for words in paragraphs)
        location = f"{page.url}#note-{annotation.id}"
        entries.append({"location": location, "title": escape(title, quote=False), "text": text})
    return entries
