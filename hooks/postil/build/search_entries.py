"""Notes as entries of the site's search index, as MkDocs' search plugin writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from markupsafe import escape

from postil.site.folder import Site
from postil.text.reading import read


def add(site_dir: Path, site: Site, urls: Mapping[str, str]) -> None:
    """Add an entry for each note to the index; a note of a page that is left out of the search is left out, too.

    Args:
        site_dir: the folder of the built site; without an index in it nothing is done.
        site: with its rendered pages.
        urls: the address of every page inside of the site, by its path inside of docs/.
    """
    index_file = site_dir / "search" / "search_index.json"
    if not index_file.is_file():
        return
    index = json.loads(index_file.read_text("utf-8"))
    known = {entry["location"].partition("#")[0] for entry in index["docs"]}
    there = {entry["location"] for entry in index["docs"]}
    for entry in _entries(site, urls):
        if entry["location"] not in there and entry["location"].partition("#")[0] in known:
            index["docs"].append(entry)
    index_file.write_text(json.dumps(index, separators=(",", ":"), ensure_ascii=False), "utf-8", newline="\n")


def _entries(site: Site, urls: Mapping[str, str]) -> list[dict[str, str]]:
    entries = []
    for path, page in sorted(site.pages.items()):
        for note in page.all_notes:
            annotation = note.annotation
            title = f"{note.heading}: {annotation.title or note.passage}"
            paragraphs = (read(note.body).text, *(development.what for development in annotation.since))
            text = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
            location = f"{urls.get(path, '')}#note-{annotation.id}"
            entries.append({"location": location, "title": str(escape(title)), "text": text})
    return entries
