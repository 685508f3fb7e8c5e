"""The pages that every site with notes has: nothing but a heading and directives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from postil.model.annotation import Annotation
from postil.site.folder import Site


def pages(site: Site, named: Collection[str] = ()) -> dict[str, str]:
    """The pages that a site gets unless it has its own, as Markdown by path.

    They are there as soon as there is a notes file, so that a mistake in it is no second mistake elsewhere.

    Args:
        site: the data.
        named: the paths that the site's navigation names; such a page is made whatever there is.
    """
    wanted = site.context.settings.pages.names if site.has_notes_files else ()
    made = {path: text for path, text in _all(site).items() if path in named or path.removesuffix(".md") in wanted}
    return {path: text for path, text in made.items() if path in named or path not in _DATA or _DATA[path](site)}


def empty(site: Site) -> set[str]:
    """The paths of the pages that would say no more than that there is nothing yet; they show in no menu."""
    return {path for path, has_data in (_DATA | _CONTENT).items() if not has_data(site)}


def _annotations(site: Site) -> Iterator[Annotation]:
    return (entry.annotation for entries in site.notes.values() for entry in entries)


# Pages for which not every site has data: they are made where they are named.
_DATA: dict[str, Callable[[Site], bool]] = {
    "since.md": lambda site: any(note.since for note in _annotations(site)),
    "timeline.md": lambda site: bool(site.records.events) or site.has("events.yml"),
    "people.md": lambda site: site.has("people.yml"),
}
# Pages that are made wherever there are notes.
_CONTENT: dict[str, Callable[[Site], bool]] = {
    "claims.md": lambda site: any(_annotations(site)),
    "corrections.md": lambda site: any(note.changed or note.retracted for note in _annotations(site)),
    "data.md": lambda site: any(_annotations(site)),
    "sources.md": lambda site: bool(site.context.sources),
}


def _all(site: Site) -> dict[str, str]:
    text = site.context.text
    no_search, no_toc = "search:\n  exclude: true\n", "hide: [toc]\n"

    def page(front: str, title: str, *names: str) -> str:
        lines = "\n\n".join(f"<!-- postil: {name} -->" for name in names)
        return f"---\n{front}---\n\n# {text(f'{title}.title')}\n\n{lines}\n"

    made = {
        "claims.md": page(no_search + no_toc, "claims", "tally", "claims"),
        "sources.md": page(no_toc, "register", "sources"),
        "corrections.md": page(no_search + no_toc, "corrections", "corrections"),
        "downloads.md": page(no_search + no_toc, "downloads", "downloads"),
        "data.md": page(no_search + no_toc, "data", "data", "verdicts"),
    }
    made["since.md"] = page(no_search + no_toc, "since_page", "since")
    parts = [
        f"## {text(f'timeline.{when}')}\n\n<!-- postil: timeline {when} -->\n"
        for when in ("before", "article", "after")
    ]
    if not site.records.events:
        parts = ["<!-- postil: timeline -->\n"]
    head = "<!-- postil: timeline filter -->\n\n" if site.records.events else ""
    made["timeline.md"] = f"# {text('timeline.title')}\n\n{head}" + "\n".join(parts)
    parts = []
    for name, records in (("people", site.records.people), ("organisations", site.records.organisations)):
        parts += [f"## {text(f'who.{name}')}\n\n<!-- postil: {name} -->\n"] if records else []
    if site.records.places:
        parts.append(f"## {text('who.places')}\n\n<!-- postil: map -->\n\n<!-- postil: places -->\n")
    made["people.md"] = f"# {text('who.title')}\n\n" + ("\n".join(parts) or "<!-- postil: people -->\n")
    return made
