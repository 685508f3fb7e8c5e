"""Notes as entries of the site's search index, as MkDocs' search plugin writes it."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import escape

from postil.build.rendered import RenderedSite


def add(site_dir: Path, rendered: RenderedSite) -> None:
    """Add an entry for each note to the index, once; notes of a page that the search does not show are left out, too.

    Args:
        site_dir: the folder of the built site; without an index in it nothing is done.
        rendered: the site.
    """
    index_file = site_dir / "search" / "search_index.json"
    entries = _entries(rendered)
    if not entries or not index_file.is_file():
        return
    index = json.loads(index_file.read_text("utf-8"))
    known = {entry["location"].partition("#")[0] for entry in index["docs"]}
    there = {entry["location"] for entry in index["docs"]}
    for entry in entries:
        if entry["location"] not in there and entry["location"].partition("#")[0] in known:
            index["docs"].append(entry)
    index_file.write_text(json.dumps(index, separators=(",", ":"), ensure_ascii=False), "utf-8", newline="\n")


def _entries(rendered: RenderedSite) -> list[dict[str, str]]:
    entries = []
    pages = (page for _, page in sorted(rendered.pages.items()) if page.notes and not page.is_sealed)
    for page in pages:
        for note in page.notes.all_notes if page.notes else ():
            annotation = note.annotation
            title = f"{note.heading}: {annotation.title or note.passage}"
            paragraphs = (
                *filter(None, [note.state.retracted]),
                note.said,
                *(development.what for development in annotation.since),
            )
            text = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
            location = f"{page.url}#note-{annotation.id}"
            entries.append({"location": location, "title": str(escape(title)), "text": text})
    return entries
